"""Answers that came one after the other from one place, for several customers. Pure.

Held by `running_statistics.py`, by device and by address: a row without a pause is a sitting. Those
of fewer than three customers are forgotten when they end.
"""

from __future__ import annotations

from collector.integrity.engine.counters import ScoreCounts
from collector.integrity.engine.usage_index import PAUSE, Usage

KEPT_FROM = 3
PEOPLE_MOST = 64
SITTINGS_MOST = 64  # of one place; the newest


class Sitting:
    """One row of answers: its customers, numbers, subjects and scores, and how many were late."""

    __slots__ = ("by_subject", "contacts", "customers", "day", "first", "last", "late", "timed")

    def __init__(self, at: float, day: int) -> None:
        self.first = self.last = at
        self.day = day
        self.customers: set[str] = set()
        self.contacts: set[str] = set()
        self.by_subject: dict[str, ScoreCounts] = {}
        self.late = self.timed = 0

    def add(self, at: float, usage: Usage, soon: bool | None) -> None:
        customer = usage.customer
        self.last = max(self.last, at)
        if customer in self.customers or len(self.customers) >= PEOPLE_MOST:
            return
        self.customers.add(customer)
        if usage.contact is not None:
            self.contacts.add(usage.contact)
        counts = self.by_subject.get(usage.subject)
        if counts is None:
            counts = self.by_subject[usage.subject] = ScoreCounts()
        counts.add(usage.kind, usage.expected_best, usage.expected_rest, usage.hasty)
        if soon is not None:
            self.timed += 1
            self.late += not soon

    @property
    def people(self) -> int:
        """Customers, or numbers where these are fewer: one who was asked for many is one."""
        with_number = len(self.contacts)
        return min(len(self.customers), with_number) if with_number else len(self.customers)


class Sittings:
    """The sittings of all devices, or of all addresses."""

    __slots__ = ("now", "rows")

    def __init__(self) -> None:
        self.now: dict[str, Sitting] = {}
        self.rows: dict[str, list[Sitting]] = {}

    def add(self, key: str, at: float, usage: Usage, soon: bool | None) -> None:
        sitting = self.now.get(key)
        if sitting is None or at > sitting.last + PAUSE:
            sitting = self.now[key] = Sitting(at, usage.day)
        sitting.add(at, usage, soon)
        if len(sitting.customers) == KEPT_FROM:
            row = self.rows.setdefault(key, [])
            if not row or row[-1] is not sitting:
                row.append(sitting)
                if len(row) > SITTINGS_MOST:
                    del row[0]

    def of(self, key: str | None, at: float, customer: str) -> Sitting | None:
        """The sitting in which this answer came."""
        for sitting in self.rows.get(key or "", ()):
            if sitting.first <= at <= sitting.last and customer in sitting.customers:
                return sitting
        return None

    def end_day(self, now: float) -> None:
        """Forget where each place's last answer was, once it is over."""
        self.now = {key: row for key, row in self.now.items() if row.last + PAUSE >= now}

    def sweep(self, before: int) -> None:
        kept = {
            key: [one for one in row if one.day >= before] for key, row in self.rows.items()
        }  # fmt: skip
        self.rows = {key: row for key, row in kept.items() if row}
