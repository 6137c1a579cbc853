"""A row that raises: a trigger in the database refuses one write, with what a customer owns in it.

`with poison("messages", "id", message_id):` makes every UPDATE of that row fail, on both databases.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from collector.model.base import db, is_postgres

SAID = "cannot write ana@example.com at +14155550123 for 'Ana Torres'"
OWNED = ("ana@example.com", "+14155550123", "Ana Torres")


@contextmanager
def poison(
    table: str, column: str, value: str, action: str = "UPDATE", status: str = ""
) -> Iterator[None]:
    """Refuse to `action` rows of `table` whose `column` is `value`, inside this block; with
    `status`, only where they would get that status."""
    when = f"NEW.{column} = '{value}'" + (f" AND NEW.status = '{status}'" if status else "")
    quoted = SAID.replace("'", "''")
    if is_postgres():
        make = (
            "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{quoted}'; END $$",
            f"CREATE TRIGGER poison BEFORE {action} ON {table} FOR EACH ROW "
            f"WHEN ({when}) EXECUTE FUNCTION poison()",
        )
        heal = (f"DROP TRIGGER poison ON {table}", "DROP FUNCTION poison")
    else:
        make = (
            f"CREATE TRIGGER poison BEFORE {action} ON {table} FOR EACH ROW "
            f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{quoted}'); END",
        )
        heal = ("DROP TRIGGER poison",)
    _run(make)
    try:
        yield
    finally:
        _run(heal)


def _run(statements: tuple[str, ...]) -> None:
    db.session.remove()
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement.replace(":", r"\:")))
