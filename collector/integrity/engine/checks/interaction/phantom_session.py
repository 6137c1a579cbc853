"""PHANTOM_SESSION: a case that may never have been, answered in the app at once.
Page: docs/integrity/phantom_session.md

The customer's only case, hardly any handling, an answer within moments. Size: how far
both ranks lie at the low end of the company's own (density 0.4 r^-0.6 for made-up cases against 1),
at most 2.2 alone; then the odds that this one is one too many of the subject's (`excess`, at most
3), for quick honest answers to quick honest cases exist everywhere.
"""

from __future__ import annotations

import math

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.concentration import cluster
from collector.integrity.engine.counters import HitRate
from collector.integrity.engine.finding import SESSION, Finding
from collector.integrity.engine.running_statistics import DAY

CODE = "PHANTOM_SESSION"
ALONE, CAP = 2.2, 3.0


def check(assessment: Assessment) -> Finding | None:
    """A finding for a good score in a phantom-like session."""
    case, stats = assessment.case, assessment.stats
    alone = looks(assessment) if case.good else None
    if alone is None:
        return None
    mine, rate = stats.profiles[case.agent].phantom, stats.usual_phantom
    store = _others_here(assessment).rate_without(mine, rate, 40)
    rate = max(min(max(rate, store), 1.5 * rate), 0.002)
    many = 0.0
    delay, work = ranks(assessment)
    if delay <= 0.3 and work <= 0.3:
        many = cluster(assessment, "phantom", mine.hits, rate * mine.trials, CAP, minimum=4)
    log_odds = alone + many
    if log_odds <= 0.3:
        return None
    figures = {
        "seconds_after_case": round(case.since_event or 0.0), "handling_seconds": case.seconds,
        "alike": mine.hits, "expected": round(rate * mine.trials, 1),
    }  # fmt: skip
    return Finding(CODE, SESSION, log_odds, figures)


def _others_here(assessment: Assessment) -> HitRate:
    """Of the store, without those who overdo it (`seen/overdoing.py`); this subject stays in."""
    case, stats = assessment.case, assessment.stats
    here, left_out = stats.stores[case.store].phantom, stats.seen.moments.left_out
    rest = HitRate()
    rest.hits, rest.trials = here.hits, here.trials
    for name in left_out & stats.members[case.store] - {case.agent}:
        rest.hits -= stats.profiles[name].phantom.hits
        rest.trials -= stats.profiles[name].phantom.trials
    rest.hits = max(rest.hits, 0)
    return rest


def looks(assessment: Assessment, *, attacker: bool = False) -> float | None:
    """How far this session alone looks made up, whatever its score is; None where it cannot be.

    `attacker`: the device is one person's, not a counter's, on which everybody answers at once.
    """
    case = assessment.case
    soon = assessment.now <= case.arrived + 2 * DAY
    cases = case.cases_then if soon or case.cases_later is None else case.cases_later
    if case.since_event is None or (cases or 1) > 1:
        return None
    if not assessment.stats.seen.moments.prompt(case.channel):
        return None
    if assessment.shared_device is not None and not attacker:
        return 0.0
    delay, work = ranks(assessment)
    return min(_density(delay) + _density(work), ALONE)


def ranks(assessment: Assessment) -> tuple[float, float]:
    """Where the answer's delay and the case's handling lie among the company's own."""
    case, stats = assessment.case, assessment.stats
    delay = stats.seen.moments.rank(case)
    return 0.5 if delay is None else delay, stats.seen.handling.rank(case)


def _density(rank: float) -> float:
    return math.log(0.4) - 0.6 * math.log(max(rank, 0.004))


CHECK = Check(CODE, version=5, cost="arrival", check=check)
