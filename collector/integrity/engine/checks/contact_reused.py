"""CONTACT_REUSED: one number was asked in the name of several customers.
Page: docs/integrity/contact_reused.md

What counts is for how many of them it is *not* the number on file: 1.5 for two, 3 for three, 4.5
for four or more, and half a nat more where several subjects use it (rings lend each other numbers).
A number that is on file for all of them is a family's or a firm's switchboard: 0.2 to 0.3.
"""

from __future__ import annotations

from collector.integrity.engine.finding import CONTACT, Finding
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics

CODE, VERSION, COST = "CONTACT_REUSED", 1, "arrival"
SUBSTITUTED = (0.0, 0.0, 1.5, 3.0, 4.5)
ON_FILE = (0.0, 0.0, 0.2, 0.3, 0.3)


def check(case: Case, stats: RunningStatistics, now: float) -> Finding | None:
    """A finding for a good score from a contact point of several customers."""
    users = stats.contacts.get(case.contact or "")
    if users is None or users.count < 2 or not case.good:
        return None
    substituted = min(users.substituted, 4) if stats.is_changed(case) else 0
    if case.on_file is None:
        # Without the file nobody can say whose number it is: a middle way.
        log_odds = (SUBSTITUTED[min(users.count, 4)] + ON_FILE[min(users.count, 4)]) / 3
    else:
        log_odds = max(SUBSTITUTED[substituted], ON_FILE[min(users.count, 4)])
    subjects = len(users.by_subject)
    if substituted >= 2 and subjects > 1:
        log_odds += 0.5
    figures = {"customers": users.count, "not_on_file": users.substituted, "subjects": subjects}
    return Finding(CODE, CONTACT, log_odds, figures)
