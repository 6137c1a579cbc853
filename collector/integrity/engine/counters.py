"""Counters of bounded size: scores by kind, rates, spreads, a running mean, mail answers. Pure.

Their size does not depend on how much was counted, so the cost of an arriving answer does not grow
with history. `running_statistics.py` holds them.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

# Kinds of scores: the best of the scale; below it and good; everything else.
BEST, GOOD, REST = 0, 1, 2


class ScoreCounts:
    """Scores by kind, and how many of them the base rates led one to expect; how many of those
    whose time is known were among the quickest quarter of their channel from opening (`hasty`).
    """

    __slots__ = ("best", "expected_best", "expected_rest", "good", "hasty", "paced", "rest")

    def __init__(self) -> None:
        self.best = 0
        self.good = 0
        self.rest = 0
        self.expected_best = 0.0
        self.expected_rest = 0.0
        self.hasty = 0
        self.paced = 0

    def add(
        self, kind: int, expected_best: float = 0.0, expected_rest: float = 0.0,
        hasty: bool | None = None,
    ) -> None:  # fmt: skip
        if kind == BEST:
            self.best += 1
        elif kind == GOOD:
            self.good += 1
        else:
            self.rest += 1
        self.expected_best += expected_best
        self.expected_rest += expected_rest
        if hasty is not None:
            self.paced += 1
            self.hasty += hasty

    @property
    def total(self) -> int:
        return self.best + self.good + self.rest


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


class DayCounts:
    """One day's answers of a store, its poor scores, and those of them in made-up sessions."""

    __slots__ = ("poor", "quick", "trials")

    def __init__(self) -> None:
        self.poor = 0
        self.quick = 0
        self.trials = 0

    def add(self, *, poor: bool, quick: bool) -> None:
        self.trials += 1
        self.poor += poor
        self.quick += poor and quick


class RunningMean:
    """Mean and standard deviation of values that come one by one (Welford 1962)."""

    __slots__ = ("count", "mean", "squares")

    def __init__(self) -> None:
        self.count = 0
        self.mean = 0.0
        self.squares = 0.0  # sum of squared deviations from the mean

    def add(self, value: float) -> None:
        self.count += 1
        delta = value - self.mean
        self.mean += delta / self.count
        self.squares += delta * (value - self.mean)

    @property
    def deviation(self) -> float:
        """Of the population, not of a sample."""
        return float((self.squares / self.count) ** 0.5)


class Spread:
    """A histogram of positive values on a logarithmic scale; gives ranks and quantiles."""

    __slots__ = ("bins", "count")
    EDGES = tuple(math.exp(0.25 * i) for i in range(72))

    def __init__(self) -> None:
        self.bins = [0] * 73
        self.count = 0

    def add(self, value: float) -> int:
        """Count it; in which bin."""
        place = bisect_right(self.EDGES, value)
        self.bins[place] += 1
        self.count += 1
        return place

    @classmethod
    def place(cls, value: float) -> int:
        """In which bin it is counted."""
        return bisect_right(cls.EDGES, value)

    def copy(self) -> Spread:
        """Another one with the same values."""
        other = Spread()
        other.bins, other.count = self.bins.copy(), self.count
        return other

    def rank(self, value: float) -> float:
        """The share of values below, half of its own bin included; 0.5 where nothing is known."""
        return self.rank_at(bisect_right(self.EDGES, value))

    def rank_at(self, place: int) -> float:
        """The same for a bin."""
        if self.count < 30:
            return 0.5
        return (self._below(place) + 0.5) / (self.count + 1)

    def below(self, value: float) -> float:
        """How many values lie below, half of its own bin included."""
        return self._below(bisect_right(self.EDGES, value))

    def _below(self, at: int) -> float:
        return sum(self.bins[:at]) + 0.5 * self.bins[at]

    def near(self, value: float) -> int:
        """How many values lie in the bin of `value` and in those beside it."""
        at = bisect_right(self.EDGES, value)
        return sum(self.bins[max(at - 1, 0) : at + 2])

    def part(self, places: Sequence[int]) -> float:
        """Which part of the values lies in these bins, as if one more did."""
        return (sum(self.bins[one] for one in places) + 1) / (self.count + 1)

    def up_to(self, value: float) -> int:
        """How many values lie in the bin of `value` and below."""
        return sum(self.bins[: bisect_right(self.EDGES, value) + 1])

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


class MailAnswers:
    """Customers whose answers to mail came from one address, apart by whether they came at once.

    At most `MOST` of each; more would change no verdict.
    """

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
