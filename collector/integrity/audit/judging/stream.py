"""Takes answers and calls in, in the order of time, and has the nights between them judged; final
verdicts go into the results and the subjects' sums.

Half of the work is what arrives, half the last verdicts, most of which come after.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from typing import Any

from collector.integrity.audit.judging.nights import Nights, Said
from collector.integrity.audit.judging.progress import EVERY, Progress
from collector.integrity.audit.judging.spool import Spool, shared
from collector.integrity.audit.results import Begging, Results
from collector.integrity.engine.engine import Engine, Judged
from collector.integrity.engine.records import Signal
from collector.integrity.engine.repeats import Repeats
from collector.integrity.engine.subjects.sums import Ledger

Watcher = Callable[[Judged], None]


@dataclass(slots=True)
class Judging:
    """`watch` sees every verdict as it falls, those on arrival too."""

    engine: Engine
    nights: Nights
    results: Results
    ledgers: list[Ledger]
    total: int
    progress: Progress
    watch: Watcher | None
    begging: Begging = field(default_factory=Begging)
    within_a_day: int = 0
    period: tuple[float, float] = (0.0, 0.0)
    done: int = 0

    def run(
        self, spool: Spool, repeats: Repeats, calls: Iterable[tuple[int, str, Signal]]
    ) -> None:  # fmt: skip
        """Judge every case of the spool."""
        self._take_all_in(spool, repeats, calls)
        self._take(self.nights.finish())
        self.progress("judging", 2 * self.total, 2 * self.total)

    def _take_all_in(
        self, spool: Spool, repeats: Repeats, calls: Iterable[tuple[int, str, Signal]]
    ) -> None:  # fmt: skip
        engine = self.engine
        # In the order in which a live service heard of it; else by time, answers before calls.
        stream: Iterator[tuple[float, int, Any]] = merge(
            ((case.arrived, case.number, case) for case in spool.read()),
            ((signal.at, number, (agent, signal)) for number, agent, signal in calls),
            key=lambda item: (item[0], item[1]),
        )
        for at, _, item in stream:
            for night in engine.nights_until(at):
                # What is remembered grows and is not let go: nobody need look for cycles in it.
                gc.freeze()
                self._take(self.nights.run(night))
            if isinstance(item, tuple):
                engine.add_signal(*item)
                continue
            if self.watch is None:
                engine.take_in(shared(item, repeats))
            else:
                self._take([(engine.answer(item), None)])
            self.period = (self.period[0] or at, at)
            self._count()

    def _take(self, said: Iterable[Said]) -> None:
        first = self.engine.ages[0]
        for judged, surroundings in said:
            if self.watch is not None:
                self.watch(judged)
            if judged.age == first and judged.verdict.verdict == "rejected":
                self.within_a_day += 1
            if surroundings is not None:
                self.results.keep(judged)
                self.begging.add(judged)
                for ledger in self.ledgers:
                    ledger.add_judged(judged, surroundings)
                self._count()

    def _count(self) -> None:
        self.done += 1
        if self.done % EVERY == 0:
            self.progress("judging", self.done, 2 * self.total)
