"""NETWORK_CONCENTRATION: many customers at one address, nearly all of one subject.
Page: docs/integrity/network_concentration.md

As DEVICE_SHARED, but addresses are shared for many honest reasons (carrier NAT, an office with its
account manager, the shop's wifi), so: capped at 2 for the address and 1.2 for the network, and
scaled down by the square of the part of its customers who come often, as those of a firm do.
Customers at this answer's own shared device do not count: where the device is, its address is, and
DEVICE_SHARED has seen them. People who answer on the spot are on the shop's wifi: the time when
the answers came may take off up to 2.5 (`presence.py`), and adds nothing.
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.concentration import SURE, concentration
from collector.integrity.engine.finding import ORIGIN, Finding
from collector.integrity.engine.records import Case
from collector.integrity.engine.surprise import binomial_surprise
from collector.integrity.engine.usage_index import Origin

CODE = "NETWORK_CONCENTRATION"
ADDRESS_CAP, NETWORK_CAP = 2.0, 1.2


def check(assessment: Assessment) -> Finding | None:
    """The stronger of the address and its network, for a good score."""
    case, stats = assessment.case, assessment.stats
    if not case.good:
        return None
    chosen: Finding | None = None
    for where, origin, cap in (
        ("address", stats.ips.get(case.ip), ADDRESS_CAP),
        ("network", stats.nets.get(case.net), NETWORK_CAP),
    ):
        if origin is None or not origin.shared:
            continue
        surprise, share = concentration(assessment, origin)
        if surprise > 1.5 and assessment.shared_device is not None:
            surprise = _beyond(origin, case, share)
        log_odds = min(max(surprise - 1.5, 0.0), cap)
        log_odds *= assessment.strangers(origin) ** 2 if log_odds > 0 else 1.0
        if log_odds <= 0.2 or (chosen is not None and log_odds <= chosen.log_odds):
            continue
        scores = assessment.scores_from(origin)
        if scores.assisted:
            continue
        figures = {
            "where": where, "customers": origin.customer_count,
            "for_subject": origin.customers_of(case.agent),
            "expected": round(share * origin.customer_count, 1),
        }  # fmt: skip
        log_odds += min(max(scores.log_odds, -1.0), 1.0) * log_odds / cap
        log_odds += min(assessment.presence_at(origin).log_odds, 0.0) * log_odds / cap
        chosen = Finding(CODE, ORIGIN, max(log_odds, 0.0), figures)
    return chosen


def _beyond(origin: Origin, case: Case, share: float) -> float:
    """How surprising the customers there are who did not answer on this answer's device; this
    answer's own customer counts.
    """
    mine, everybody = origin.without_device(case.device or "", case.agent)
    return binomial_surprise(mine + 1, everybody + 1, share, SURE)


CHECK = Check(CODE, version=3, cost="arrival", check=check)
