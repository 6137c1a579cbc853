"""`collector migrate`: bring the database's tables up to this version. Safe to run again."""

from __future__ import annotations

import logging

import click
from flask_migrate import upgrade

from collector.commands.context import with_app
from collector.model.base import db
from collector.model.feed import FeedHead


def to_head() -> None:
    """Run the migrations that this database lacks (needs an application context)."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    upgrade()


@click.command("migrate")
@with_app
def command() -> None:
    """Bring the database's tables up to this version.

    Safe to run again and from several machines at once: one migrates, the others wait.
    """
    to_head()
    answers = db.session.query(FeedHead).one().last_number
    click.echo(f"The tables are up to date; the feed stands at number {answers}.")
