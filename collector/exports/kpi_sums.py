"""The sums behind the clean KPIs: weighted mean, interval, bounds, and weights by segment. Pure.

A KPI is 100 times the weighted mean of each answer's sign (+1, 0, −1 for NPS; 1, 0 for CSAT and
CES). Used by `kpi_figures.py`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

REJECTED, SUSPECT = "rejected", "suspect"
Z = 1.96
SEGMENT_LEAST = 5  # a segment with fewer answers joins the others that have too few


@dataclass(slots=True)
class Sums:
    """Of one group. `add` each answered score once, rejected ones too."""

    answered: int = 0
    gained: int = 0
    rejected: int = 0
    suspect: int = 0
    counted: int = 0
    weight: float = 0.0
    first: float = 0.0  # sum of weight · sign
    second: float = 0.0  # sum of weight · sign²
    squares: float = 0.0  # sum of weight²
    sure: list[float] = field(default_factory=lambda: [0.0, 0.0])  # weight, weight · sign: clean
    whole: list[float] = field(default_factory=lambda: [0.0, 0.0])  # the same, suspect ones as 1

    def add(self, sign: int, weight: float, verdict: str) -> None:
        self.answered += 1
        self.gained += sign
        self.rejected += verdict == REJECTED
        self.suspect += verdict == SUSPECT
        if verdict == SUSPECT:
            self.whole[0] += 1
            self.whole[1] += sign
        if verdict == REJECTED or weight <= 0:
            return
        self.counted += 1
        self.weight += weight
        self.first += weight * sign
        self.second += weight * sign * sign
        self.squares += weight * weight
        if verdict != SUSPECT:
            for row in (self.sure, self.whole):
                row[0] += weight
                row[1] += weight * sign

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

    def eligible(self, segment: str | None) -> None:
        self._eligible[segment] += 1

    def answered(self, segment: str | None, sign: int, weight: float, verdict: str) -> None:
        self._sums[segment].add(sign, weight, verdict)

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
        covered, value, squares = 0, 0.0, 0.0
        for size, parts in [*rows, few]:
            weight = sum(part.weight for part in parts)
            if not weight:
                continue
            covered += size
            value += size * sum(part.first for part in parts) / weight
            squares += (size / weight) ** 2 * sum(part.squares for part in parts)
        if not covered:
            return Represented(None, None, 1.0)
        return Represented(100 * value / covered, covered * covered / squares, 1 - covered / total)
