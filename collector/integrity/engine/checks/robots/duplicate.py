"""DUPLICATE: the same answer to the same invitation, posted twice; or the same interaction answered
twice. Page: docs/integrity/duplicate.md

Certain, because counting it counts one customer twice. A *different* score is a change of mind, not
a duplicate, and so is anything that says it supersedes. Same phone and browser, or it is somebody
else (a scanner first, then the customer). Two invitations about one interaction (two events about
one order, two records of one customer) are told apart by the service that sent them (`same_as`).
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.finding import ROBOT, Finding

CODE = "DUPLICATE"
WITHIN = 120.0


def check(assessment: Assessment) -> Finding | None:
    """A certain finding for the later of two equal posts."""
    case = assessment.case
    if case.same_as:
        return Finding(CODE, ROBOT, 9.0, {"of": case.same_as, "interaction": True}, certain=True)
    if case.supersedes:
        return None
    for earlier in assessment.stats.by_invitation.get(case.invitation, ()):
        if earlier.id == case.id or earlier.at > case.answered:
            continue
        if earlier.at == case.answered and earlier.id > case.id:
            continue
        posted = (earlier.score, earlier.device, earlier.client)
        same = posted == (case.score, case.device, case.client)
        if same and case.answered - earlier.at <= WITHIN:
            seconds = round(case.answered - earlier.at, 1)
            return Finding(CODE, ROBOT, 9.0, {"of": earlier.id, "seconds": seconds}, certain=True)
    return None


CHECK = Check(CODE, version=1, cost="arrival", check=check)
