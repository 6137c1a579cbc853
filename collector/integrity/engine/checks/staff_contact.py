"""STAFF_CONTACT: the number that was asked belongs to somebody who works here.
Page: docs/integrity/staff_contact.md

4.5 where it took the place of the customer's own; 2 where it is the number on file (people who work
here also buy here). Never enough alone.
"""

from __future__ import annotations

from collector.integrity.engine.finding import CONTACT, Finding
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics

CODE, VERSION, COST = "STAFF_CONTACT", 1, "arrival"
IN_PLACE, ON_FILE = 4.5, 2.0


def check(case: Case, stats: RunningStatistics, now: float) -> Finding | None:
    """A finding for a good score from a staff member's contact point."""
    if not case.staff_contact or not case.good:
        return None
    changed = stats.is_changed(case)
    return Finding(CODE, CONTACT, IN_PLACE if changed else ON_FILE, {"in_place_of_file": changed})
