"""`collector signals`: complaints, refunds and listened calls from a file. Calls
`integrity/inputs/signals/receive.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from collector import clock
from collector.commands import lines
from collector.commands.context import with_app
from collector.errors import Problem
from collector.intake.outcomes import CONFLICT, Refused
from collector.integrity.inputs.signals.reading import KNOWN, IncomingSignal, read
from collector.integrity.inputs.signals.receive import MAX_BATCH, receive

Placed = tuple[str, IncomingSignal]


@click.group("signals")
def command() -> None:
    """Independent evidence about interactions: complaints, refunds, listened calls."""


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", default="", help="The system that says so, where a line does not.")
@click.option("--event-source", default="", help="The events' source, where a line does not say.")
@with_app
def take(file: Path, source: str, event_source: str) -> None:
    """Import FILE: CSV with a header line, or one JSON object a line.

    \b
    Columns: signal_id, type (complaint, refund, qa, repeat_contact, …), at,
    event_id and event_source and/or agent_id; if you like source, value, tags.

    The whole file is checked first: where a line cannot be used, its number is told and nothing is
    imported. Importing the same file again changes nothing. Answers about the interactions that
    are named are judged again.
    """
    defaults = {"source": source, "event_source": event_source}
    count = sum(1 for _ in _checked(file, defaults))
    types: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    reused: list[Problem] = []
    signals = _checked(file, defaults)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("signals", total=count)
        while batch := list(islice(signals, MAX_BATCH)):
            for (place, signal), outcome in zip(
                batch, receive([signal for _, signal in batch]), strict=True
            ):
                types[signal.type] += 1
                outcomes[outcome.status] += 1
                if outcome.status == CONFLICT:
                    reused.append(Problem("signal_id_reused", outcome.problems[0].detail, place))
            progress.advance(task, len(batch))
    table = Table("type", "signals", "")
    for kind, number in sorted(types.items()):
        table.add_row(kind, f"{number:,}", "" if kind in KNOWN else "kept; no check looks at it")
    Console().print(table)
    click.echo(f"{outcomes['accepted']:,} new, {outcomes['duplicate']:,} known already.")
    if reused:
        error = lines.refusal("Some lines contradict what is kept", reused, "signal_id_reused")
        error.detail = f"{len(reused):,} lines contradict what is kept; the others were taken."
        raise error


def _checked(file: Path, defaults: dict[str, str]) -> Iterator[Placed]:
    """The usable signals with their places. Raises InvalidInput (`invalid_signals`) at the end of
    the file if any line cannot be used."""
    problems: list[Problem] = []
    now = clock.now()
    for place, raw in lines.read(file):
        if isinstance(raw, Problem):
            problems.append(raw)
            continue
        if isinstance(raw, dict):
            raw = {**{name: value for name, value in defaults.items() if value}, **raw}
        signal = read(raw, place, now, others=True)
        if isinstance(signal, Refused):
            problems.extend(signal.problems)
        else:
            yield place, signal
    if problems:
        raise lines.refusal(f"{file.name} cannot be imported", problems, "invalid_signals")
