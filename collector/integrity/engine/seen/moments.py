"""How long after the case people answer, by channel, and what is quick there. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from collector.integrity.engine.counters import HitRate, Spread
from collector.integrity.engine.records import Case
from collector.integrity.engine.statistics import bulk_rate

SEEN_LEAST = 30
ASKED_WITHIN = 300.0
BESIDE = 900.0  # after the case: signing, handing over, saying goodbye
PROMPT_LEAST = 100
PROMPT = 600.0  # within which a quarter answers, where answers come while people are there
BANDS = (0.01, 0.02, 0.04, 0.08)  # soonest parts of a channel's answers


class Moments:
    """By channel, whatever it is called: the delays from the case to the answer."""

    __slots__ = ("rows",)

    def __init__(self) -> None:
        self.rows: dict[str, Spread] = {}

    def add(self, case: Case) -> float | None:
        """Count an answer; its rank before."""
        if case.since_event is None:
            return None
        rank = self.rank(case)
        row = self.rows.get(case.channel or "")
        if row is None:
            row = self.rows[case.channel or ""] = Spread()
        row.add(max(case.since_event, 0.0))
        return rank

    def rank(self, case: Case) -> float | None:
        """Which part of the channel's answers came sooner; None while nobody can say."""
        row = self.rows.get(case.channel or "")
        if row is None or case.since_event is None or row.count < SEEN_LEAST:
            return None
        return row.rank(max(case.since_event, 0.0))

    def prompt(self, channel: str | None) -> bool:
        """Do many answer here within moments, as in an app that asks at once?"""
        if channel == "in_app":
            return True
        row = self.rows.get(channel or "")
        return row is not None and row.count >= PROMPT_LEAST and row.quantile(0.25) <= PROMPT


class Quick:
    """Of a subject, a store or all: by channel and band, how many answers came so soon."""

    __slots__ = ("rows",)

    def __init__(self) -> None:
        self.rows: dict[str, tuple[HitRate, ...]] = {}

    def of(self, channel: str | None) -> tuple[HitRate, ...]:
        return self.rows.get(channel or "", NONE)

    def add(self, channel: str | None, rank: float) -> None:
        row = self.rows.get(channel or "")
        if row is None:
            row = self.rows[channel or ""] = tuple(HitRate() for _ in BANDS)
        for rate, band in zip(row, BANDS, strict=True):
            rate.add(rank <= band)


NONE = tuple(HitRate() for _ in BANDS)


class HasQuick(Protocol):
    """A profile."""

    quick: Quick


def common_to(channel: str | None, place: int) -> str:
    """The name of what such answers have in common."""
    return f"quick {channel} {place}"


def quick_in(case: Case, rank: float | None, profiles: Iterable[HasQuick]) -> Iterator[str]:
    """Count an answer of this rank; the names of the bands in which it is."""
    if rank is None:
        return
    # Who is asked hours later is not stood beside, however soon that is on this channel.
    rank = rank if at_once(case) else 1.0
    for profile in profiles:
        profile.quick.add(case.channel, rank)
    for place, band in enumerate(BANDS):
        if rank <= band:
            yield common_to(case.channel, place)


def at_once(case: Case) -> bool:
    """Within minutes of the case and of being asked, as far as that is known?"""
    if case.since_event is None or case.since_event > BESIDE:
        return False
    return case.since_sent is None or case.since_sent <= ASKED_WITHIN


def ordinary(rates: Sequence[HitRate], prior: float) -> float:
    """The rate of ordinary subjects, which a few extreme ones hardly move."""
    trials = sum(row.trials for row in rates)
    rate = bulk_rate([row.hits for row in rates], [row.trials for row in rates])
    return (rate * trials + prior * 100) / (trials + 100)


def usually_quick(subjects: Sequence[Quick]) -> dict[str, tuple[float, ...]]:
    """By channel and band, how often ordinary subjects' customers answer so soon."""
    channels = dict.fromkeys(channel for one in subjects for channel in one.rows)
    found = {}
    for channel in channels:
        # Who never had one there counts nothing, and is left out.
        rows = [row for one in subjects if (row := one.rows.get(channel))]
        found[channel] = tuple(
            ordinary([row[at] for row in rows], band) for at, band in enumerate(BANDS)
        )
    return found
