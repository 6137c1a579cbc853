"""Raw and cleaned KPIs side by side, with interval and bounds. Pure.

NPS in points, CSAT in percent of 4-5, CES in percent of 5-7; other scales by the same shares of
their length. The interval is the normal one for a weighted mean with two added answers (Agresti &
Coull 1998), so that few equal answers do not look certain.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field


def contribution(metric: str, low: float, high: float, score: float) -> int:
    """The answer's part in the KPI: 1, 0 or -1 (only NPS subtracts)."""
    position = (score - low) / (high - low)
    if metric == "NPS":
        # Between 8 and 9, and 6 and 7, on 0 to 10 and on 1 to 10 alike.
        return 1 if position >= 0.85 else -1 if position <= 0.63 else 0
    minimum = 2 / 3 if metric == "CES" else 0.75
    return int(position >= minimum - 1e-9)


@dataclass(slots=True)
class Tally:
    """Sums of one KPI: of all raw answers, of weighed ones, and at both bounds."""

    raw: list[float] = field(default_factory=lambda: [0.0, 0.0])
    clean: list[float] = field(default_factory=lambda: [0.0] * 4)  # w, w x, w x², w²
    most: list[float] = field(default_factory=lambda: [0.0, 0.0])
    minimum: list[float] = field(default_factory=lambda: [0.0, 0.0])
    rejected: int = 0
    suspect: int = 0
    counted: int = 0

    def add_raw(self, value: int) -> None:
        self.raw[0] += 1
        self.raw[1] += value

    def add(self, value: int, weight: float, *, suspect: bool) -> None:
        """Count an answer that was not rejected, with its weight."""
        self.counted += 1
        for index, part in enumerate((weight, weight * value, weight * value**2, weight**2)):
            self.clean[index] += part
        for row, share in ((self.most, 1.0), (self.minimum, 0.0 if suspect else 1.0)):
            row[0] += share
            row[1] += share * value

    @property
    def value(self) -> float | None:
        """The cleaned KPI; None where nothing counts."""
        return 100 * self.clean[1] / self.clean[0] if self.clean[0] > 0 else None

    @property
    def raw_value(self) -> float | None:
        return 100 * self.raw[1] / self.raw[0] if self.raw[0] else None

    def interval(self, ends: tuple[float, float]) -> tuple[float, float] | None:
        """95 %, within `ends` (the KPI's own range)."""
        total, first, second, squares = self.clean
        if total <= 0:
            return None
        mean = first / total
        effective = total * total / squares
        spread = max(second / total - mean * mean, 0.0)
        low, high = ends[0] / 100, ends[1] / 100
        middle = (low + high) / 2
        # Two more answers, one at each end.
        n = effective + 2
        centre = (mean * effective + 2 * middle) / n
        variance = (effective * (spread + (mean - centre) ** 2) + 2 * (high - centre) ** 2) / n
        reach = 1.96 * math.sqrt(variance / n)
        return (
            100 * max(min(centre - reach, mean), low),
            100 * min(max(centre + reach, mean), high),
        )

    def bounds(self) -> tuple[float | None, float | None]:
        """The KPI if everything suspect counted whole, and if none of it did."""
        return tuple(100 * x / n if n else None for n, x in (self.most, self.minimum))  # type: ignore[return-value]  # two


def score_range(metric: str) -> tuple[float, float]:
    """The KPI's range."""
    return (-100.0, 100.0) if metric == "NPS" else (0.0, 100.0)
