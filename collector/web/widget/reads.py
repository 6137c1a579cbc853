"""One look into the database per page view, with nothing around it: no transaction, no ping.

"Anything for me?" is asked at every view of every page, so on PostgreSQL it has a small
pool of its own, in autocommit: one round trip instead of four. A connection that turns out to be
dead is replaced and the look repeated once. Used by `inbox.py`; SQLite needs none of this.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from flask import current_app
from sqlalchemy import Engine, Row, Select, create_engine, event
from sqlalchemy.exc import DBAPIError

from collector.model.base import db, is_postgres

KEPT: Final = "collector.widget_reads"
KEEP, MORE = 4, 16


def first(statement: Select[Any], values: Mapping[str, Any]) -> Row[Any] | None:
    """The row, if there is one, outside any transaction. Raises as the database does."""
    engine = cast(Engine, current_app.extensions.get(KEPT) or _engine())
    try:
        return _first(engine, statement, values)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        return _first(engine, statement, values)


def _first(engine: Engine, statement: Select[Any], values: Mapping[str, Any]) -> Row[Any] | None:
    with engine.connect() as connection:
        return connection.execute(statement, values).one_or_none()


def _engine() -> Engine:
    engine = db.engine
    if is_postgres():
        reads = create_engine(
            engine.url,
            isolation_level="AUTOCOMMIT",
            pool_size=KEEP,
            max_overflow=MORE,
            hide_parameters=True,
        )
        event.listen(engine, "engine_disposed", lambda _: reads.dispose())
        engine = reads
    current_app.extensions[KEPT] = engine
    return engine
