"""The signals in the log about given interactions, found again when nobody keeps them in memory.

Reads only; as the engine was fed them: by the interaction's fingerprint, in the order of the log.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from collector.integrity.engine.records import Signal as Heard
from collector.integrity.evidence.log import ANSWER, SIGNAL, Entry
from collector.model.answers import Response
from collector.model.events import Event
from collector.model.integrity import LogEntry
from collector.model.invitations import Invitation
from collector.model.signals import Signal
from collector.model.sql.bulk import pair_of

Pair = tuple[str, str]  # the sender's source and event_id


def heard(body: Mapping[str, Any], at: float) -> Heard:
    """A signal as the engine takes it: used from when the service heard of it."""
    return Heard(body["kind"], body.get("value"), at, tuple(body.get("tags", ())))


def about(session: Session, pairs: Collection[Pair], before: int) -> dict[str, list[Heard]]:
    """By fingerprint, those of the log's entries before this number."""
    found: dict[str, list[Heard]] = {}
    if not pairs:
        return found
    rows = session.execute(
        select(LogEntry.heard_at, LogEntry.body)
        .join(Signal, and_(Signal.id == LogEntry.ref, LogEntry.kind == SIGNAL))
        .where(
            pair_of(Signal.event_source, Signal.event_id, pairs), LogEntry.version == 0,
            LogEntry.number < before,
        )
        .order_by(LogEntry.number)
    )  # fmt: skip
    for heard_at, body in rows:
        found.setdefault(body["event"], []).append(heard(body, heard_at.timestamp()))
    return found


def interactions(session: Session, entries: Sequence[Entry]) -> set[Pair]:
    """What these answers and signals are about."""
    answers = [one.ref for one in entries if one.kind == ANSWER]
    signals = [one.ref for one in entries if one.kind == SIGNAL]
    rows: list[Any] = []
    if answers:
        rows += session.execute(
            select(Event.source, Event.event_id)
            .join(Invitation, Invitation.event_id == Event.id)
            .join(Response, Response.invitation_id == Invitation.id)
            .where(Response.id.in_(answers))
        )
    if signals:
        rows += session.execute(
            select(Signal.event_source, Signal.event_id).where(
                Signal.id.in_(signals), Signal.event_id != ""
            )
        )
    return {(source, event_id) for source, event_id in rows}


def recalled(
    session: Session, entries: Sequence[Entry], known: Collection[str]
) -> dict[str, list[Heard]]:
    """What was heard before these entries about their interactions, but for the `known` ones."""
    unknown = [
        one
        for one in entries
        if one.kind in (ANSWER, SIGNAL) and one.body.get("event") and one.body["event"] not in known
    ]
    if not unknown:
        return {}
    found: dict[str, list[Heard]] = {str(one.body["event"]): [] for one in unknown}
    earlier = about(session, interactions(session, unknown), entries[0].number)
    return found | {event: signals for event, signals in earlier.items() if event in found}
