"""Answers that wait for their last night while what they share may gain a customer. Pure.

The third customer on a phone says what the first two were. Between an answer's last two nights
nobody would look; so when its phone or number gains a customer, the next night does. A phone of
very many customers is a public one: one more changes nothing, and nobody looks.
"""

from __future__ import annotations

from collections.abc import Iterator

from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics

PUBLIC_FROM = 24  # customers
Thing = tuple[str, str]


class Gained:
    """Who waits for what. `look` forgets what it has told."""

    __slots__ = ("customers", "used_again", "waiting")

    def __init__(self) -> None:
        self.waiting: dict[Thing, dict[str, Case]] = {}
        self.customers: dict[Thing, int] = {}
        self.used_again: dict[Thing, None] = {}

    def wait(self, case: Case, stats: RunningStatistics) -> None:
        """From now on look at this answer when what it shares gains a customer."""
        for thing in _things(case):
            count = _customers(thing, stats)
            if count < PUBLIC_FROM:
                self.waiting.setdefault(thing, {})[case.id] = case
                self.customers.setdefault(thing, count)

    def let_go(self, case: Case) -> None:
        """The answer is final."""
        for thing in _things(case):
            row = self.waiting.get(thing)
            if row is None:
                continue
            row.pop(case.id, None)
            if not row:
                del self.waiting[thing]
                del self.customers[thing]

    def used(self, case: Case) -> None:
        """An answer came in."""
        for thing in _things(case):
            if thing in self.waiting:
                self.used_again[thing] = None

    def look(self, stats: RunningStatistics) -> Iterator[Case]:
        """The answers to be judged again, each once."""
        found: dict[str, Case] = {}
        for thing in self.used_again:
            count = _customers(thing, stats)
            if thing in self.waiting and self.customers[thing] < count < PUBLIC_FROM:
                self.customers[thing] = count
                found.update(self.waiting[thing])
        self.used_again.clear()
        yield from found.values()


def _things(case: Case) -> Iterator[Thing]:
    if case.device:
        yield "device", case.device
    if case.contact:
        yield "contact", case.contact


def _customers(thing: Thing, stats: RunningStatistics) -> int:
    origin = (stats.devices if thing[0] == "device" else stats.contacts).get(thing[1])
    return origin.customer_count if origin else 1
