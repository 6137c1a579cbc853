"""Signals that came in since the last look become entries of the log. Reads; the verb writes.

A signal is used from the moment on at which the service heard of it, whatever time it speaks of:
what nobody knew could not be used.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from collector.integrity.evidence import facts, log
from collector.integrity.evidence.feature_loader import event_key
from collector.model.events import Event
from collector.model.integrity import IntegrityHead, LogEntry
from collector.model.signals import Signal

# How long a signal's own transaction may take and still be found.
REACH = timedelta(hours=1)


def import_signals(session: Session, head: IntegrityHead, until: datetime) -> list[log.Entry]:
    """The entries of the signals received by `until` that the log does not hold, as they came."""
    heard = exists().where(LogEntry.kind == log.SIGNAL, LogEntry.ref == Signal.id)
    since = head.heard_at - REACH if head.heard_at else log.EPOCH
    rows = session.execute(
        select(Signal, Event.subjects)
        .outerjoin(
            Event,
            and_(Event.source == Signal.event_source, Event.event_id == Signal.event_id),
        )
        .where(Signal.received_at >= since, Signal.received_at <= until, ~heard)
        .order_by(Signal.received_at, Signal.id)
    ).all()
    return [
        log.entry(
            head,
            log.moment(head, row.received_at),
            log.SIGNAL,
            row.id,
            0,
            _body(row, subjects or {}),
        )
        for row, subjects in rows
    ]


def _body(row: Signal, subjects: dict[str, Any]) -> dict[str, Any]:
    agent = row.agent_id or facts.who(subjects, "agent")[1]
    return {
        "kind": row.type, "value": row.value, "tags": list(row.tags), "agent": agent,
        "event": event_key(row.event_source, row.event_id) if row.event_id else "",
        "at": row.at.timestamp(),
    }  # fmt: skip
