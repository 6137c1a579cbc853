"""How often a store's subjects do what is usual there, not led by those who overdo it. Pure.

A store may differ from the company for a good reason: one asks every customer for the number of
today. What its other subjects do says so, if those who do it most are left out: two in five of them
may be led into it, or bring it on, before the rate follows. A store's rate is an excuse and no
reproach: where it does less than the company, its rate counts only as far as the company's does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from collector.integrity.engine.counters import HitRate
from collector.integrity.engine.running_statistics import RunningStatistics

LEFT_OUT = 0.4
# Of equal members, those left out have the most by chance. The mean of the lower three in five of a
# normal distribution lies so many standard deviations below its middle.
BELOW = 0.644
MEMBERS_LEAST = 5  # others, until a store has a usual of its own; else half more than the company's
STRENGTH = 60.0
LEAST = 0.003
MOST_OF_FEW, MOST = 1.5, 8.0  # times the company's usual rate


def usual_here(stats: RunningStatistics, store: str, subject: str) -> float:
    """How often another contact point is asked than the one on file, by this store's others."""
    usual = stats.usual_changed
    others = [
        stats.profiles[name].changed for name in stats.members[store] if name != subject
    ]  # fmt: skip
    others = [rate for rate in others if rate.trials]
    mine = stats.profiles[subject].changed
    here = stats.stores[store].changed.rate_without(mine, usual, STRENGTH)
    rate = min(max(here, LEAST), MOST_OF_FEW * usual)
    if len(others) < MEMBERS_LEAST:
        return rate
    return max(rate, min(_ordinary(others, usual), MOST * usual))


def _ordinary(rates: Sequence[HitRate], usual: float) -> float:
    """The rate of all but those who have most; drawn to the usual where there are few trials."""
    mean = sum(rate.hits for rate in rates) / sum(rate.trials for rate in rates)
    ordered = sorted(
        rates, key=lambda r: ((r.hits + 5 * mean) / (r.trials + 5), r.hits, r.trials)
    )  # fmt: skip
    kept = ordered[: len(ordered) - int(LEFT_OUT * len(ordered))]
    hits, trials = sum(rate.hits for rate in kept), sum(rate.trials for rate in kept)
    left = hits / trials
    each = trials / len(kept)
    found = left + BELOW * math.sqrt(left * (1 - left) / each)
    return (found * trials + usual * STRENGTH) / (trials + STRENGTH)
