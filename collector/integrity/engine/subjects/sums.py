"""What is counted about each subject. Pure; filled by the audit's run, read by the tests beside.

Selection and solicitation count for who did the work, fabrication for who is credited.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime

from collector.integrity.engine.combine import ATTACKING, BOOSTING, REJECTED
from collector.integrity.engine.counters import Spread
from collector.integrity.engine.engine import Judged
from collector.integrity.engine.records import Exposure
from collector.integrity.engine.running_statistics import RunningStatistics

SPOT_WITHIN = 300.0
FREE_FROM = 3600.0  # nobody who asks at the counter is still standing there
PERIOD_END_DAYS = 3
NIGHT = 86400.0
PRESSING = ("survey", "solicit", "pressure", "score", "gift", "rating")


@dataclass(slots=True)
class Sums:
    """Counts of one subject; `..._expected` are sums of base rates of the best score."""

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
    moved: int = 0
    moved_troubled: int = 0
    calls: int = 0
    calls_solicited: int = 0
    pressed: int = 0
    answers: int = 0
    spot_by_channel: dict[str, list[int]] = field(default_factory=dict)
    spot: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])  # answers, best, expected
    later: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    free: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])  # of the later, hours later
    end: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    rest: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    comments: int = 0
    begged: int = 0
    lows: int = 0
    lows_troubled: int = 0
    fine: int = 0
    fine_troubled: int = 0
    raised: int = 0
    trouble_answers: int = 0
    trouble_best: int = 0
    rejected: int = 0
    rejected_strong: int = 0
    staff: int = 0
    bombed: int = 0


class Ledger:
    """The sums of all subjects of one kind: `agents`, `teams` or `stores`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.sums: defaultdict[str, Sums] = defaultdict(Sums)

    def _of(self, agent: str, team: str, store: str) -> Sums | None:
        key = {"agents": agent, "teams": team, "stores": store}[self.kind]
        if not key:
            return None
        found = self.sums[key]
        found.store = found.store or store
        found.team = found.team or team
        return found

    def asked(self, asking: Exposure, late_from: dict[str, float]) -> None:
        """Count an interaction that could have led to an answer."""
        found = self._of(asking.worker, asking.team, asking.store)
        if found is None:
            return
        for signal in asking.signals:
            if signal.kind == "qa":
                found.calls += 1
                found.calls_solicited += any("solicit" in tag for tag in signal.tags)
            elif signal.kind == "complaint":
                found.pressed += any(word in tag for tag in signal.tags for word in PRESSING)
        if asking.by_system:
            return
        bad = asking.troubled
        found.cases += 1
        found.troubled += bad
        if asking.agent and asking.worker and asking.agent != asking.worker:
            found.moved += 1
            found.moved_troubled += bad
        if asking.held is not None:
            found.held += 1
            found.held_troubled += bad
            return
        found.sent += 1
        found.sent_troubled += bad
        found.answered += asking.answered
        found.answered_troubled += asking.answered and bad
        if asking.delay is not None and asking.delay > late_from.get(asking.channel or "", NIGHT):
            found.late += 1
            found.late_troubled += bad

    def judged(self, judged: Judged, stats: RunningStatistics) -> None:
        """Count an answer with its final verdict."""
        case, verdict = judged.case, judged.verdict
        credited = self._of(case.agent, case.team, case.store)
        found = self._of(case.worker, case.team, case.store)
        if found is None or credited is None:
            return
        credited.answers += 1
        if verdict.verdict == REJECTED:
            if verdict.kind == BOOSTING:
                credited.rejected += 1
                credited.rejected_strong += verdict.groups > 1
                credited.staff += "STAFF_CONTACT" in verdict.reasons
            credited.bombed += verdict.kind == ATTACKING
            return
        if case.wrote:
            found.comments += 1
            found.begged += case.admits_begging
        troubled = case.reason == "complaint" or case.troubled(math.inf)
        found.lows += case.poor
        found.lows_troubled += case.poor and troubled
        found.fine += not case.poor
        found.fine_troubled += not case.poor and troubled
        if "UPWARD_REVISION" in verdict.evidence:
            found.raised += 1
        if any(signal.kind != "qa" for signal in case.signals):
            found.trouble_answers += 1
            found.trouble_best += case.best
        device = stats.devices.get(case.device)
        if device is None or not device.shared:
            self._timing(found, judged, stats)

    @staticmethod
    def _timing(found: Sums, judged: Judged, stats: RunningStatistics) -> None:
        case = judged.case
        expected = stats.expected(case)[0]
        last = datetime.fromtimestamp(case.answered + PERIOD_END_DAYS * NIGHT, UTC)
        ends = last.month != datetime.fromtimestamp(case.answered, UTC).month
        _count(found.end if ends else found.rest, case.best, expected)
        if case.since_sent is None:
            return
        spot = case.since_sent <= SPOT_WITHIN
        row = found.spot_by_channel.setdefault(case.channel or "", [0, 0])
        row[0] += 1
        row[1] += spot
        _count(found.spot if spot else found.later, case.best, expected)
        if case.since_sent > FREE_FROM:
            _count(found.free, case.best, expected)


def on_the_spot(judged: Judged) -> bool:
    """Was the best score given within minutes of being asked?"""
    since = judged.case.since_sent
    return judged.case.best and since is not None and since <= SPOT_WITHIN


def _count(row: list[float], best: bool, expected: float) -> None:
    row[0] += 1
    row[1] += best
    row[2] += expected


def late_limits(delays: dict[str, Spread]) -> dict[str, float]:
    """From when a sending is late, by channel: far beyond what is usual there, at least 6 hours."""
    return {
        channel: max(6 * 3600.0, 5 * spread.quantile(0.8)) for channel, spread in delays.items()
    }
