"""Whom do customers meet who come again: the same subject, or whoever is there? Pure.

A firm at its desk, served by its account manager, looks like one hand: many customers, one address,
one subject. What parts the two is whom these customers meet when they answer from elsewhere. Where
customers come often but are served by whoever is free, or where nearly everybody comes often, that
they do excuses nothing.
"""

from __future__ import annotations

from collections.abc import Collection

from collector.integrity.engine.counters import HitRate
from collector.integrity.engine.usage_index import Origin

SUBJECTS_REMEMBERED = 16
# Nobody knows yet: a firm has its account manager. So many returns until the data say otherwise.
KEEP_TO_ONE, RETURNS = 1.0, 20.0
USUAL = 4.0  # answers from elsewhere until these customers' own habit counts half
MAIN = 0.8  # of an origin's customers, from where on it is one subject's


class Met:
    """Whose customer somebody was: answers by subject, and the last day."""

    __slots__ = ("by_subject", "day", "total")

    def __init__(self, day: int, subject: str) -> None:
        self.by_subject = {subject: 1}
        self.total = 1
        self.day = day

    def add(self, day: int, subject: str) -> bool:
        """Count an answer; had they met before?"""
        known = subject in self.by_subject
        if known or len(self.by_subject) < SUBJECTS_REMEMBERED:
            self.by_subject[subject] = self.by_subject.get(subject, 0) + 1
        self.total += 1
        self.day = max(self.day, day)
        return known


class Acquaintances:
    """By customer. Most come once: those cost a tuple."""

    __slots__ = ("often", "returning", "rows")

    def __init__(self) -> None:
        self.rows: dict[str, tuple[int, str] | Met] = {}
        self.returning = HitRate()  # of answers of who came again: about whom they had met
        self.often = HitRate()  # of all answers: by who comes often

    def add(self, customer: str | None, subject: str, day: int, *, often: bool) -> None:
        """Count an invitation's first answer."""
        self.often.add(often)
        if customer is None:
            return
        found = self.rows.get(customer)
        if found is None:
            self.rows[customer] = (day, subject)
            return
        if isinstance(found, tuple):
            found = self.rows[customer] = Met(*found)
        self.returning.add(found.add(day, subject))

    def answers(self, customers: Collection[str], subjects: Collection[str]) -> tuple[int, int]:
        """(about these subjects, in all) of these customers, from wherever they answered."""
        mine = total = 0
        for customer in customers:
            found = self.rows.get(customer)
            if isinstance(found, Met):
                # At most `SUBJECTS_REMEMBERED` of them, however many subjects are asked for.
                mine += sum([n for name, n in found.by_subject.items() if name in subjects])
                total += found.total
            elif found is not None:
                mine += found[1] in subjects
                total += 1
        return mine, total

    def sweep(self, before: int) -> None:
        """Forget who did not come since that day."""
        self.rows = {
            key: row for key, row in self.rows.items()
            if (row[0] if isinstance(row, tuple) else row.day) >= before
        }  # fmt: skip

    def not_regulars(self, origin: Origin, subject: str) -> float:
        """1 less the part of an origin's customers who come often and keep to whose it is."""
        if not origin.frequent:
            return 1.0
        seen, often = self.returning, self.often
        usual = max(
            (seen.hits + KEEP_TO_ONE * RETURNS) / (seen.trials + RETURNS),
            1 - often.hits / max(often.trials, 1),
        )
        alone = origin.customers_of(subject) >= MAIN * origin.customer_count
        whose = {subject} if alone else origin.by_subject.keys()
        here = sum(row.total for row in origin.by_subject.values())
        mine_here = sum(origin.by_subject[name].total for name in whose)
        mine, total = self.answers(origin.customers, whose)
        elsewhere = max(total - here, 0)
        keep = (max(mine - mine_here, 0) + USUAL * usual) / (elsewhere + USUAL)
        return 1 - origin.frequent / origin.customer_count * min(keep, 1.0)
