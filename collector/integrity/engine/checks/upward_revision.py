"""UPWARD_REVISION: a low score became the best one. Page: docs/integrity/upward_revision.md

A slip put right, a problem made good, or a call that would not end: 0.5 within a day, 0.3 later, so
never decisive. The subject's rate of these is judged in `subjects/solicitation.py`.
"""

from __future__ import annotations

from collector.integrity.engine.finding import CASE, Finding
from collector.integrity.engine.records import LOW_TO, Case
from collector.integrity.engine.running_statistics import RunningStatistics

CODE, VERSION, COST = "UPWARD_REVISION", 1, "arrival"
DAY = 86400.0


def check(case: Case, stats: RunningStatistics, now: float) -> Finding | None:
    """A weak finding for a best score that followed a low one on the same invitation."""
    if not case.best:
        return None
    earlier = [
        visit for visit in stats.invitations.get(case.invitation, ())
        if visit.at < case.answered - 20 and visit.position <= LOW_TO
        and visit.client == case.client
    ]  # fmt: skip
    if not earlier:
        return None
    hours = (case.answered - earlier[-1].at) / 3600
    figures = {"from": earlier[-1].score, "hours": round(hours, 1)}
    return Finding(CODE, CASE, 0.5 if hours <= 24 else 0.3, figures)
