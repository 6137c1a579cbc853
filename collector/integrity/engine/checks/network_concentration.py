"""NETWORK_CONCENTRATION: many customers at one address, nearly all of one subject.
Page: docs/integrity/network_concentration.md

As DEVICE_SHARED, but addresses are shared for many honest reasons (carrier NAT, an office with its
account manager, the shop's wifi), so: capped at 2 for the address and 1.2 for the network, and
scaled down by the square of the part of its customers who come often, as those of a firm do.
"""

from __future__ import annotations

from collector.integrity.engine.finding import ORIGIN, Finding
from collector.integrity.engine.patterns import concentration, pattern
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics

CODE, VERSION, COST = "NETWORK_CONCENTRATION", 1, "arrival"
LEAST = 3
CAPS = (2.0, 1.2)


def check(case: Case, stats: RunningStatistics, now: float) -> Finding | None:
    """The stronger of the address and its network, for a good score."""
    if not case.good:
        return None
    chosen: Finding | None = None
    for book_of, key, cap, where in (
        (stats.ips, case.ip, CAPS[0], "address"), (stats.nets, case.net, CAPS[1], "network"),
    ):  # fmt: skip
        users = book_of.get(key or "")
        if users is None or users.count < LEAST:
            continue
        unlikely, share = concentration(stats, users, case)
        once = 1 - users.many_cases / users.count
        log_odds = min(max(unlikely - 1.5, 0.0), cap) * once * once
        if log_odds <= 0.2 or (chosen is not None and log_odds <= chosen.log_odds):
            continue
        hand = pattern(stats, users, case.agent)
        if hand.assisted:
            continue
        figures = {
            "where": where, "customers": users.count, "for_subject": users.of(case.agent),
            "expected": round(share * users.count, 1),
        }  # fmt: skip
        log_odds += min(max(hand.log_odds, -1.0), 1.0) * log_odds / cap
        chosen = Finding(CODE, ORIGIN, max(log_odds, 0.0), figures)
    return chosen
