"""`collector export`: the feed as one file, Parquet, CSV or NDJSON, whole or from a number on.

The next number to start from goes to standard error, so that standard output stays the data. Loads
neither the service nor what it does not write: the rows take a few seconds, so a start counts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from collector.commands.context import with_settings
from collector.exports import files

if TYPE_CHECKING:
    from collector.config import Settings


@click.command("export")
@click.option(
    "--format", "kind", type=click.Choice(files.FORMATS), required=True, help="Form of the file."
)
@click.option(
    "--out", required=True, help="File to write (replaced when whole), or - for standard output."
)
@click.option(
    "--after", default=0, type=click.IntRange(min=0), help="Only rows with a number above this."
)
@with_settings
def command(settings: Settings, kind: str, out: str, after: int) -> None:
    """Write the answers, with every correction, to a file.

    \b
    collector export --format parquet --out responses.parquet
    collector export --format ndjson --out - --after 1200 | your-loader
    """
    from collector.exports.copying.write import last_number, write
    from collector.exports.cut import Cut
    from collector.model.sql.source import opened

    with opened(settings.database_url) as source:
        last = last_number(source)
        with (
            _progress(max(last - after, 0)) as told,
            nullcontext(sys.stdout.buffer) if out == "-" else files.replacing(Path(out)) as sink,
        ):
            count = write(source, kind, sink, Cut(after, last), told)
    where = "standard output" if out == "-" else out
    click.echo(f"{count} rows to {where}; next time: --after {max(last, after)}", err=True)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None] | None]:
    """A bar on a terminal; elsewhere nothing would be seen of it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (TextColumn("exporting"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=total)
        yield lambda count: progress.update(bar, completed=count)
