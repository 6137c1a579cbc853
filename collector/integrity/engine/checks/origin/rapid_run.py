"""RAPID_RUN: other customers of the same subject, at the same place, minutes before or after.
Page: docs/integrity/rapid_run.md

Somebody who fills surveys in does several in a row. So does a kiosk on a busy day, hence 0.7 for
each neighbour, at most 2, times the part of the neighbours that no other subject shares, and
nothing where the device is an assisted one. Where its customers answer on the spot, a row is a busy
hour: the less of it counts, the surer that is (`presence.py`).
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.finding import ORIGIN, Finding
from collector.integrity.engine.records import GOOD_FROM

CODE = "RAPID_RUN"
WITHIN = 600.0
EACH, CAP = 0.7, 2.0


def check(assessment: Assessment) -> Finding | None:
    """A finding for a good score in a row of good scores."""
    case, stats = assessment.case, assessment.stats
    if not case.good or assessment.assisted:
        return None
    mine: set[str] = set()
    others: set[str] = set()
    for key in (case.device, case.ip):
        for answer in stats.recent.get(key or "", ()):
            if answer.respondent == case.respondent or abs(answer.at - case.answered) > WITHIN:
                continue
            if answer.subject != case.agent or answer.position < GOOD_FROM:
                others.add(answer.respondent)
            else:
                mine.add(answer.respondent)
    if not mine:
        return None
    pure = len(mine) / (len(mine) + 2 * len(others))
    log_odds = min(EACH * len(mine), CAP) * pure * (1 - stats.share(case))
    log_odds *= 1 - assessment.asked_for_many
    if assessment.device_presence is not None:
        log_odds *= min(max(1 + assessment.device_presence.log_odds / 2, 0.0), 1.0)
    figures = {"customers_within_minutes": len(mine), "of_other_subjects": len(others)}
    return Finding(CODE, ORIGIN, log_odds, figures) if log_odds >= 0.2 else None


CHECK = Check(CODE, version=3, cost="arrival", check=check)
