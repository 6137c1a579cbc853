"""What the gates must know of people: where they can be reached, what they said, how they were
asked before. Reads only, a whole batch in seven statements.

Used by `decide.py` while it holds the locks on these people and on whoever shares a contact point
with them (`shared_contacts.py`). Asks that never went out (lapsed or cancelled unsent) do not count
against anybody. Next: `invitation_history.py` reads the asks, `gates/situation.py` says what a
standing is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.config import settings
from collector.model.people import Consent, ContactPoint, Suppression
from collector.model.sql.bulk import one_of, pair_of
from collector.rules.definition import CHANNELS
from collector.triggers import invitation_history, shared_contacts
from collector.triggers.gates.situation import PersonContext
from collector.triggers.history import PastInvitation
from collector.triggers.locality import Locality, locality_of
from collector.triggers.shared_contacts import Point, spelling

NOT_SET_UP, NO_LINKS = "not_set_up", "no_links_there"


def workspace() -> Locality:
    """Where somebody is of whom nothing is known: the workspace's zone and country."""
    return Locality((settings().timezone,), settings().country)


def unusable(phone: str) -> dict[str, str]:
    """The channels that cannot be used here for somebody with this number, each with why.

    A channel that is held is not among them: what waits for it goes out when it is resumed.
    """
    there = current_app.extensions["collector.channels"]
    found = {one: NOT_SET_UP for one in CHANNELS if one not in there}
    if "sms" not in found and phone and phone.startswith(settings().sms_not_to):
        found["sms"] = NO_LINKS
    return found


def person_contexts(session: Session, people: Mapping[str, Any]) -> dict[str, PersonContext]:
    """The standing of these people, by id. Each value has the columns of a Person row: ref, kind,
    locale, timezone, attributes, paused_until."""
    ids = sorted(people)
    contacts = _contacts(session, ids)
    consent: dict[str, dict[str, str]] = {one: {} for one in ids}
    for word in session.connection().execute(
        select(Consent.person_id, Consent.channel, Consent.state).where(
            one_of(Consent.person_id, ids)
        )
    ):
        consent[word.person_id][word.channel] = word.state
    held = {one: _points(contacts[one]) for one in ids}
    points = {point for mine in held.values() for point in mine}
    suppressed = _suppressed(session, points)
    sharers = shared_contacts.among(session, points)
    asks = invitation_history.asks(session, ids, held, sharers)
    failed = invitation_history.failed(session, points)
    here = workspace()
    return {
        one: _standing(
            people[one],
            contacts[one],
            consent[one],
            suppressed,
            sharers,
            failed,
            asks[one],
            here,
        )
        for one in ids
    }


def _standing(
    person: Any,
    contacts: Mapping[str, tuple[str, datetime]],
    consent: Mapping[str, str],
    suppressed: Mapping[Point, str],
    sharers: shared_contacts.Sharers,
    failed: frozenset[Point],
    asks: tuple[PastInvitation, ...],
    here: Locality,
) -> PersonContext:
    points = dict(_points(contacts))
    phone = points.get("sms", "")
    return PersonContext(
        ref=person.ref,
        contacts=points,
        consent=consent,
        suppressed={
            point[0]: suppressed[spelling(point)]
            for point in points.items()
            if spelling(point) in suppressed
        },
        asks=asks,
        kind=person.kind,
        place=locality_of(person.timezone, phone, person.attributes, person.locale, here),
        since={channel: at for channel, (_, at) in contacts.items()},
        shared={point[0]: sharers.others(point) for point in points.items()},
        staff=frozenset(point[0] for point in points.items() if sharers.staffed(point)),
        failed=frozenset(point[0] for point in points.items() if point in failed),
        paused_until=person.paused_until,
        unusable=unusable(phone),
    )


def _points(contacts: Mapping[str, tuple[str, datetime]]) -> list[Point]:
    return [(channel, address) for channel, (address, _) in contacts.items()]


def _contacts(session: Session, ids: list[str]) -> dict[str, dict[str, tuple[str, datetime]]]:
    contacts: dict[str, dict[str, tuple[str, datetime]]] = {one: {} for one in ids}
    for held in session.connection().execute(
        select(
            ContactPoint.person_id, ContactPoint.channel, ContactPoint.address,
            ContactPoint.changed_at,
        ).where(one_of(ContactPoint.person_id, ids))
    ):  # fmt: skip
        contacts[held.person_id][held.channel] = held.address, held.changed_at
    return contacts


def _suppressed(session: Session, points: Iterable[Point]) -> dict[Point, str]:
    addresses = {spelling(point) for point in points}
    if not addresses:
        return {}
    rows = session.connection().execute(
        select(Suppression.channel, Suppression.address, Suppression.reason).where(
            pair_of(Suppression.channel, Suppression.address, addresses)
        )
    )
    return {(row.channel, row.address): row.reason for row in rows}
