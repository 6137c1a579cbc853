"""Writes and measures companies side by side over processes, and says how far it is. Used by
`bench.py`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from benchmarks.integrity import companies, said
from benchmarks.integrity.fitting import Settings, Watched, settings, watching
from benchmarks.integrity.measure import Figures, score
from benchmarks.integrity.pooled import removed
from benchmarks.integrity.said import NOBODY, OURS, ROBOTS, RULES, Said


@dataclass(frozen=True, slots=True)
class Task:
    """One company to measure. `command`: somebody's detector; `given`: the combiner's settings."""

    world: str
    seed: int
    place: Path
    command: str | None = None
    watched: bool = False
    given: Settings = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """By method; and, where asked for, what the engine's checks found."""

    task: Task
    figures: dict[str, Figures]
    watched: Watched | None
    answers: int
    seconds: float

    def line(self, method: str) -> str:
        """What came of it, in a line."""
        one = self.figures[method]
        shown = [
            f"{name} {value:.3f}" if value is not None else f"{name} -"
            for name, value in (
                ("F1", one.f1()), ("precision", one.share("precision")),
                ("removed", removed([one])),
            )
        ]  # fmt: skip
        return (
            f"{self.task.world} {self.task.seed}: {self.answers} answers, "
            f"{', '.join(shown)}, {self.seconds:.1f} s"
        )


def measure(task: Task) -> Done:
    """Write the company if it is not there, and measure every method on it."""
    if not (task.place / "truth.ndjson").exists():
        companies.write(task.world, task.seed, task.place)
    company = companies.read(task.world, task.seed, task.place)
    began = time.perf_counter()
    watched = None
    found: dict[str, Said] = {}
    if task.command is not None:
        known = set(company.truth.responses)
        found[task.command] = said.by_command(task.command, company.folder, known)
    elif task.watched:
        with watching(company) as watched:
            found[OURS], found[ROBOTS] = said.ours(company.folder)
    else:
        with settings(task.given):
            found[OURS], found[ROBOTS] = said.ours(company.folder)
    took = time.perf_counter() - began
    if not task.given:
        found[NOBODY] = Said()
        found |= {name: said.by_rule(name, company.rows) for name in RULES}
    figures = {name: score(company, one) for name, one in found.items()}
    return Done(task, figures, watched, len(company.rows), took)


def run(tasks: Sequence[Task], jobs: int, work: Callable[[Task], Done] = measure) -> list[Done]:
    """All tasks, `jobs` at a time; a line for each that is done; in the order of the tasks."""
    began = time.perf_counter()
    done: dict[int, Done] = {}

    def take(number: int, one: Done) -> None:
        done[number] = one
        passed = time.perf_counter() - began
        print(
            f"{len(done)} of {len(tasks)} companies, {passed:.0f} s: "
            f"{one.line(one.task.command or OURS)}",
            file=sys.stderr, flush=True,
        )  # fmt: skip

    if jobs < 2:
        for number, task in enumerate(tasks):
            take(number, work(task))
        return [done[number] for number in range(len(tasks))]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(work, task): number for number, task in enumerate(tasks)}
        try:
            for future in as_completed(waiting):
                take(waiting[future], future.result())
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return [done[number] for number in range(len(tasks))]
