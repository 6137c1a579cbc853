"""`collector surveys`: surveys as files and by hand: check, compare, apply, go back.

The commands on folders are those of `files.py`; the verbs are in `rules/change.py`.
"""

from __future__ import annotations

import click

from collector.commands.configuration import told_fields
from collector.commands.configuration.files import FOLDER_COMMANDS, tell, with_author
from collector.commands.configuration.history import show
from collector.commands.configuration.waiting import call_off_waiting, show_waiting
from collector.commands.context import with_app
from collector.invitations.stops.waiting import Which
from collector.model.audit import author
from collector.rules import change, stops, survey_status
from collector.surveys import catalog


@click.group("surveys")
def command() -> None:
    """Surveys: what is asked. As files in DIR (together with its rules), or one by one by KEY."""


for folder_command in FOLDER_COMMANDS:
    command.add_command(folder_command)
command.add_command(told_fields.command(told_fields.SURVEY))


@command.command("list")
@with_app
def list_surveys() -> None:
    """All surveys, with status, version and metric."""
    stopped = stops.of_surveys()
    for survey in catalog.current_many().values():
        status = stopped.get(survey.key, stops.LIVE)
        click.echo(f"{status:<7} {survey.metric.key:<5} {survey.key} (version {survey.version})")


@command.command()
@click.argument("key")
@with_app
def history(key: str) -> None:
    """Every change of one survey: who, when, why, and what differs."""
    catalog.current(key)
    show("survey", key)


@command.command()
@click.argument("key")
@click.argument("status", type=click.Choice(survey_status.STATUSES))
@with_author
@with_app
def status(key: str, status: str, by: str, reason: str) -> None:
    """Pause a survey, retire it, or set it live again, whatever rules ask it.

    Paused: nothing of it goes out from now on, also of what waits already; it goes out if the
    survey is live again in time. Retired: what waits is called off. Answers are still taken.
    """
    tell([survey_status.set_status(key, status, author(by, reason))])


@command.command()
@click.argument("key")
@click.option("--limit", type=click.IntRange(0, 10_000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Counts and list as JSON.")
@with_app
def waiting(key: str, limit: int, as_json: bool) -> None:
    """The asks of a survey that wait to go out, counted and listed, and what holds them."""
    catalog.current(key)
    show_waiting(Which(survey=key), limit, as_json)


@command.command("call-off")
@click.argument("key")
@with_author
@with_app
def call_off(key: str, by: str, reason: str) -> None:
    """Cancel all asks of a survey that wait. They never go out; the survey stays as it is."""
    catalog.current(key)
    call_off_waiting(Which(survey=key), author(by, reason))


@command.command()
@click.argument("key")
@click.option("--to", type=click.IntRange(1), help="The version; the one before this by default.")
@with_author
@with_app
def rollback(key: str, to: int | None, by: str, reason: str) -> None:
    """Go back one step: a new version that equals the one before (or --to)."""
    tell([change.roll_back_survey(key, to, change.ANY, author(by, reason))])
