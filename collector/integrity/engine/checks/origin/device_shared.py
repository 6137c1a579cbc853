"""DEVICE_SHARED: many customers on one device, nearly all of one subject.
Page: docs/integrity/device_shared.md

Size: minus ln of the binomial tail given the subject's share of the team's answers on that channel,
less 1 (somebody always has the most), capped at 2.5: a phone handed over the counter looks the
same. A counter's tablet stays in the shop, a phone in a pocket does not: 0.8 more where its answers
for this subject came over two networks, 1.5 over three, if the scores rather look like one hand.
What parts the two is whether the scores look like many people's own (`score_pattern.py`),
worth up to 3 more, or nothing at all (ASSISTED_DEVICE). Two customers on a device are a couple;
customers who come often are a firm at its desk, served by its account manager: nothing.
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.concentration import concentration, few_subjects
from collector.integrity.engine.finding import ORIGIN, Finding

CODE = "DEVICE_SHARED"
CAP, PATTERN_CAP = 2.5, 3.0
FEW = 6  # customers until a device is more than a family's or a colleague's
ROAMS = (0.0, 0.0, 0.8, 1.5)
ENOUGH = 15  # answers until the pattern of scores counts whole


def check(assessment: Assessment) -> Finding | None:
    """A finding for a good score from a device that serves one subject's customers."""
    case, device, scores = assessment.case, assessment.shared_device, assessment.device_scores
    if device is None or scores is None or not case.good or scores.assisted:
        return None
    surprise, share = concentration(assessment, device)
    surprise = max(surprise, few_subjects(assessment, device))
    few = min(device.customer_count / FEW, 1.0)
    log_odds = min(max(surprise - 1.0, 0.0), CAP) * device.rarely_here * few
    if log_odds <= 0.2:
        return None
    enough = min(scores.total / ENOUGH, 1.0)
    networks = _networks(assessment)
    roams = ROAMS[min(networks, 3)] if scores.log_odds > 0 else 0.0
    log_odds += (min(max(scores.log_odds, -1.5), PATTERN_CAP) * enough + roams) * log_odds / CAP
    figures = {
        "customers": device.customer_count, "for_subject": device.customers_of(case.agent),
        "expected": round(share * device.customer_count, 1), "best": scores.best,
        "good": scores.good, "rest": scores.rest, "networks": networks,
    }  # fmt: skip
    return Finding(CODE, ORIGIN, log_odds, figures) if log_odds > 0 else None


def _networks(assessment: Assessment) -> int:
    """Over how many networks the device's latest answers for this subject came."""
    case = assessment.case
    latest = assessment.stats.recent.get(case.device or "", ())
    return len({answer.net for answer in latest if answer.subject == case.agent and answer.net})


CHECK = Check(CODE, version=2, cost="arrival", check=check)
