"""The verb that accepts events: one transaction for a batch, each event once, people kept with it.

What an event says about a person is of the moment at which it happened, or at which it arrived
where its sender's clock is ahead. What of it was left out (`profile.py`) is noted in its outcome.

Called by `web/api/intake/events.py` and the replay, which then call `decide.decide_events` so that
the reply can say what was decided; the sweep finds what a crash left between the two (status
`new`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock, keys
from collector.errors import Problem
from collector.intake import in_hand, people
from collector.intake.incoming import IncomingEvent
from collector.intake.outcomes import ACCEPTED, Digests, Held, Key, Outcome, Refused, digests, told
from collector.intake.profile import FROM_EVENT, Profile
from collector.intake.update_person import DENIED
from collector.model.base import unit_of_work
from collector.model.events import Event
from collector.model.ids import deriving
from collector.model.sql.bulk import insert_new, pair_of
from collector.model.transaction import transaction

EVENTS: Any = Event.__table__
MICROSECOND: Final = timedelta(microseconds=1)
Notes = Mapping[Key, tuple[Problem, ...]]
log = structlog.get_logger()
REUSED = Problem(
    "event_key_reused",
    "This source and id were used before with other content; an event is never changed. "
    "Send it under another id if it is another event.",
)


def receive(events: Sequence[IncomingEvent | Refused]) -> list[Outcome]:
    """Keep the usable events and say for each item, in order, what became of it.

    The same (source, id) with the same content is a duplicate (so a call may be repeated safely),
    with other content a conflict, also within one batch. Rings `decide`.
    """
    usable = [event for event in events if isinstance(event, IncomingEvent)]
    said = digests(usable)
    held, accepted, notes = _keep(usable, said) if usable else ({}, set(), {})
    if denied := {one.person.ref for one in usable if DENIED in one.person.consent.values()}:
        in_hand.let_pass_to(denied)
    for one in usable:
        if (kept_as := held[one.key][1]) != said[id(one)] and kept_as == one.older_digest():
            said[id(one)] = kept_as
    outcomes = told(events, said, held, accepted, REUSED)
    if not notes:
        return outcomes
    _log(notes)
    return [
        replace(one, notes=notes.get((one.source, one.sender_id), ()))
        if one.status == ACCEPTED
        else one
        for one in outcomes
    ]


@transaction
def _keep(events: Sequence[IncomingEvent], digests: Digests) -> tuple[Held, set[Key], Notes]:
    first: dict[Key, IncomingEvent] = {}
    for event in events:
        first.setdefault(event.key, event)
    with unit_of_work() as work:
        held = _held(work.session, list(first))
        fresh = [event for key, event in first.items() if key not in held]
        if not fresh:
            return held, set(), {}
        now = clock.now()
        moments = as_of([event.occurred_at for event in fresh], now)
        said = [people.Said(event.person, moments[event.occurred_at]) for event in fresh]
        kept = people.keep(work.session, said, FROM_EVENT)
        accepted = _insert(work.session, fresh, kept.profiles, digests, now)
        if len(accepted) < len(fresh):
            # Somebody else's transaction kept some of them between our look and our insert.
            held |= _held(work.session, [e.key for e in fresh if e.key not in accepted])
        held |= accepted
        work.ring("decide")
        work.commit()
    told_of = zip(fresh, kept.notes, strict=True)
    return held, set(accepted), {event.key: _placed(event, n) for event, n in told_of if n}


def as_of(times: Iterable[datetime], now: datetime) -> dict[datetime, datetime]:
    """Of which moment a word counts that came now with an event of each of these times.

    None counts as of later than now; those whose clock is ahead stay in their order.
    """
    given = set(times)
    ahead = sorted(at for at in given if at > now)
    return {at: at for at in given if at <= now} | {
        at: now + number * MICROSECOND for number, at in enumerate(ahead)
    }


def _placed(event: IncomingEvent, notes: Sequence[Problem]) -> tuple[Problem, ...]:
    """The notes with their pointers into the call."""
    return tuple(
        replace(
            note,
            pointer=event.attributes_at
            if note.pointer == "/attributes"
            else event.person_at + note.pointer,
        )
        for note in notes
    )


def _log(notes: Notes) -> None:
    """Whoever sends does not always look at the answer: whoever runs this finds it here."""
    codes = Counter(note.code for found in notes.values() for note in found)
    log.warning("event_values_left_out", events=len(notes), codes=dict(codes))


def _held(session: Session, keys: Sequence[Key]) -> Held:
    rows = session.connection().execute(
        select(EVENTS.c.source, EVENTS.c.event_id, EVENTS.c.id, EVENTS.c.digest).where(
            pair_of(EVENTS.c.source, EVENTS.c.event_id, keys)
        )
    )
    return {(row.source, row.event_id): (row.id, row.digest) for row in rows}


def _insert(
    session: Session,
    events: Sequence[IncomingEvent],
    profiles: Mapping[str, Profile],
    digests: Digests,
    now: datetime,
) -> Held:
    id_of = deriving()
    # In the order of the key, so that two batches with the same events wait for each other.
    rows = [
        {
            "id": id_of("evt", event.occurred_at, *event.key),
            "source": event.source,
            "event_id": event.event_id,
            "type": event.type,
            "person_id": profiles[event.person.ref].id,
            "occurred_at": event.occurred_at,
            "received_at": now,
            "context": event.context,
            "subjects": event.subjects,
            "contacts": {
                channel: keys.fingerprint("contact", address.lower())
                for channel, address in profiles[event.person.ref].addresses.items()
            },
            "digest": digests[id(event)],
            "status": "new",
        }
        for event in sorted(events, key=lambda event: event.key)
    ]
    # Whatever collides is left out: the derived id would collide as well as the key.
    kept = insert_new(session, EVENTS, rows, ("source", "event_id", "id", "digest"))
    return {(row.source, row.event_id): (row.id, row.digest) for row in kept}
