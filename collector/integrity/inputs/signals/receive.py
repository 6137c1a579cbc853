"""The verb that accepts signals: one transaction for a batch, each signal once.

Called by `web/api/signals.py` and `collector signals import`. Answers about an interaction that a
fresh signal names are judged again at once; a signal that names only an agent waits for the nightly
pass. A signal may come before its event does: the answer is then judged with it from the start.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from collector import clock
from collector.errors import Problem
from collector.intake.outcomes import Digests, Held, Key, Outcome, Refused, digests, told
from collector.integrity.inputs.signals.reading import IncomingSignal
from collector.model import locks
from collector.model.answers import Response
from collector.model.base import unit_of_work
from collector.model.events import Event
from collector.model.ids import derived_id
from collector.model.invitations import Invitation
from collector.model.signals import Signal
from collector.model.sql.bulk import insert_new, pair_of
from collector.model.transaction import transaction

MAX_BATCH = 500
SIGNALS: Any = Signal.__table__
REUSED = Problem(
    "signal_id_reused",
    "This source and signal_id were used before with other content; a signal is never changed. "
    "Send it under another id if it is another signal.",
)


def receive(signals: Sequence[IncomingSignal | Refused]) -> list[Outcome]:
    """Keep the usable signals and say for each item, in order, what became of it.

    The same (source, signal_id) with the same content is a duplicate, with other content a
    conflict, also within one batch. Rings `judge` where answers are to be judged again.
    """
    usable = [one for one in signals if isinstance(one, IncomingSignal)]
    said = digests(usable)
    held, accepted = _keep(usable, said) if usable else ({}, set())
    return told(signals, said, held, accepted, REUSED)


@transaction
def _keep(signals: Sequence[IncomingSignal], said: Digests) -> tuple[Held, set[Key]]:
    first: dict[Key, IncomingSignal] = {}
    for signal in signals:
        first.setdefault(signal.key, signal)
    with unit_of_work() as work:
        held = _held(work.session, list(first))
        fresh = [signal for key, signal in sorted(first.items()) if key not in held]
        if not fresh:
            return held, set()
        kept = insert_new(
            work.session, SIGNALS, _rows(fresh, said), ("source", "signal_id", "id", "digest")
        )
        accepted = {(row.source, row.signal_id): (row.id, row.digest) for row in kept}
        if len(accepted) < len(fresh):
            # Somebody else's transaction kept some of them between our look and our insert.
            held |= _held(work.session, [one.key for one in fresh if one.key not in accepted])
        held |= accepted
        if _judge_again(work.session, [one for one in fresh if one.key in accepted]):
            work.ring("judge")
        work.commit()
    return held, set(accepted)


def _held(session: Session, keys: Sequence[Key]) -> Held:
    rows = session.connection().execute(
        select(SIGNALS.c.source, SIGNALS.c.signal_id, SIGNALS.c.id, SIGNALS.c.digest).where(
            pair_of(SIGNALS.c.source, SIGNALS.c.signal_id, keys)
        )
    )
    return {(row.source, row.signal_id): (row.id, row.digest) for row in rows}


def _rows(signals: Sequence[IncomingSignal], said: Digests) -> list[dict[str, Any]]:
    now = clock.now()
    return [
        {
            "id": derived_id("sig", one.at, *one.key),
            "source": one.source,
            "signal_id": one.signal_id,
            "type": one.type,
            "event_source": one.event_source,
            "event_id": one.event_id,
            "agent_id": one.agent_id,
            "value": one.value,
            "tags": list(one.tags),
            "at": one.at,
            "received_at": now,
            "digest": said[id(one)],
        }
        for one in signals
    ]


def _judge_again(session: Session, signals: Sequence[IncomingSignal]) -> bool:
    """Queue the answers about these interactions for the judge; says whether there are any."""
    events = {(one.event_source, one.event_id) for one in signals if one.event_id}
    if not events:
        return False
    about = (
        select(Response.id)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .join(Event, Event.id == Invitation.event_id)
        .where(pair_of(Event.source, Event.event_id, events))
    )
    found = [row.id for row in locks.rows(session, Response, about)]
    if found:
        session.execute(
            update(Response).where(Response.id.in_(found)).values(needs_verdict=True),
            execution_options={"synchronize_session": False},
        )
    return bool(found)
