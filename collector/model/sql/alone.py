"""One statement that is a whole transaction: sent alone, in one round trip, on PostgreSQL.

For verbs that decide and write in a single statement, where opening and closing a transaction
would cost more than the work. Connections of its own, which commit what they are given; each serves
one caller at a time and the newest is taken again. What goes wrong here is not raised: the caller
has a careful way that decides the same, tries again, and says what is wrong. So a statement must be
one that does no harm when it is sent twice. Next: `answers/tap_statement.py`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any, Final, cast

import psycopg
import structlog
from flask import current_app
from sqlalchemy import event

from collector.model.base import db

LINES: Final = "collector.lines"
KEPT: Final = 16  # connections that are kept open for the next caller
log = structlog.get_logger()
Line = tuple[psycopg.Connection[Any], psycopg.Cursor[Any]]


class Lines:
    """The connections of one app, the newest on top."""

    def __init__(self) -> None:
        engine = db.engine
        _, self._where = engine.dialect.create_connect_args(engine.url)
        self._free: deque[Line] = deque()
        event.listen(engine, "engine_disposed", lambda _: self.close())

    def take(self) -> Line:
        try:
            return self._free.pop()
        except IndexError:
            line: psycopg.Connection[Any] = psycopg.connect(**self._where, autocommit=True)
            # Read and planned once: planning such a statement costs more than what it does.
            line.prepare_threshold = 0
            line.execute("SET plan_cache_mode = force_generic_plan")
            return line, line.cursor()

    def give_back(self, line: Line) -> None:
        if len(self._free) < KEPT:
            self._free.append(line)
        else:
            line[0].close()

    def close(self) -> None:
        while self._free:
            self._free.pop()[0].close()


def run(statement: str, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """The one row that this statement gives once it has committed; None if it gives none, or if it
    failed. Raises RuntimeError inside a unit of work, whose locks it might wait for.

    As with a unit of work, a read before it (in the same request) is ended first.
    """
    if db.session.registry.has():
        session = db.session()
        if session.info.get("unit_of_work"):
            raise RuntimeError("a unit of work is open; a statement of its own would wait for it")
        session.rollback()
    try:
        return look(statement, values)
    except psycopg.OperationalError as error:
        if error.sqlstate is None:
            return None  # not reached; the careful way says so, in the words of the service
        kind, state = type(error).__name__, error.sqlstate
    except psycopg.Error as error:
        kind, state = type(error).__name__, error.sqlstate or ""
    # Without the error's words: they may hold what a person wrote.
    log.warning("statement_failed", kind=kind, sqlstate=state)
    return None


def look(statement: str, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """The one row that this statement gives; None if it gives none. Raises psycopg.Error, and then
    its connection is not used again."""
    lines = cast("Lines | None", current_app.extensions.get(LINES))
    if lines is None:
        lines = current_app.extensions.setdefault(LINES, Lines())
    line = lines.take()
    try:
        row: tuple[Any, ...] | None = line[1].execute(statement, values).fetchone()
    except BaseException:
        line[0].close()
        raise
    lines.give_back(line)
    return row
