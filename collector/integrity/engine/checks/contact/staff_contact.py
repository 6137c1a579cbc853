"""STAFF_CONTACT: the number that was asked belongs to somebody who works here.
Page: docs/integrity/staff_contact.md

4.5 where it took the place of the customer's own; 2 where it is the number on file (people who work
here also buy here). Never enough alone.
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.finding import CONTACT, Finding

CODE = "STAFF_CONTACT"
IN_PLACE, ON_FILE = 4.5, 2.0


def check(assessment: Assessment) -> Finding | None:
    """A finding for a good score from a staff member's contact point."""
    case = assessment.case
    if not case.staff_contact or not case.good:
        return None
    changed = case.contact_changed
    return Finding(CODE, CONTACT, IN_PLACE if changed else ON_FILE, {"in_place_of_file": changed})


CHECK = Check(CODE, version=1, cost="arrival", check=check)
