"""Accounts for every order and every review of the files: used, or not used and why.

Hears of each item that is played. Its sums must come to the file's rows; `check` sees to that.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from collector.simulation.olist.files import Olist, Review, delivered
from collector.simulation.replay import ACCEPTED, NO_EVENT, REPEATED, USED, Played

UNREADABLE = "unreadable"
COLUMNS = ("row", "review_id", "order_id", "answered_at", "score", "reason", "detail")


@dataclass(frozen=True, slots=True)
class Unused:
    """A review that was not used."""

    review: Review
    reason: str
    detail: str


class Ledger:
    """What became of `olist`'s orders and reviews."""

    def __init__(self, olist: Olist) -> None:
        self._olist = olist
        self._reviews = {review.where: review for review in olist.reviews}
        self.events: Counter[str] = Counter()
        self.used: list[Review] = []
        self.unused = [
            Unused(review, UNREADABLE, olist.unreadable[review.row])
            for review in olist.reviews
            if review.row in olist.unreadable
        ]

    def note(self, played: Played) -> None:
        """Write down what became of one item."""
        if played.item.answer is None:
            self.events[played.code] += 1
            return
        review = self._reviews[played.item.where]
        if played.code == USED:
            self.used.append(review)
        else:
            self.unused.append(Unused(review, self._reason(review, played.code), played.detail))

    def _reason(self, review: Review, code: str) -> str:
        if code == REPEATED:
            return "review_id_repeated"
        if code != NO_EVENT:
            return code
        order = self._olist.orders.get(review.record["order_id"])
        if order is None:
            return "order_missing"
        return "answered_before_delivery" if delivered(order) else "order_not_delivered"

    def reasons(self) -> Counter[str]:
        """How many reviews were not used, by reason."""
        return Counter(unused.reason for unused in self.unused)

    def check(self) -> None:
        """Raises AssertionError unless every review and every delivered order is accounted for."""
        rows = sorted([r.row for r in self.used] + [u.review.row for u in self.unused])
        if rows != [review.row for review in self._olist.reviews]:
            raise AssertionError("some reviews are not accounted for, or more than once")
        if self.events.total() != sum(map(delivered, self._olist.orders.values())):
            raise AssertionError("some delivered orders are not accounted for, or more than once")

    @property
    def accepted(self) -> int:
        return self.events[ACCEPTED]

    def write_unused(self, path: Path) -> None:
        """Every review that was not used, with its row number and the reason, as CSV."""
        with path.open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow(COLUMNS)
            for unused in sorted(self.unused, key=lambda unused: unused.review.row):
                record = unused.review.record
                writer.writerow(
                    (
                        unused.review.row,
                        record["review_id"],
                        record["order_id"],
                        record["review_answer_timestamp"],
                        record["review_score"],
                        unused.reason,
                        unused.detail,
                    )
                )
