"""Asks the tests, then a company, whether they notice each mutant. A plugin of pytest's.

All tests are collected once. A first, watched run says which test each mutant could make a
difference in, and how long it takes; then each mutant gets a process of its own (a fork of this
one), in which those tests run, until one fails or the budget is spent. What none notices is tried
on the companies of `worlds.py`, whose verdicts must come out as they did.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from benchmarks.integrity.mutants import worlds
from benchmarks.integrity.mutants.gates import Mutant, changed
from benchmarks.integrity.mutants.swap import put
from benchmarks.integrity.mutants.watched import Watch, watched

NOT_NOTICED = "NOT NOTICED"
UNTRIED = 0.2  # mutants, by a test that noticed none yet
FORK = 0.01  # seconds; no test is asked in less


@dataclass(slots=True)
class Could:
    """By test, in the order of time: which mutants it could notice, and its seconds."""

    numbers: dict[str, list[int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass
class Hunt:
    """`sources`: by module. `say` gets each mutant with what noticed it, as soon as it is known."""

    sources: Mapping[str, str]
    mutants: Sequence[Mutant]
    open: Sequence[int]
    kept: Path
    say: Callable[[Mutant, str], None]
    jobs: int = 2
    budget: float = 60.0
    companies: Sequence[worlds.Place] = ()
    items: dict[str, pytest.Item] = field(default_factory=dict)
    could: Could = field(default_factory=Could)
    noticed: dict[str, Counter[str]] = field(default_factory=dict)
    asked: str = ""

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self.could = self._could()
        before = {place.name: worlds.verdicts(place) for place in self.companies}
        running: dict[int, tuple[int, int]] = {}
        waiting = list(self.open)
        while waiting or running:
            while waiting and len(running) < self.jobs:
                number = waiting.pop(0)
                if not any(number in numbers for numbers in self.could.numbers.values()):
                    self.say(self.mutants[number], f"{NOT_NOTICED}, nor ever another value")
                    continue
                read, write = os.pipe()
                pid = os.fork()
                if not pid:
                    os.close(read)
                    self._child(number, write, before)
                os.close(write)
                running[pid] = number, read
            pid, status = os.wait()
            if pid in running:
                number, read = running.pop(pid)
                with os.fdopen(read) as told:
                    said = told.read() or f"ended by signal {status & 0x7F}"
                self.noticed.setdefault(self.mutants[number].module, Counter())[said] += 1
                self.say(self.mutants[number], said)
        return True

    def _could(self) -> Could:
        """From the folder, and for tests that are not in it by a watched run in its own process."""
        wanted = [*self.items, *(place.name for place in self.companies)]
        known = self.known()
        if any(name not in known.seconds for name in wanted):
            pid = os.fork()
            if not pid:
                try:
                    found = self._watch()
                    kept = [found.numbers, found.seconds, self.texts()]
                    self.kept.write_text(json.dumps(kept), "utf-8")
                    os._exit(0)
                except BaseException as error:
                    print(repr(error), file=sys.__stderr__, flush=True)
                    os._exit(1)
            os.waitpid(pid, 0)
        return self.known()

    def known(self) -> Could:
        """What is in the folder, without the tests whose file has another text by now."""
        if not self.kept.exists():
            return Could()
        numbers, seconds, texts = json.loads(self.kept.read_text("utf-8"))
        now = self.texts()
        kept = [name for name in seconds if texts.get(name) == now.get(name)]
        return Could({name: numbers[name] for name in kept}, {name: seconds[name] for name in kept})

    def texts(self) -> dict[str, str]:
        """By test, a sum of its file's text."""
        files = {item.path for item in self.items.values()}
        sums = {path: hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in files}
        return {name: sums[item.path] for name, item in self.items.items()}

    def _watch(self) -> Could:
        watch, found = Watch(), self.known()
        uses: dict[str, set[str]] = {}
        for module, source in self.sources.items():
            here = [(n, m) for n, m in enumerate(self.mutants) if m.module == module]
            tree, used = watched(module, source, here)
            put(module, tree, watch.names())
            uses |= used
        constants = [(n, m.constant) for n, m in enumerate(self.mutants) if m.constant]
        todo = [(name, partial(self._failed, item, self._next(item)))
                for name, item in self.items.items()]  # fmt: skip
        todo += [(place.name, partial(self._judged, place)) for place in self.companies]
        for place, (name, failed) in enumerate(todo):
            if name in found.seconds:
                continue
            watch.clear()
            began = time.process_time()
            if failed():
                print(f"{name} fails without a mutant", file=sys.__stderr__, flush=True)
                continue
            found.seconds[name] = time.process_time() - began
            names = set().union(*(uses[one] for one in watch.functions))
            # A test may compare with a number that no function uses.
            names |= vars(getattr(self.items.get(name), "module", object)).keys()
            tied = [n for n, constant in constants if constant in names]
            found.numbers[name] = sorted(watch.seen) + tied
            if place % 50 == 0:
                print(f"watched {place} of {len(todo)} tests", file=sys.__stderr__, flush=True)
        return found

    def _child(self, number: int, write: int, before: Mapping[str, Any]) -> None:
        """Says what notices, into the pipe, and ends."""
        said = NOT_NOTICED
        limit = int(self.budget * 3 + 120)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        try:
            mutant = self.mutants[number]
            put(mutant.module, changed(self.sources[mutant.module], mutant))
            able = [place for place in self.companies
                    if number in self.could.numbers[place.name]]  # fmt: skip
            said = self._notices(number) or worlds.notices(able, before)
            said = said or NOT_NOTICED + self.asked
        except BaseException as error:
            said = f"{type(error).__name__} outside of a test"
        os.write(write, said.encode())
        os._exit(0)

    def _notices(self, number: int) -> str:
        """The first test that fails, as long as the budget lasts. The order: how many mutants of
        the module it noticed, for each second that it takes.
        """
        able = [name for name in self.items if number in self.could.numbers.get(name, ())]
        noticed = self.noticed.get(self.mutants[number].module, Counter())
        able.sort(key=lambda name: -(noticed[name] + UNTRIED) / (self.could.seconds[name] + FORK))
        began = time.process_time()
        for place, name in enumerate(able):
            if time.process_time() - began > self.budget:
                self.asked = f", as far as asked ({place} of {len(able)} tests)"
                return ""
            if self._failed(self.items[name], None):
                return name
        return ""

    @staticmethod
    def _judged(place: worlds.Place) -> bool:
        """Never fails: a company is judged to see what its answers reach."""
        worlds.verdicts(place)
        return False

    def _next(self, item: pytest.Item) -> pytest.Item | None:
        items = list(self.items.values())
        place = items.index(item) + 1
        return items[place] if place < len(items) else None

    @staticmethod
    def _failed(item: pytest.Item, following: pytest.Item | None) -> bool:
        reports = runtestprotocol(item, log=False, nextitem=following)
        return any(report.failed for report in reports)


def ask(hunt: Hunt, tests: Iterable[str]) -> int:
    """Collect the tests and hunt. How pytest ended."""
    options = ["-q", "--capture=sys", "-p", "no:randomly", "-p", "no:cacheprovider", *tests]
    return int(pytest.main(options, plugins=[hunt]))
