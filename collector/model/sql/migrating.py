"""Steps that migrations share: indexes built beside writers, updates in pieces, no silent loss.

For `migrations/versions/` only. Each step leaves the tables so that the migration can be run again
from its beginning after a kill at any point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

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
    name: str, table: str, columns: Sequence[str | sa.TextClause], where: str = "",
    unique: bool = False,
) -> None:  # fmt: skip
    """On PostgreSQL nobody is kept from writing; one that was left half built goes first."""
    only = sa.text(where) if where else None
    if op.get_bind().dialect.name != "postgresql":
        op.create_index(name, table, list(columns), unique=unique, sqlite_where=only)
        return
    with beside_writers():
        op.drop_index(name, table_name=table, if_exists=True, postgresql_concurrently=True)
        op.create_index(
            name, table, list(columns), unique=unique, postgresql_where=only,
            postgresql_concurrently=True,
        )  # fmt: skip


def replace_unique(table: str, old: str, new: str, columns: Sequence[str]) -> None:
    """One unique constraint in place of another; on PostgreSQL its index is built beforehand, so
    that nobody waits for more than a moment."""
    if op.get_bind().dialect.name != "postgresql":
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(old, type_="unique")
            batch.create_unique_constraint(new, list(columns))
        return
    known = sa.inspect(op.get_bind()).get_unique_constraints(table)
    if new not in {one["name"] for one in known}:  # else a run was killed after this
        build_index(new, table, columns, unique=True)
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {new} UNIQUE USING INDEX {new}")
    op.drop_constraint(old, table, type_="unique", if_exists=True)


def drop_index(name: str, table: str) -> None:
    """On PostgreSQL without keeping anybody from reading or writing."""
    if op.get_bind().dialect.name != "postgresql":
        op.drop_index(name, table_name=table)
        return
    with beside_writers():
        op.drop_index(name, table_name=table, if_exists=True, postgresql_concurrently=True)


@contextmanager
def beside_writers() -> Iterator[None]:
    """For what waits until everybody's transactions of now are over, and lets everybody else pass:
    the limit on waiting, which is there for who stands in the way, would only stop it half-way."""
    bind = op.get_bind()
    limit = bind.execute(sa.text("SHOW lock_timeout")).scalar()
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = 0")
        try:
            yield
        finally:
            op.execute(f"SET lock_timeout = '{limit}'")


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
