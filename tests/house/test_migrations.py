"""The migrations make exactly the tables that the code believes in, and there is one head."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from collector.model.base import db


def test_there_is_one_head(ctx: Flask) -> None:
    assert len(ScriptDirectory(ctx.extensions["migrate"].directory).get_heads()) == 1


# SQLite cannot tell an index on an expression back either.
@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_the_migrated_tables_are_the_models(ctx: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        # SQLite cannot tell a partial index' condition back, so only tables and columns count.
        differences = [
            change
            for change in compare_metadata(context, db.metadata)
            if isinstance(change, tuple) and "index" not in change[0]
        ]
    assert differences == []


def test_the_migrations_can_be_undone_and_done_again(ctx: Flask) -> None:
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert "revisions" in inspect(db.engine).get_table_names()
