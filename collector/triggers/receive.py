"""The verb that accepts events: one transaction for a batch, each event once, people kept with it.

Called by `web/api/events.py` and the replay, which then call `decide.decide_events` so that the
reply can say what was decided; the sweep finds what a crash left between the two (status `new`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock, keys
from collector.errors import Problem
from collector.model.base import unit_of_work
from collector.model.bulk import insert_new, pair_of
from collector.model.events import Event
from collector.model.ids import derived_id
from collector.triggers import people
from collector.triggers.intake import IncomingEvent, Refused
from collector.triggers.profile import FROM_EVENT, Profile
from collector.triggers.retry import retried

ACCEPTED, DUPLICATE, CONFLICT, INVALID = "accepted", "duplicate", "conflict", "invalid"
EVENTS: Any = Event.__table__
Key = tuple[str, str]
Digests = dict[int, str]  # id() of an event in hand → its digest, worked out once
Held = dict[Key, tuple[str, str]]  # (source, event_id) → (our id, digest)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item. `id` is ours (`evt_…`), empty where nothing was kept."""

    status: str
    source: str
    event_id: str
    id: str = ""
    problems: tuple[Problem, ...] = ()


def receive(events: Sequence[IncomingEvent | Refused]) -> list[Outcome]:
    """Keep the usable events and say for each item, in order, what became of it.

    The same (source, id) with the same content is a duplicate (so a call may be repeated safely),
    with other content a conflict, also within one batch. Rings `decide`.
    """
    usable = [event for event in events if isinstance(event, IncomingEvent)]
    said = {id(event): event.digest() for event in usable}
    held, accepted = retried(lambda: _keep(usable, said)) if usable else ({}, set())
    outcomes = []
    for item in events:
        if isinstance(item, Refused):
            outcomes.append(Outcome(INVALID, item.source, item.event_id, "", item.problems))
            continue
        row_id, digest = held[item.key]
        if digest != said[id(item)]:
            outcomes.append(Outcome(CONFLICT, *item.key, "", (_reused(),)))
        elif item.key in accepted:
            accepted.remove(item.key)  # a second one in the same batch is a duplicate of the first
            outcomes.append(Outcome(ACCEPTED, *item.key, row_id))
        else:
            outcomes.append(Outcome(DUPLICATE, *item.key, row_id))
    return outcomes


def _keep(events: Sequence[IncomingEvent], digests: Digests) -> tuple[Held, set[Key]]:
    first: dict[Key, IncomingEvent] = {}
    for event in events:
        first.setdefault(event.key, event)
    with unit_of_work() as work:
        held = _held(work.session, list(first))
        fresh = [event for key, event in sorted(first.items()) if key not in held]
        if not fresh:
            return held, set()
        said = [(event.person, event.occurred_at) for event in fresh]
        profiles = people.keep(work.session, said, FROM_EVENT)
        accepted = _insert(work.session, fresh, profiles, digests)
        if len(accepted) < len(fresh):
            # Somebody else's transaction kept some of them between our look and our insert.
            held |= _held(work.session, [e.key for e in fresh if e.key not in accepted])
        held |= accepted
        work.ring("decide")
        work.commit()
    return held, set(accepted)


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
) -> Held:
    now = clock.now()
    rows = [
        {
            "id": derived_id("evt", event.occurred_at, *event.key),
            "source": event.source,
            "event_id": event.event_id,
            "type": event.type,
            "person_id": profiles[event.person.ref].id,
            "occurred_at": event.occurred_at,
            "received_at": now,
            "context": event.context,
            "subjects": event.subjects,
            "contacts": {
                channel: keys.fingerprint("contact", held.address.lower())
                for channel, held in profiles[event.person.ref].contacts.items()
            },
            "digest": digests[id(event)],
            "status": "new",
        }
        for event in events
    ]
    # Whatever collides is left out: the derived id would collide as well as the key.
    kept = insert_new(session, EVENTS, rows, ("source", "event_id", "id", "digest"))
    return {(row.source, row.event_id): (row.id, row.digest) for row in kept}


def _reused() -> Problem:
    return Problem(
        "event_key_reused",
        "This source and id were used before with other content; an event is never changed. "
        "Send it under another id if it is another event.",
    )
