"""The verb that accepts events: one transaction for a batch, each event once, people kept with it.

Called by `web/api/events.py` and the replay, which then call `decide.decide_events` so that the
reply can say what was decided; the sweep finds what a crash left between the two (status `new`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock, keys
from collector.errors import Problem
from collector.intake import people
from collector.intake.incoming import IncomingEvent
from collector.intake.outcomes import Digests, Held, Key, Outcome, Refused, digests, told
from collector.intake.profile import FROM_EVENT, Profile
from collector.model.base import unit_of_work
from collector.model.events import Event
from collector.model.ids import derived_id
from collector.model.sql.bulk import insert_new, pair_of
from collector.model.transaction import transaction

EVENTS: Any = Event.__table__
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
    held, accepted = _keep(usable, said) if usable else ({}, set())
    return told(events, said, held, accepted, REUSED)


@transaction
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
