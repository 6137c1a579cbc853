"""CLIENT_CONCENTRATION: an unusual part of the subject's customers use the very same browser.
Page: docs/integrity/client_concentration.md

Who clears the cookies of one phone still shows its model and version. Size: the odds that a member
of the heap is one too many against the store's and the company's use of that browser (`excess`),
capped at 2, because a model in fashion in one quarter explains some. Nothing is added where the
device itself is known to be shared: that check has seen it already. Customers at this answer's own
address do not count: a firm buys its machines together, and NETWORK_CONCENTRATION has seen them.
"""

from __future__ import annotations

from collector.integrity.engine.finding import CLIENT, Finding
from collector.integrity.engine.patterns import heap
from collector.integrity.engine.profiles import Profile
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics

CODE, VERSION, COST = "CLIENT_CONCENTRATION", 2, "arrival"
CAP, LEAST = 2.0, 4


def check(case: Case, stats: RunningStatistics, now: float) -> Finding | None:
    """A finding for a good score from a browser that this subject's customers use too often."""
    if not case.client or not case.good:
        return None
    shared = stats.devices.get(case.device or "")
    if shared is not None and shared.count >= 3:
        return None
    mine, store = stats.profiles[case.agent], stats.stores[case.store]
    seen = mine.used(case.client)
    neighbours = stats.ips.get(case.ip)
    if neighbours is not None:
        seen -= max(neighbours.of(case.agent) - 1, 0)
    if seen < LEAST:
        return None
    rate = max(
        _rate(case, store, mine, stats.all, 20.0), _rate(case, stats.all, mine, stats.all, 1.0)
    )
    expected = rate * mine.client_total
    log_odds = heap(stats, case.client, case, seen, expected, CAP, minimum=LEAST)
    if log_odds < 0.2:
        return None
    figures = {"customers": seen, "of": mine.client_total, "expected": round(expected, 1)}
    return Finding(CODE, CLIENT, log_odds, figures)


def _rate(case: Case, unit: Profile, mine: Profile, everybody: Profile, strength: float) -> float:
    """How much of the unit's answers, without this subject's, come from that browser."""
    client = case.client or ""
    everywhere = (everybody.used(client) + 1) / (everybody.client_total + 20)
    hits = unit.used(client) - mine.used(client)
    total = unit.client_total - mine.client_total
    return max(hits + everywhere * strength, 0.0) / (total + strength)
