"""What each subject's practices did to its answers, and so what their weights are. Pure.

An influenced answer is a real customer's, and nobody can say which one; a customer who was not
asked left none. So the sums of a subject are taken back to what they would be if nobody had
solicited, called or withheld, each practice as far as it is likely. This changes
weights, never flags. `collector.integrity.engine.weights` applies it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from collector.integrity.engine.statistics import beta_binomial_chance
from collector.integrity.engine.subjects.peers import Rates
from collector.integrity.engine.subjects.solicitation import (
    Unsolicited,
    unsolicited,
    unsolicited_best,
)
from collector.integrity.engine.subjects.sums import Sums

CAP = 4.0  # one answer stands for at most so many
UNSOLICITED_TO = 0.1  # how likely soliciting may be where answers still show what is usual
SURE = 0.5  # from when on a subject's answers show how much soliciting moves
# About one subject in sixteen does it, before any evidence.
ODDS = math.log(0.06)
# How far subjects differ honestly, as answers; and how widely those who do it differ.
HONEST_SPREAD, GAMING_SPREAD = 30.0, 4.0
# Who withholds does it to one case in eight or more; who calls gets half of the low scores raised.
WITHHOLDS, CALLS = 0.12, 0.5
# Of raises by somebody who asks for scores elsewhere, every second is a problem made good.
ALSO_CALLS = 0.5
# Which part of other scores soliciting turns into best ones, and how widely that differs.
INFLUENCED, INFLUENCED_SPREAD = 0.4, 0.15
AGENT_SPREAD = 0.1  # of the share of best scores between honest subjects of one store


@dataclass(frozen=True, slots=True)
class WeightAdjustment:
    """`lost`: of its weight, what each best on-the-spot answer loses; `other` and `low`: for how
    many an answer stands that is not the best, and that is low; `raised`: of a raised score's
    weight, what goes back to the score before.
    """

    lost: float = 0.0
    other: float = 1.0
    low: float = 1.0
    raised: float = 0.0


def adjustments(
    agents: Mapping[str, Sums], likely: Mapping[str, Mapping[str, float]]
) -> dict[str, WeightAdjustment]:
    """By subject. `likely`: how likely each family of practices is, from the findings."""
    members = list(agents.values())
    solicits = {name: likely[name].get("solicitation", 0.0) for name in agents}
    usual = unsolicited([s for name, s in agents.items() if solicits[name] < UNSOLICITED_TO])
    influenced = _influenced([s for name, s in agents.items() if solicits[name] >= SURE], usual)
    held = Rates(members, lambda s: s.held, lambda s: s.cases)
    raised = Rates(members, lambda s: s.raised, lambda s: s.poor + s.raised)
    customers = _customers(members)
    found = {}
    for name, s in agents.items():
        lost, other = _solicited(s, solicits[name], unsolicited_best(s, usual), influenced)
        withholds = max(
            likely[name].get("selection", 0.0), _posterior(s.held, s.cases, held.of(s, 0.01), 60.0)
        )
        found[name] = WeightAdjustment(
            lost, other, _withheld(s, withholds, held.of(s, 0.01), customers),
            _raised(s, solicits[name], raised.of(s, 0.02)),
        )  # fmt: skip
    return found


def _posterior(hits: int, trials: int, rate: float, strength: float) -> float:
    """How likely it is that the subject withholds, from how many were."""
    more = min(rate + WITHHOLDS, 0.9)
    odds = ODDS + math.log(
        beta_binomial_chance(hits, trials, more, GAMING_SPREAD)
        / beta_binomial_chance(hits, trials, rate, strength)
    )
    return 1 / (1 + math.exp(-odds)) if hits > rate * trials else 0.0


def _influenced(soliciting: list[Sums], usual: Unsolicited) -> float:
    """Which part of other scores soliciting turns into best ones, from all who do it together."""
    expected = math.fsum(
        s.on_the_spot.answers * (1 - unsolicited_best(s, usual)) for s in soliciting
    )
    others = sum(s.on_the_spot.answers - s.on_the_spot.best for s in soliciting)
    # Twenty answers' worth of what is usual elsewhere.
    return min(max(1 - (others + 20 * (1 - INFLUENCED)) / (expected + 20), 0.1), 0.8)


def _solicited(s: Sums, likely: float, freely: float, influenced: float) -> tuple[float, float]:
    """What best on-the-spot answers lose, and for how many the others stand."""
    answers, best = s.on_the_spot.answers, s.on_the_spot.best
    if not best or likely <= 0:
        return 0.0, 1.0
    other = answers - best
    # Two estimates of how many would not have been best: from the subject's other answers, and
    # from those that were not influenced. Each by its variance.
    first, second = answers * (1 - freely), other / (1 - influenced)
    spread_first = answers * freely * (1 - freely) + (AGENT_SPREAD * answers) ** 2
    left = 1 - influenced
    spread_second = second * influenced / left + (second * INFLUENCED_SPREAD / left) ** 2 + 1
    weight = spread_second / (spread_first + spread_second)
    freely_other = min(max(weight * first + (1 - weight) * second, other), answers)
    lost = likely * (freely_other - other) / best
    rest = other + s.later.answers - s.later.best
    return lost, 1.0 + min(lost * best / max(rest, 1.0), CAP - 1.0)


@dataclass(frozen=True, slots=True)
class _Customers:
    """Of all: how many answer; how many of those poor; trouble among poor and among other."""

    answer: float
    poor: float
    troubled_poor: float
    troubled_other: float


def _customers(members: list[Sums]) -> _Customers:
    sent, answered = sum(s.sent for s in members), sum(s.answered for s in members)
    poor, fine = sum(s.poor for s in members), sum(s.fine for s in members)
    return _Customers(
        (answered + 1) / (sent + 4), (poor + 1) / (poor + fine + 5),
        (sum(s.poor_troubled for s in members) + 1) / (poor + 2),
        (sum(s.fine_troubled for s in members) + 1) / (fine + 10),
    )  # fmt: skip


def _withheld(s: Sums, likely: float, rate: float, customers: _Customers) -> float:
    """For how many a low score stands, where customers who would give one were not asked."""
    more = s.held - rate * s.cases
    if more < 1 or likely <= 0 or not s.poor:
        return 1.0
    # The part of the withheld who were unhappy: trouble tells, the more of them the better.
    gap = customers.troubled_poor - customers.troubled_other
    trouble = (s.held_troubled + 4 * customers.troubled_poor) / (s.held + 4)
    share = min(max((trouble - customers.troubled_other) / max(gap, 0.02), customers.poor), 1.0)
    missing = more * customers.answer
    low = (s.poor + missing * share) / s.poor
    fine = (s.fine + missing * (1 - share)) / max(s.fine, 1)
    return 1.0 + likely * (min(max(low / max(fine, 1.0), 1.0), CAP) - 1.0)


def _raised(s: Sums, solicits: float, rate: float) -> float:
    """How much of a raised score's weight belongs to the score before."""
    low = s.poor + s.raised
    if not s.raised:
        return 0.0
    odds = ODDS + math.log(
        beta_binomial_chance(s.raised, low, CALLS, GAMING_SPREAD)
        / beta_binomial_chance(s.raised, low, rate, HONEST_SPREAD)
    )
    calls = 1 / (1 + math.exp(-odds)) * max(1 - rate * low / s.raised, 0.0)
    return max(calls, ALSO_CALLS * solicits)
