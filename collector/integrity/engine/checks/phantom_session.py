"""PHANTOM_SESSION: a case that may never have been, answered in the app at once.
Page: docs/integrity/phantom_session.md

The customer's only case, hardly any handling, an answer within moments. Size: how far both ranks
lie at the low end of the company's own (density 0.4 r^-0.6 for made-up cases against 1), at most
2.2 alone; then the odds that this one is one too many of the subject's (`excess`, at most 3), for
quick honest answers to quick honest cases exist everywhere.
"""

from __future__ import annotations

import math

from collector.integrity.engine.finding import SESSION, Finding
from collector.integrity.engine.patterns import excess, heap
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import DAY, RunningStatistics

CODE, VERSION, COST = "PHANTOM_SESSION", 2, "arrival"
ALONE, CAP = 2.2, 3.0


def check(case: Case, stats: RunningStatistics, now: float) -> Finding | None:
    """A finding for a good score in a phantom-like session."""
    return weigh(case, stats, now) if case.good else None


def weigh(
    case: Case, stats: RunningStatistics, now: float, *, attacker: bool = False
) -> Finding | None:
    """The same whatever the score; the bombing check asks it for low ones.

    `attacker`: the device is one person's, not a counter's, and its scores are low, so they do not
    clear the heap.
    """
    cases = case.cases_then if now <= case.arrived + 2 * DAY else case.cases_later
    if case.channel != "in_app" or case.since_event is None or (cases or 1) > 1:
        return None
    delay = stats.app_delay.rank(max(case.since_event, 0.0))
    work = stats.handling.rank(case.seconds) if case.seconds is not None else 0.5
    shared = stats.devices.get(case.device or "")
    counter = shared is not None and shared.count >= 3 and not attacker
    # On a counter's tablet everybody answers at once.
    alone = 0.0 if counter else _density(delay) + _density(work)
    mine, rate = stats.profiles[case.agent].phantom, stats.usual_phantom
    store = stats.stores[case.store].phantom.rate_without(mine, rate, 40)
    rate = max(min(max(rate, store), 1.5 * rate), 0.002)
    many = 0.0
    if delay <= 0.3 and work <= 0.3:
        heaped = (mine.hits, rate * mine.trials, CAP)
        many = (
            excess(*heaped, minimum=4)
            if attacker
            else heap(stats, "phantom", case, *heaped, minimum=4)
        )
    log_odds = min(alone, ALONE) + many
    if log_odds <= 0.3:
        return None
    figures = {
        "seconds_after_case": round(case.since_event), "handling_seconds": case.seconds,
        "alike": mine.hits, "expected": round(rate * mine.trials, 1),
    }  # fmt: skip
    return Finding(CODE, SESSION, log_odds, figures)


def _density(rank: float) -> float:
    return math.log(0.4) - 0.6 * math.log(min(max(rank, 0.004), 1.0))
