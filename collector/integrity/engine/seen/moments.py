"""How long after the case people answer, by channel, and what is quick there. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from collector.integrity.engine.counters import HitRate, Spread
from collector.integrity.engine.records import Case
from collector.integrity.engine.statistics import bulk_rate_of

SEEN_LEAST = 30
ASKED_WITHIN = 300.0
BESIDE = 900.0  # after the case: signing, handing over, saying goodbye
PROMPT_LEAST = 100
PROMPT = 600.0  # within which a quarter answers, where answers come while people are there
BANDS = (0.01, 0.02, 0.04, 0.08)  # soonest parts of a channel's answers


class Own:
    """One subject's answers on one channel, and where the quick ones among them lie.

    `bins`: how long after the case. `visits`: the same of those whose customer has no other case,
    with how long it was worked on.
    """

    __slots__ = ("answers", "bins", "visits")

    def __init__(self) -> None:
        self.answers = 0
        self.bins: dict[int, int] = {}
        self.visits: dict[tuple[int, int], int] = {}

    def add(self, case: Case, place: int) -> None:
        self.answers += 1
        if case.since_event is None or case.since_event > BESIDE:
            return
        self.bins[place] = self.bins.get(place, 0) + 1
        if case.seconds is not None and (case.cases_then or 1) == 1:
            visit = (place, Spread.place(case.seconds))
            self.visits[visit] = self.visits.get(visit, 0) + 1

    def up_to(self, last: int) -> int:
        """How many lie in this bin or below."""
        return sum(count for place, count in self.bins.items() if place <= last)


class Moments:
    """By channel, whatever it is called: the delays from the case to the answer.

    `usual`: the same without the quick answers of subjects who overdo it (`overdoing.py`), where
    there are such: what a few make common is not what is usual.
    """

    __slots__ = ("by_subject", "left_out", "rows", "usual")

    def __init__(self) -> None:
        self.rows: dict[str, Spread] = {}
        self.by_subject: dict[tuple[str, str], Own] = {}
        self.usual: dict[str, Spread] = {}
        self.left_out: set[str] = set()

    def add(self, case: Case) -> float | None:
        """Count an answer; its rank before."""
        if case.since_event is None:
            return None
        rank = self.rank(case)
        channel = case.channel or ""
        row = self.rows.get(channel)
        if row is None:
            row = self.rows[channel] = Spread()
        place = row.add(max(case.since_event, 0.0))
        mine = self.by_subject.get((channel, case.agent))
        if mine is None:
            mine = self.by_subject[channel, case.agent] = Own()
        mine.add(case, place)
        return rank

    def rank(self, case: Case) -> float | None:
        """Which part of the channel's answers came sooner; None while nobody can say."""
        row = self.rows.get(case.channel or "")
        if row is None or case.since_event is None or row.count < SEEN_LEAST:
            return None
        return self.compared_with(case.channel).rank(max(case.since_event, 0.0))

    def compared_with(self, channel: str | None) -> Spread:
        """What is usual on a channel that has answers."""
        return self.usual.get(channel or "") or self.rows[channel or ""]

    def of_others(self, profiles: Mapping[str, HasQuick]) -> list[HitRate]:
        """Sessions that look made up, of each subject who is not left out."""
        return [one.phantom for name, one in profiles.items()
                if one.phantom.trials and name not in self.left_out]  # fmt: skip

    def leave_out(self, subjects: Mapping[str, Collection[str]]) -> None:
        """Every night, by channel: whose quick answers do not say what is usual."""
        self.left_out = set().union(*subjects.values())
        self.usual = {}
        for channel, names in subjects.items():
            usual = self.usual[channel] = self.rows[channel].copy()
            for name in names:
                for place, count in self.by_subject[channel, name].bins.items():
                    usual.bins[place] -= count
                    usual.count -= count

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
    phantom: HitRate


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
    alike = Counter([(row.hits, row.trials) for row in rates])
    trials = sum(n * count for (_, n), count in alike.items())
    rate = bulk_rate_of(alike)
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
