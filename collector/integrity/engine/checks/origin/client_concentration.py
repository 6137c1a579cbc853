"""CLIENT_CONCENTRATION: an unusual part of the subject's customers use the very same browser.
Page: docs/integrity/client_concentration.md

Who clears the cookies of one phone still shows its model and version. Size: the odds that one of
these answers is one too many against the store's and the company's use of that browser (`excess`),
capped at 2, because a model in fashion in one quarter explains some. Nothing is added where the
device itself is known to be shared: that check has seen it already. Customers at this answer's own
address do not count: a firm buys its machines together, and NETWORK_CONCENTRATION has seen them.
"""

from __future__ import annotations

from collections.abc import Collection

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.concentration import cluster
from collector.integrity.engine.finding import CLIENT, Finding
from collector.integrity.engine.profiles import Profile

CODE = "CLIENT_CONCENTRATION"
CAP, LEAST = 2.0, 4


def check(assessment: Assessment) -> Finding | None:
    """A finding for a good score from a browser that this subject's customers use too often."""
    if not assessment.case.good:
        return None
    log_odds, figures = same_browser(assessment)
    return Finding(CODE, CLIENT, log_odds, figures) if log_odds >= 0.2 else None


def same_browser(
    assessment: Assessment, *, against: bool = False
) -> tuple[float, dict[str, object]]:
    """What it weighs that so many come from this browser; figures. `against`: of low scores."""
    case, stats = assessment.case, assessment.stats
    if not case.client or assessment.shared_device is not None:
        return 0.0, {}
    mine, store = stats.profiles[case.agent], stats.stores[case.store]
    seen = mine.used(case.client)
    address = stats.ips.get(case.ip)
    if address is not None:
        seen -= max(address.customers_of(case.agent) - 1, 0)
    if seen < LEAST:
        return 0.0, {}
    channels = stats.seen.browsers.channels_of(case.client)
    rate = max(
        _rate(case.client, channels, store, mine, stats.company, 20.0),
        _rate(case.client, channels, stats.company, mine, stats.company, 1.0),
    )
    of = mine.with_client(channels)
    expected = rate * of
    log_odds = cluster(
        assessment, case.client, seen, expected, CAP, minimum=LEAST, against=against
    )  # fmt: skip
    return log_odds, {"customers": seen, "of": of, "expected": round(expected, 1)}


def _rate(
    client: str, channels: Collection[str], unit: Profile, mine: Profile, company: Profile,
    strength: float,
) -> float:  # fmt: skip
    """How much of the unit's answers over these channels, without the subject's, come from it."""
    everywhere = (company.used(client) + 1) / (company.with_client(channels) + 20)
    hits = unit.used(client) - mine.used(client)
    total = unit.with_client(channels) - mine.with_client(channels)
    return max(hits + everywhere * strength, 0.0) / (total + strength)


CHECK = Check(CODE, version=3, cost="arrival", check=check)
