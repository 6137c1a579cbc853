"""How much work something is for the database, without a clock: `effort(run)` counts it.

PostgreSQL says how many rows and index entries its scans returned, SQLite how many steps of its
virtual machine it took. The two units differ, so a test compares two sizes on one database:
what does not grow with history costs the same at ten times the history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine.cursor import BufferedRowCursorFetchStrategy, CursorFetchStrategy

from collector.model.base import db, is_postgres

STEPS = 50
SCANNED = text(
    "SELECT coalesce(sum(pg_stat_get_tuples_returned(oid)), 0)::bigint FROM pg_class "
    "WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace"
)


@dataclass
class Seen:
    """`rows` that Python was given, most of them `at_once`, and the `statements` it sent."""

    rows: int = 0
    at_once: int = 0
    statements: list[str] = field(default_factory=list)


def effort(run: Callable[[], object]) -> int:
    """Rows scanned (PostgreSQL) or steps taken (SQLite) by `run`, which ends its transaction."""
    if is_postgres():
        with large():
            before = _scanned()
            run()
            return _scanned() - before
    db.session.remove()
    count = 0

    def step() -> int:
        nonlocal count
        count += STEPS
        return 0

    def watch(raw: Any, *_: Any) -> None:
        raw.set_progress_handler(step, STEPS)

    def leave(raw: Any, *_: Any) -> None:
        if raw is not None:
            raw.set_progress_handler(None, STEPS)

    event.listen(db.engine, "checkout", watch)
    event.listen(db.engine, "checkin", leave)
    try:
        run()
        db.session.remove()
    finally:
        event.remove(db.engine, "checkout", watch)
        event.remove(db.engine, "checkin", leave)
    return count


@contextmanager
def large() -> Iterator[None]:
    """Plans as for large tables: of a small one PostgreSQL reads the whole, index or not."""

    def begin(connection: Any) -> None:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")

    db.session.rollback()
    if is_postgres():
        event.listen(db.engine, "begin", begin)
    try:
        yield
    finally:
        db.session.rollback()
        if is_postgres():
            event.remove(db.engine, "begin", begin)


def analyze() -> None:
    """Let the planner know the tables' sizes, as autovacuum does beside a running service."""
    db.session.rollback()
    db.session.execute(text("ANALYZE"))
    db.session.commit()


def _scanned() -> int:
    """All that was scanned so far. A session reports at its end of a transaction, if asked to."""
    db.session.rollback()
    db.session.execute(text("SELECT pg_stat_force_next_flush()"))
    db.session.rollback()
    db.session.execute(text("SELECT pg_stat_clear_snapshot()"))
    found = int(db.session.execute(SCANNED).scalar_one())
    db.session.rollback()
    return found


@contextmanager
def watched() -> Iterator[Seen]:
    """Counts the rows that reach Python and the statements, on every connection of the app."""
    seen = Seen()

    def sent(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.statements.append(statement)

    kinds = (CursorFetchStrategy, BufferedRowCursorFetchStrategy)
    kept = [(kind, name, vars(kind)[name]) for kind in kinds for name in vars(kind)
            if name in ("fetchone", "fetchmany", "fetchall")]  # fmt: skip

    def counting(real: Callable[..., Any], one: bool) -> Callable[..., Any]:
        def fetch(*args: Any, **more: Any) -> Any:
            found = real(*args, **more)
            given = (found is not None) if one else len(found)
            seen.rows, seen.at_once = seen.rows + given, max(seen.at_once, given)
            return found

        return fetch

    event.listen(db.engine, "before_cursor_execute", sent)
    for kind, name, real in kept:
        setattr(kind, name, counting(real, name == "fetchone"))
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", sent)
        for kind, name, real in kept:
            setattr(kind, name, real)
