"""`collector export`: the feed as one file, Parquet, CSV or NDJSON, whole or from a number on.

The next number to start from goes to standard error, so that standard output stays the data.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from collector.commands.context import with_app
from collector.exports import feed, files


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
@with_app
def command(kind: str, out: str, after: int) -> None:
    """Write the answers, with every correction, to a file.

    \b
    collector export --format parquet --out responses.parquet
    collector export --format ndjson --out - --after 1200 | your-loader
    """
    last = feed.last_number()
    columns = (TextColumn("exporting"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=max(last - after, 0))
        with nullcontext(sys.stdout.buffer) if out == "-" else files.replacing(Path(out)) as sink:
            count = files.write(
                feed.stream(after, last), kind, sink, lambda n: progress.update(bar, completed=n)
            )
    where = "standard output" if out == "-" else out
    click.echo(f"{count} rows to {where}; next time: --after {max(last, after)}", err=True)
