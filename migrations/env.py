"""How migrations run: one at a time, under lock and statement time limits, on both databases.

Called by Alembic through `collector migrate`. A migration that would wait for a lock gives up
after seconds instead of stopping every web process behind it.
"""

from __future__ import annotations

from time import sleep

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from collector.model.sql.migrating import argument

LOCK_SECONDS = 4
STATEMENT_SECONDS = 60
ADVISORY_LOCK = 7_305_021_177
ASK_AGAIN = 0.2  # seconds

db = current_app.extensions["migrate"].db


def _migrate(connection: Connection) -> None:
    postgres = connection.dialect.name == "postgresql"
    if not postgres:
        _check_references(connection, False)
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=not postgres,
        compare_type=True,
        # Each by itself, because some steps must commit on their own; a run that was stopped goes
        # on where it was.
        transaction_per_migration=True,
    )
    if postgres:
        _begin(connection)
    try:
        with context.begin_transaction():
            context.run_migrations()
    finally:
        if postgres:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})
            connection.execute(text("RESET lock_timeout"))
            connection.execute(text("RESET statement_timeout"))
            connection.commit()
        else:
            _check_references(connection, True)


def _begin(connection: Connection) -> None:
    """Wait for whoever migrates already; from then on wait for nobody for long.

    Asks again and again, because a statement that waits is waited for by whoever builds an index
    beside writers: each would wait for the other.
    """
    seconds = int(argument("statement_seconds", str(STATEMENT_SECONDS)))
    asked = text("SELECT pg_try_advisory_lock(:key)")
    while not connection.execute(asked, {"key": ADVISORY_LOCK}).scalar():
        connection.rollback()
        sleep(ASK_AGAIN)
    connection.execute(text(f"SET lock_timeout = '{LOCK_SECONDS}s'"))
    connection.execute(text(f"SET statement_timeout = '{seconds}s'"))
    connection.commit()


def _check_references(connection: Connection, on: bool) -> None:
    """SQLite changes a constraint by making the table anew, which references to it would forbid.

    Only outside a transaction, so past SQLAlchemy (https://sqlite.org/lang_altertable.html, 7).
    """
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


if context.is_offline_mode():
    context.configure(url=str(db.engine.url), target_metadata=db.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with db.engine.connect() as live:
        _migrate(live)
