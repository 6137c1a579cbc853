"""All of this room's memories, written and swept together. Pure."""

from __future__ import annotations

from collections import defaultdict

from collector.integrity.engine.counters import ScoreCounts
from collector.integrity.engine.records import Case
from collector.integrity.engine.seen.acquaintances import Acquaintances
from collector.integrity.engine.seen.browsers import Browsers
from collector.integrity.engine.seen.handling import Handling
from collector.integrity.engine.seen.moments import Moments
from collector.integrity.engine.seen.openings import Openings
from collector.integrity.engine.seen.sittings import Sittings
from collector.integrity.engine.usage_index import Usage, UsageIndex

HASTY = 0.25


class Memory:
    """Held by `RunningStatistics` as `seen`."""

    def __init__(self) -> None:
        self.acquaintances = Acquaintances()
        self.openings: defaultdict[str, Openings] = defaultdict(Openings)  # by channel
        self.moments = Moments()
        self.browsers = Browsers()
        self.handling = Handling()
        self.device_sittings = Sittings()
        self.ip_sittings = Sittings()
        # Over numbers in place of those on file, for customers of several subjects.
        self.stood_in = ScoreCounts()

    def add(self, case: Case, usage: Usage, soon: bool | None, contacts: UsageIndex) -> None:
        """Write an arriving answer in, after its number; `soon`: was the customer still there?"""
        if case.opened is not None:
            self.openings[case.channel or ""].add(
                case.answered - case.opened, case.since_sent, usage.kind, device=bool(case.device)
            )
        for sittings, key in ((self.device_sittings, case.device), (self.ip_sittings, case.ip)):
            if key:
                sittings.add(key, case.answered, usage, soon)
        used = contacts.get(case.contact) if usage.changed else None
        if used is not None and len(used.by_subject) > 1:
            self.stood_in.add(usage.kind, usage.expected_best, usage.expected_rest)

    def hasty(self, case: Case) -> bool | None:
        """Is it among the quickest quarter of its channel, from opening to answering?"""
        if case.opened is None:
            return None
        rank = self.openings[case.channel or ""].rank(case.answered - case.opened)
        return None if rank is None else rank <= HASTY

    def stand_ins(self) -> float:
        """Which part of the numbers that took the place of several subjects' customers' are people
        who stand in for them (who take parcels in, book for a party): by their low scores.
        """
        seen = self.stood_in
        return min((seen.rest + 1.0) / (seen.expected_rest + 4.0), 1.0)

    def end_day(self, now: float) -> None:
        """Every night."""
        self.handling.end_day()
        self.device_sittings.end_day(now)
        self.ip_sittings.end_day(now)

    def sweep(self, before: int) -> None:
        """Drop what nobody used since that day."""
        self.acquaintances.sweep(before)
        self.device_sittings.sweep(before)
        self.ip_sittings.sweep(before)
