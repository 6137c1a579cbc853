"""What is counted about each subject. Pure; the tests of the three families read it.

Selection and solicitation are counted for who did the work, fabrication for who is credited.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from collector.integrity.engine.combine import ATTACKING, BOOSTING, REJECTED, TELLING, Verdict
from collector.integrity.engine.counters import HitRate, Spread
from collector.integrity.engine.engine import Judged
from collector.integrity.engine.records import Case, Exposure
from collector.integrity.engine.running_statistics import RunningStatistics

KINDS = ("agents", "teams", "stores")
SPOT_WITHIN = 300.0
HOURS_LATER_FROM = 3600.0  # nobody who asks for a score at the counter is there any more
PERIOD_END_DAYS = 3
# Subjects from which on a hand is nobody's in particular; rings that lend phones are small.
MANY_SUBJECTS = {"ONE_SITTING": 4, "DEVICE_SHARED": 6}
NIGHT = 86400.0
# What is counted of interactions, whether they were answered or not.
EXPOSED = (
    "cases", "troubled", "held", "held_troubled", "sent", "sent_troubled", "answered_troubled",
    "answered", "late", "late_troubled", "reassigned", "reassigned_troubled", "calls",
    "calls_solicited", "pressure_complaints",
)  # fmt: skip
# Topics are words of a sentence: a "gift card" that does not work, an "operating" system are none.
PRESSING = re.compile(
    r"(?<![a-z])(survey|solicit|pressur|scor(e|ing)|gift(?![ _-]?(card|wrap))|rating|begg(ed|ing))"
    r"|逼|好评|打分|评分|满分|五星",
    re.IGNORECASE,
)


@dataclass(slots=True)
class BestCounts:
    """Answers, best scores among them, and how many of those the base rates led one to expect."""

    answers: int = 0
    best: int = 0
    expected: float = 0.0

    def add(self, best: bool, expected: float) -> None:
        self.answers += 1
        self.best += best
        self.expected += expected


@dataclass(slots=True)
class Sums:
    """Counts of one subject.

    Interactions: `cases` could have led to an answer; `held` back, `sent`, `late`, `reassigned` to
    be credited to somebody else, and of each how many were `troubled`. Answers: when they came, as
    `BestCounts`; `poor` and `fine` ones; those that were `raised` or `rejected`.
    """

    store: str = ""
    team: str = ""
    cases: int = 0
    troubled: int = 0
    held: int = 0
    held_troubled: int = 0
    sent: int = 0
    sent_troubled: int = 0
    answered_troubled: int = 0
    answered: int = 0
    late: int = 0
    late_troubled: int = 0
    reassigned: int = 0
    reassigned_troubled: int = 0
    handed_over: int = 0  # answers about the subject's work that are credited to others
    handed_over_poor: int = 0
    handed_over_expected: float = 0.0  # poor scores to expect among those
    calls: int = 0
    calls_solicited: int = 0
    pressure_complaints: int = 0
    answers: int = 0
    spot_by_channel: dict[str, HitRate] = field(default_factory=dict)
    on_the_spot: BestCounts = field(default_factory=BestCounts)
    later: BestCounts = field(default_factory=BestCounts)
    hours_later: BestCounts = field(default_factory=BestCounts)  # among the later ones
    period_end: BestCounts = field(default_factory=BestCounts)
    rest_of_period: BestCounts = field(default_factory=BestCounts)
    comments: int = 0
    begging_comments: int = 0
    poor: int = 0
    poor_troubled: int = 0
    fine: int = 0
    fine_troubled: int = 0
    raised: int = 0
    trouble_answers: int = 0
    best_in_trouble: int = 0
    rejected: int = 0
    rejected_for_many: int = 0  # by a hand that answers for many subjects' customers
    rejected_on_two_kinds: int = 0
    staff_contacts: int = 0
    bombed: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """What the engine knew around an answer when its verdict fell: the base rates of the best score
    and of one that is not good, and whether others use its device.
    """

    expected_best: float
    expected_rest: float
    shared_device: bool


def around(case: Case, stats: RunningStatistics) -> Around:
    """Asked once, for the ledgers of all kinds."""
    device = stats.devices.get(case.device)
    return Around(*stats.expected(case), device is not None and device.shared)


class Ledger:
    """The sums of all subjects of one kind: `agents`, `teams` or `stores`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._place = KINDS.index(kind)
        self.sums: defaultdict[str, Sums] = defaultdict(Sums)

    def _of(self, agent: str, team: str, store: str) -> Sums | None:
        key = (agent, team, store)[self._place]
        if not key:
            return None
        found = self.sums[key]
        found.store = found.store or store
        found.team = found.team or team
        return found

    def add_exposure(self, exposure: Exposure, late_from: dict[str, float]) -> None:
        """Count an interaction that could have led to an answer."""
        found = self._of(exposure.worker, exposure.team, exposure.store)
        if found is None:
            return
        for signal in exposure.signals:
            if signal.kind == "qa":
                found.calls += 1
                found.calls_solicited += any("solicit" in tag for tag in signal.tags)
            elif signal.kind == "complaint":
                found.pressure_complaints += any(PRESSING.search(tag) for tag in signal.tags)
        if exposure.by_system:
            return
        bad = exposure.troubled
        found.cases += 1
        found.troubled += bad
        if exposure.agent and exposure.worker and exposure.agent != exposure.worker:
            found.reassigned += 1
            found.reassigned_troubled += bad
        if exposure.held is not None:
            found.held += 1
            found.held_troubled += bad
            return
        found.sent += 1
        found.sent_troubled += bad
        found.answered += exposure.answered
        found.answered_troubled += exposure.answered and bad
        if exposure.delay is not None and exposure.delay > late_from.get(
            exposure.channel or "", NIGHT
        ):
            found.late += 1
            found.late_troubled += bad

    def exposed(self) -> dict[str, tuple[str, str, tuple[int, ...]]]:
        """By subject: store, team, and what was counted of interactions."""
        return {
            key: (one.store, one.team, tuple(getattr(one, name) for name in EXPOSED))
            for key, one in self.sums.items()
        }

    def add_exposed(self, rows: Mapping[str, tuple[str, str, tuple[int, ...]]]) -> None:
        """Take in what another ledger of this kind has counted (`exposed`)."""
        for key, (store, team, counts) in rows.items():
            found = self.sums[key]
            found.store = found.store or store
            found.team = found.team or team
            for name, count in zip(EXPOSED, counts, strict=True):
                setattr(found, name, getattr(found, name) + count)

    def add_judged(self, judged: Judged, around: Around) -> None:
        """Count an answer with its final verdict, and what was around it then."""
        case, verdict = judged.case, judged.verdict
        credited = self._of(case.agent, case.team, case.store)
        found = self._of(case.worker, case.team, case.store)
        if found is None or credited is None:
            return
        credited.answers += 1
        if verdict.verdict == REJECTED:
            if verdict.kind == BOOSTING and self.kind == "agents" and for_many(verdict):
                credited.rejected_for_many += 1
            elif verdict.kind == BOOSTING:
                credited.rejected += 1
                credited.rejected_on_two_kinds += verdict.groups > 1
                credited.staff_contacts += "STAFF_CONTACT" in verdict.reasons
            credited.bombed += verdict.kind == ATTACKING
            return
        if case.wrote:
            found.comments += 1
            found.begging_comments += case.admits_begging
        if case.agent and case.worker and case.agent != case.worker:
            found.handed_over += 1
            found.handed_over_poor += case.poor
            found.handed_over_expected += around.expected_rest
        troubled = case.reason == "complaint" or case.troubled(math.inf)
        found.poor += case.poor
        found.poor_troubled += case.poor and troubled
        found.fine += not case.poor
        found.fine_troubled += not case.poor and troubled
        if "UPWARD_REVISION" in verdict.evidence:
            found.raised += 1
        if any(signal.kind != "qa" for signal in case.signals):
            found.trouble_answers += 1
            found.best_in_trouble += case.best
        if not around.shared_device:
            self._timing(found, judged, around.expected_best)

    @staticmethod
    def _timing(found: Sums, judged: Judged, expected: float) -> None:
        case = judged.case
        ends = _ends(int(case.answered // NIGHT))
        (found.period_end if ends else found.rest_of_period).add(case.best, expected)
        since = case.since_sent
        if since is None:
            return
        spot = since <= SPOT_WITHIN
        found.spot_by_channel.setdefault(case.channel or "", HitRate()).add(spot)
        (found.on_the_spot if spot else found.later).add(case.best, expected)
        if since > HOURS_LATER_FROM:
            found.hours_later.add(case.best, expected)


@lru_cache(maxsize=512)
def _ends(day: int) -> bool:
    """Is this day one of the last of its month?"""
    first, last = (datetime.fromtimestamp(d * NIGHT, UTC) for d in (day, day + PERIOD_END_DAYS))
    return first.month != last.month


def for_many(verdict: Verdict) -> bool:
    """Did a hand give the score that answers for many subjects' customers? Then it says nothing
    about this one: a lead who goes through the links of the whole team helps all of them.
    """
    return any(
        float(str(figures["nats"])) >= TELLING and int(str(figures.get("subjects", 0))) >= least
        for code, least in MANY_SUBJECTS.items()
        if (figures := verdict.evidence.get(code)) is not None
    )


def on_the_spot(judged: Judged) -> bool:
    """Was the best score given within minutes of being asked?"""
    since = judged.case.since_sent
    return judged.case.best and since is not None and since <= SPOT_WITHIN


def late_limits(delays: dict[str, Spread]) -> dict[str, float]:
    """From when a sending is late, by channel: far beyond what is usual there, at least 6 hours."""
    return {
        channel: max(6 * 3600.0, 5 * spread.quantile(0.8)) for channel, spread in delays.items()
    }
