"""Do the scores from one origin look like many customers' own, or like one hand's? Pure.

A score is never evidence on its own. Among answers that already share an origin, its scores tell a
counter's tablet, on which customers answer themselves, from an agent's phone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from collector.integrity.engine.counters import ScoreCounts
from collector.integrity.engine.running_statistics import RunningStatistics
from collector.integrity.engine.statistics import beta_binomial_log

# Dirichlet weights of best, good and rest where one person fills surveys in for others: the best
# score but for a few, put in for looks.
MADE_UP = (9.0, 1.3, 0.35)
OWN_STRENGTH = 12.0
LEAST, MOST = -4.0, 3.0
ASSISTED_FROM = -1.0


@dataclass(frozen=True, slots=True)
class ScorePattern:
    """`log_odds` > 0: rather one hand than many. The counts are this subject's answers there."""

    log_odds: float
    best: int
    good: int
    rest: int

    @property
    def total(self) -> int:
        return self.best + self.good + self.rest

    @property
    def assisted(self) -> bool:
        """Are these customers who answered themselves, on a device put there for them?"""
        return self.log_odds <= ASSISTED_FROM


def score_pattern(stats: RunningStatistics, there: ScoreCounts, subject: str) -> ScorePattern:
    """One hand against many, for these scores of the subject's customers.

    Many hands: the base rate of store and metric, moved by what the subject's answers from
    elsewhere and listened calls say of the subject, so that a great agent's tablet full of best
    scores is expected, not suspicious.
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
    top = min(max(there.expected_best / n * lift_best, 0.05), 0.97)
    top = top * (1 - poor) / (1 - there.expected_rest / n)
    top = min(top, 0.97 * (1 - poor))
    own = (top, max(1 - poor - top, 0.01), poor)
    counts = (there.best, there.good, there.rest)
    log_odds = beta_binomial_log(counts, MADE_UP) - beta_binomial_log(
        counts, [OWN_STRENGTH * value for value in own]
    )
    return ScorePattern(min(max(log_odds, LEAST), MOST), *counts)
