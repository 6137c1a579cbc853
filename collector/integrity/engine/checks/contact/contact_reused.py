"""CONTACT_REUSED: one number was asked in the name of several customers.
Page: docs/integrity/contact_reused.md

What counts is for how many of them it is *not* the number on file: 1.5 for two, 3 for three, 4.5
for four or more, and half a nat more where several subjects use it (rings lend each other numbers).
A number that is on file for all of them is a family's or a firm's switchboard: 0.2 to 0.3.
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.finding import CONTACT, Finding

CODE = "CONTACT_REUSED"
SUBSTITUTED = (0.0, 0.0, 1.5, 3.0, 4.5)
ON_FILE = (0.0, 0.0, 0.2, 0.3, 0.3)


def check(assessment: Assessment) -> Finding | None:
    """A finding for a good score from a contact point of several customers."""
    case = assessment.case
    contact = assessment.stats.contacts.get(case.contact)
    if contact is None or contact.customer_count < 2 or not case.good:
        return None
    customers = min(contact.customer_count, 4)
    substituted = min(contact.substituted, 4) if case.contact_changed else 0
    if case.on_file is None:
        # Without the file nobody can say whose number it is: a middle way.
        log_odds = (SUBSTITUTED[customers] + ON_FILE[customers]) / 3
    else:
        log_odds = max(SUBSTITUTED[substituted], ON_FILE[customers])
    subjects = len(contact.by_subject)
    if substituted >= 2 and subjects > 1:
        log_odds += 0.5
    figures = {
        "customers": contact.customer_count, "not_on_file": contact.substituted,
        "subjects": subjects,
    }  # fmt: skip
    return Finding(CODE, CONTACT, log_odds, figures)


CHECK = Check(CODE, version=1, cost="arrival", check=check)
