"""CONTACT_CHANGED: somebody else's number was asked than the one on the customer's file.
Page: docs/integrity/contact_changed.md

People do change their number, at a rate that the store shows. Alone: 0.6 ln(1 / rate), at most 2.
If more of this subject's customers changed theirs than usual, the odds that this one is one too
many (`excess`, at most 3.6).
"""

from __future__ import annotations

import math

from collector.integrity.engine.finding import CONTACT, Finding
from collector.integrity.engine.patterns import heap
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics

CODE, VERSION, COST = "CONTACT_CHANGED", 1, "arrival"
STORE_LEAST = 30
ALONE, CAP = 2.0, 3.6


def check(case: Case, stats: RunningStatistics, now: float) -> Finding | None:
    """A finding for a good score from a contact point that is not the customer's on file."""
    if not case.good or not stats.is_changed(case):
        return None
    mine, store, everywhere = (
        stats.profiles[case.agent].changed, stats.stores[case.store].changed, stats.all.changed,
    )  # fmt: skip
    if everywhere.trials < STORE_LEAST:
        return None
    # A store that is led into it must not be its own excuse.
    rate = stats.usual_changed
    rate = min(max(store.rate_without(mine, rate, 60), 0.003), 1.5 * rate)
    alone = min(0.6 * math.log(1 / rate), ALONE)
    many = heap(stats, "changed", case, mine.hits, rate * mine.trials, CAP)
    figures = {
        "changed": mine.hits, "of": mine.trials, "usual_percent": round(100 * rate, 1),
    }  # fmt: skip
    return Finding(CODE, CONTACT, alone + many, figures)
