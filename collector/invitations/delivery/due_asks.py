"""Reads the asks that a claim takes, and writes down what it made of them: a statement each.

`DueAsk` and `NewMessage` are the rows of `invitations` and `messages` as `claims.py` works with
them: plain values, locked in the database, written all at once. Helpers without a commit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, String, and_, cast, false, func, literal, or_, select
from sqlalchemy.orm import Session

from collector.invitations import escalate
from collector.model import locks, states
from collector.model.base import is_postgres
from collector.model.batches import Rows
from collector.model.invitations import WAITING, Invitation, Message
from collector.model.sql.bulk import insert_all, set_by_id
from collector.rules.stops import Stops


@dataclass(slots=True)
class DueAsk:
    """A locked invitation, as far as a claim needs it."""

    id: str
    decision_id: str
    event_id: str
    person_id: str
    rule_version_id: str
    survey_version_id: str
    token_id: str
    locale: str
    channels: list[Any]
    created_at: datetime
    lapses_at: datetime
    send_by: datetime | None
    sent_at: datetime | None
    reminded_at: datetime | None
    # What a claim changes:
    status: str
    step: int
    due_at: datetime
    claimed_at: datetime | None
    next_at: datetime | None
    marks: list[Any]


@dataclass(slots=True)
class NewMessage:
    """An attempt that is to be written."""

    id: str
    invitation_id: str
    channel: str
    attempt: int
    address: str
    claimed_at: datetime
    status: str = states.MESSAGE.start
    code: str = ""
    text_digest: str = ""  # never handed over
    segments: int = 0
    settled_at: datetime | None = None


NAMES: Final = tuple(one.name for one in fields(DueAsk))
CHANGED: Final = ("id", *NAMES[NAMES.index("status") :])
MESSAGE_NAMES: Final = tuple(one.name for one in fields(NewMessage))
COLUMNS: Final = tuple(getattr(Invitation, name) for name in NAMES)


def due(now: datetime) -> ColumnElement[bool]:
    """Which invitations may be sent at this moment. None is sent after it lapsed, and none goes out
    for the first time after the rule's own limit."""
    in_time = or_(
        Invitation.send_by.is_(None), Invitation.send_by > now, Invitation.sent_at.is_not(None)
    )
    waits = and_(Invitation.status == WAITING, Invitation.due_at <= now)
    return and_(waits, Invitation.lapses_at > now, in_time)


def take(
    session: Session, limit: int, wanted: Rows, now: datetime, stopped: Stops, busy: Collection[str]
) -> list[DueAsk]:
    """Up to `limit` asks that are due, locked; none whose next channel is `busy`.

    The lock makes this the compare-and-set: whoever holds the row while it is `waiting` is the only
    one to change it. On SQLite the unit of work itself is the lock.
    """
    query = (
        select(*COLUMNS)
        .where(due(now), escalate.not_held(stopped), wanted.among(Invitation.id))
        .order_by(Invitation.due_at, Invitation.id)
        .limit(limit)
    )
    if busy:
        query = query.where(~_next_by(busy))
    return [DueAsk(*row) for row in locks.rows(session, Invitation, query, skip=True)]


def write(session: Session, asks: Sequence[DueAsk], messages: Sequence[NewMessage]) -> None:
    """What became of these asks, and the attempts that were made for them."""
    set_by_id(session, Invitation.__table__, _as_rows(asks, CHANGED))
    insert_all(session, Message.__table__, _as_rows(messages, MESSAGE_NAMES))


def _as_rows(found: Sequence[object], names: Sequence[str]) -> list[dict[str, Any]]:
    return [{name: getattr(one, name) for name in names} for one in found]


def _next_by(kinds: Collection[str]) -> ColumnElement[bool]:
    """Asks whose present step is a channel of these kinds."""
    if not kinds:
        return false()
    if is_postgres():
        kind = func.jsonb_extract_path_text(Invitation.channels, cast(Invitation.step, String))
    else:
        path = literal("$[").concat(cast(Invitation.step, String)).concat("]")
        kind = func.json_extract(Invitation.channels, path)
    return kind.in_(sorted(kinds))
