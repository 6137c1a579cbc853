"""`collector integrity …`: the log of evidence, as files that anyone can audit. Reads only.

Next: `collector/integrity/evidence/dump.py`, docs/integrity/live.md.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import select

from collector import clock
from collector.commands.context import with_app
from collector.integrity.evidence.dump import dump as write
from collector.integrity.evidence.snapshot import keeping
from collector.model.base import db
from collector.model.integrity import IntegrityHead


@click.group("integrity")
def command() -> None:
    """What the checks were fed, and how far they are."""


@command.command("dump")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@with_app
def dump(folder: Path) -> None:
    """Write the log of evidence into FOLDER, in the format of `collector audit`.

    Holds keyed fingerprints only: no address, no name, no words of a customer.

    \b
    collector integrity dump seen/
    collector audit seen/ --out checked/      the same verdicts, worked out anew
    """
    head = _head()
    columns = (TextColumn("writing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=head.last_number if head else 0)
        counts = write(
            db.session(), folder, lambda done: progress.update(bar, completed=done)
        )  # fmt: skip
    db.session.rollback()
    said = ", ".join(f"{count} {name}" for name, count in counts.items())
    click.echo(f"{said} into {folder}", err=True)


@command.command("status")
@with_app
def status() -> None:
    """How far the log and the nights are."""
    head = _head()
    if head is None or head.night is None:
        click.echo("Nothing was judged yet.")
        return
    click.echo(f"entries in the log   {head.last_number}")
    click.echo(f"nights done until    {clock.iso(head.night)}")
    concluded = clock.iso(head.concluded_night) if head.concluded_night else "never"
    click.echo(f"subjects judged      {concluded}")
    click.echo(f"checks               {head.checks}")
    click.echo(f"snapshot here        {_snapshot(head.last_number)}")


def _snapshot(last: int) -> str:
    """What a worker of this machine would begin with."""
    found = keeping.described()
    if found is None:
        return "none: a worker that starts reads the whole log"
    number, size, written = found
    at = clock.iso(datetime.fromtimestamp(written, UTC))
    return f"{max(last - number, 0)} entries behind, {size / 1e6:.1f} MB, written {at}"


def _head() -> IntegrityHead | None:
    return db.session.scalar(select(IntegrityHead).where(IntegrityHead.id == 1))
