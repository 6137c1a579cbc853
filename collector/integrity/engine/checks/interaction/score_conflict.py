"""SCORE_CONFLICT: the best score on an interaction of which other sources say that it went wrong.
Page: docs/integrity/score_conflict.md

Many people with trouble are honestly content with how it was solved. Size: ln(0.9 / how often best
scores come with trouble in this store), between 0 and 1.2. A poor listened call: 0.4.
"""

from __future__ import annotations

import math

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.finding import CASE, Finding
from collector.integrity.engine.running_statistics import RunningStatistics

CODE = "SCORE_CONFLICT"
CAP, POOR_CALL = 1.2, 0.4


def check(assessment: Assessment) -> Finding | None:
    """A finding for a best score that trouble contradicts."""
    case, stats, now = assessment.case, assessment.stats, assessment.now
    if not case.best:
        return None
    kinds = sorted({s.kind for s in case.signals if s.at <= now and s.kind != "qa"})
    calls = [s.value for s in case.signals if s.kind == "qa" and s.at <= now]
    poor = any(value is not None and _poor(value, stats) for value in calls)
    log_odds = POOR_CALL if poor else 0.0
    if case.troubled(now):
        everywhere = stats.best_in_trouble[""]
        rate = (everywhere.hits + 8) / (everywhere.trials + 20)
        store = stats.best_in_trouble[case.store]
        rate = (store.hits + 20 * rate) / (store.trials + 20)
        log_odds += min(max(math.log(0.9 / rate), 0.0), CAP)
    if log_odds <= 0.1:
        return None
    return Finding(CODE, CASE, log_odds, {"trouble": kinds, "poor_call": poor})


def _poor(value: float, stats: RunningStatistics) -> bool:
    usual = stats.call_scores
    return usual.count > 30 and value < usual.mean - 1.3 * usual.deviation


CHECK = Check(CODE, version=1, cost="periodic", check=check)
