"""How long cases are worked on, over all and by channel, and where a channel asks about other work.

Pure. A shop's counter is done in minutes where those who repair need hours: compared with all, each
of its cases would look hardly worked on. Held by `memory.py`.
"""

from __future__ import annotations

from collector.integrity.engine.counters import Spread
from collector.integrity.engine.records import Case

LEAST = 30  # cases until a channel's own say something


class Handling:
    """Seconds of handling, one for each invitation that was answered."""

    __slots__ = ("all", "by_channel", "other_work")

    def __init__(self) -> None:
        self.all = Spread()
        self.by_channel: dict[str, Spread] = {}
        # Channels half of whose cases are among the company's shortest quarter.
        self.other_work: set[str] = set()

    def add(self, channel: str | None, seconds: float) -> None:
        self.all.add(seconds)
        row = self.by_channel.get(channel or "")
        if row is None:
            row = self.by_channel[channel or ""] = Spread()
        row.add(seconds)

    def rank(self, case: Case) -> float:
        """Which part of the company's cases took less, or of the channel's where it is other work;
        0.5 where nobody knows.
        """
        if case.seconds is None:
            return 0.5
        return self.compared_with(case.channel or "").rank(case.seconds)

    def compared_with(self, channel: str) -> Spread:
        """The cases with which those of this channel are compared."""
        return self.by_channel[channel] if channel in self.other_work else self.all

    def end_day(self) -> None:
        """Every night: which channels ask about other work."""
        if self.all.count < LEAST:
            return
        quarter = self.all.quantile(0.25)
        self.other_work = {
            channel for channel, row in self.by_channel.items()
            if row.count >= LEAST and row.quantile(0.5) <= quarter
        }  # fmt: skip
