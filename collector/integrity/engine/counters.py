"""Small memories of bounded size: mail by address, how values spread, hits among trials. Pure.

Bounded so that the cost of an arriving answer never grows with history. Used by
`running_statistics.py`.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate


class Mail:
    """Customers whose answers to mail came from one address: at once, or later. At most 16 each."""

    __slots__ = ("day", "quick", "slow")
    MOST = 16

    def __init__(self) -> None:
        self.quick: tuple[str, ...] = ()
        self.slow: tuple[str, ...] = ()
        self.day = 0

    def add(self, customer: str, day: int, *, quick: bool) -> None:
        self.day = max(self.day, day)
        seen = self.quick if quick else self.slow
        if len(seen) < self.MOST and customer not in seen:
            if quick:
                self.quick = (*seen, customer)
            else:
                self.slow = (*seen, customer)


class Spread:
    """A histogram of positive values on a logarithmic scale; gives ranks and quantiles."""

    __slots__ = ("bins", "count")
    EDGES = tuple(math.exp(0.25 * i) for i in range(72))

    def __init__(self) -> None:
        self.bins = [0] * 73
        self.count = 0

    def add(self, value: float) -> None:
        self.bins[bisect_right(self.EDGES, value)] += 1
        self.count += 1

    def rank(self, value: float) -> float:
        """The share of values below, half of its own bin included; 0.5 where nothing is known."""
        if self.count < 30:
            return 0.5
        at = bisect_right(self.EDGES, value)
        return (sum(self.bins[:at]) + 0.5 * self.bins[at] + 0.5) / (self.count + 1)

    def quantile(self, share: float) -> float:
        """The value below which this share lies (upper edge of its bin)."""
        return self.quantiles((share,))[0]

    def quantiles(self, shares: Sequence[float], *, above: float = 0.0) -> list[float]:
        """The same for several shares, of the values from the bin of `above` on."""
        first = bisect_right(self.EDGES, above) if above > 0 else 0
        sums = list(accumulate(self.bins[first:]))
        last = len(self.EDGES) - 1
        return [
            self.EDGES[min(first + bisect_left(sums, share * sums[-1]), last)] for share in shares
        ]

    def above(self, value: float) -> int:
        """How many values lie in the bin of `value` and beyond."""
        return sum(self.bins[bisect_right(self.EDGES, value) :])


class HitRate:
    """Hits among trials, with the rate of everybody else."""

    __slots__ = ("hits", "trials")

    def __init__(self) -> None:
        self.hits = 0
        self.trials = 0

    def add(self, hit: bool) -> None:
        self.hits += hit
        self.trials += 1

    def rate_without(self, other: HitRate, prior: float, strength: float) -> float:
        """The rate without `other`'s part, drawn towards `prior` while there is little data. The
        other may be at home in several places, and have more than this one holds in all."""
        trials = max(self.trials - other.trials, 0)
        hits = min(max(self.hits - other.hits, 0), trials)
        return (hits + prior * strength) / (trials + strength)
