"""RAPID_RUN: other customers of the same subject, at the same place, minutes before or after.
Page: docs/integrity/rapid_run.md

Somebody who fills surveys in does several in a row. So does a kiosk on a busy day, hence 0.7 for
each neighbour, at most 2, times the part of the neighbours that no other subject shares, and
nothing where the device is an assisted one.
"""

from __future__ import annotations

from collector.integrity.engine.finding import ORIGIN, Finding
from collector.integrity.engine.patterns import pattern
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics

CODE, VERSION, COST = "RAPID_RUN", 1, "arrival"
WITHIN = 600.0
EACH, CAP = 0.7, 2.0


def check(case: Case, stats: RunningStatistics, now: float) -> Finding | None:
    """A finding for a good score in a row of good scores."""
    if not case.good:
        return None
    users = stats.devices.get(case.device or "")
    if users is not None and users.count >= 3 and pattern(stats, users, case.agent).assisted:
        return None
    mine: set[str] = set()
    others: set[str] = set()
    for key in (case.device, case.ip):
        for visit in stats.rings.get(key or "", ()):
            if visit.who == case.who or abs(visit.at - case.answered) > WITHIN:
                continue
            if visit.subject != case.agent or visit.position < 0.7:
                others.add(visit.who)
            else:
                mine.add(visit.who)
    if not mine:
        return None
    pure = len(mine) / (len(mine) + 2 * len(others))
    log_odds = min(EACH * len(mine), CAP) * pure * (1 - stats.share(case))
    figures = {"customers_within_minutes": len(mine), "of_other_subjects": len(others)}
    return Finding(CODE, ORIGIN, log_odds, figures) if log_odds >= 0.2 else None
