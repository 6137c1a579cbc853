"""STAFF_CONTACT: the number that was asked belongs to somebody who works here.
Page: docs/integrity/staff_contact.md

4.5 where it took the place of the customer's own; 2 where it is the number on file (people who work
here also buy here), 3.5 where it is on file for three customers or more (a colleague buys, and
whoever lives with them, but not a third). Never enough alone.
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.finding import CONTACT, Finding

CODE = "STAFF_CONTACT"
IN_PLACE, ON_FILE, ON_MANY_FILES = 4.5, 2.0, 3.5
MANY = 3


def check(assessment: Assessment) -> Finding | None:
    """A finding for a good score from a staff member's contact point."""
    case = assessment.case
    if not case.staff_contact or not case.good:
        return None
    changed = case.contact_changed
    contact = assessment.stats.contacts.get(case.contact)
    files = contact.customer_count - contact.substituted if contact else 1
    log_odds = IN_PLACE if changed else ON_MANY_FILES if files >= MANY else ON_FILE
    return Finding(CODE, CONTACT, log_odds, {"in_place_of_file": changed, "on_files": files})


CHECK = Check(CODE, version=2, cost="arrival", check=check)
