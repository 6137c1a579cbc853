"""Do the scores from one origin look like many customers' own, or like one hand's? Pure.

A score is never evidence on its own. Among answers that already share an origin, its scores tell a
counter's tablet, on which customers answer themselves, from the phone of somebody who makes answers
up: in the subject's favour, or against the subject. Only where the customers' own hand explains the
scores better than both is a device called an assisted one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from collector.integrity.engine.counters import ScoreCounts
from collector.integrity.engine.running_statistics import RunningStatistics
from collector.integrity.engine.statistics import beta_binomial_log

# Dirichlet weights of best, good and rest where one person fills surveys in for others: the best
# score but for a few, put in for looks.
MADE_UP = (9.0, 1.3, 0.35)
# The same, mirrored: the low ones that MADE_UP puts in for looks are low here too.
AGAINST = (0.2, 0.15, 10.3)
OWN_STRENGTH = 12.0
# People who answer while the person they judge looks on are kinder (interviewers' effect; ten to
# twenty points more best scores, up to half of what is missing). How much differs from counter to
# counter, hence half the strength; of counters, one in two is taken to be looked at.
KINDER, WATCHED_STRENGTH, WATCHED = 0.5, 6.0, 0.5
LEAST, MOST = -4.0, 3.0
ASSISTED_FROM = -1.0
Shares = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class ScorePattern:
    """`log_odds` > 0: rather one hand in favour than many; `against`: rather one hand against. The
    counts are the answers there.
    """

    log_odds: float
    against: float
    best: int
    good: int
    rest: int

    @property
    def total(self) -> int:
        return self.best + self.good + self.rest

    @property
    def assisted(self) -> bool:
        """Are these customers who answered themselves, on a device put there for them?"""
        return max(self.log_odds, self.against) <= ASSISTED_FROM


def score_pattern(
    stats: RunningStatistics, there: Mapping[str, ScoreCounts], counter: float = 0.0
) -> ScorePattern:
    """One hand against many, for these scores of these subjects' customers.

    `counter`: how likely people answered there on the spot (`presence.py`).
    """
    rows = there.values()
    counts = (sum(r.best for r in rows), sum(r.good for r in rows), sum(r.rest for r in rows))
    total = sum(counts)
    if not total:  # an answer that was not added yet, and no other of this subject's there
        return ScorePattern(0.0, 0.0, *counts)
    shares = [(scores.total / total, own_shares(stats, scores, name))
              for name, scores in there.items()]  # fmt: skip
    top, good, poor = (sum(part * own[kind] for part, own in shares) for kind in range(3))
    own = beta_binomial_log(counts, [OWN_STRENGTH * share for share in (top, good, poor)])
    if counter > 0.05:
        watched = beta_binomial_log(counts, [
            WATCHED_STRENGTH * (top + KINDER * (1 - top)),
            WATCHED_STRENGTH * KINDER * good, WATCHED_STRENGTH * KINDER * poor,
        ])  # fmt: skip
        own = _mixed(own, watched, WATCHED * counter)
    favour, against = (
        min(max(beta_binomial_log(counts, hand) - own, LEAST), MOST) for hand in (MADE_UP, AGAINST)
    )
    return ScorePattern(favour, against, *counts)


def own_shares(stats: RunningStatistics, there: ScoreCounts, subject: str) -> Shares:
    """Best, good and rest that many hands would give: the base rate of store and metric, moved by
    what the subject's answers from elsewhere and listened calls say of the subject, so that a great
    agent's tablet full of best scores is expected, not suspicious.
    """
    n = there.total
    mine = stats.profiles[subject].scores
    elsewhere = max(mine.total - n, 0.0)
    poor = there.expected_rest / n
    lift = (max(mine.rest - there.rest, 0.0) + 3.0) / (
        max(mine.expected_rest - there.expected_rest, 0.0) + 3.0
    )
    lift *= math.exp(-0.75 * max(stats.quality(subject), 0.0) * 6 / (6 + elsewhere))
    poor = min(max(poor * min(lift, 1.2), 0.015), 0.9)
    lift_best = (max(mine.best - there.best, 0.0) + 4.0) / (
        max(mine.expected_best - there.expected_best, 0.0) + 4.0
    )
    top = max(there.expected_best / n * lift_best, 0.05)
    top = top * (1 - poor) / (1 - there.expected_rest / n)
    top = min(top, 0.97 * (1 - poor))
    return top, max(1 - poor - top, 0.01), poor


def _mixed(first: float, second: float, part: float) -> float:
    """ln of a mixture of two chances, `part` of it the second."""
    most = max(first, second)
    return most + math.log((1 - part) * math.exp(first - most) + part * math.exp(second - most))
