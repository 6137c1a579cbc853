"""When do answers come from a shared thing: while the customers are there, or later? Pure.

At a counter people answer before they leave. Who fills surveys in for others does it then or at
leisure. So answers on the spot speak for a counter, mildly, because a hand may do that too; and
answers hours later speak against it, the more so the more customers there are: a family, or phones
that look alike, explain a few customers and not twenty. Graded, never a gate.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from collector.integrity.engine.running_statistics import RunningStatistics
from collector.integrity.engine.statistics import beta_binomial_log
from collector.integrity.engine.usage_index import SubjectCounts

# Beta weights of (soon, later). One hand: whoever does it has a habit, and nobody knows which. A
# counter: nine in ten before they leave. Elsewhere: as is usual here, as if seen eight times.
ONE_HAND = (0.5, 0.5)
COUNTER = (4.5, 0.5)
ELSEWHERE = 8.0
# So many customers are as likely a counter's as a family's, if they are honest.
EVEN = 4.5
MOST = 2.5
# Where hardly anybody answers on the spot (the ask goes out the next day, or cases are dated long
# before the visit), later means nothing.
SEEN_FROM = 0.03


@dataclass(frozen=True, slots=True)
class Presence:
    """`log_odds` > 0: rather one hand at leisure than customers who are there.

    `counter`: which part of the answers was given at a counter, if they are the customers' own;
    where nobody knows when they came, as likely as so many customers make it.
    """

    log_odds: float
    counter: float
    soon: int
    later: int


def presence(stats: RunningStatistics, there: Collection[SubjectCounts]) -> Presence:
    """Of the answers of these subjects' customers from one place."""
    soon, later, unknown = (
        sum(getattr(row, when) for row in there) for when in ("soon", "later", "unknown")
    )
    # A customer counts for the first subject alone.
    customers = max(sum(row.customers for row in there), 1)
    many = min(customers**2 / (customers**2 + EVEN**2), 0.999)
    total = max(sum(row.total for row in there), 1)
    if soon + later == 0:
        return Presence(0.0, many * unknown / total, 0, 0)
    usual = min(max((stats.soon.hits + 3) / (stats.soon.trials + 20), 0.05), 0.95)
    counts = (soon, later)
    counter = math.log(many) + beta_binomial_log(counts, COUNTER)
    elsewhere = math.log(1 - many) + beta_binomial_log(
        counts, (ELSEWHERE * usual, ELSEWHERE * (1 - usual))
    )
    likelier = max(counter, elsewhere)
    own = likelier + math.log(math.exp(counter - likelier) + math.exp(elsewhere - likelier))
    log_odds = beta_binomial_log(counts, ONE_HAND) - own
    if log_odds > 0:
        seen = stats.soon.hits >= SEEN_FROM * stats.soon.trials
        log_odds *= min(2 * later / (soon + later), 1.0) * seen
    counter = (math.exp(counter - own) * (soon + later) + many * unknown) / total
    return Presence(min(max(log_odds, -MOST), MOST), min(counter, 1.0), soon, later)
