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
from collector.integrity.engine.concentration import cluster, excess
from collector.integrity.engine.finding import SESSION, Finding
from collector.integrity.engine.running_statistics import DAY

CODE = "PHANTOM_SESSION"
ALONE, CAP = 2.2, 3.0


def check(assessment: Assessment) -> Finding | None:
    """A finding for a good score in a phantom-like session."""
    return weigh(assessment) if assessment.case.good else None


def weigh(assessment: Assessment, *, attacker: bool = False) -> Finding | None:
    """The same whatever the score is.

    `attacker`: the device is one person's, not a counter's, and its scores are low, so they do not
    clear the cluster.
    """
    case, stats = assessment.case, assessment.stats
    soon = assessment.now <= case.arrived + 2 * DAY
    cases = case.cases_then if soon else case.cases_later
    if case.channel != "in_app" or case.since_event is None or (cases or 1) > 1:
        return None
    delay = stats.app_delay.rank(max(case.since_event, 0.0))
    work = stats.handling.rank(case.seconds) if case.seconds is not None else 0.5
    counter = assessment.shared_device is not None and not attacker
    # On a counter's tablet everybody answers at once.
    alone = 0.0 if counter else _density(delay) + _density(work)
    mine, rate = stats.profiles[case.agent].phantom, stats.usual_phantom
    store = stats.stores[case.store].phantom.rate_without(mine, rate, 40)
    rate = max(min(max(rate, store), 1.5 * rate), 0.002)
    many = 0.0
    if delay <= 0.3 and work <= 0.3:
        alike = (mine.hits, rate * mine.trials, CAP)
        many = (
            excess(*alike, minimum=4)
            if attacker
            else cluster(assessment, "phantom", *alike, minimum=4)
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


CHECK = Check(CODE, version=2, cost="arrival", check=check)
