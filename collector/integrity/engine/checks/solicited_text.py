"""SOLICITED_TEXT: the customer writes that a score was asked for. Page:
docs/integrity/solicited_text.md

Evidence about how the subject collects, not against this customer, whose honesty it rather shows:
0 nats here. The subject's statistics count it (`subjects/solicitation.py`).
"""

from __future__ import annotations

from collector.integrity.engine.finding import TEXT, Finding
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics

CODE, VERSION, COST = "SOLICITED_TEXT", 1, "arrival"


def check(case: Case, stats: RunningStatistics, now: float) -> Finding | None:
    """A finding of no weight, kept for the subject's sum."""
    if not case.admits_begging:
        return None
    return Finding(CODE, TEXT, 0.0, {"asked_for_a_score": True})
