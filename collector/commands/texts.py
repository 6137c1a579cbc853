"""`collector texts`: what people texted that no question could take.

Calls `answers/text_list.py`.
"""

from __future__ import annotations

import click

from collector import clock
from collector.answers import text_list
from collector.commands.context import with_app


@click.group("texts")
def command() -> None:
    """Texts that came after the time of every question, or from a number that was never asked."""


@command.command("list")
@click.option("--all", "everything", is_flag=True, help="Those that were seen, too.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 500))
@with_app
def show(everything: bool, limit: int) -> None:
    """List them, the newest first: id, when, the number's last digits, the words."""
    found = text_list.page(limit=limit, everything=everything)
    if not found:
        click.echo("None: every text found its question, or was seen.")
    for one in found:
        state = "  (seen)" if one.seen_at else ""
        words = " ".join(one.words.split())
        click.echo(f"{one.id}  {clock.iso(one.at)}  {one.number}  {words}{state}")


@command.command("seen")
@click.argument("text_id")
@with_app
def seen(text_id: str) -> None:
    """Say that somebody has read TEXT_ID; it is not listed any more."""
    text_list.seen(text_id)
    click.echo(f"{text_id} is seen.")
