"""Steps that migrations share: indexes built beside writers, updates in pieces, no silent loss.

For `migrations/versions/` only. Each step leaves the tables so that the migration can be run again
from its beginning after a kill at any point.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import context, op

from collector.errors import Conflict

LOSE = "lose"
PIECE = 5_000


def argument(name: str, default: str = "") -> str:
    """What was said with `-x name=…`."""
    said = context.get_x_argument(as_dictionary=True)
    return str(said.get(name, default)) if isinstance(said, dict) else default


def refuse_to_lose(what: str, rows: str) -> None:
    """Stop a downgrade that would drop what cannot be had again. `rows` is a FROM clause.

    Raises Conflict, unless it was said that this is meant.
    """
    count = op.get_bind().execute(sa.text(f"SELECT count(*) FROM {rows}")).scalar() or 0  # noqa: S608
    if count and argument(LOSE) != "yes":
        raise Conflict(
            f"Going back would drop {count} {what} for good. Keep a backup and say `-x {LOSE}=yes` "
            "if that is meant.",
            code="would_lose_data",
        )


def has_column(table: str, column: str) -> bool:
    return column in {one["name"] for one in sa.inspect(op.get_bind()).get_columns(table)}


def build_index(
    name: str, table: str, columns: Sequence[str | sa.TextClause], where: str = ""
) -> None:
    """On PostgreSQL nobody is kept from writing; one that was left half built goes first."""
    only = sa.text(where) if where else None
    if op.get_bind().dialect.name != "postgresql":
        op.create_index(name, table, list(columns), sqlite_where=only)
        return
    with op.get_context().autocommit_block():
        op.drop_index(name, table_name=table, if_exists=True, postgresql_concurrently=True)
        op.create_index(
            name, table, list(columns), postgresql_where=only, postgresql_concurrently=True
        )


def drop_index(name: str, table: str) -> None:
    """On PostgreSQL without keeping anybody from reading or writing."""
    if op.get_bind().dialect.name != "postgresql":
        op.drop_index(name, table_name=table)
        return
    with op.get_context().autocommit_block():
        op.drop_index(name, table_name=table, if_exists=True, postgresql_concurrently=True)


def update_in_pieces(table: str, change: str, where: str) -> None:
    """`UPDATE table SET change WHERE where`, some thousand rows at a time, by `id`.

    On PostgreSQL each piece commits by itself, so that nobody waits for the whole.
    """
    if op.get_bind().dialect.name != "postgresql":
        op.execute(f"UPDATE {table} SET {change} WHERE {where}")  # noqa: S608
        return
    with op.get_context().autocommit_block():
        after = ""
        while True:
            page = f"SELECT id FROM {table} WHERE id > :after AND {where} ORDER BY id LIMIT {PIECE}"  # noqa: S608
            last = (
                op.get_bind()
                .execute(
                    sa.text(
                        f"WITH page AS ({page}), done AS (UPDATE {table} SET {change} "  # noqa: S608
                        "WHERE id IN (SELECT id FROM page)) SELECT max(id) FROM page"
                    ),
                    {"after": after},
                )
                .scalar()
            )
            if last is None:
                return
            after = last
