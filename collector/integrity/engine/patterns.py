"""Do the scores from one origin look like customers' own hand? And: is a share too large? Pure.

Used by the checks on shared devices, networks and clients. A score is never evidence on its own;
among answers that already share an origin it tells a counter's tablet from an agent's phone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics
from collector.integrity.engine.statistics import beta_binomial_log
from collector.integrity.engine.surprise import binomial_surprise, poisson_surprise
from collector.integrity.engine.usage_index import Row, Users

# Who fills surveys in for others gives the best score but for a few, put in for looks.
MADE_UP = (9.0, 1.3, 0.35)
OWN_STRENGTH = 12.0
LEAST, MOST = -4.0, 3.0
ASSISTED_FROM = -1.0
SURE = 10.0  # nats; more chance than that no check asks for


@dataclass(frozen=True, slots=True)
class Pattern:
    """`nats` > 0: rather one hand than many. The counts are this subject's answers there."""

    log_odds: float
    best: int
    good: int
    rest: int

    @property
    def assisted(self) -> bool:
        return self.log_odds <= ASSISTED_FROM


def pattern(stats: RunningStatistics, users: Users, subject: str) -> Pattern:
    """Made-up against own hand, for this subject's answers from there.

    Own hand: the base rate of store and metric, moved by what the subject's answers from
    elsewhere and listened calls say of the subject, so that a great agent's tablet full of best
    scores is expected, not suspicious.
    """
    return hand(stats, users.by_subject[subject], subject)


def hand(stats: RunningStatistics, row: Row, subject: str) -> Pattern:
    """The same of a row of counts. Asked several times a judgement, so the answer is kept."""
    key = (id(row), subject)
    found = stats.hands.get(key)
    if found is None:
        found = stats.hands[key] = _hand(stats, row, subject)
    return found


def _hand(stats: RunningStatistics, row: Row, subject: str) -> Pattern:
    _, best, good, rest, expect_best, expect_rest = row
    n = best + good + rest
    all_best, all_good, all_rest, total_best, total_rest = stats.profiles[subject].kinds
    elsewhere = max(all_best + all_good + all_rest - n, 0.0)
    poor = expect_rest / n
    lift = (max(all_rest - rest, 0.0) + 3.0) / (max(total_rest - expect_rest, 0.0) + 3.0)
    lift *= math.exp(-0.75 * max(stats.quality(subject), 0.0) * 6 / (6 + elsewhere))
    poor = min(max(poor * min(lift, 1.2), 0.015), 0.9)
    raise_best = (max(all_best - best, 0.0) + 4.0) / (max(total_best - expect_best, 0.0) + 4.0)
    top = min(max(expect_best / n * raise_best, 0.05), 0.97) * (1 - poor) / (1 - expect_rest / n)
    top = min(top, 0.97 * (1 - poor))
    own = (top, max(1 - poor - top, 0.01), poor)
    counts = (int(best), int(good), int(rest))
    log_odds = beta_binomial_log(counts, MADE_UP) - beta_binomial_log(
        counts, [OWN_STRENGTH * value for value in own]
    )
    return Pattern(min(max(log_odds, LEAST), MOST), *counts)


def concentration(stats: RunningStatistics, users: Users, case: Case) -> tuple[float, float]:
    """(-ln of the chance that so many of the customers there are this subject's, at most `SURE`
    and 0 where they are no more than expected; expected share).
    """
    share = stats.share(case)
    mine, everybody = users.of(case.agent), users.count
    if share >= 0.9:
        return 0.0, share
    return binomial_surprise(mine, everybody, share, SURE), share


def ring(stats: RunningStatistics, users: Users, case: Case) -> float:
    """-ln of the chance that only these few of the store's subjects have customers there."""
    size = len(stats.members[case.store])
    few = len(users.by_subject)
    if users.count < 5 or few < 2 or few > size // 3:
        return 0.0
    total = sum(stats.volume[case.store, channel] for channel in ("sms", "email", "in_app", None))
    part = sum(stats.profiles[subject].answers for subject in users.by_subject) / max(total, 1)
    ways = math.lgamma(size + 1) - math.lgamma(few + 1) - math.lgamma(size - few + 1)
    return max(0.0, -ways - users.count * math.log(min(max(part, 1e-6), 1.0)))


def heap(
    stats: RunningStatistics,
    common: str,
    case: Case,
    seen: int,
    expected: float,
    cap: float,
    *,
    minimum: int = 3,
) -> float:
    """Nats for belonging to a heap of the subject's answers that have something in common.

    `seen` where `expected` are usual: ln((seen - expected) / expected), the odds that a member is
    one too many, drawn to nothing while the heap itself may be chance; then what the heap's scores
    say (one hand or many), so that a subject whose customers just are like that is cleared.
    """
    log_odds = excess(seen, expected, cap, minimum=minimum)
    group = stats.groups.get((common, case.agent))
    if log_odds <= 0 or group is None:
        return log_odds
    one = hand(stats, group.row, case.agent).log_odds
    if one < 0:
        return log_odds * max(1 + one / 2, 0.0)
    return log_odds + min(one, 1.5) * min(log_odds, 1.0)


def excess(seen: int, expected: float, cap: float, *, minimum: int = 3) -> float:
    """Nats for belonging to a heap of `seen` where `expected` are usual.

    ln((seen - expected) / expected): the odds that a member of the heap is one too many, drawn to
    nothing while the heap itself may be chance.
    """
    if seen < minimum or seen <= expected * 1.3:
        return 0.0
    expected = max(expected, 0.05)
    chance = poisson_surprise(seen, expected, 7.5)
    sure = min(max((chance - 2.5) / 5.0, 0.0), 1.0)
    return min(max(math.log((seen - expected) / expected), 0.0), cap) * sure
