"""Is there more of something in a subject's answers than chance and habit explain? Pure.

Are too many of an origin's customers this subject's (`concentration`, `few_subjects`)? Are too many
of the subject's answers alike (`excess`, `cluster`)?
"""

from __future__ import annotations

import math

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.score_pattern import score_pattern
from collector.integrity.engine.surprise import binomial_surprise, poisson_surprise
from collector.integrity.engine.usage_index import Origin

FEW_MOST = 24  # subjects on one thing; beyond that it is a public one
SURE = 10.0  # nats; more chance than that no check asks for


def concentration(assessment: Assessment, origin: Origin) -> tuple[float, float]:
    """(-ln of the chance that so many of the customers there are this subject's, at most `SURE`
    and 0 where they are no more than expected; expected share).
    """
    mine, everybody = origin.customers_of(assessment.case.agent), origin.customer_count
    share = assessment.stats.share(assessment.case, mine, everybody)
    if share >= 0.9:
        return 0.0, share
    return binomial_surprise(mine, everybody, share, SURE), share


def mostly(origin: Origin, subject: str) -> float:
    """0 where half of the customers there are this subject's, to 1 where nine in ten are."""
    part = origin.customers_of(subject) / origin.customer_count
    return min(max((part - 0.5) / 0.4, 0.0), 1.0)


def few_subjects(assessment: Assessment, origin: Origin) -> float:
    """-ln of the chance that only these few of the subjects who are at home where its customers
    were served have customers there.

    A ring may reach over stores: then all of those stores' subjects could have been drawn. What an
    honest thing is used by all over the company would have drawn from more, so this errs on the
    mild side. Which channels the answers took plays no part.
    """
    stats, few = assessment.stats, len(origin.by_subject)
    if not 2 <= few <= FEW_MOST:
        return 0.0
    stores = origin.stores()
    size = len(set().union(*(stats.members[store] for store in stores)))
    if few >= size:
        return 0.0
    total = sum(stats.answers[store] for store in stores)
    part = sum(stats.profiles[subject].answers for subject in origin.by_subject) / max(total, 1)
    ways = math.lgamma(size + 1) - math.lgamma(few + 1) - math.lgamma(size - few + 1)
    return max(0.0, -ways - origin.customer_count * math.log(max(part, 1e-6)))


def cluster(
    assessment: Assessment, common: str, seen: int, expected: float, cap: float, *,
    minimum: int = 3, against: bool = False,
) -> float:  # fmt: skip
    """Log odds for belonging to a cluster of the subject's answers that have something in common.

    `excess`, moved by what the cluster's scores say (one hand or many), so that a subject whose
    customers just are like that is cleared. `against`: one hand that harms the subject.
    """
    log_odds = excess(seen, expected, cap, minimum=minimum)
    stats, subject = assessment.stats, assessment.case.agent
    found = stats.clusters.get((common, subject))
    if log_odds <= 0 or found is None:
        return log_odds
    scores = score_pattern(stats, {subject: found.counts})
    one_hand = scores.against if against else scores.log_odds
    if one_hand < 0:
        return log_odds * max(1 + one_hand / 2, 0.0)
    return log_odds + min(one_hand, 1.5) * min(log_odds, 1.0)


def excess(seen: int, expected: float, cap: float, *, minimum: int = 3) -> float:
    """Log odds for being one too many of `seen` alike where `expected` are usual.

    ln((seen - expected) / expected), drawn to nothing while the number itself may be chance.
    """
    if seen < minimum or seen <= expected:
        return 0.0
    expected = max(expected, 0.05)
    chance = poisson_surprise(seen, expected, 7.5)  # where it is sure
    sure = max((chance - 2.5) / 5.0, 0.0)
    return min(max(math.log((seen - expected) / expected), 0.0), cap) * sure
