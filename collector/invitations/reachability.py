"""What holds for each person on each channel right now: address, consent, suppression, our rules.

Read by `claims` inside its transaction: much may have been said since the decision. The answers are
`schedule.Reach`; which channel follows from them is `schedule.choose`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from collector import clock
from collector.config import settings
from collector.invitations.optouts import suppressions
from collector.invitations.schedule import NOT_SENT, OURS, Reach
from collector.model.invitations import Invitation, Message
from collector.model.people import Consent, Person
from collector.triggers.gates.situation import BY_REFERENCE

NO_LINKS: Final = f"{OURS}no_links_there"
"""Carriers of this country block texts with links and take no replies, so it could not be answered
(all Chinese networks: docs.bird.com, Twilio's guidelines for CN). `COLLECTOR_SMS_NOT_TO`."""


def reachability(
    session: Session, rows: Sequence[Invitation], available: Collection[str]
) -> dict[str, dict[str, Reach]]:
    """Person → channel → what holds there, for all channels that these invitations name."""
    people = {
        person.id: person
        for person in session.scalars(
            select(Person)
            .where(Person.id.in_({row.person_id for row in rows}))
            .execution_options(populate_existing=True)
        )
    }
    addresses = {person.id: _addresses(person) for person in people.values()}
    suppressed = suppressions.among(
        session, (point for points in addresses.values() for point in points.items())
    )
    kinds = {kind for row in rows for kind in row.channels}
    return {
        id: {
            kind: _reach(person, kind, addresses[id].get(kind, ""), kind in available, suppressed)
            for kind in kinds
        }
        for id, person in people.items()
    }


def denied(consents: Iterable[Consent], kind: str) -> bool:
    """Has the person said no to this channel, or to all? (As the gate `consent` reads it.)"""
    return any(one.state == "denied" for one in consents if one.channel in (kind, "any"))


def earlier(session: Session, rows: Sequence[Invitation]) -> dict[tuple[str, str], tuple[int, int]]:
    """(invitation, channel) → the last attempt's number, and how many the provider refused."""
    refused = and_(Message.status == NOT_SENT, Message.code.not_like(f"{OURS}%"))
    found = session.execute(
        select(
            Message.invitation_id,
            Message.channel,
            func.max(Message.attempt),
            func.sum(case((refused, 1), else_=0)),
        )
        .where(Message.invitation_id.in_([row.id for row in rows]))
        .group_by(Message.invitation_id, Message.channel)
    )
    return {(id, kind): (int(last), int(spent)) for id, kind, last, spent in found}


def _reach(
    person: Person,
    kind: str,
    address: str,
    available: bool,
    suppressed: Mapping[tuple[str, str], str],
) -> Reach:
    why = suppressed.get((kind, suppressions.canonical(kind, address)), "")
    undeliverable = why in suppressions.UNDELIVERABLE
    pausing = person.paused_until is not None and person.paused_until > clock.now()
    unwanted = denied(person.consents, kind) or bool(why and not undeliverable)
    blocked = kind == "sms" and address.startswith(settings().sms_not_to)
    barred = NO_LINKS if blocked else ""
    return Reach(available, "" if undeliverable else address, unwanted, barred, pausing)


def _addresses(person: Person) -> dict[str, str]:
    by_reference = dict.fromkeys(BY_REFERENCE, person.ref)
    return by_reference | {point.channel: point.address for point in person.contacts}
