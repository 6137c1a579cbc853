"""Who answered from a device or address or over a contact point, and for whom. Pure.

Bounded, so that the cost of an arriving answer never grows with history, and dated (`day`: whole
days since 1970 of the last use), so that `sweep` can drop what nobody uses. Held by
`running_statistics.py`.
"""

from __future__ import annotations

from collector.integrity.engine.counters import ScoreCounts

CUSTOMERS_REMEMBERED = 256
INVITATIONS_REMEMBERED = 4
SHARED_FROM = 3  # customers; two on a device are a couple
# Day, customer, subject, kind of score, base rates of best and of rest, contact changed, comes
# often, invitation. A flat tuple, because there is one for every answer.
Usage = tuple[int, str, str, int, float, float, bool, bool, str]


class SubjectCounts(ScoreCounts):
    """One subject's customers and scores from one origin."""

    __slots__ = ("customers",)

    def __init__(self) -> None:
        super().__init__()
        self.customers = 0


class Origin:
    """One device, address, network or contact point: which customers answered from it, for whom.

    After `CUSTOMERS_REMEMBERED` customers newcomers are counted without being remembered: by then
    the origin is a public one, and its shares hardly move. `invitations`: what each customer
    answered from here, at most `INVITATIONS_REMEMBERED`, while there are no more than two of them.
    """

    __slots__ = (
        "by_subject", "customer_count", "customers", "day", "frequent", "invitations",
        "substituted",
    )  # fmt: skip

    def __init__(self) -> None:
        self.customers: dict[str, bool] = {}  # do they come often?
        self.by_subject: dict[str, SubjectCounts] = {}
        self.substituted = 0  # customers for whom this is not the contact point on file
        self.frequent = 0  # customers who come often
        self.customer_count = 0
        self.day = 0
        self.invitations: dict[str, tuple[str, ...]] | None = {}

    def add(self, usage: Usage) -> None:
        """Write one answer in."""
        day, customer, subject, kind, best, rest, changed, often, invitation = usage
        if day > self.day:
            self.day = day
        before = self.customers.get(customer)
        if before is None:
            if len(self.customers) < CUSTOMERS_REMEMBERED:
                self.customers[customer] = often
            self.customer_count += 1
            self.substituted += changed
            self.frequent += often
            if self.customer_count > 2:
                self.invitations = None
        elif often and not before:
            self.customers[customer] = True
            self.frequent += 1
        counts = self.by_subject.get(subject)
        if counts is None:
            counts = self.by_subject[subject] = SubjectCounts()
        counts.customers += before is None
        counts.add(kind, best, rest)
        if self.invitations is not None:
            seen = self.invitations.get(customer, ())
            if invitation not in seen and len(seen) < INVITATIONS_REMEMBERED:
                self.invitations[customer] = (*seen, invitation)

    @property
    def shared(self) -> bool:
        """Do more people use it than a couple?"""
        return self.customer_count >= SHARED_FROM

    @property
    def rarely_here(self) -> float:
        """The share of its customers who do not come often: those of a firm do."""
        return 1 - self.frequent / self.customer_count

    def customers_of(self, subject: str) -> int:
        """How many of its customers were this subject's."""
        counts = self.by_subject.get(subject)
        return counts.customers if counts else 0


class UsageIndex:
    """Devices, addresses or contact points, each with its `Origin` from the second use on.

    Most are seen once: those cost a reference to a tuple that the answer's other origins share.
    """

    __slots__ = ("rows",)

    def __init__(self) -> None:
        self.rows: dict[str, Usage | Origin] = {}

    def add(self, key: str, usage: Usage) -> None:
        found = self.rows.get(key)
        if found is None:
            self.rows[key] = usage
            return
        if isinstance(found, tuple):
            first, found = found, Origin()
            found.add(first)
            self.rows[key] = found
        found.add(usage)

    def get(self, key: str | None) -> Origin | None:
        """Who used it, where more than one answer came from there."""
        found = self.rows.get(key) if key else None
        return found if isinstance(found, Origin) else None

    def sweep(self, before: int) -> None:
        """Drop what nobody used since that day."""
        self.rows = {
            key: found for key, found in self.rows.items()
            if (found[0] if isinstance(found, tuple) else found.day) >= before
        }  # fmt: skip


class Cluster:
    """One subject's answers that have something in common, such as the same browser."""

    __slots__ = ("counts", "day")

    def __init__(self) -> None:
        self.counts = ScoreCounts()
        self.day = 0

    def add(self, usage: Usage) -> None:
        self.day = max(self.day, usage[0])
        self.counts.add(usage[3], usage[4], usage[5])
