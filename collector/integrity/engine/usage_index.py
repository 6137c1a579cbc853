"""Who used a device, an address or a contact point, and for whom; bounded and dated. Pure.

Bounded so that the cost of an arriving answer never grows with history, and dated (`day`: whole
days since 1970 of the last use) so that `sweep` can forget what nobody uses. Used by
`running_statistics.py`.
"""

from __future__ import annotations

REMEMBERED = 256
OWN = 4
# Day, customer, subject, kind of score, base rates of best and of rest, contact changed, comes
# often, invitation. Flat, because there is one for every answer.
Usage = tuple[int, str, str, int, float, float, bool, bool, str]
# Customers, best, good, rest; sum of base rates of the best score, of the rest.
Row = list[float]


class Users:
    """The customers who answered from one device, address or contact, and for whom.

    After `REMEMBERED` customers newcomers are counted without being remembered: by then it is a
    public thing, and its shares hardly move. `own`: the invitations, at most `OWN`, of each
    customer, while there are no more than two of them.
    """

    __slots__ = ("by_subject", "count", "customers", "day", "many_cases", "own", "substituted")

    def __init__(self) -> None:
        self.customers: dict[str, bool] = {}  # do they come often?
        self.by_subject: dict[str, Row] = {}
        self.substituted = 0
        self.many_cases = 0
        self.count = 0
        self.day = 0
        self.own: dict[str, tuple[str, ...]] | None = {}

    def add(self, use: Usage) -> None:
        """Write one answer in."""
        day, customer, subject, kind, best, rest, changed, often, invitation = use
        if day > self.day:
            self.day = day
        before = self.customers.get(customer)
        if before is None:
            if len(self.customers) < REMEMBERED:
                self.customers[customer] = often
            self.count += 1
            self.substituted += changed
            self.many_cases += often
            if self.count > 2:
                self.own = None
        elif often and not before:
            self.customers[customer] = True
            self.many_cases += 1
        row = self.by_subject.get(subject)
        if row is None:
            row = self.by_subject[subject] = [0, 0, 0, 0, 0.0, 0.0]
        row[0] += before is None
        row[1 + kind] += 1
        row[4] += best
        row[5] += rest
        if self.own is not None:
            seen = self.own.get(customer, ())
            if invitation not in seen and len(seen) < OWN:
                self.own[customer] = (*seen, invitation)

    def of(self, subject: str) -> int:
        row = self.by_subject.get(subject)
        return int(row[0]) if row else 0


class UsageIndex:
    """Devices, addresses or contacts, each with its `Users` from the second use on.

    Most are seen once: those cost a reference to a tuple that the answer's other things share.
    """

    __slots__ = ("rows",)

    def __init__(self) -> None:
        self.rows: dict[str, Usage | Users] = {}

    def add(self, key: str, use: Usage) -> None:
        found = self.rows.get(key)
        if found is None:
            self.rows[key] = use
            return
        if isinstance(found, tuple):
            first, found = found, Users()
            found.add(first)
            self.rows[key] = found
        found.add(use)

    def get(self, key: str | None) -> Users | None:
        """Who used it, where more than one answer came from there."""
        found = self.rows.get(key) if key else None
        return found if isinstance(found, Users) else None

    def sweep(self, before: int) -> None:
        """Drop what nobody used since that day."""
        self.rows = {
            key: found for key, found in self.rows.items()
            if (found[0] if isinstance(found, tuple) else found.day) >= before
        }  # fmt: skip


class Group:
    """One subject's answers that have something in common: counts of scores, and base rates."""

    __slots__ = ("day", "row")

    def __init__(self) -> None:
        self.row: Row = [0, 0, 0, 0, 0.0, 0.0]
        self.day = 0

    def add(self, use: Usage) -> None:
        self.day = max(self.day, use[0])
        self.row[1 + use[3]] += 1
        self.row[4] += use[4]
        self.row[5] += use[5]
