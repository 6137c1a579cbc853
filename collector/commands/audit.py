"""`collector audit`: how much of a past quarter's score was real? No server, no database.

Reads an export of any survey tool, writes verdicts, findings, cleaned KPIs and a report. Next:
`collector/integrity/audit/run.py`; several companies at once: `audit_many.py`.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from collector.commands import audit_many
from collector.commands.audit_many import EXIT_LOSSES
from collector.commands.context import Refused
from collector.errors import InvalidInput
from collector.integrity.audit import closing, writing
from collector.integrity.audit.columns import Columns, mapping
from collector.integrity.audit.exports import encodings, presets, scales, times
from collector.integrity.audit.run import Outcome
from collector.integrity.audit.run import audit as run_audit

AT_ONCE = 2  # processes for one large export, where nothing else is said


@click.command("audit")
@click.argument(
    "folders", metavar="FOLDER...", nargs=-1, required=True,
    type=click.Path(exists=True, path_type=Path),
)  # fmt: skip
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write into, with a folder in it for each of several companies; files there "
    "are replaced once all of a company's are whole.",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(1), default=None, metavar="N",
    help="How many processes work at once. Of several companies each is audited in one of its own; "
    "else as many as there are processors. One large export is read and judged by so many; else by "
    "two, where there are two processors.",
)  # fmt: skip
@click.option(
    "--dask", "scheduler", default="", metavar="ADDRESS",
    help="Audit several companies on a Dask cluster: the address of its scheduler, such as "
    "tcp://10.0.0.5:8786. Its workers must see the same folders. Needs collector[dask].",
)  # fmt: skip
@click.option(
    "--map", "pairs", multiple=True, metavar="FIELD=COLUMN",
    help="How your export calls a field: score=rating or responses.agent_id=clerk. Repeatable.",
)  # fmt: skip
@click.option(
    "--map-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with one FIELD=COLUMN a line.",
)  # fmt: skip
@click.option("--metric", default="", metavar="NAME", help="What the scores are: NPS, CSAT or CES.")
@click.option(
    "--scale", default="", metavar="LOW-HIGH",
    help="The worst and the best score: 0-10, 1-5; 5-1 where 1 is the best.",
)  # fmt: skip
@click.option(
    "--timezone", default="", metavar="ZONE",
    help="Of times that do not say theirs: Asia/Shanghai, +08:00. Else UTC.",
)  # fmt: skip
@click.option(
    "--date-order", type=click.Choice(("DMY", "MDY"), case_sensitive=False), default=None,
    help="Whether 10/05/2026 has the day or the month first, where no line tells.",
)  # fmt: skip
@click.option(
    "--preset", default="", metavar="TOOL",
    help=f"Whose export it is: {', '.join(presets.PRESETS)}. Else known by its header.",
)  # fmt: skip
@click.option("--encoding", default="", metavar="NAME", help="Of text files; else found out.")
def command(
    folders: tuple[Path, ...], out: Path, jobs: int | None, scheduler: str,
    pairs: tuple[str, ...], map_file: Path | None, metric: str, scale: str,
    timezone: str, date_order: str | None, preset: str, encoding: str,
) -> None:  # fmt: skip
    """Audit an export: which answers did customers give, and what is the score without the others?

    FOLDER is one file as your survey tool exports it (CSV, .xlsx, JSON), or a folder with responses
    and, as far as you have them, events, invitations, signals and roster. Says what it understood
    of it, then writes verdicts.ndjson, agents.ndjson, kpi.ndjson and report.html. Ends with exit
    code 2 where nothing could be judged, and with 4 where it was, but more than 1 % of a file or
    all signals of one type could not be used.

    Several FOLDERs are several companies, audited side by side and apart: each gets a folder of its
    own in --out, with the same files as if it were audited alone. All options hold for all.

    \b
    collector audit delighted.csv --out audit/
    collector audit answers.xlsx --out audit/ --metric CSAT --map score="How was it?"
    collector audit export/ --out audit/
    collector audit companies/* --out audits/ --jobs 4
    """
    try:
        lines = map_file.read_text(encoding="utf-8").splitlines() if map_file else []
        if timezone:
            times.zone(timezone)
        columns = Columns(
            mapping([*lines, *pairs]), scales.metric(metric) if metric else "",
            scales.ends(scale) if scale else None, timezone, date_order or "",
            presets.named(preset) if preset else "",
            encodings.known(encoding) if encoding else "",
        )  # fmt: skip
        if scheduler and jobs:
            raise Refused("Give --jobs or --dask: on a cluster, workers say how many run at once.")
        if len(folders) > 1:
            with _ended_in_order():
                audit_many.run(folders, out, columns, jobs, scheduler)
            return
        if scheduler:
            click.echo("NOTE: one export is audited here; --dask is for several.", err=True)
        with _ended_in_order():
            processes = jobs or min(os.cpu_count() or 1, AT_ONCE)
            outcome = _run(folders[0], out, columns, processes)
    except InvalidInput as error:
        raise Refused(error.detail) from error
    except OSError as error:
        raise Refused(f"{error.strerror or error}: {error.filename or folders[0]}") from error
    for line in closing.lines(outcome, out):
        click.echo(line, err=True)
    if outcome.notes.losses():
        raise SystemExit(EXIT_LOSSES)


def _tell(lines: Sequence[str]) -> None:
    click.echo("What was understood:", err=True)
    for line in lines:
        click.echo(f"  {line}", err=True)


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Who tells the audit to end has it end its processes and clear its files away first."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _run(folder: Path, out: Path, columns: Columns, processes: int) -> Outcome:
    bar = (
        TextColumn("{task.description:22}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
    )
    with Progress(*bar, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as shown:
        tasks: dict[str, TaskID] = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = shown.add_task(stage)
            shown.update(tasks[stage], completed=done, total=max(total, 1))

        def write(outcome: Outcome, verdicts: Iterator[dict[str, Any]]) -> None:
            writing.write(outcome, verdicts, out)

        return run_audit(folder, columns, write, progress, tell=_tell, processes=processes)
