"""Who answered from a device or address or over a contact point, and for whom. Pure.

Bounded, so that the cost of an arriving answer never grows with history, and dated (`day`: whole
days since 1970 of the last use), so that `sweep` can drop what nobody uses. Held by
`running_statistics.py`.
"""

from __future__ import annotations

from typing import NamedTuple

from collector.integrity.engine.counters import ScoreCounts

CUSTOMERS_REMEMBERED = 256
INVITATIONS_REMEMBERED = 4
SHARED_FROM = 3  # customers; two on a device are a couple
PAUSE = 600.0  # seconds without an answer that end a sitting
# When an answer was given: while the customer was still there, later, nobody knows, or in a session
# that looks made up, whose time says nothing.
SOON, LATER, UNKNOWN, STAGED = "soon", "later", "unknown", "staged"


class Usage(NamedTuple):
    """One answer, as what it came from remembers it. `when`: see above. `hasty`: answered sooner
    after it was opened than most on its channel; None where nobody knows. `at`: when it was given.
    """

    day: int
    customer: str
    subject: str
    kind: int
    expected_best: float
    expected_rest: float
    changed: bool
    often: bool
    invitation: str
    store: str
    when: str
    device: str | None
    contact: str | None
    hasty: bool | None
    at: float


class SubjectCounts(ScoreCounts):
    """One subject's customers and scores from one origin, and when they were given."""

    __slots__ = ("customers", "later", "soon", "unknown")

    def __init__(self) -> None:
        super().__init__()
        self.customers = 0
        self.soon = 0
        self.later = 0
        self.unknown = 0

    def count(self, usage: Usage, *, newcomer: bool) -> None:
        """Count one answer."""
        self.customers += newcomer
        self.add(usage.kind, usage.expected_best, usage.expected_rest, usage.hasty)
        self.soon += usage.when == SOON
        self.later += usage.when == LATER
        self.unknown += usage.when == UNKNOWN


class Origin:
    """One device, address, network or contact point: which customers answered from it, for whom.

    After `CUSTOMERS_REMEMBERED` customers newcomers are counted without being remembered: by then
    the origin is a public one, and its shares hardly move. `invitations`: what each customer
    answered from here, at most `INVITATIONS_REMEMBERED`, while there are no more than two of them.
    """

    __slots__ = (
        "answers", "by_subject", "customer_count", "customers", "day", "frequent", "invitations",
        "last", "occasions", "substituted",
    )  # fmt: skip

    def __init__(self) -> None:
        self.customers: dict[str, Usage] = {}  # by customer, the first use
        self.by_subject: dict[str, SubjectCounts] = {}
        self.substituted = 0  # customers for whom this is not the contact point on file
        self.frequent = 0  # customers who come often
        self.customer_count = 0
        self.answers = 0
        self.occasions = 0  # rows of answers with a pause between
        self.last = -PAUSE
        self.day = 0
        self.invitations: dict[str, tuple[str, ...]] | None = {}

    def add(self, usage: Usage) -> None:
        """Write one answer in."""
        self.day = max(self.day, usage.day)
        self.answers += 1
        if abs(usage.at - self.last) >= PAUSE:
            self.occasions += 1
        self.last = usage.at
        customer, before = usage.customer, self.customers.get(usage.customer)
        if before is None:
            if len(self.customers) < CUSTOMERS_REMEMBERED:
                self.customers[customer] = usage
            self.customer_count += 1
            self.substituted += usage.changed
            self.frequent += usage.often
            if self.customer_count > 2:
                self.invitations = None
        elif usage.often and not before.often:
            self.customers[customer] = before._replace(often=True)
            self.frequent += 1
        counts = self.by_subject.get(usage.subject)
        if counts is None:
            counts = self.by_subject[usage.subject] = SubjectCounts()
        counts.count(usage, newcomer=before is None)
        if self.invitations is not None:
            seen = self.invitations.get(customer, ())
            if usage.invitation not in seen and len(seen) < INVITATIONS_REMEMBERED:
                self.invitations[customer] = (*seen, usage.invitation)

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

    def stores(self) -> set[str]:
        """Of which stores its customers are, as far as they are remembered."""
        return {usage.store for usage in self.customers.values()}

    def with_contact(self, contact: str | None) -> float:
        """The part of its customers, as far as remembered, who were asked over this number."""
        if contact is None:
            return 0.0
        same = sum(usage.contact == contact for usage in self.customers.values())
        return same / len(self.customers)

    def without_device(self, device: str, subject: str) -> tuple[int, int]:
        """(the subject's customers, all customers) who used it, but not with this device."""
        others = [usage for usage in self.customers.values() if usage.device != device]
        return sum(usage.subject == subject for usage in others), len(others)


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
            if found.day >= before
        }  # fmt: skip


class Cluster:
    """One subject's answers that have something in common, such as the same browser."""

    __slots__ = ("counts", "day")

    def __init__(self) -> None:
        self.counts = ScoreCounts()
        self.day = 0

    def add(self, usage: Usage) -> None:
        self.day = max(self.day, usage.day)
        self.counts.add(usage.kind, usage.expected_best, usage.expected_rest, usage.hasty)
