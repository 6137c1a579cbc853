"""Runs one audit: understand and load the files, say what was understood, put the cases in the
order of time, judge them, judge the subjects, write.

Only verdicts that something is made of are worked out: the one of the first night, which feeds
reputations, and the last; all of them where somebody watches. Next: `judging/`, `results.py`,
`writing.py`.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from collector.errors import InvalidInput
from collector.integrity.audit import reading, telling, understanding
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.judging.invitations import Counting
from collector.integrity.audit.judging.nights import Beside, Here
from collector.integrity.audit.judging.progress import EVERY, Progress, counted, silent
from collector.integrity.audit.judging.spool import Line, Spool, waiting
from collector.integrity.audit.judging.stream import Judging, Watcher
from collector.integrity.audit.results import Begging, Results, Totals
from collector.integrity.audit.scratch import Scratch
from collector.integrity.engine.engine import AGES, Engine
from collector.integrity.engine.repeats import Repeats
from collector.integrity.engine.subjects import company, findings, sums
from collector.integrity.engine.subjects.company import Subjects

# Answers from which on other processes judge: below that, starting them costs more than it saves.
BESIDE_FROM = 20_000
LEAN = (AGES[0], AGES[-1])
SUBJECTS = "judging subjects"
COUNTED = ("responses", "invitations")
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


def audit(
    folder: Path, columns: Columns, write: Callable[[Outcome, Iterator[dict[str, Any]]], None],
    progress: Progress = silent, watch: Watcher | None = None,
    tell: Callable[[Sequence[str]], None] = lambda lines: None, processes: int = 1,
) -> Outcome:  # fmt: skip
    """Audit the export in `folder`; `write` gets the outcome and the verdict rows, once.

    Raises InvalidInput where there is nothing to audit. `watch` sees every judgement as it falls;
    `tell` gets what was understood of the export, before the first. `processes`: how many a large
    export may take; which of them did what makes no difference to what is written.
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
            _judge(scratch, results, outcome, progress, watch, processes)
            assert outcome.subjects is not None
            progress("adding up", 0, outcome.answers)
            results.index()
            results.tally(outcome.subjects, outcome.totals, outcome.answers, progress)
            rows = results.verdicts(outcome.subjects, outcome.totals)
            write(outcome, counted("writing", rows, outcome.answers, progress))
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
        gc.unfreeze()  # see `judging/stream.py`
        gc.set_threshold(*before)


def _judge(
    scratch: Scratch, results: Results, outcome: Outcome, progress: Progress,
    watch: Watcher | None, processes: int,
) -> None:  # fmt: skip
    """All answers, then all subjects: verdicts into `results`, all else into `outcome`."""
    answers, invitations = (outcome.notes.read.get(name, 0) for name in COUNTED)
    ledgers = [sums.Ledger(kind) for kind in company.KINDS]
    counting = Counting(scratch, invitations, progress)
    with closing(counting), closing(Spool(scratch.folder / "cases")) as spool:
        beside = processes > 1 and watch is None and answers >= BESIDE_FROM
        if beside:
            counting.begin()

        def both(stage: str, done: int, total: int) -> None:
            progress(stage, done, total)
            counting.tell()

        repeats = _put_together(scratch, spool, answers, both)
        outcome.answers = spool.count
        queues = waiting(spool) if beside else partial(Line, spool)
        engine = Engine(repeats=repeats) if watch else Engine(LEAN, repeats, queues)
        with closing(Beside(engine, processes - 1) if beside else Here(engine)) as nights:
            judging = Judging(engine, nights, results, ledgers, spool.count, both, watch)
            judging.run(spool, repeats, scratch.calls())
        counting.finish(ledgers)
    outcome.begging, outcome.period = judging.begging, judging.period
    outcome.totals.within_a_day = judging.within_a_day
    progress(SUBJECTS, 0, 1)
    found = company.conclude(ledgers)
    progress(SUBJECTS, 1, 1)
    outcome.subjects, outcome.sums = found.agents, found.sums
    outcome.teams, outcome.stores = found.teams, found.stores


def _put_together(scratch: Scratch, spool: Spool, total: int, progress: Progress) -> Repeats:
    """The cases in the order of time into the spool; which of their names come again."""
    repeats = Repeats(total)
    for case in scratch.cases():
        if spool.count % EVERY == 0:
            progress("putting together", spool.count, total)
        repeats.note(spool.add(case))
    spool.whole()
    progress("putting together", total, total)
    return repeats
