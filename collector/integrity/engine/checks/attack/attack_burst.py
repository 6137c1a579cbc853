"""ATTACK_BURST: low scores for one subject that one hand made, in a day or over weeks.
Page: docs/integrity/attack_burst.md

Four facts, each against what this subject's own customers would do by themselves:

- the low scores of several customers come from one device (whole), or of several devices at one
  address (two thirds) or network (half): `lows_from_one_hand.py`,
  at most 6.7;
- this session looks made up: as PHANTOM_SESSION has it, at most 2.2;
- more such sessions are low than usual (at most 3), more scores are low (at most 1.5), in a day, a
  week or four weeks, whichever says most; the smaller counts by 0.6, for it counts the same lows.

How slow it goes matters to the last only. Good listened calls +0.5; a complaint, refund or repeat
contact -2. A bad day is no constant: what other subjects of the store got that day is what is
expected. Two facts must agree, unless five customers or more share the device.
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.checks.interaction import phantom_session
from collector.integrity.engine.concentration import excess
from collector.integrity.engine.finding import ATTACK, Finding
from collector.integrity.engine.lows_from_one_hand import bad_days, of_one_hand
from collector.integrity.engine.profiles import PoorAnswer
from collector.integrity.engine.running_statistics import DAY

CODE = "ATTACK_BURST"
# Who harms somebody goes on while it lasts: a dispute, a quarter. Twice four weeks around an answer
# hold enough of it, and little of what the same phone did in another year.
WITHIN = 28 * DAY
WINDOWS = (DAY, 7 * DAY, WITHIN)
CUSTOMERS_LEAST = 3
ALONE = 3.9  # from here on the hand is evidence enough to be told without another fact
ADDRESS_PART, NETWORK_PART = 0.67, 0.5
ALIKE_CAP, TOO_MANY_CAP, CAP = 3.0, 1.5, 7.0
ALIKE_WHOLE = 6  # an agent who hangs up has a few such customers, too
ALSO = 0.6
QUICK_USUAL, QUICK_PRIOR = 0.05, 20
GOOD_CALLS, TROUBLE = 0.5, -2.0


def check(assessment: Assessment) -> Finding | None:
    """A finding for a low score that looks like one of many made by somebody."""
    case, stats = assessment.case, assessment.stats
    if not case.poor:
        return None
    near = stats.profiles[case.agent].poor_near(case.answered, WITHIN)
    if len({low.respondent for low in near}) < CUSTOMERS_LEAST:
        return None
    figures: dict[str, object] = {"low_scores": len(near)}
    origin = max(
        of_one_hand(assessment, near, "device", figures),
        of_one_hand(assessment, near, "ip", figures) * ADDRESS_PART,
        of_one_hand(assessment, near, "net", figures) * NETWORK_PART,
    )
    looks = phantom_session.looks(assessment, attacker=origin >= 1.0) or 0.0
    if origin < 0.5 and looks <= 0.3:
        return None  # nearly every low score: nothing below could make it a finding
    alike, too_many = _too_many(assessment, near, figures, quick=looks > 0.3)
    facts = (origin, looks, alike, too_many)
    if origin < 0.5 and looks + alike < 2.0:
        return None
    if origin < ALONE and sum(fact > 0.3 for fact in facts) < 2:
        return None
    log_odds = origin + looks + max(alike, too_many) + ALSO * min(alike, too_many)
    good_calls, troubled = stats.quality(case.agent) > 0.2, case.troubled(assessment.now)
    log_odds += GOOD_CALLS * good_calls + TROUBLE * troubled
    return Finding(CODE, ATTACK, min(log_odds, CAP), figures) if log_odds > 0 else None


def _too_many(
    assessment: Assessment, near: list[PoorAnswer], figures: dict[str, object], *, quick: bool
) -> tuple[float, float]:
    """How far made-up sessions with low scores, and low scores, are more than usual."""
    case, stats = assessment.case, assessment.stats
    mine = stats.profiles[case.agent]
    usual_quick = _usual_quick(assessment)
    alike = too_many = 0.0
    for within in WINDOWS:
        lows = [low for low in near if abs(low.at - case.answered) <= within]
        span = max(mine.last - mine.first, 2 * within)
        expected = (mine.scores.expected_rest + 0.3) * 2 * within / span
        worse, quick_share = bad_days(assessment, within, usual_quick)
        expected *= worse
        customers = len({low.respondent for low in lows})
        too_many = max(too_many, excess(customers, expected, TOO_MANY_CAP))
        if not quick:
            continue
        same = len({low.respondent for low in lows if low.phantom_like})
        sure = min(same / ALIKE_WHOLE, 1.0)
        found = sure * excess(same, expected * quick_share, ALIKE_CAP)
        if found > alike:
            alike = found
            figures["phantom_like"] = same
    return alike, too_many


def _usual_quick(assessment: Assessment) -> float:
    """The part of low scores that come in sessions that look made up, of other subjects; or of this
    one's other scores, where its customers are like that.
    """
    stats, mine = assessment.stats, assessment.stats.profiles[assessment.case.agent]
    others = stats.company.quick_poor.rate_without(mine.quick_poor, QUICK_USUAL, QUICK_PRIOR)
    trials = max(mine.phantom.trials - mine.quick_poor.hits, 0)
    good = max(mine.phantom.hits - mine.quick_poor.hits, 0)
    return max(others, (good + others * QUICK_PRIOR) / (trials + QUICK_PRIOR))


CHECK = Check(CODE, version=3, cost="periodic", check=check)
