"""DUPLICATE: the same answer to the same invitation, posted twice; or the same interaction answered
twice. Page: docs/integrity/duplicate.md

Certain, because counting it counts one customer twice. A *different* score is a change of mind, not
a duplicate, and so is anything that says it supersedes. Same phone and browser, or it is somebody
else (a scanner first, then the customer). Two invitations about one interaction (two events about
one order, two records of one customer) are told apart by the service that sent them (`same_as`).
"""

from __future__ import annotations

from collector.integrity.engine.finding import ROBOT, Finding
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics

CODE, VERSION, COST = "DUPLICATE", 1, "arrival"
WITHIN = 120.0


def check(case: Case, stats: RunningStatistics, now: float) -> Finding | None:
    """A certain finding for the later of two equal posts."""
    if case.same_as:
        return Finding(CODE, ROBOT, 9.0, {"of": case.same_as, "interaction": True}, certain=True)
    if case.supersedes:
        return None
    for visit in stats.invitations.get(case.invitation, ()):
        if visit.id == case.id or visit.at > case.answered:
            continue
        if visit.at == case.answered and visit.id > case.id:
            continue
        same = (visit.score, visit.device, visit.client) == (case.score, case.device, case.client)
        if same and case.answered - visit.at <= WITHIN:
            seconds = round(case.answered - visit.at, 1)
            return Finding(CODE, ROBOT, 9.0, {"of": visit.id, "seconds": seconds}, certain=True)
    return None
