"""DUPLICATE: the same question about the same interaction was already answered elsewhere. Pure.

Several taps of one invitation are not duplicates: a later one is a change of mind, and the fold
took care of it. What is left is one interaction that reached somebody through two invitations (two
events about one order, two records of one customer): the first answer counts, the later ones would
count it twice.
"""

from __future__ import annotations

from collector.integrity.evidence import Case, Finding

CODE = "duplicate"
VERSION = 1


def check(case: Case) -> Finding | None:
    """A certain finding where an earlier answer about the same interaction counts."""
    mine = (case.answered_at, case.response_id)
    earlier = [one for one in case.siblings if (one.answered_at, one.response_id) < mine]
    if not earlier:
        return None
    first = min(earlier, key=lambda one: (one.answered_at, one.response_id))
    figures = {
        "counted_response": first.response_id,
        "same": first.same,
        "seconds_later": round((case.answered_at - first.answered_at).total_seconds(), 3),
        "answers_before": len(earlier),
    }
    return Finding(CODE, 0.0, figures, certain=True)
