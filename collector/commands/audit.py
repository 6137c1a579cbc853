"""`collector audit`: how much of a past quarter's score was real? No server, no database.

Reads an export (NDJSON or CSV), writes verdicts, findings, cleaned KPIs and a report. Next:
`collector/integrity/audit/run.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from collector.commands.context import Refused
from collector.errors import InvalidInput
from collector.integrity.audit import writing
from collector.integrity.audit.columns import Columns, mapping
from collector.integrity.audit.run import Outcome
from collector.integrity.audit.run import audit as run_audit


@click.command("audit")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write into; files there are replaced once all are whole.",
)  # fmt: skip
@click.option(
    "--map", "pairs", multiple=True, metavar="FIELD=COLUMN",
    help="How your export calls a field: score=rating or responses.agent_id=clerk. Repeatable.",
)  # fmt: skip
@click.option(
    "--map-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with one FIELD=COLUMN a line.",
)  # fmt: skip
def command(folder: Path, out: Path, pairs: tuple[str, ...], map_file: Path | None) -> None:
    """Audit an export: which answers did customers give, and what is the score without the others?

    FOLDER holds responses.ndjson (or .csv) and, as far as you have them, events, invitations,
    signals and roster. Writes verdicts.ndjson, agents.ndjson, kpi.ndjson and report.html.

    \b
    collector audit export/ --out audit/
    collector audit answers.csv --out audit/ --map score=rating --map answered_at=date
    """
    try:
        lines = map_file.read_text(encoding="utf-8").splitlines() if map_file else []
        columns = mapping([*lines, *pairs])
        outcome = _run(folder, out, columns)
    except InvalidInput as error:
        raise Refused(error.detail) from error
    except OSError as error:
        raise Refused(f"{error.strerror or error}: {error.filename or folder}") from error
    verdicts, notes = outcome.totals.verdicts, outcome.notes
    dirty = sum(notes.dirty.values())
    click.echo(
        f"{outcome.answers} answers: {verdicts.get('clean', 0)} clean, "
        f"{verdicts.get('suspect', 0)} suspect, {verdicts.get('rejected', 0)} rejected. "
        f"Report: {out / 'report.html'}", err=True,
    )  # fmt: skip
    if notes.missing:
        click.echo(f"Not there, so less could be judged: {', '.join(notes.missing)}.", err=True)
    if dirty:
        click.echo(f"{dirty} lines could not be used:", err=True)
        for line in notes.lines[:20]:
            click.echo(f"  {line}", err=True)
        if dirty > 20:
            click.echo(f"  and {dirty - 20} more; the report lists them", err=True)


def _run(folder: Path, out: Path, columns: Columns) -> Outcome:
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

        return run_audit(folder, columns, write, progress)
