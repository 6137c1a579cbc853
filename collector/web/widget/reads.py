"""One look into the database per page view, with nothing around it: no transaction, no ping.

"Anything for me?" is asked at every view of every page, so on PostgreSQL its statement is written
once and sent alone (`model/sql/alone.py`): one round trip, a quarter of the processor's time.
Where that goes wrong, as on a connection that is dead, it is looked for in the usual way, which
says what is wrong. Used by `inbox.py`; SQLite needs none of this.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping
from typing import Any, Final

import psycopg
from sqlalchemy import Select

from collector.model.base import db, is_postgres
from collector.model.sql import alone

_written: Final[dict[int, _Look]] = {}


class _Look:
    """A statement as PostgreSQL takes it, the values that are always the same, and its row."""

    def __init__(self, statement: Select[Any], values: Mapping[str, Any]) -> None:
        compiled = statement.compile(dialect=db.engine.dialect)
        whole = compiled.construct_expanded_state(dict(values))
        self.statement = statement  # kept, so that its id stays its own
        self.text: str = whole.statement
        self.given = whole.parameters
        self.row = namedtuple("Row", statement.selected_columns.keys())  # type: ignore[misc]


def first(statement: Select[Any], values: Mapping[str, Any]) -> Any:
    """The row, by the names of its columns, or None. Raises as the database does."""
    if is_postgres():
        look = _written.get(id(statement))
        if look is None:
            look = _written[id(statement)] = _Look(statement, values)
        try:
            found = alone.look(look.text, {**look.given, **values})
        except psycopg.Error:
            pass
        else:
            return None if found is None else look.row(*found)
    try:
        return db.session.execute(statement, values).one_or_none()
    finally:
        db.session.rollback()
