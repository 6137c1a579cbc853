"""`collector migrate`: bring the database's tables up to this version. Safe to run again."""

from __future__ import annotations

import logging

import click
from flask_migrate import upgrade

from collector.commands.context import with_app
from collector.exports.catalog import RESPONSES
from collector.model.base import db
from collector.model.feed import FeedHead

STATEMENT_SECONDS = 60


def to_head(statement_seconds: int = STATEMENT_SECONDS) -> None:
    """Run the migrations that this database lacks (needs an application context)."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    upgrade(x_arg=[f"statement_seconds={statement_seconds}"])


@click.command("migrate")
@click.option(
    "--statement-seconds",
    type=click.IntRange(1, 86_400),
    default=STATEMENT_SECONDS,
    show_default=True,
    help="How long one statement may take on PostgreSQL; more where the tables are large.",
)
@with_app
def command(statement_seconds: int) -> None:
    """Bring the database's tables up to this version.

    Safe to run again, also after it was stopped, and from several machines at once: one migrates,
    the others wait.
    """
    to_head(statement_seconds)
    answers = db.session.get_one(FeedHead, RESPONSES.head).last_number
    click.echo(f"The tables are up to date; the feed of responses stands at number {answers}.")
