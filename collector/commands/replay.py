"""`collector replay`: recorded events and answers through the real pipeline, on a simulated clock.

A subcommand for each kind of input. The mechanism is in `simulation/replay.py`; Olist's files are
read in `simulation/olist/`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click
from flask import current_app
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from collector import clock
from collector.commands.context import with_app
from collector.config import settings
from collector.errors import InvalidInput
from collector.exports import feed
from collector.exports.copying.write import write
from collector.exports.cut import Cut
from collector.exports.files import replacing
from collector.model.base import doorbell
from collector.model.sql.source import of_app
from collector.rules.apply import apply_workspace
from collector.rules.folder import workspace
from collector.rules.folder.workspace import Workspace
from collector.simulation import replay, replay_files, replay_workers
from collector.simulation.olist import files, questions, report
from collector.simulation.olist.ledger import Ledger
from collector.simulation.replay import Note, Played
from collector.simulation.timeline import Item

DIFFERS = 1
UNITS = {"m": "minutes", "h": "hours", "d": "days"}
ITEMS = "items.ndjson"
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
Function = TypeVar("Function", bound=Callable[..., Any])


class Span(click.ParamType[timedelta]):
    """A length of time such as 6h, 30m or 1d."""

    name = "span"

    def convert(self, value: Any, param: Any, ctx: Any) -> timedelta:
        found = re.fullmatch(r"([1-9]\d{0,3})([mhd])", str(value))
        if not found:
            self.fail(f"{value!r} is not a length of time; write it like 6h, 30m or 1d", param, ctx)
        return timedelta(**{UNITS[found[2]]: int(found[1])})


def played_options(command: Function) -> Function:
    """The options that every kind of replay has."""
    options = (
        click.option("--tick", "step", type=Span(), default="1d", help="How often work is done."),
        click.option(
            "--workers",
            type=click.IntRange(0, 32),
            default=0,
            help="Leave the work to this many worker processes (needs Redis); 0: do it here.",
        ),
        click.option("--resume", is_flag=True, help="Go on with this replay after it was stopped."),
        click.option(
            "--out",
            type=click.Path(file_okay=False, path_type=Path),
            help="Folder for export.ndjson and the list of what was not used.",
        ),
    )
    return reduce(lambda decorated, option: option(decorated), reversed(options), command)


@click.group("replay")
def command() -> None:
    """Play recorded events and answers through the real pipeline, on a simulated clock.

    The database must be migrated and empty. Every answer is tapped at its own time; what could not
    be used is counted and listed with the reason. The same input gives the same export anywhere,
    given the same COLLECTOR_SECRET_KEYS.
    """


@command.command("ndjson")
@click.argument("folder", metavar="DIR", type=FOLDER)
@played_options
@with_app
def ndjson(folder: Path, step: timedelta, workers: int, resume: bool, out: Path | None) -> None:
    """Play DIR/items.ndjson under the surveys and rules in DIR/surveys and DIR/rules.

    \b
    One item a line, in the order of time:
      {"at": "2026-03-02T12:00:00Z", "event": {"source": "shop", "id": "o-1", …}}
      {"at": "2026-03-03T08:30:00Z", "answer": {"source": "shop", "event_id": "o-1",
                                                "score": 4, "idempotency_key": "a-1"}}
    """
    source = folder / ITEMS
    if not source.is_file():
        raise InvalidInput(f"{source} is missing", code="file_missing", pointer=ITEMS)
    became: Counter[tuple[str, str]] = Counter()
    unused: list[str] = []

    def note(played: Played) -> None:
        kind = "answer" if played.item.answer else "event"
        became[kind, played.code] += 1
        if played.code not in (replay.USED, replay.ACCEPTED):
            unused.append(f"{played.item.where}: {kind} {played.code} {played.detail}".rstrip())

    def unusable(where: str, why: str) -> None:
        became["line", replay.UNUSABLE] += 1
        unused.append(f"{where}: {why}")

    first = next(replay_files.read(source, lambda where, why: None), None)
    if first is None:
        raise InvalidInput(f"{source} holds no item that can be used", pointer=ITEMS)
    replay.begin(resume)
    _take_into_use(workspace.read(folder), first.at)
    total = sum(1 for _ in source.open("rb"))
    _play(replay_files.read(source, unusable), total, step, workers, resume, note)
    table = Table("", "became", "count", title="Replay")
    for (kind, code), count in sorted(became.items()):
        table.add_row(kind, code, f"{count:,}")
    table.add_row("revision", "in the feed", f"{feed.last_number():,}")
    Console().print(table)
    if out:
        _export(out)
        (out / "unused.txt").write_text("".join(f"{line}\n" for line in unused), encoding="utf-8")


@command.command("olist")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option(
    "--careful",
    is_flag=True,
    help="Ask with quiet hours, caps and fall-back, everything at its own time, and have every "
    "order explained.",
)
@played_options
@with_app
def olist(
    folder: Path, careful: bool, step: timedelta, workers: int, resume: bool, out: Path | None
) -> None:
    """Play Olist's real orders and answers (CSV files in DIR) and check the export against them.

    Every delivered order becomes an event, a rule asks CSAT by email, every answer is tapped at its
    real time. Ends with exit code 1 if the service's export and a plain computation over the CSV
    files do not agree; with --careful also if the explanation of any order is not what the files
    and the rule come to.
    """
    read = files.read(folder)
    if not read.items:
        raise InvalidInput(f"{folder} holds nothing that was delivered", pointer=files.ORDERS)
    ledger = Ledger(read)
    replay.begin(resume)
    _take_into_use(questions.read(careful), read.items[0].at)
    _play(read.items, len(read.items), step, workers, resume, ledger.note, prompt=careful)
    differing = report.show(Console(), folder, read, ledger, careful)
    if out:
        _export(out)
        ledger.write_unused(out / "unused.csv")
    if differing:
        for line in differing[:10]:
            click.echo(line, err=True)
        click.echo(f"export and plain computation differ on {len(differing)} orders", err=True)
        raise click.exceptions.Exit(DIFFERS)
    click.echo("the export and the plain computation agree on every order")


@command.command("worker", hidden=True)
@with_app
def worker() -> None:
    """One of the workers that --workers starts: as `collector worker`, but no message leaves."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the app itself
    replay_workers.work(app, settings())


def _take_into_use(chosen: Workspace, moment: datetime) -> None:
    with clock.at(moment):
        apply_workspace(chosen)


def _play(
    items: Iterable[Item],
    total: int,
    step: timedelta,
    workers: int,
    resume: bool,
    note: Note,
    *,
    prompt: bool = False,
) -> None:
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task("replaying", total=total)

        def watched(played: Played) -> None:
            progress.update(bar, advance=1, description=f"{played.item.at:%Y-%m-%d}")
            note(played)

        if workers:
            with replay_workers.crew(workers, settings(), doorbell()) as drain:
                replay.play(items, step, watched, drain, resume=resume, prompt=prompt)
        else:
            here = replay.drain_here
            replay.play(items, step, watched, here, resume=resume, prompt=prompt)


def _export(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with replacing(folder / "export.ndjson") as out:
        write(of_app(), "ndjson", out, Cut(0, feed.last_number()))
