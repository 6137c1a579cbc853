"""The sums behind the clean KPIs: weighted mean, interval, bounds, and weights by segment. Pure.

A KPI is 100 times the weighted mean of each answer's sign (+1, 0, −1 for NPS; 1, 0 for CSAT and
CES). Weights have four decimals (`integrity/engine/weights.py`) and are added up as whole numbers:
a sum is the same in whatever order, and added up by whatever database.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

UNIT = 10_000  # a weight of 1
REJECTED, SUSPECT = "rejected", "suspect"
Z = 1.96
SEGMENT_LEAST = 5  # a segment with fewer answers joins the others that have too few


@dataclass(frozen=True, slots=True)
class Weights:
    """Of some answers: how many, how many of them weigh anything, and the sums of their weights and
    of the squares, in units and in units²."""

    count: int
    counted: int
    units: int
    squares: int

    @classmethod
    def of(cls, weight: float) -> Weights:
        """Of one answer."""
        units = max(round(weight * UNIT), 0)
        return cls(1, int(units > 0), units, units * units)


@dataclass(slots=True)
class Sums:
    """Of one group, in units. `add` all answers with a score once, rejected ones too."""

    answered: int = 0
    gained: int = 0
    rejected: int = 0
    suspect: int = 0
    counted: int = 0
    weight: int = 0
    first: int = 0  # sum of weight · sign
    second: int = 0  # sum of weight · sign²
    squares: int = 0  # sum of weight², in units²
    sure: list[int] = field(default_factory=lambda: [0, 0])  # weight, weight · sign: clean
    whole: list[int] = field(default_factory=lambda: [0, 0])  # the same, suspect ones as 1

    def add(self, sign: int, weights: Weights, verdict: str) -> None:
        """Answers of the same sign and verdict."""
        count = weights.count
        self.answered += count
        self.gained += count * sign
        self.rejected += count * (verdict == REJECTED)
        self.suspect += count * (verdict == SUSPECT)
        if verdict == SUSPECT:
            self.whole[0] += count * UNIT
            self.whole[1] += count * UNIT * sign
        if verdict == REJECTED:
            return
        self.counted += weights.counted
        self.weight += weights.units
        self.first += weights.units * sign
        self.second += weights.units * sign * sign
        self.squares += weights.squares
        if verdict != SUSPECT:
            for row in (self.sure, self.whole):
                row[0] += weights.units
                row[1] += weights.units * sign

    @property
    def raw(self) -> float | None:
        """Every score once, whatever its verdict."""
        return 100 * self.gained / self.answered if self.answered else None

    @property
    def cleaned(self) -> float | None:
        return 100 * self.first / self.weight if self.weight else None

    @property
    def effective_n(self) -> float:
        """Kish's: as many equal answers would say as much. (sum of weights)² / sum of weights²."""
        return self.weight * self.weight / self.squares if self.squares else 0.0

    @property
    def if_suspect_counts(self) -> float | None:
        return 100 * self.whole[1] / self.whole[0] if self.whole[0] else None

    @property
    def if_suspect_does_not(self) -> float | None:
        return 100 * self.sure[1] / self.sure[0] if self.sure[0] else None

    def interval(self, ends: tuple[int, int]) -> tuple[float, float] | None:
        """95 %, within `ends` (the signs' range). Normal, with two more answers, one at each end

        (Agresti & Coull 1998), so that few equal answers do not look certain.
        """
        if not self.weight:
            return None
        mean, size = self.first / self.weight, self.effective_n
        low, high = ends
        middle, n = (low + high) / 2, size + 2
        spread = max(self.second / self.weight - mean * mean, 0.0)
        centre = (mean * size + 2 * middle) / n
        variance = (size * (spread + (mean - centre) ** 2) + 2 * (high - centre) ** 2) / n
        reach = Z * math.sqrt(variance / n)
        return (
            100 * max(min(centre - reach, mean), low), 100 * min(max(centre + reach, mean), high)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Represented:
    """The value with every segment as large as its eligible interactions, and what it rests on."""

    value: float | None
    effective_n: float | None
    uncovered: float


class Segments:
    """Post-stratification (Holt & Smith 1979): the sum over segments of N_h / N · mean_h."""

    def __init__(self) -> None:
        self._eligible: defaultdict[str | None, int] = defaultdict(int)
        self._sums: defaultdict[str | None, Sums] = defaultdict(Sums)

    def eligible(self, segment: str | None, count: int = 1) -> None:
        self._eligible[segment] += count

    def answered(self, segment: str | None, sign: int, weights: Weights, verdict: str) -> None:
        self._sums[segment].add(sign, weights, verdict)

    def represented(self) -> Represented | None:
        """None without an eligible interaction. Segments with few answers count as one."""
        total = sum(self._eligible.values())
        if not total:
            return None
        rows: list[tuple[int, list[Sums]]] = []
        few: tuple[int, list[Sums]] = (0, [])
        for segment, size in self._eligible.items():
            own = self._sums.get(segment, Sums())
            if own.counted >= SEGMENT_LEAST:
                rows.append((size, [own]))
            else:
                few = (few[0] + size, [*few[1], own])
        covered = 0
        values: list[float] = []
        squares: list[float] = []
        for size, parts in [*rows, few]:
            weight = sum(part.weight for part in parts)
            if not weight:
                continue
            covered += size
            values.append(size * sum(part.first for part in parts) / weight)
            squares.append(size * size * sum(part.squares for part in parts) / (weight * weight))
        if not covered:
            return Represented(None, None, 1.0)
        # The exact sum: the segments come in no order.
        value, square = math.fsum(values), math.fsum(squares)
        return Represented(100 * value / covered, covered * covered / square, 1 - covered / total)
