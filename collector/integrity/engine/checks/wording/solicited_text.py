"""SOLICITED_TEXT: the customer writes that a score was asked for. Page:
docs/integrity/solicited_text.md

Evidence about how the subject collects, not against this customer, whose honesty it rather shows:
0 nats here. The subject's statistics count it (`subjects/solicitation.py`).
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.finding import TEXT, Finding

CODE = "SOLICITED_TEXT"


def check(assessment: Assessment) -> Finding | None:
    """A finding of no weight, kept for the subject's sum."""
    if not assessment.case.admits_begging:
        return None
    return Finding(CODE, TEXT, 0.0, {"asked_for_a_score": True})


CHECK = Check(CODE, version=1, cost="arrival", check=check)
