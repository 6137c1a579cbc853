"""What is usual: rates of the ordinary subjects of a company and of each store. Pure.

A store may differ from the company, but by at most half again: a store that is led into something
must not become its own excuse.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from collector.integrity.engine.statistics import bulk_rate
from collector.integrity.engine.subjects.sums import Sums

STORE_STRENGTH = 200.0
STORE_AT_MOST = 1.5
Count = Callable[[Sums], int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one test says of one subject: p (one-sided, mid-p), and the numbers behind it.

    `independent`: it rests on a source that the subject does not hold in the hand.
    """

    code: str
    p: float
    independent: bool = False
    figures: Mapping[str, object] = field(default_factory=dict)


class Rates:
    """Rates of `hits` among `trials`, for the company's bulk and for a store."""

    def __init__(self, sums: Sequence[Sums], hits: Count, trials: Count) -> None:
        self.company = bulk_rate([hits(s) for s in sums], [trials(s) for s in sums])
        rows: dict[str, list[Sums]] = defaultdict(list)
        for s in sums:
            rows[s.store].append(s)
        self.stores: dict[str, float] = {}
        for store, members in rows.items():
            own = bulk_rate([hits(s) for s in members], [trials(s) for s in members])
            weight = sum(trials(s) for s in members)
            drawn = (own * weight + self.company * STORE_STRENGTH) / (weight + STORE_STRENGTH)
            self.stores[store] = min(max(drawn, self.company / 2), STORE_AT_MOST * self.company)

    def of(self, subject: Sums, minimum: float = 0.005) -> float:
        """The usual rate where this subject works."""
        return max(self.stores.get(subject.store, self.company), minimum)
