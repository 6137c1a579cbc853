"""DEVICE_SHARED: many customers on one device, nearly all of one subject.
Page: docs/integrity/device_shared.md

Size: minus ln of the binomial tail given the subject's share of the team's answers on that channel,
less 1 (somebody always has the most), capped at 2.5: a phone handed over the counter looks the
same. A counter's tablet stays in the shop, a phone in a pocket does not: 0.8 more where its answers
for this subject came over two networks, 1.5 over three, if the scores rather look like one hand.
What parts the two is whether the scores look like many people's own hand (`patterns.py`),
worth up to 3 more, or nothing at all (ASSISTED_DEVICE). Two customers on a device are a couple;
customers who come often are a firm at its desk, served by its account manager: nothing.
"""

from __future__ import annotations

from collector.integrity.engine.finding import ORIGIN, Finding
from collector.integrity.engine.patterns import concentration, pattern, ring
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics

CODE, VERSION, COST = "DEVICE_SHARED", 2, "arrival"
LEAST, CAP, PATTERN_CAP = 3, 2.5, 3.0
FEW = 6  # customers until a device is more than a family's or a colleague's
ROAMS = (0.0, 0.0, 0.8, 1.5)
ENOUGH = 15  # answers until the pattern of scores counts whole


def check(case: Case, stats: RunningStatistics, now: float) -> Finding | None:
    """A finding for a good score from a device that serves one subject's customers."""
    users = stats.devices.get(case.device or "")
    if users is None or users.count < LEAST or not case.good:
        return None
    unlikely, share = concentration(stats, users, case)
    together = ring(stats, users, case)
    if together > unlikely:
        unlikely = together
    hand = pattern(stats, users, case.agent)
    if hand.assisted:
        return None
    once = 1 - users.many_cases / users.count
    few = min(users.count / FEW, 1.0)
    log_odds = min(max(unlikely - 1.0, 0.0), CAP) * once * few
    if log_odds <= 0.2:
        return None
    enough = min((hand.best + hand.good + hand.rest) / ENOUGH, 1.0)
    networks = _networks(case, stats)
    roams = ROAMS[min(networks, 3)] if hand.log_odds > 0 else 0.0
    log_odds += (min(max(hand.log_odds, -1.5), PATTERN_CAP) * enough + roams) * log_odds / CAP
    figures = {
        "customers": users.count, "for_subject": users.of(case.agent),
        "expected": round(share * users.count, 1), "best": hand.best, "good": hand.good,
        "rest": hand.rest, "networks": networks,
    }  # fmt: skip
    return Finding(CODE, ORIGIN, log_odds, figures) if log_odds > 0 else None


def _networks(case: Case, stats: RunningStatistics) -> int:
    """Over how many networks the device's latest answers for this subject came."""
    visits = stats.rings.get(case.device or "", ())
    return len({visit.net for visit in visits if visit.subject == case.agent and visit.net})
