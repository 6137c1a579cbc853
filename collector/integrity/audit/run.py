"""Runs one audit: understand and load the files, say what was understood, put the cases in the
order of time, judge them, judge the subjects, write.

Only verdicts that something is made of are worked out: the one of the first night, which feeds
reputations, and the last; all of them where somebody watches. Next: `results.py`, `writing.py`.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from heapq import merge
from pathlib import Path
from typing import Any

from collector.errors import InvalidInput
from collector.integrity.audit import reading, telling, understanding
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.results import Begging, Results, Totals
from collector.integrity.audit.scratch import Scratch
from collector.integrity.audit.spool import Line, Spool, shared
from collector.integrity.engine.engine import AGES, Engine, Judged
from collector.integrity.engine.records import Exposure
from collector.integrity.engine.repeats import Repeats
from collector.integrity.engine.subjects import company, findings, sums
from collector.integrity.engine.subjects.company import Subjects

# What is being done, how far it is, of how many.
Progress = Callable[[str, int, int], None]
EVERY = 1000
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
    total: int
    progress: Progress

    def __iter__(self) -> Iterator[Exposure]:
        return _counted("counting invitations", self.scratch.exposures(), self.total, self.progress)


def audit(
    folder: Path, columns: Columns, write: Callable[[Outcome, Iterator[dict[str, Any]]], None],
    progress: Progress = lambda stage, done, total: None, watch: Watcher | None = None,
    tell: Callable[[Sequence[str]], None] = lambda lines: None, processes: int = 1,
) -> Outcome:  # fmt: skip
    """Audit the export in `folder`; `write` gets the outcome and the verdict rows, once.

    Raises InvalidInput where there is nothing to audit. `watch` sees every judgement as it falls;
    `tell` gets what was understood of the export, before the first. `processes`: how many files
    of a large export are read at a time.
    """
    paths = reading.locate(folder)
    outcome = Outcome(reading.Notes(missing=[name for name in OPTIONAL if name not in paths]))
    sizes = {name: path.stat().st_size for name, path in paths.items()}
    files = understanding.all_files(
        paths, columns, lambda name, done: progress(f"looking at {name}", done, sizes[name])
    )
    with _few_collections(), tempfile.TemporaryDirectory(prefix="collector-audit-") as place:
        scratch = Scratch(Path(place))
        try:
            scratch.load(
                files, outcome.notes,
                lambda name, done: progress(f"reading {name}", done, sizes[name]), processes,
            )  # fmt: skip
            outcome.understood = telling.understood(files, outcome.notes, scratch)
            tell(outcome.understood)
            if refusal := telling.refusal(files["responses"], outcome.notes):
                raise InvalidInput(refusal, code="nothing_to_audit")
            results = Results(scratch.db)
            ledgers = [sums.Ledger(kind) for kind in company.KINDS]
            spool, repeats = _put_together(scratch, Path(place), outcome, progress)
            if watch is None:
                engine = Engine((AGES[0], AGES[-1]), repeats, partial(Line, spool))
            else:
                engine = Engine(repeats=repeats)
            judging = _Judging(engine, repeats, results, ledgers, outcome, progress, watch)
            judging.run(scratch, spool)
            shown = _Exposures(scratch, outcome.notes.read.get("invitations", 0), progress)
            company.count_exposures(ledgers, shown, scratch.delays())
            _find(ledgers, outcome)
            assert outcome.subjects is not None
            results.index()
            results.tally(outcome.subjects, outcome.totals)
            rows = results.verdicts(outcome.subjects, outcome.totals)
            write(outcome, _counted("writing", rows, outcome.answers, progress))
        finally:
            scratch.db.close()
    return outcome


@contextmanager
def _few_collections() -> Iterator[None]:
    """What is remembered grows and has no cycles: looking for some every 700 things costs a tenth
    of the time and finds none.
    """
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _counted(stage: str, rows: Iterator[Any], total: int, progress: Progress) -> Iterator[Any]:
    for number, row in enumerate(rows):
        if number % EVERY == 0:
            progress(stage, number, total)
        yield row
    progress(stage, total, total)


def _put_together(
    scratch: Scratch, place: Path, outcome: Outcome, progress: Progress
) -> tuple[Spool, Repeats]:
    """The cases in the order of time, and which of their names come again."""
    total = outcome.notes.read.get("responses", 0)
    spool, repeats = Spool(place / "cases"), Repeats(total)
    for case in scratch.cases():
        if spool.count % EVERY == 0:
            progress("putting together", spool.count, total)
        repeats.note(spool.add(case))
    spool.close()
    outcome.answers = spool.count
    progress("putting together", total, total)
    return spool, repeats


@dataclass(slots=True)
class _Judging:
    """Answers and calls through the engine in the order of time, verdicts into the results."""

    engine: Engine
    repeats: Repeats
    results: Results
    ledgers: list[sums.Ledger]
    outcome: Outcome
    progress: Progress
    watch: Watcher | None
    done: int = 0

    def run(self, scratch: Scratch, spool: Spool) -> None:
        """Half of the work is what arrives, half the last verdicts, most of which come after."""
        engine = self.engine
        # In the order in which a live service heard of it; else by time, answers before calls.
        stream: Iterator[tuple[float, int, Any]] = merge(
            ((case.arrived, case.number, case) for case in spool.read()),
            ((signal.at, number, (agent, signal)) for number, agent, signal in scratch.calls()),
            key=lambda item: (item[0], item[1]),
        )
        for at, _, item in stream:
            for judged in engine.advance_to(at):
                self._take(judged)
            if isinstance(item, tuple):
                engine.add_signal(*item)
                continue
            if self.watch is None:
                engine.take_in(shared(item, self.repeats))
            else:
                self._take(engine.answer(item))
            first = self.outcome.period[0] or at
            self.outcome.period = (first, at)
            self._count()
        for judged in engine.finish():
            self._take(judged)
        self.progress("judging", 2 * spool.count, 2 * spool.count)

    def _take(self, judged: Judged) -> None:
        if self.watch is not None:
            self.watch(judged)
        if judged.age == self.engine.ages[0] and judged.verdict.verdict == "rejected":
            self.outcome.totals.within_a_day += 1
        if judged.final:
            self.results.keep(judged)
            self.outcome.begging.add(judged)
            for ledger in self.ledgers:
                ledger.add_judged(judged, self.engine.stats)
            self._count()

    def _count(self) -> None:
        self.done += 1
        if self.done % EVERY == 0:
            self.progress("judging", self.done, 2 * self.outcome.answers)


def _find(ledgers: list[sums.Ledger], outcome: Outcome) -> None:
    found = company.conclude(ledgers)
    outcome.subjects, outcome.sums = found.agents, found.sums
    outcome.teams, outcome.stores = found.teams, found.stores
