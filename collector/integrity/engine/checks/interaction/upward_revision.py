"""UPWARD_REVISION: a low score became the best one. Page: docs/integrity/upward_revision.md

A slip put right, a problem made good, or a call that would not end: 0.5 within a day, 0.3 later, so
never decisive. The subject's rate of these is judged in `subjects/solicitation.py`.
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.finding import CASE, Finding
from collector.integrity.engine.records import LOW_TO
from collector.integrity.engine.unknown import differ

CODE = "UPWARD_REVISION"


def check(assessment: Assessment) -> Finding | None:
    """A weak finding for a best score that followed a low one on the same invitation."""
    case = assessment.case
    if not case.best:
        return None
    earlier = [
        answer for answer in assessment.stats.by_invitation.get(case.invitation, ())
        if answer.at < case.answered - 20 and answer.position <= LOW_TO
        and not differ(answer.client, case.client)
    ]  # fmt: skip
    if not earlier:
        return None
    hours = (case.answered - earlier[-1].at) / 3600
    figures = {"from": earlier[-1].score, "hours": round(hours, 1)}
    return Finding(CODE, CASE, 0.5 if hours <= 24 else 0.3, figures)


CHECK = Check(CODE, version=2, cost="arrival", check=check)
