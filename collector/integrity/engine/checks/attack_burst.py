"""ATTACK_BURST: low scores for one subject, from one origin, within days, against a victim.
Page: docs/integrity/attack_burst.md

Sizes: two customers with low scores on one device 1.5, three 3, six or more 4.5, if that device
serves this subject beyond its share; two thirds of it for an address, weaker for firms; a heap of
low scores within a week against the store's rate (`excess`, at most 1.5); phantom-like sessions
(at most 3). Good listened calls +0.5; a complaint, refund or repeat contact -2 (a bad day is not
an attack); a store-wide bad day -2. Two kinds must agree, unless five or more customers share the
device.
"""

from __future__ import annotations

from collections.abc import Iterable

from collector.integrity.engine.checks import phantom_session
from collector.integrity.engine.finding import ATTACK, Finding
from collector.integrity.engine.patterns import concentration, excess
from collector.integrity.engine.profiles import Low
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import DAY, RunningStatistics
from collector.integrity.engine.usage_index import Users

CODE, VERSION, COST = "ATTACK_BURST", 2, "periodic"
WITHIN = 7 * DAY
ALONE = 3.9  # five or more customers on one device, all low, all about one subject
SIZES = (0.0, 0.0, 1.5, 3.0, 3.5, 4.0, 4.5)


def check(case: Case, stats: RunningStatistics, now: float) -> Finding | None:
    """A finding for a low score that looks like one of a heap made by somebody."""
    if not case.poor:
        return None
    profile = stats.profiles[case.agent]
    near = [low for low in profile.lows if abs(low.at - case.answered) <= WITHIN]
    if len({low.who for low in near}) < 3:
        return None
    figures: dict[str, object] = {"low_scores": len(near)}
    origin = max(
        _origin("device", case.device, near, stats.devices.get(case.device), case, stats, figures),
        _origin("ip", case.ip, near, stats.ips.get(case.ip), case, stats, figures) * 0.67,
        _origin("net", case.net, near, stats.nets.get(case.net), case, stats, figures) * 0.5,
    )  # fmt: skip
    session = phantom_session.weigh(case, stats, now, attacker=origin >= 1.0)
    quick = 0.0
    if session is not None:
        alike = len({low.who for low in near if low.phantom})
        quick = min(session.log_odds, 1.5) + (1.5 if alike >= 4 else 0.0)
        figures["phantom_like"] = alike
    if origin < 0.5 and quick < 2.0:
        return None
    heap = excess(len(near), _usual(case, stats), 1.5)
    log_odds = origin + quick + heap
    if origin < ALONE and sum(part > 0.3 for part in (origin, quick, heap)) < 2:
        return None
    log_odds += 0.5 * (stats.quality(case.agent) > 0.2) - 2.0 * case.troubled(now)
    log_odds -= 2.0 * _bad_day(case, stats)
    return Finding(CODE, ATTACK, min(log_odds, 7.0), figures) if log_odds > 0 else None


def _origin(
    name: str, key: str | None, near: Iterable[Low], users: Users | None, case: Case,
    stats: RunningStatistics, figures: dict[str, object],
) -> float:  # fmt: skip
    if not key or users is None:
        return 0.0
    customers = {low.who for low in near if getattr(low, name) == key}
    if len(customers) < 2:
        return 0.0
    unlikely, _ = concentration(stats, users, case)
    # The attacker's own phone may be busy boosting somebody else as well.
    sure = min(max((unlikely - 1.0) / 2.0, 0.0), 1.0)
    if name == "device" and len(customers) >= 3:
        sure = max(sure, 0.4)
    figures[f"same_{name}"] = len(customers)
    row = users.by_subject.get(case.agent)
    low = row[3] / max(row[1] + row[2] + row[3], 1.0) if row else 0.0
    # From a counter's tablet come scores of all kinds.
    sure *= max(2 * low - 1, 0.0)
    often = users.many_cases / users.count
    size = SIZES[min(len(customers), len(SIZES) - 1)]
    return size * sure * (1 - often)


def _usual(case: Case, stats: RunningStatistics) -> float:
    """Low scores that this subject's volume leads one to expect in such a window."""
    profile = stats.profiles[case.agent]
    span = max(profile.last - profile.first, 2 * WITHIN)
    return (profile.kinds[4] + 0.3) * 2 * WITHIN / span


def _bad_day(case: Case, stats: RunningStatistics) -> bool:
    """Had the whole store a bad day?"""
    total, low = stats.days.get((case.store, int(case.answered // DAY)), (0, 0))
    mine = sum(
        int(x.at // DAY) == int(case.answered // DAY) for x in stats.profiles[case.agent].lows
    )
    rest = total - mine
    usual = stats.expected(case)[1]
    return rest >= 5 and (low - mine) / rest > min(1.8 * usual + 0.1, 0.8)
