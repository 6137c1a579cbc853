"""Runs the checks over a stream of answers and judges each again while evidence comes in. Pure.

Feed everything in the order of time: `answer` judges on arrival from what is known then;
`advance_to` runs the nights in between, each of which judges again what has reached an age of
`AGES`, and what shares a phone or a number that gained a customer (`gained.py`). The verdict at the
last age is the final one, and depends only on what was fed until then, so a live stream and an
audit of the same records end alike.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Protocol

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.checks.registry import CHECKS, VERSION
from collector.integrity.engine.combine import BOOSTING, Verdict, combine
from collector.integrity.engine.gained import Gained
from collector.integrity.engine.records import Case, Signal
from collector.integrity.engine.repeats import Everything
from collector.integrity.engine.running_statistics import DAY, RunningStatistics
from collector.integrity.engine.seen.overdoing import count_again, overdoing

__all__ = ["AGES", "CHECKS", "VERSION", "Engine", "Judged"]

# Nights after which an answer is judged again. The first feeds reputation. The last is final, and a
# quarter away: a number, phone or wording that gets its third customer in the third month says what
# the first two were, and an audit of a quarter judges every answer with all of it. What is shared
# is remembered longer (`KEPT_DAYS`), so nothing is forgotten before it is asked for.
AGES = (1, 30, 90)
Due = tuple[Case, int]  # an answer, and which of its nights this is
LIKELY_MADE_UP = 0.4  # from here on an answer counts towards its subject's reputation


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict on a case. `age`: 0 on arrival, else nights; `final` at the last."""

    case: Case
    verdict: Verdict
    age: int
    final: bool


class Waiting(Protocol):
    """Answers that wait for a night, first come, first served. A deque is one."""

    def append(self, case: Case, /) -> None: ...
    def popleft(self) -> Case: ...
    def __getitem__(self, place: int, /) -> Case: ...
    def __iter__(self) -> Iterator[Case]: ...
    def __len__(self) -> int: ...


class Engine:
    """One company's judge. Not safe for concurrent use; the caller feeds it in order.

    An audit, which has all answers before the first is judged, says what `repeats` and where
    answers wait for their nights, so that memory does not grow with them.
    """

    def __init__(
        self, ages: tuple[int, ...] = AGES, repeats: Everything | None = None,
        waiting: Callable[[], Waiting] = deque,
    ) -> None:  # fmt: skip
        self.stats = RunningStatistics(repeats)
        self.ages = ages
        self.night: float | None = None
        self.queues: tuple[Waiting, ...] = tuple(waiting() for _ in ages)
        # What a live service counted of an answer's customer meanwhile, by the answer's id.
        self.cases_later: dict[str, int] = {}
        self.gained = Gained()

    def answer(self, case: Case) -> Judged:
        """Take an answer in and judge it at once. Call `advance_to` with its time before."""
        self.take_in(case)
        return Judged(case, self.judge(case, case.arrived), 0, False)

    def take_in(self, case: Case) -> None:
        """The same where nobody asks for the verdict on arrival."""
        self.stats.add(case)
        self.gained.used(case)
        self.queues[0].append(case)

    def add_signal(self, agent: str, signal: Signal) -> None:
        """Take the score of a listened call in; other signals are the case's own."""
        self.stats.add_call_score(agent, signal)

    def advance_to(self, now: float) -> Iterator[Judged]:
        """The nights until `now`, one by one: judge again what is due, oldest first."""
        for night in self.nights_until(now):
            yield from self.run_night(night)

    def finish(self) -> Iterator[Judged]:
        """No more will come: the nights go on until every answer has its final verdict."""
        for night in self.nights_left():
            yield from self.run_night(night)

    def nights_until(self, now: float) -> Iterator[float]:
        """The nights that have come by `now`; each is to be run before the next is asked for."""
        if self.night is None:
            self.night = math.floor(now / DAY) * DAY
        while self.night + DAY <= now:
            self.night += DAY
            yield self.night

    def nights_left(self) -> Iterator[float]:
        """The same where no more will come."""
        while self.night is not None and any(self.queues):
            self.night += DAY
            yield self.night

    def due_for_final(self, night: float) -> list[Case]:
        """The answers that get their final verdict in this night."""
        last = len(self.ages) - 1
        return list(takewhile(lambda case: self._due(case, last, night), self.queues[last]))

    def judge(self, case: Case, now: float) -> Verdict:
        """The verdict from what is known now. Changes nothing."""
        assessment = Assessment(case, self.stats, now)
        findings = [found for one in CHECKS if (found := one.check(assessment)) is not None]
        return combine(findings, self._reputation(case.agent))

    def run_night(self, now: float) -> Iterator[Judged]:
        """Judge again what is due, and what shares a thing that gained a customer."""
        self.end_day(now)
        for case, index in self.due(now):
            yield self.judge_again(case, index, now)
        for case in self.gained.look(self.stats):
            age = math.floor(now / DAY) - math.floor(case.arrived / DAY) - 1
            yield Judged(case, self.judge(case, now), age, False)

    def end_day(self, now: float) -> None:
        """What a day teaches, before anybody is judged in its night."""
        came = not self.stats.learned
        self.stats.end_day(now)
        if came:
            found = overdoing(self.stats)
            self.stats.seen.moments.leave_out(found)
            count_again(self.stats, found)

    def due(self, now: float) -> Iterator[Due]:
        """Take the answers that are to be judged in this night out of their queues."""
        for index in reversed(range(len(self.ages))):
            queue, last = self.queues[index], index == len(self.ages) - 1
            while queue and self._due(queue[0], index, now):
                case = queue.popleft()
                yield (self._complete(case, now) if last else case), index

    def _due(self, case: Case, index: int, now: float) -> bool:
        return (math.floor(case.arrived / DAY) + self.ages[index]) * DAY < now

    def judge_again(self, case: Case, index: int, now: float) -> Judged:
        """The verdict of this night on an answer that is due."""
        last = index == len(self.ages) - 1
        if index == 0:
            self.stats.add_trouble(case, now)
        verdict = self.judge(case, now)
        if index == 0:
            self.learn(case, verdict)
        self._go_on(case, index)
        return Judged(case, verdict, self.ages[index], last)

    def pass_over(self, case: Case, index: int, now: float) -> None:
        """The same where another process works the verdict out, but for what `learn` does."""
        if index == 0:
            self.stats.add_trouble(case, now)
        self._go_on(case, index)

    def learn(self, case: Case, verdict: Verdict) -> None:
        """A first night's verdict feeds its subject's reputation."""
        made_up = verdict.kind == BOOSTING and verdict.p > LIKELY_MADE_UP
        reputation = self.stats.reputation[case.agent]
        reputation.made_up += verdict.p if made_up else 0.0
        reputation.answers += 1

    def _go_on(self, case: Case, index: int) -> None:
        first, last = index == 0, index == len(self.ages) - 1
        if last:
            self.stats.forget(case)
            self.gained.let_go(case)
        else:
            self.queues[index + 1].append(case)
        if not first and not last:
            self.gained.wait(case, self.stats)

    def _complete(self, case: Case, now: float) -> Case:
        """The case as it stays: with the evidence that had come in by its last night."""
        later = self.cases_later.pop(case.id, None)
        if later is not None:
            case = replace(case, cases_later=later)
        known = tuple(signal for signal in case.signals if signal.at <= now)
        return case if known == tuple(case.signals) else replace(case, signals=known)

    def _reputation(self, subject: str) -> float:
        """What the subject's earlier answers add to the prior; `combine` bounds it."""
        found = self.stats.reputation.get(subject)
        return found.log_odds() if found else 0.0
