"""ATTACK_BURST: low scores for one subject, from one origin, within days, against a victim.
Page: docs/integrity/attack_burst.md

Sizes: two customers with low scores on one device 1.5, three 3, six or more 4.5, if that device
serves this subject beyond its share; two thirds of it for an address, half for a network, weaker
for firms; more low scores within a week of each other than the subject's volume explains (`excess`,
at most 1.5); phantom-like sessions (at most 3). Good listened calls +0.5; a complaint, refund or
repeat contact -2 (a bad day is not an attack); a store-wide bad day -2. Two kinds must agree,
unless five or more customers share the device.
"""

from __future__ import annotations

from collections.abc import Sequence

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.checks.interaction import phantom_session
from collector.integrity.engine.concentration import concentration, excess
from collector.integrity.engine.finding import ATTACK, Finding
from collector.integrity.engine.profiles import PoorAnswer
from collector.integrity.engine.running_statistics import DAY
from collector.integrity.engine.usage_index import Origin

CODE = "ATTACK_BURST"
WITHIN = 7 * DAY
CUSTOMERS_LEAST = 3
ALONE = 3.9  # five or more customers on one device, all low, all about one subject
SIZES = (0.0, 0.0, 1.5, 3.0, 3.5, 4.0, 4.5)  # by number of customers on the device
ADDRESS_PART, NETWORK_PART = 0.67, 0.5
QUICK_CAP, CLUSTER_CAP, CAP = 1.5, 1.5, 7.0
GOOD_CALLS, TROUBLE, BAD_DAY = 0.5, -2.0, -2.0


def check(assessment: Assessment) -> Finding | None:
    """A finding for a low score that looks like one of many made by somebody."""
    case, stats = assessment.case, assessment.stats
    if not case.poor:
        return None
    near = [low for low in stats.profiles[case.agent].poor if abs(low.at - case.answered) <= WITHIN]
    if len({low.respondent for low in near}) < CUSTOMERS_LEAST:
        return None
    figures: dict[str, object] = {"low_scores": len(near)}
    origin = max(
        _from_origin(assessment, near, "device", assessment.device, figures),
        _from_origin(assessment, near, "ip", stats.ips.get(case.ip), figures) * ADDRESS_PART,
        _from_origin(assessment, near, "net", stats.nets.get(case.net), figures) * NETWORK_PART,
    )
    session = phantom_session.weigh(assessment, attacker=origin >= 1.0)
    quick = 0.0
    if session is not None:
        alike = len({low.respondent for low in near if low.phantom_like})
        quick = min(session.log_odds, QUICK_CAP) + (1.5 if alike >= 4 else 0.0)
        figures["phantom_like"] = alike
    if origin < 0.5 and quick < 2.0:
        return None
    too_many = excess(len(near), _usual(assessment), CLUSTER_CAP)
    if origin < ALONE and sum(part > 0.3 for part in (origin, quick, too_many)) < 2:
        return None
    log_odds = origin + quick + too_many
    good_calls, troubled = stats.quality(case.agent) > 0.2, case.troubled(assessment.now)
    log_odds += GOOD_CALLS * good_calls + TROUBLE * troubled
    log_odds += BAD_DAY * _bad_day(assessment)
    return Finding(CODE, ATTACK, min(log_odds, CAP), figures) if log_odds > 0 else None


def _from_origin(
    assessment: Assessment, near: Sequence[PoorAnswer], name: str, origin: Origin | None,
    figures: dict[str, object],
) -> float:  # fmt: skip
    """What poor scores that share this answer's origin weigh. `name`: the field that holds it."""
    if origin is None:
        return 0.0
    agent, key = assessment.case.agent, getattr(assessment.case, name)
    customers = len({low.respondent for low in near if getattr(low, name) == key})
    if customers < 2:
        return 0.0
    surprise, _ = concentration(assessment, origin)
    # The attacker's own phone may be busy boosting somebody else as well.
    sure = min(max((surprise - 1.0) / 2.0, 0.0), 1.0)
    if name == "device" and customers >= 3:
        sure = max(sure, 0.4)
    figures[f"same_{name}"] = customers
    counts = origin.by_subject.get(agent)
    low = counts.rest / max(counts.total, 1.0) if counts else 0.0
    # From a counter's tablet come scores of all kinds.
    sure *= max(2 * low - 1, 0.0)
    return SIZES[min(customers, len(SIZES) - 1)] * sure * origin.rarely_here


def _usual(assessment: Assessment) -> float:
    """Low scores that this subject's volume leads one to expect in such a window."""
    profile = assessment.stats.profiles[assessment.case.agent]
    span = max(profile.last - profile.first, 2 * WITHIN)
    return (profile.scores.expected_rest + 0.3) * 2 * WITHIN / span


def _bad_day(assessment: Assessment) -> bool:
    """Had the whole store a bad day, without this subject's own low scores?"""
    case, stats = assessment.case, assessment.stats
    day = int(case.answered // DAY)
    store = stats.days.get((case.store, day))
    if store is None:
        return False
    mine = sum(int(low.at // DAY) == day for low in stats.profiles[case.agent].poor)
    others = store.trials - mine
    usual = stats.expected(case)[1]
    return others >= 5 and (store.hits - mine) / others > min(1.8 * usual + 0.1, 0.8)


CHECK = Check(CODE, version=2, cost="periodic", check=check)
