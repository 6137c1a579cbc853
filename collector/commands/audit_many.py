"""Several companies in one `collector audit`: says of each what came of it, and how far all are.

How they are run side by side: `collector/integrity/audit/side_by_side.py`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from collector.commands.context import Refused
from collector.integrity.audit import side_by_side
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.side_by_side import Done

EXIT_LOSSES = 4  # all was written, and what it is written from is not all that was sent


def run(
    folders: Sequence[Path], out: Path, columns: Columns, jobs: int | None, scheduler: str
) -> None:
    """Audit them all. Ends as one audit does: refused where one company could not be judged, after
    the others are written; else with `EXIT_LOSSES` where something of one was lost.
    """
    work = side_by_side.tasks(folders, out, columns)
    bar = (
        TextColumn("{task.description:22}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} % of bytes"),
    )
    count = 0
    with Progress(*bar, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as shown:
        whole = sum(side_by_side.size(task) for task in work)
        line = shown.add_task(f"0 of {len(work)} companies", total=max(whole, 1))

        def hear(done: Done) -> None:
            nonlocal count
            count += 1
            shown.update(
                line, advance=side_by_side.size(done.task),
                description=f"{count} of {len(work)} companies",
            )  # fmt: skip
            for text in _said(done, f"{count} of {len(work)}"):
                click.echo(text, err=True)

        if scheduler:
            found = side_by_side.on_dask(work, scheduler, hear)
        else:
            found = side_by_side.here(work, jobs or os.cpu_count() or 1, hear)
    refused = [done.task.name for done in found if done.refused]
    if refused:
        raise Refused(f"{len(refused)} of {len(found)} could not be judged: {', '.join(refused)}.")
    if any(done.losses for done in found):
        raise SystemExit(EXIT_LOSSES)


def _said(done: Done, place: str) -> list[str]:
    """One company's lines, together, whenever it is done."""
    lines = [f"{place}: {done.task.name}"]
    if done.understood:
        lines.append("  What was understood:")
        lines.extend(f"    {line}" for line in done.understood)
    lines.extend(f"  {line}" for line in done.said)
    if done.refused:
        lines.append("  Not judged: " + done.refused.replace("\n", "\n  "))
    return lines
