"""A quiet company of twenty agents in two stores, and what may be put beside its answers.

`quiet()` gives its own answers: twenty-four an agent over two months, each of another customer with
a phone, an address and a number of their own, two in three by message, one in three in the app.
`served(...)` is one more answer, `of` an agent by number, so and so long `after` the case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from collector.integrity.engine.combine import Verdict
from collector.integrity.engine.records import Case
from tests.integrity.engine.conftest import HOUR, START, answer, judge

DAY = 24 * HOUR
AGENTS, TEAM, STORE = 20, 5, 10
BASE = (5, 5, 4, 5, 3, 5, 5, 2, 5, 4)


def served(
    number: int, of: int, day: float, *, after: float = 2 * HOUR, score: float = 5, **given: Any
) -> Case:
    """An answer to agent `of` about a case of that day, with customer and things of its own."""
    occurred = START + day * DAY + 9 * HOUR
    fields: dict[str, Any] = {
        "agent": f"A{of:02d}", "team": f"S{of // STORE}T{of // TEAM % 2}",
        "store": f"S{of // STORE}", "score": float(score), "occurred": occurred,
        "sent": occurred + 900.0, "answered": occurred + after,
        "client": f"browser {number % 37}", "seconds": 400.0,
    }  # fmt: skip
    return answer(number, **{**fields, **given})


@lru_cache(maxsize=1)
def quiet() -> tuple[Case, ...]:
    """The company as it is without anything odd."""
    cases = []
    for turn in range(24):
        for agent in range(AGENTS):
            app = (turn + agent) % 3 == 0
            waits = 60.0 * 2 ** ((5 * turn + 3 * agent) % 11)
            cases.append(served(
                10_000 + turn * AGENTS + agent, agent, 2.5 * turn + agent * 0.015,
                after=waits if app else 1200.0 + 700 * (turn * agent % 29),
                score=BASE[(3 * turn + 7 * agent) % 10], channel="in_app" if app else "sms",
                seconds=120.0 + 60 * ((turn + 2 * agent) % 13),
            ))  # fmt: skip
    return tuple(cases)


def opening(cases: Iterable[Case], least: float, most: float) -> list[Case]:
    """The same answers, each opened between so many seconds before, evenly and in no order."""
    return [
        replace(case, opened=case.answered - least - (most - least) * (n * 0.618_034 % 1))
        for n, case in enumerate(cases)
    ]


def own(number: int) -> float:
    """The scores of people who answer for themselves here, one after the other."""
    return float(BASE[(3 * number) % 10])


def verdicts(cases: Iterable[Case], beside: Iterable[Case] | None = None) -> list[Verdict]:
    """The last verdicts on these answers, beside the quiet company's or others."""
    cases = list(cases)
    said = judge([*(quiet() if beside is None else beside), *cases])
    return [said[case.id] for case in cases]


def count(found: Iterable[Verdict]) -> Counter[str]:
    """How many of them are rejected, suspect, clean."""
    return Counter(verdict.verdict for verdict in found)


def mean_p(found: list[Verdict]) -> float:
    return sum(verdict.p for verdict in found) / len(found)


def renamed(cases: Iterable[Case], name: Callable[[str], str], *fields: str) -> list[Case]:
    """The same answers with other names in these fields."""
    return [
        replace(case, **{f: name(v) for f in fields if (v := getattr(case, f)) is not None})
        for case in cases
    ]
