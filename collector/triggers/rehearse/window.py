"""The recorded events of a window, in the order in which they were decided, a page at a time.

Reads only: on PostgreSQL in one read-only transaction, so that the whole run sees one state and
nothing can be written; on SQLite with `query_only`. The ids are streamed, the rows fetched a page
at a time, so memory does not grow with the window. Used by `run.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from collector.model.base import db, is_postgres
from collector.model.events import Decision, Event

PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Window:
    """Events received from `begins` on and before `ends`, of these types."""

    begins: datetime
    ends: datetime
    types: tuple[str, ...]


@contextmanager
def reading() -> Iterator[Session]:
    """A session on a connection of its own that cannot write."""
    with db.engine.connect() as connection:
        if is_postgres():
            connection = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        else:
            connection.exec_driver_sql("PRAGMA query_only = ON")
        try:
            with Session(bind=connection) as session:
                yield session
        finally:
            connection.rollback()
            if not is_postgres():
                connection.exec_driver_sql("PRAGMA query_only = OFF")
                connection.rollback()


def count(session: Session, window: Window) -> int:
    """How many events there are."""
    return session.execute(
        select(func.count()).select_from(Event).where(*_within(window))
    ).scalar_one()


def pages(session: Session, window: Window) -> Generator[list[Moment], None, None]:
    """Event rows with `decided_at`, the moment at which they were decided (else received)."""
    first = (
        select(func.min(Decision.decided_at))
        .where(Decision.event_id == Event.id, Decision.number == 1)
        .correlate(Event)
        .scalar_subquery()
    )
    moment = func.coalesce(first, Event.received_at, type_=Event.received_at.type)
    ordered = (
        select(Event.id, moment.label("decided_at"))
        .where(*_within(window))
        .order_by(moment, Event.occurred_at, Event.id)
        .execution_options(yield_per=PAGE)
    )
    result = session.execute(ordered)
    try:
        for part in result.partitions():
            moments = {row.id: row.decided_at for row in part}
            rows = session.execute(
                select(
                    Event.id, Event.type, Event.source, Event.person_id, Event.occurred_at,
                    Event.received_at, Event.context, Event.subjects,
                ).where(Event.id.in_(moments))
            )  # fmt: skip
            by_id = {row.id: row for row in rows}
            yield [Moment(moments[one], by_id[one]) for one in moments]
    finally:
        result.close()


@dataclass(frozen=True, slots=True)
class Moment:
    """An event and when it was decided."""

    decided_at: datetime
    event: Any


def types_of(*books: Collection[str]) -> tuple[str, ...]:
    """Every event type that somebody listens to."""
    return tuple(sorted({one for book in books for one in book}))


def _within(window: Window) -> tuple[Any, ...]:
    return (
        Event.type.in_(window.types),
        Event.received_at >= window.begins,
        Event.received_at < window.ends,
    )
