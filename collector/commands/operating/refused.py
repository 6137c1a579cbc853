"""`collector refused`: what was sent and could not be kept, counted by reason."""

from __future__ import annotations

import dataclasses
import json

import click

from collector import clock
from collector.commands.context import with_app
from collector.intake import left_out

KINDS = {
    left_out.REFUSED: "Refused: nothing of it was kept. Whoever sends it has to mend it.",
    left_out.UNHEARD: "Kept, but no live rule listens; nearly the same type has one.",
    left_out.CUT: "Kept without the value named, which did not fit or could not be used.",
}


@click.command("refused")
@click.option(
    "--days", default=7, show_default=True, type=click.IntRange(1, 400), help="Today among them."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@with_app
def command(days: int, as_json: bool) -> None:
    """What callers sent and Collector could not keep, by reason, key and field.

    Analytics SDKs do not look at answers, so nobody else may have noticed. Nothing of what was
    sent is shown; the code and the field are enough to find it in the sender's code.
    """
    lines = left_out.listed(days)
    if as_json:
        for line in lines:
            said = dataclasses.asdict(line) | {"last_at": clock.iso(line.last_at)}
            click.echo(json.dumps(said, ensure_ascii=False))
        return
    if not lines:
        click.echo(f"Nothing in {days} day(s): everything that was sent was kept.")
    for kind, title in KINDS.items():
        found = [line for line in lines if line.kind == kind]
        if not found:
            continue
        click.echo(f"\n{title}")
        for line in found:
            where = f"meant: {line.field}" if kind == left_out.UNHEARD else line.field or "the call"
            click.echo(
                f"{line.number:9,}  {line.code:22} {where:28} {line.way:8} {line.key:20} "
                f"last {clock.iso(line.last_at)}"
            )
