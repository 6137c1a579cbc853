"""What holds for each person on each channel right now: address, consent, suppression, our rules.

Read by `claims` inside its transaction: much may have been said since the decision. The answers are
`schedule.Reach`; which channel follows from them is `schedule.choose`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import Session

from collector import clock
from collector.config import settings
from collector.invitations.optouts import suppressions
from collector.invitations.schedule import NOT_SENT, OURS, Reach
from collector.model.invitations import Message
from collector.model.people import Consent, ContactPoint, Person
from collector.model.sql.bulk import one_of
from collector.triggers.gates.situation import BY_REFERENCE

NO_LINKS: Final = f"{OURS}no_links_there"
"""Carriers of this country block texts with links and take no replies, so it could not be answered
(all Chinese networks: docs.bird.com, Twilio's guidelines for CN). `COLLECTOR_SMS_NOT_TO`."""


class Asked(Protocol):
    """An invitation, or what was read of one."""

    @property
    def id(self) -> str: ...
    @property
    def person_id(self) -> str: ...
    @property
    def channels(self) -> list[Any]: ...


@dataclass(slots=True)
class _Person:
    """`denied`: the channels to which they said no; `addresses`: by channel."""

    pausing: bool
    addresses: dict[str, str]
    denied: set[str] = field(default_factory=set)


def reachability(
    session: Session, rows: Sequence[Asked], available: Collection[str]
) -> dict[str, dict[str, Reach]]:
    """Person → channel → what holds there, for all channels that these invitations name."""
    people = _people(session, {row.person_id for row in rows})
    suppressed = suppressions.among(
        session, (point for one in people.values() for point in one.addresses.items())
    )
    kinds = {kind for row in rows for kind in row.channels}
    blocked = settings().sms_not_to
    return {
        id: {kind: _reach(one, kind, kind in available, suppressed, blocked) for kind in kinds}
        for id, one in people.items()
    }


def _people(session: Session, ids: Collection[str]) -> dict[str, _Person]:
    now = clock.now()
    wanted = select(Person.id, Person.ref, Person.paused_until).where(one_of(Person.id, ids))
    found = {
        id: _Person(until is not None and until > now, dict.fromkeys(BY_REFERENCE, ref))
        for id, ref, until in session.execute(wanted)
    }
    points = select(ContactPoint.person_id, ContactPoint.channel, ContactPoint.address)
    for id, kind, address in session.execute(points.where(one_of(ContactPoint.person_id, ids))):
        found[id].addresses[kind] = address
    said = select(Consent.person_id, Consent.channel).where(Consent.state == "denied")
    for id, kind in session.execute(said.where(one_of(Consent.person_id, ids))):
        found[id].denied.add(kind)
    return found


def says_no(person_id: Any, kind: str) -> ColumnElement[bool]:
    """Has this person said no to this channel, or to all? (As the gate `consent` reads it.)"""
    return exists().where(
        Consent.person_id == person_id,
        Consent.channel.in_((kind, "any")),
        Consent.state == "denied",
    )


def earlier(session: Session, rows: Sequence[Asked]) -> dict[tuple[str, str], tuple[int, int]]:
    """(invitation, channel) → the last attempt's number, and how many the provider refused."""
    refused = and_(Message.status == NOT_SENT, Message.code.not_like(f"{OURS}%"))
    found = session.execute(
        select(
            Message.invitation_id,
            Message.channel,
            func.max(Message.attempt),
            func.sum(case((refused, 1), else_=0)),
        )
        .where(one_of(Message.invitation_id, [row.id for row in rows]))
        .group_by(Message.invitation_id, Message.channel)
    )
    return {(id, kind): (int(last), int(spent)) for id, kind, last, spent in found}


def _reach(
    person: _Person,
    kind: str,
    available: bool,
    suppressed: Mapping[tuple[str, str], str],
    not_to: tuple[str, ...],
) -> Reach:
    address = person.addresses.get(kind, "")
    why = suppressed.get((kind, suppressions.canonical(kind, address)), "") if suppressed else ""
    undeliverable = why in suppressions.UNDELIVERABLE
    unwanted = bool(person.denied & {kind, "any"}) or bool(why and not undeliverable)
    barred = NO_LINKS if kind == "sms" and address.startswith(not_to) else ""
    reached = "" if undeliverable else address
    return Reach(available, reached, unwanted, barred, paused=person.pausing)
