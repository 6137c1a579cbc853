"""`collector set-apart`: rows over which a stage fell, with the reason; let them be tried again."""

from __future__ import annotations

import click

from collector import clock
from collector.commands.context import with_app
from collector.model import batches
from collector.work import tasks


@click.group("set-apart")
def command() -> None:
    """Rows that could not be dealt with. All others go their way meanwhile."""


@command.command("list")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 100_000))
@with_app
def show(limit: int) -> None:
    """List them, the newest first: task, row, tries, since when, why.

    One that is `set apart` waits for you: mend what the reason says, then `collector set-apart
    release`. One that is `tried again` comes again by itself.
    """
    found = batches.listed(limit)
    if not found:
        click.echo("None: every row was dealt with.")
    for one in found:
        state = "tried again" if one.set_apart_at is None else "set apart"
        since = clock.iso(one.first_at)
        click.echo(f"{one.stage:9} {one.row_id}  {state:11} {one.tries}x  {since}  {one.reason}")


@command.command("release")
@click.argument("task", type=click.Choice(sorted(tasks.BY_NAME)))
@click.argument("row_id", required=False)
@click.option("--all", "every", is_flag=True, help="All rows of TASK that are set apart.")
@with_app
def release(task: str, row_id: str | None, every: bool) -> None:
    """Let TASK try ROW_ID again, from its first try on; or --all of them."""
    if bool(row_id) == every:
        raise click.UsageError("name one ROW_ID, or say --all")
    released = batches.release(task, row_id)
    click.echo(f"{len(released)} released; the next sweep or bell takes them.")
