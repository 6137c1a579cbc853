"""CONTACT_CHANGED: somebody else's number was asked than the one on the customer's file.
Page: docs/integrity/contact_changed.md

People do change their number, at a rate that the store shows. Alone: 0.6 ln(1 / rate), at most 2.
If more of this subject's customers changed theirs than usual, the odds that this one is one too
many (`excess`, at most 3.6). The usual is the store's own (`usual_rates.py`), for some tidy their
files. Never enough alone, however much: another fact about the number, or of another kind, must be
there.
"""

from __future__ import annotations

import math

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.concentration import cluster
from collector.integrity.engine.finding import CONTACT, Finding
from collector.integrity.engine.usual_rates import usual_here

CODE = "CONTACT_CHANGED"
ANSWERS_LEAST = 30
ALONE, CAP = 2.0, 3.6


def check(assessment: Assessment) -> Finding | None:
    """A finding for a good score from a contact point that is not the customer's on file."""
    if not assessment.case.good:
        return None
    alone, many, figures = changed_here(assessment)
    return Finding(CODE, CONTACT, alone + many, figures) if alone > 0 else None


def changed_here(
    assessment: Assessment, *, against: bool = False
) -> tuple[float, float, dict[str, object]]:
    """What it weighs that this number is not the one on file, and that so many are not; figures.
    `against`: of low scores, whose mirror this is (ATTACK_BURST).
    """
    case, stats = assessment.case, assessment.stats
    if not case.contact_changed:
        return 0.0, 0.0, {}
    mine = stats.profiles[case.agent].changed
    contact = stats.contacts.get(case.contact)
    # Those who were asked over this very number are one fact, and CONTACT_REUSED's.
    here = max(contact.customers_of(case.agent) - 1, 0) if contact else 0
    if stats.company.changed.trials < ANSWERS_LEAST:
        return 0.0, 0.0, {}
    rate = usual_here(stats, case.store, case.agent)
    alone = min(0.6 * math.log(1 / rate), ALONE)
    many = cluster(
        assessment, "changed", mine.hits - here, rate * mine.trials, CAP, against=against
    )  # fmt: skip
    if contact is not None and len(contact.by_subject) > 1:
        # Where people stand in for each other, that a number is not the customer's is usual.
        rest = 1 - stats.seen.stand_ins()
        alone, many = alone * rest, many * rest
    figures: dict[str, object] = {
        "changed": mine.hits, "of": mine.trials, "usual_percent": round(100 * rate, 1),
    }  # fmt: skip
    return alone, many, figures


CHECK = Check(CODE, version=2, cost="arrival", check=check)
