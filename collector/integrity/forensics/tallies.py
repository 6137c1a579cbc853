"""Small memories of bounded size: who used a thing, when things happened, how values spread. Pure.

Bounded so that the cost of an arriving answer never grows with history. Used by `book.py`.
"""

from __future__ import annotations

import math
from bisect import bisect_right

REMEMBERED = 256
# When, customer, subject, kind of score, base rates of best and rest, (contact changed, comes
# often).
Use = tuple[float, str, str, int, tuple[float, float], tuple[bool, bool]]


class Users:
    """The customers who answered from one device, address or contact, and for whom.

    After `REMEMBERED` customers newcomers are counted without being remembered: by then it is a
    public thing, and its shares hardly move.
    """

    __slots__ = ("by_subject", "customers", "many_cases", "plain", "substituted")

    def __init__(self) -> None:
        self.customers: dict[str, bool] = {}  # do they come often?
        self.by_subject: dict[str, list[float]] = {}
        self.substituted = 0
        self.many_cases = 0
        self.plain = 0

    def add(
        self,
        customer: str,
        subject: str,
        kind: int,
        expected: tuple[float, float],
        flags: tuple[bool, bool],
    ) -> None:
        """`kind` 0 best, 1 good, 2 the rest; `expected`: base rates of best and rest."""
        known = customer in self.customers
        if not known:
            if len(self.customers) < REMEMBERED:
                self.customers[customer] = flags[1]
            self.plain += 1
            self.substituted += flags[0]
            self.many_cases += flags[1]
        elif flags[1] and not self.customers[customer]:
            self.customers[customer] = True
            self.many_cases += 1
        row = self.by_subject.get(subject)
        if row is None:
            # customers, best, good, rest, sum of expected best, of expected rest
            row = self.by_subject[subject] = [0.0] * 6
        row[0] += not known
        row[1 + kind] += 1
        row[4] += expected[0]
        row[5] += expected[1]

    @property
    def count(self) -> int:
        return self.plain

    def of(self, subject: str) -> int:
        row = self.by_subject.get(subject)
        return int(row[0]) if row else 0


class Things:
    """Devices, addresses or contacts, each with its `Users` from the second use on.

    Most are seen once: those cost a reference to a shared tuple, and are forgotten after `KEPT`.
    """

    __slots__ = ("many", "once")

    def __init__(self) -> None:
        self.once: dict[str, Use] = {}
        self.many: dict[str, Users] = {}

    def add(self, key: str, use: Use) -> None:
        users = self.many.get(key)
        if users is None:
            first = self.once.pop(key, None)
            if first is None:
                self.once[key] = use
                return
            users = self.many[key] = Users()
            users.add(*first[1:])
        users.add(*use[1:])

    def get(self, key: str | None) -> Users | None:
        """Who used it, where more than one answer came from there."""
        return self.many.get(key) if key else None

    def forget(self, before: float) -> None:
        """Drop what was seen once, long ago (the oldest come first)."""
        while self.once:
            key = next(iter(self.once))
            if self.once[key][0] >= before:
                break
            del self.once[key]


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
        goal, seen = share * self.count, 0
        for index, count in enumerate(self.bins):
            seen += count
            if seen >= goal:
                return self.EDGES[min(index, len(self.EDGES) - 1)]
        return self.EDGES[-1]


class Counter2:
    """Hits among trials, with the rate of everybody else."""

    __slots__ = ("hits", "trials")

    def __init__(self) -> None:
        self.hits = 0
        self.trials = 0

    def add(self, hit: bool) -> None:
        self.hits += hit
        self.trials += 1

    def rate_without(self, other: Counter2, prior: float, strength: float) -> float:
        """The rate without `other`'s part, drawn towards `prior` while there is little data."""
        hits, trials = self.hits - other.hits, self.trials - other.trials
        return (hits + prior * strength) / (trials + strength)
