"""DUPLICATE: the same answer to the same invitation, posted twice; or the same interaction answered
twice. Page: docs/integrity/duplicate.md

Certain, because counting it counts one customer twice. A *different* score is a change of mind, not
a duplicate, and so is anything that says it supersedes. Another phone or browser is somebody else
(a scanner first, then the customer), and so is another address where neither phone nor browser is
known to be the same. What is missing in one of the two says neither. Within two minutes; from a
phone known to be the same, with the same words, within a day: what was queued while the network was
away is posted again when it is back. Two invitations about one interaction (two events about
one order, two records of one customer) are told apart by the service that sent them (`same_as`).
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.finding import ROBOT, Finding
from collector.integrity.engine.profiles import RecentAnswer
from collector.integrity.engine.records import Case
from collector.integrity.engine.unknown import agree, differ

CODE = "DUPLICATE"
WITHIN, WITHIN_QUEUED = 120.0, 86400.0


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
        if case.answered - earlier.at <= _within(case, earlier):
            seconds = round(case.answered - earlier.at, 1)
            return Finding(CODE, ROBOT, 9.0, {"of": earlier.id, "seconds": seconds}, certain=True)
    return None


def _within(case: Case, earlier: RecentAnswer) -> float:
    """For how many seconds this is the same post, as far as anything is known; -1: never."""
    hands = ((case.device, earlier.device), (case.client, earlier.client))
    if case.score != earlier.score or any(differ(*pair) for pair in hands):
        return -1.0
    if agree(case.device, earlier.device) and case.sketch == earlier.sketch:
        return WITHIN_QUEUED
    known = any(agree(*pair) for pair in hands)
    return WITHIN if known or not differ(case.ip, earlier.ip) else -1.0


CHECK = Check(CODE, version=2, cost="arrival", check=check)
