"""Were these answers pressed by somebody practised, or by people who read the question? Pure.

Who answers many surveys does not read the question any more: the time from opening to answering is
short again and again, whatever device, number or place the answers have in common. People differ:
about three in ten of a counter's or an hour's customers are among the quickest quarter. Compared
within the channel, so that a chat's pace is not held against a mail's. Never evidence on its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from collector.integrity.engine.counters import ScoreCounts
from collector.integrity.engine.statistics import beta_binomial_log

# Beta weights of (hasty, not).
PEOPLE = (3.0, 7.0)
PRACTISED = (3.0, 1.0)
LEAST, MOST = -1.5, 2.5


def pace(there: Iterable[ScoreCounts]) -> float:
    """ln of how much better one practised hand explains the times of these answers than people."""
    rows = list(there)
    hasty = sum(row.hasty for row in rows)
    counts = (hasty, sum(row.paced for row in rows) - hasty)
    if not sum(counts):
        return 0.0
    value = beta_binomial_log(counts, PRACTISED) - beta_binomial_log(counts, PEOPLE)
    return min(max(value, LEAST), MOST)
