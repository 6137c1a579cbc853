"""A company's memory put together by hand, and one check asked: `weighs(check, case, stats)`.

The tables in this folder hold every gate: what is said just before it, at it, just behind it. They
change with the engine and with the version of the check that weighs otherwise (`rewrite.py`).
Whether a gate is held by any of them says `python -m benchmarks.integrity.mutants`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.counters import BEST, HitRate, ScoreCounts
from collector.integrity.engine.finding import Finding
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import DAY, RunningStatistics
from collector.integrity.engine.usage_index import UNKNOWN, Origin, Usage
from tests.integrity.engine.conftest import HOUR, START, answer

TODAY = int(START // DAY)
HOURS = count()
USUAL = (0.6, 0.2)  # best scores and low ones, where nothing else is said


def company(agents: int = 10, each: int = 10, stores: tuple[str, ...] = ("S",)) -> Any:
    """Subjects A0, A1, … in every store, each with so many answers by text message."""
    stats = RunningStatistics()
    names = {f"A{n}" for n in range(agents)}
    for unit in (*stores, "T", ""):
        stats.members[unit] |= names
        stats.answers[unit] += agents * each
        stats.volume[unit, "sms"] += agents * each
    for name in names:
        stats.answers[name] = stats.volume[name, "sms"] = each
        stats.profiles[name].answers = each
    return stats


def weighs(
    check: Callable[[Assessment], Finding | None], case: Case, stats: Any, now: float | None = None
) -> float | None:
    """The nats that the check finds; None where it says nothing."""
    found = check(Assessment(case, stats, case.arrived if now is None else now))
    return None if found is None else round(found.log_odds, 3)


def asked(**given: Any) -> Case:
    """An answer to A0 with the best score, unless said otherwise."""
    return answer(0, **{"agent": "A0", "score": 5.0, **given})


def usage(customer: object, subject: str = "A0", **given: Any) -> Usage:
    """One answer, as what it came from remembers it, an hour after the last one that was made."""
    fields: dict[str, Any] = {
        "day": TODAY, "customer": str(customer), "subject": subject, "kind": BEST,
        "expected_best": USUAL[0], "expected_rest": USUAL[1], "changed": False, "often": False,
        "invitation": f"I{customer}", "store": "S", "when": UNKNOWN, "device": None,
        "contact": None, "at": next(HOURS) * HOUR,
    }  # fmt: skip
    return Usage(**{**dict.fromkeys(Usage._fields), **fields, **given})


def origin(*usages: Usage) -> Origin:
    """What these answers came from."""
    made = Origin()
    for one in usages:
        made.add(one)
    return made


def rate(hits: int, trials: int) -> HitRate:
    made = HitRate()
    made.hits, made.trials = hits, trials
    return made


def counts(
    best: int, good: int, rest: int, expected: tuple[float, float] = USUAL, kind: Any = ScoreCounts
) -> Any:
    """Scores, of which base rates led one to expect these parts to be best and low."""
    made, total = kind(), best + good + rest
    made.best, made.good, made.rest = best, good, rest
    made.expected_best, made.expected_rest = expected[0] * total, expected[1] * total
    return made
