"""`collector surveys`: surveys as files and by hand: check, compare, apply, go back.

The commands on folders are those of `files.py`; the verbs are in `rules/change.py`.
"""

from __future__ import annotations

import click

from collector.commands.configuration.files import FOLDER_COMMANDS, line_of, with_author
from collector.commands.configuration.history import show
from collector.commands.context import with_app
from collector.model.audit import author
from collector.rules import change
from collector.surveys import catalog


@click.group("surveys")
def command() -> None:
    """Surveys: what is asked. As files in DIR (together with its rules), or one by one by KEY."""


for folder_command in FOLDER_COMMANDS:
    command.add_command(folder_command)


@command.command("list")
@with_app
def list_surveys() -> None:
    """All surveys, with version and metric."""
    for survey in catalog.current_many().values():
        click.echo(f"{survey.metric.key:<5} {survey.key} (version {survey.version})")


@command.command()
@click.argument("key")
@with_app
def history(key: str) -> None:
    """Every change of one survey: who, when, why, and what differs."""
    catalog.current(key)
    show("survey", key)


@command.command()
@click.argument("key")
@click.option("--to", type=click.IntRange(1), help="The version; the one before this by default.")
@with_author
@with_app
def rollback(key: str, to: int | None, by: str, reason: str) -> None:
    """Go back one step: a new version that equals the one before (or --to)."""
    click.echo(line_of(change.roll_back_survey(key, to, change.ANY, author(by, reason))))
