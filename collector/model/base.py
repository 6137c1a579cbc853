"""The database handle, the column types, and the unit of work. Imported by every table and verb.

SQLite runs in WAL with foreign keys on; a unit of work begins IMMEDIATE there, because a read that
turns into a write ignores the busy time-out. Where to go next: any table, e.g. `events.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, cast

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Boolean,
    DateTime,
    Engine,
    MetaData,
    String,
    TypeDecorator,
    event,
    false,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

from collector import clock

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_SECONDS = 20
LOCKS_HELD = "collector.locks"  # in a session's info: what `locks.py` has locked in this unit


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)

Id = String(40)
Json = JSON().with_variant(JSONB(), "postgresql")
Bell = Callable[[str], None]


class UTCDateTime(TypeDecorator[datetime]):
    """An aware UTC time on every database: SQLite forgets zones, so they are put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = clock.aware(value)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def taken_column() -> Any:
    """A mark on a row that the feed of invitations is made of: whatever writes the row takes it off
    (`onupdate`; `sql/bulk.py` keeps to it too), and who takes the row into the feed sets it."""
    return mapped_column(Boolean, server_default=false(), onupdate=False)


def id_column(prefix_example: str) -> Any:
    """A primary key holding one of `ids.py`'s ids; `prefix_example` documents which."""
    return mapped_column(Id, primary_key=True, doc=prefix_example)


class UnitOfWork:
    """One transaction. Rolls back unless `commit()` is called; bells ring only after the commit."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._bells: list[str] = []

    def ring(self, bell: str) -> None:
        """Wake the stage called `bell` once this unit has committed."""
        if bell not in self._bells:
            self._bells.append(bell)

    def commit(self) -> None:
        self.session.commit()
        bells, self._bells = self._bells, []
        for bell in bells:
            doorbell()(bell)


@contextmanager
def unit_of_work() -> Iterator[UnitOfWork]:
    """Begin a unit of work on the app's session. Raises RuntimeError inside another one.

    The function that opens it is a `@transaction` (`transaction.py`), which may run it again.

    A read before it (in the same request) is fine: its transaction is ended first, so that the unit
    sees the present and holds its locks from the start.
    """
    session = cast(Session, db.session())
    if session.info.get("unit_of_work"):
        raise RuntimeError(
            "a unit of work is already open; verbs do not call each other inside one"
        )
    session.rollback()
    session.connection(execution_options={"collector_writes": True})
    session.info["unit_of_work"] = True
    session.info.pop(LOCKS_HELD, None)
    try:
        yield UnitOfWork(session)
    finally:
        session.info["unit_of_work"] = False
        session.info.pop(LOCKS_HELD, None)
        session.rollback()


def doorbell() -> Bell:
    """How this app wakes a stage: set by `app.py`, RQ or a thread behind it."""
    return cast(Bell, current_app.extensions["collector.doorbell"])


def is_postgres() -> bool:
    return db.engine.dialect.name == "postgresql"


def prepare_engine(engine: Engine) -> None:
    """Set SQLite up (WAL, foreign keys on); PostgreSQL needs nothing. Called by `app.py`."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late and too weak
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("collector_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
