"""`collector messages`: texts of which nobody knows whether they went out; settle them by hand."""

from __future__ import annotations

import click

from collector import clock
from collector.commands.context import with_app
from collector.invitations import unresolved_messages


@click.group("messages")
def command() -> None:
    """Messages that need a person."""


@command.command("unknown")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 100_000))
@with_app
def show(limit: int) -> None:
    """List messages that may or may not have gone out, the newest first.

    An `open` one is still being asked about at the provider. A `given up` one has lapsed: look for
    it in the provider's own log, then say `collector messages settle ID sent|not-sent`.
    """
    found = unresolved_messages.listed(limit)
    if not found:
        click.echo("None: of every message it is known what became of it.")
    for one in found:
        state = "open" if one.open else "given up"
        when = clock.iso(one.handed_over_at)
        click.echo(f"{one.message_id}  {one.channel:8} {state:9} {when}  {one.code}".rstrip())


@command.command("settle")
@click.argument("message_id")
@click.argument("became", type=click.Choice(["sent", "not-sent"]))
@with_app
def settle(message_id: str, became: str) -> None:
    """Say what became of MESSAGE_ID. Not sent: the next channel may be tried, this one is over."""
    unresolved_messages.settle(message_id, sent=became == "sent")
    click.echo(f"{message_id} is settled.")
