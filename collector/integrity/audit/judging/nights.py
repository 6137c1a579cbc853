"""The nights of an audit: each judges again what is due. Here, or in processes of their own.

What answers bring is taken in one after the other; no verdict changes it but through reputations,
which only the next night asks for. So a night is judged in a forked process, which has all as it
was that evening, while here the next day is taken in. When all have come and no reputation changes
any more, several nights are judged side by side. Verdicts arrive in the order in which they fall.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from collector.integrity.audit.judging import apart
from collector.integrity.audit.judging.apart import Apart
from collector.integrity.engine.combine import NOTHING, Verdict
from collector.integrity.engine.engine import Due, Engine, Judged
from collector.integrity.engine.subjects.sums import Around, around

Said = tuple[Judged, Around | None]  # what was around it: of final verdicts


# Answers for which a process is forked: it costs a tenth of a second where much is remembered.
FORKED_FROM = 2000
TOGETHER = 8000


class Nights(Protocol):
    """`run` every night while answers come, then `finish`; both give what is judged by then."""

    def run(self, night: float) -> Iterator[Said]: ...
    def finish(self) -> Iterator[Said]: ...
    def close(self) -> None: ...


class Here:
    """One after the other, in this process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def run(self, night: float) -> Iterator[Said]:
        for judged in self.engine.run_night(night):
            yield judged, around(judged.case, self.engine.stats) if judged.final else None

    def finish(self) -> Iterator[Said]:
        for night in self.engine.nights_left():
            yield from self.run(night)

    def close(self) -> None:
        """Nothing is left of it."""


@dataclass(slots=True)
class _Work:
    """Nights, one after the other, and what is due in each. `process` judges them."""

    nights: list[tuple[float, list[Due]]] = field(default_factory=list)
    process: Apart | None = None

    @property
    def size(self) -> int:
        return sum(len(due) for _, due in self.nights)

    @property
    def feeds_reputations(self) -> bool:
        return any(index == 0 for _, due in self.nights for _, index in due)


class Beside:
    """At most `most` processes beside this one. Only for an engine of two ages, in which nothing is
    judged between an answer's first night and its last.
    """

    def __init__(self, engine: Engine, most: int) -> None:
        self.engine = engine
        self.most = most
        self._begun: deque[_Work] = deque()

    def run(self, night: float) -> Iterator[Said]:
        yield from self._begin(_Work([(night, list(self.engine.due(night)))]))

    def finish(self) -> Iterator[Said]:
        work = _Work()
        for night in self.engine.nights_left():
            due = list(self.engine.due(night))
            if any(index == 0 for _, index in due):  # these wait for their last night here
                yield from self._begin(work)
                yield from self._begin(_Work([(night, due)]))
                work = _Work()
                continue
            work.nights.append((night, due))
            if work.size >= TOGETHER:
                yield from self._begin(work)
                work = _Work()
        yield from self._begin(work)
        yield from self._rest()

    def close(self) -> None:
        while self._begun:
            process = self._begun.pop().process
            if process is not None:
                process.close()

    def _begin(self, work: _Work) -> Iterator[Said]:
        """Have these judged; until then, what has been judged before."""
        while self._begun and (len(self._begun) >= self.most or self._begun[-1].feeds_reputations):
            yield from self._next()
        if work.size >= FORKED_FROM:
            work.process = apart.begin(partial(_verdicts, self.engine, work))
        if work.process is None:
            yield from self._rest()
            for night, due in work.nights:
                yield from _judged(self.engine, night, due)
            return
        self._begun.append(work)
        for night, due in work.nights:
            self.engine.end_day(night)
            for case, index in due:
                self.engine.pass_over(case, index, night)

    def _rest(self) -> Iterator[Said]:
        """Those that are still being judged."""
        while self._begun:
            yield from self._next()

    def _next(self) -> Iterator[Said]:
        work, ages = self._begun[0], self.engine.ages
        assert work.process is not None
        verdicts = work.process.result()
        self._begun.popleft()
        dues = (one for _, due in work.nights for one in due)
        for (case, index), (said, seen) in zip(dues, verdicts, strict=True):
            verdict = Verdict(*said) if said else NOTHING
            if index == 0:
                self.engine.learn(case, verdict)
            final = index == len(ages) - 1
            yield Judged(case, verdict, ages[index], final), Around(*seen) if seen else None


def _judged(engine: Engine, night: float, due: list[Due]) -> Iterator[Said]:
    engine.end_day(night)
    for case, index in due:
        judged = engine.judge_again(case, index, night)
        yield judged, around(case, engine.stats) if judged.final else None


def _verdicts(engine: Engine, work: _Work, tell: apart.Tell) -> list[Any]:
    """In the other process: the verdict on each answer, and what was around it, as plain values."""
    return [
        (_values(judged.verdict) if judged.verdict is not NOTHING else None,
         _values(there) if there else None)
        for night, due in work.nights for judged, there in _judged(engine, night, due)
    ]  # fmt: skip


def _values(row: Verdict | Around) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in row.__slots__)
