"""Runs the checks over a stream of answers and judges each again while evidence comes in. Pure.

Feed everything in the order of time: `answer` judges on arrival from what is known then;
`pass_time` is the night: it judges again what has reached an age of `AGES`. The verdict at the
last age is the final one, and depends only on what was fed until then, so that a live stream and
an audit of the same records end alike. Used by `collector.integrity.audit.run`.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from collector.integrity.engine.checks import (
    assisted_device,
    attack_burst,
    client_concentration,
    contact_changed,
    contact_reused,
    device_shared,
    duplicate,
    known_customer,
    link_scanner,
    network_concentration,
    phantom_session,
    rapid_run,
    score_conflict,
    solicited_text,
    staff_contact,
    tap_stream,
    template_text,
    upward_revision,
)
from collector.integrity.engine.combine import BOOSTING, Verdict, combine
from collector.integrity.engine.finding import Finding
from collector.integrity.engine.records import Case, Signal
from collector.integrity.engine.running_statistics import DAY, RunningStatistics

CHECKS = (
    duplicate, link_scanner, device_shared, assisted_device, known_customer, network_concentration,
    client_concentration, rapid_run, contact_changed, contact_reused, staff_contact,
    phantom_session, template_text, solicited_text, score_conflict, upward_revision, attack_burst,
    tap_stream,
)  # fmt: skip
VERSION = "2:" + ".".join(str(check.VERSION) for check in CHECKS)
# Nights after which an answer is judged again. The first feeds reputation, the last is final.
AGES = (1, 30)
Check = Callable[[Case, RunningStatistics, float], Finding | None]
_CHECKS: tuple[Check, ...] = tuple(check.check for check in CHECKS)


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict on a case. `age`: 0 on arrival, else nights; `final` at the last."""

    case: Case
    verdict: Verdict
    age: int
    final: bool


class Engine:
    """One company's judge. Not safe for concurrent use; the caller feeds it in order."""

    def __init__(self, ages: tuple[int, ...] = AGES) -> None:
        self.stats = RunningStatistics()
        self.ages = ages
        self.night: float | None = None
        self.queues: tuple[deque[Case], ...] = tuple(deque() for _ in ages)
        # What a live service counted of an answer's customer meanwhile, by the answer's id.
        self.cases_later: dict[str, int] = {}

    def answer(self, case: Case) -> Judged:
        """Take an answer in and judge it at once. Call `pass_time` with its time before."""
        self.stats.add(case)
        self.queues[0].append(case)
        return Judged(case, self.judge(case, case.arrived), 0, False)

    def hear(self, agent: str, signal: Signal) -> None:
        """Take the score of a listened call in."""
        self.stats.hear(agent, signal)

    def pass_time(self, now: float) -> Iterator[Judged]:
        """The nights until `now`, one by one: judge again what is due, oldest first."""
        if self.night is None:
            self.night = math.floor(now / DAY) * DAY
        while self.night + DAY <= now:
            self.night += DAY
            yield from self._night(self.night)

    def finish(self) -> Iterator[Judged]:
        """No more will come: the nights go on until every answer has its final verdict."""
        while self.night is not None and any(self.queues):
            self.night += DAY
            yield from self._night(self.night)

    def _night(self, now: float) -> Iterator[Judged]:
        self.stats.rest(now)
        for index in reversed(range(len(self.ages))):
            queue = self.queues[index]
            while queue and self._ripe(queue[0], index, now):
                yield self._again(queue.popleft(), index, now)

    def _ripe(self, case: Case, index: int, now: float) -> bool:
        return (math.floor(case.arrived / DAY) + self.ages[index]) * DAY < now

    def ending(self, night: float) -> list[Case]:
        """The answers that get their final verdict in this night."""
        last = len(self.ages) - 1
        return list(takewhile(lambda case: self._ripe(case, last, night), self.queues[last]))

    def _again(self, case: Case, index: int, now: float) -> Judged:
        last = index == len(self.ages) - 1
        if last:
            case = self._complete(case, now)
        if index == 0:
            self.stats.settle(case, now)
        verdict = self.judge(case, now)
        if index == 0:
            row = self.stats.reputation[case.agent]
            row[0] += verdict.p if verdict.kind == BOOSTING and verdict.p > 0.4 else 0.0
            row[1] += 1
        if last:
            self.stats.forget(case)
        else:
            self.queues[index + 1].append(case)
        return Judged(case, verdict, self.ages[index], last)

    def _complete(self, case: Case, now: float) -> Case:
        """The case as it stays: with the evidence that had come in by its last night."""
        later = self.cases_later.pop(case.id, None)
        if later is not None:
            case = replace(case, cases_later=later)
        known = tuple(signal for signal in case.signals if signal.at <= now)
        return case if known == tuple(case.signals) else replace(case, signals=known)

    def judge(self, case: Case, now: float) -> Verdict:
        """The verdict from what is known now. Changes nothing."""
        stats = self.stats
        stats.hands.clear()
        found = []
        for check in _CHECKS:
            finding = check(case, stats, now)
            if finding is not None:
                found.append(finding)
        return combine(found, self.reputation(case.agent))

    def reputation(self, subject: str) -> float:
        """ln of the subject's made-up share against the usual, drawn to 0; capped by `combine`."""
        row = self.stats.reputation.get(subject)
        if row is None:
            return 0.0
        return math.log((row[0] + 0.6) / (row[1] + 20) / 0.03)
