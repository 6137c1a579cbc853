"""Many rows in one short statement: whole batches go to the database as one value.

Used by the stages that handle batches, in place of long lists of parameters, whose handling costs
more than the work. On PostgreSQL rows travel as one JSON document and keys as one array, so the
statement stays the same for every batch and is prepared once; SQLite gets what it always did.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    String,
    Table,
    and_,
    any_,
    bindparam,
    literal,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session
from sqlalchemy.sql.expression import TextClause

from collector.model.base import is_postgres

Rows = Sequence[Mapping[str, Any]]
TEXTS: ARRAY[str] = ARRAY(String)
PAIRS = text("(SELECT * FROM unnest(CAST(:firsts AS text[]), CAST(:seconds AS text[])))")


def upsert(table: Any) -> Any:
    """INSERT with an ON CONFLICT clause, in the dialect of the app's database."""
    return postgres_insert(table) if is_postgres() else sqlite_insert(table)


def one_of(column: Any, values: Collection[str]) -> ColumnElement[bool]:
    """`column IN (values)` for texts."""
    if not is_postgres():
        return column.in_(sorted(values))  # type: ignore[no-any-return]
    return column == any_(literal(sorted(values), TEXTS))  # type: ignore[no-any-return]


def pair_of(first: Any, second: Any, values: Collection[tuple[str, str]]) -> ColumnElement[bool]:
    """`(first, second) IN (values)` for pairs of texts."""
    pairs = sorted(values)
    if not is_postgres() or not pairs:
        # SQLite finds pairs in an index only if it is told of each half as well.
        firsts, seconds = ({pair[half] for pair in pairs} for half in (0, 1))
        halves = and_(first.in_(sorted(firsts)), second.in_(sorted(seconds)))
        return and_(halves, tuple_(first, second).in_(pairs))
    bound = PAIRS.bindparams(
        bindparam("firsts", [one for one, _ in pairs], TEXTS),
        bindparam("seconds", [two for _, two in pairs], TEXTS),
    )
    return tuple_(first, second).op("IN")(bound)


def insert_new(
    session: Session, table: Any, rows: Rows, returning: Sequence[str]
) -> list[Row[Any]]:
    """Insert what collides with nothing that is there; gives `returning` of the inserted rows."""
    if not rows:
        return []
    connection = session.connection()
    if is_postgres():
        tail = f"ON CONFLICT DO NOTHING RETURNING {', '.join(returning)}"
        return list(connection.execute(_statement(table, tuple(rows[0]), tail), _document(rows)))
    statement = sqlite_insert(table).on_conflict_do_nothing()
    return list(connection.execute(statement.returning(*(table.c[n] for n in returning)), rows))


def insert_all(session: Session, table: Any, rows: Rows) -> None:
    """Insert these rows. Raises IntegrityError where one is there already."""
    if not rows:
        return
    if is_postgres():
        rows = _complete(table, rows)
        session.connection().execute(_statement(table, tuple(rows[0]), ""), _document(rows))
    else:
        session.connection().execute(table.insert(), rows)


def insert_or_set(
    session: Session, table: Any, rows: Rows, key: Sequence[str], columns: Sequence[str]
) -> None:
    """Insert these rows; where one with this `key` is there, set its `columns`."""
    if not rows:
        return
    if is_postgres():
        changes = ", ".join(f"{name} = excluded.{name}" for name in columns)
        tail = f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"
        session.connection().execute(_statement(table, tuple(rows[0]), tail), _document(rows))
        return
    statement = sqlite_insert(table)
    changed = {name: statement.excluded[name] for name in columns}
    session.connection().execute(
        statement.on_conflict_do_update(index_elements=list(key), set_=changed), rows
    )


def set_by_id(session: Session, table: Any, rows: Rows) -> None:
    """Give the rows with these `id`s these values."""
    if not rows:
        return
    columns = tuple(rows[0])
    if is_postgres():
        changes = ", ".join(
            [
                *(f"{name} = sent.{name}" for name in columns if name != "id"),
                *_taken_off(table, columns),
            ]
        )
        statement = text(
            f"UPDATE {table.name} SET {changes} FROM {_sent(table, columns)} "  # noqa: S608
            f"WHERE {table.name}.id = sent.id"
        )
        session.connection().execute(statement, _document(rows))
    else:
        marked = [{**row, "at": row["id"]} for row in rows]
        session.connection().execute(update(table).where(table.c.id == bindparam("at")), marked)


def _taken_off(table: Table, columns: tuple[str, ...]) -> list[str]:
    """What every UPDATE of this table sets, as SQLAlchemy's own would: its marks (`onupdate`)."""
    found: list[Any] = [c for c in table.c if c.onupdate is not None and c.name not in columns]
    return [f"{column.name} = {str(column.onupdate.arg).lower()}" for column in found]


def _document(rows: Rows) -> dict[str, str]:
    return {"rows": orjson.dumps(rows).decode()}


def _complete(table: Table, rows: Rows) -> Rows:
    """The rows with the columns' defaults, which SQLAlchemy's own INSERT would have filled in."""
    absent: list[Any] = [c for c in table.c if c.default is not None and c.name not in rows[0]]
    if not absent:
        return rows
    return [
        {**row, **{c.name: c.default.arg(None) if c.default.is_callable else c.default.arg
                   for c in absent}}
        for row in rows
    ]  # fmt: skip


@lru_cache(maxsize=64)
def _statement(table: Table, columns: tuple[str, ...], tail: str) -> TextClause:
    """Names come from the tables' definitions, never from outside."""
    names = ", ".join(columns)
    sent = _sent(table, columns)
    return text(f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {sent} {tail}")  # noqa: S608


def _sent(table: Table, columns: tuple[str, ...]) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    typed = ", ".join(f"{name} {table.c[name].type.compile(dialect)}" for name in columns)
    return f"jsonb_to_recordset(CAST(:rows AS jsonb)) AS sent({typed})"
