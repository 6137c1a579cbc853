"""`collector export`: a dataset's feed as one file, in any form, whole or from a position on.

The next number to start from goes to standard error, so that standard output stays the data. Loads
neither the service nor what it does not write: the rows take a few seconds, so a start counts.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from collector.commands.context import with_settings
from collector.exports import catalog, files

if TYPE_CHECKING:
    from collector.config import Settings


@click.command("export")
@click.option(
    "--dataset",
    "name",
    type=click.Choice(tuple(catalog.BY_NAME)),
    default=catalog.RESPONSES.name,
    show_default=True,
    help="responses: answers and their judgement; invitations: who was asked, what became of it.",
)
@click.option(
    "--format", "kind", type=click.Choice(files.FORMATS), required=True, help="Form of the file."
)
@click.option(
    "--out", required=True, help="File to write (replaced when whole), or - for standard output."
)
@click.option(
    "--shape",
    type=click.Choice(("revisions", "current")),
    default="revisions",
    show_default=True,
    help="revisions: every row; current: of each response or invitation the newest.",
)
@click.option("--survey", default="", help="Only rows of the survey with this key.")
@click.option(
    "--since", default="", help="Only what was published on this day (UTC) or time, or later."
)
@click.option(
    "--until",
    default="",
    help="Only what was published before this day (UTC) or time; with --shape current as of then.",
)
@click.option(
    "--fields",
    default="",
    help="Columns, with commas between; those that say which row holds always come.",
)
@click.option("--bom", is_flag=True, help="CSV that begins with a byte-order mark.")
@click.option(
    "--after",
    default="0",
    help="Only what came after this position (or number), as an earlier export said it.",
)
@with_settings
def command(
    settings: Settings, name: str, kind: str, out: str, shape: str, survey: str, since: str,
    until: str, fields: str, bom: bool, after: str,
) -> None:  # fmt: skip
    """Write the answers, or who was asked, with every correction, to a file.

    The position to go on from is said on standard error. Whoever goes on merges by response_id
    (invitation_id): a row that comes again takes the place of the one before. Each dataset has its
    own positions. What the columns mean: docs/data-dictionary.md.

    \b
    collector export --format parquet --out responses.parquet
    collector export --format parquet --shape current --out table.parquet
    collector export --dataset invitations --format csv --shape current --out asked.csv
    collector export --format ndjson --out - --after POSITION | your-loader
    """
    from collector.exports.copying.write import write
    from collector.exports.cut import Cut
    from collector.exports.position import Feed, parse
    from collector.exports.window import narrowed
    from collector.model.sql.source import opened

    if bom and kind != "csv":
        raise click.UsageError("Only CSV has a byte-order mark; leave --bom away.")
    dataset = catalog.BY_NAME[name]
    wanted = Cut(0, 0, dataset.named(fields), shape == "current", survey, dataset=dataset)

    with opened(settings.database_url) as source:
        with source.reading() as connection:
            feed = Feed.of(connection, dataset)
            start = feed.number_of(parse(after))
            wanted = narrowed(feed, wanted, since, until)
            cut = replace(wanted, after=max(start, wanted.after))
            end = feed.position(max(start, cut.until))
        with (
            _progress(max(cut.until - cut.after, 0)) as told,
            nullcontext(sys.stdout.buffer) if out == "-" else files.replacing(Path(out)) as sink,
        ):
            if bom:
                sink.write(codecs.BOM_UTF8)
            count = write(source, kind, sink, cut, told)
    where = "standard output" if out == "-" else out
    click.echo(f"{count} rows to {where}; next time: --after {end}", err=True)


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
