"""Runs one audit: understand and load the files, say what was understood, judge the answers in the
order of time, judge the subjects, write.

Next: `results.py`, `writing.py`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from pathlib import Path
from typing import Any

from collector.errors import InvalidInput
from collector.integrity.audit import reading, telling, understanding
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.results import Begging, Results, Totals
from collector.integrity.audit.scratch import Scratch
from collector.integrity.engine.engine import Engine, Judged
from collector.integrity.engine.records import Exposure
from collector.integrity.engine.subjects import company, findings, sums
from collector.integrity.engine.subjects.company import Subjects

Progress = Callable[[str, int, int], None]
OPTIONAL = {
    "events": "who the customer is and what contact is on file: shared and changed contacts, "
    "made-up sessions, reassigned and withheld cases cannot be seen",
    "invitations": "when and to whom the ask went: mail scanners, substituted contacts, withheld "
    "and late invitations cannot be seen",
    "signals": "complaints, refunds and listened calls: contradictions and pressure cannot be "
    "seen, and great agents have fewer witnesses",
    "roster": "whose contact points belong to staff, and the team of who did the work",
}


@dataclass(slots=True)
class Outcome:
    """All that the files and the report are written from."""

    notes: reading.Notes
    totals: Totals = field(default_factory=Totals)
    subjects: Subjects | None = None
    teams: dict[str, findings.SubjectFinding] = field(default_factory=dict)
    stores: dict[str, findings.SubjectFinding] = field(default_factory=dict)
    sums: dict[str, dict[str, sums.Sums]] = field(default_factory=dict)
    period: tuple[float, float] = (0.0, 0.0)
    answers: int = 0
    understood: tuple[str, ...] = ()
    begging: Begging = field(default_factory=Begging)


Watcher = Callable[[Judged], None]


@dataclass(frozen=True, slots=True)
class _Exposures:
    """The exposures, read anew each time that they are gone through."""

    scratch: Scratch

    def __iter__(self) -> Iterator[Exposure]:
        return self.scratch.exposures()


def audit(
    folder: Path, columns: Columns, write: Callable[[Outcome, Iterator[dict[str, Any]]], None],
    progress: Progress = lambda stage, done, total: None, watch: Watcher = lambda judged: None,
    tell: Callable[[Sequence[str]], None] = lambda lines: None,
) -> Outcome:  # fmt: skip
    """Audit the export in `folder`; `write` gets the outcome and the verdict rows, once.

    Raises InvalidInput where there is nothing to audit. `watch` sees every judgement as it falls;
    `tell` gets what was understood of the export, before the first.
    """
    paths = reading.locate(folder)
    outcome = Outcome(reading.Notes(missing=[name for name in OPTIONAL if name not in paths]))
    files = understanding.all_files(paths, columns)
    sizes = {name: path.stat().st_size for name, path in paths.items()}
    with tempfile.TemporaryDirectory(prefix="collector-audit-") as place:
        scratch = Scratch(Path(place))
        try:
            scratch.load(
                files, outcome.notes,
                lambda name, done: progress(f"reading {name}", done, sizes[name]),
            )  # fmt: skip
            outcome.understood = telling.understood(files, outcome.notes, scratch)
            tell(outcome.understood)
            if refusal := telling.refusal(files["responses"], outcome.notes):
                raise InvalidInput(refusal, code="nothing_to_audit")
            results = Results(scratch.db)
            ledgers = [sums.Ledger(kind) for kind in company.KINDS]
            _judge(scratch, results, ledgers, outcome, progress, watch)
            company.count_exposures(ledgers, _Exposures(scratch))
            _find(ledgers, outcome)
            assert outcome.subjects is not None
            results.index()
            results.tally(outcome.subjects, outcome.totals)
            rows = results.verdicts(outcome.subjects, outcome.totals)
            write(outcome, _counted(rows, outcome.answers, progress))
        finally:
            scratch.db.close()
    return outcome


def _counted(
    rows: Iterator[dict[str, Any]], total: int, progress: Progress
) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows):
        if number % 1000 == 0:
            progress("writing", number, total)
        yield row
    progress("writing", total, total)


def _judge(
    scratch: Scratch, results: Results, ledgers: list[sums.Ledger], outcome: Outcome,
    progress: Progress, watch: Watcher,
) -> None:  # fmt: skip
    engine = Engine()
    total = outcome.notes.read.get("responses", 0)

    def take(judged: Judged) -> None:
        watch(judged)
        if judged.age == engine.ages[0] and judged.verdict.verdict == "rejected":
            outcome.totals.within_a_day += 1
        if judged.final:
            results.keep(judged)
            outcome.begging.add(judged)
            for ledger in ledgers:
                ledger.add_judged(judged, engine.stats)

    # In the order in which a live service heard of it; else by time, answers before calls.
    stream: Iterator[tuple[float, int, Any]] = merge(
        ((case.arrived, case.number, case) for case in scratch.cases()),
        ((signal.at, number, (agent, signal)) for number, agent, signal in scratch.calls()),
        key=lambda item: (item[0], item[1]),
    )
    for at, _, item in stream:
        for judged in engine.advance_to(at):
            take(judged)
        if isinstance(item, tuple):
            engine.add_signal(*item)
            continue
        take(engine.answer(item))
        outcome.answers += 1
        first = outcome.period[0] or at
        outcome.period = (first, at)
        if outcome.answers % 1000 == 0:
            progress("judging", outcome.answers, total)
    for judged in engine.finish():
        take(judged)
    progress("judging", total, total)


def _find(ledgers: list[sums.Ledger], outcome: Outcome) -> None:
    found = company.conclude(ledgers)
    outcome.subjects, outcome.sums = found.agents, found.sums
    outcome.teams, outcome.stores = found.teams, found.stores
