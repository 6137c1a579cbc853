"""ATTACK_BURST: low scores for one subject that one hand made, in a day or over weeks.
Page: docs/integrity/attack_burst.md

The facts, each against what this subject's own customers would do by themselves:

- the low scores of several customers come from one device (whole), or of several devices at one
  address (two thirds) or network (half): `lows_from_one_hand.py`, at most 6.7;
- this session looks made up: as PHANTOM_SESSION has it, at most 2.2;
- more such sessions are low than usual (at most 3), more scores are low (at most 1.5), in a day, a
  week or four, or a quarter, whichever says most; the smaller counts by 0.6 (the same lows);
- they have in common what boosting has, held against a hand that harms: numbers in place of those
  on file, or one number of many (CONTACT_CHANGED, CONTACT_REUSED), a browser, a sentence. Browsers
  are in fashion and complaints alike: those two count beside numbers, or both together.

How slow it goes matters to the third only. Good listened calls +0.5; a complaint, refund or repeat
contact -2. A bad day is no constant: what other subjects of the store got that day is what is
expected. Two facts must agree, unless five customers or more share the device.
"""

from __future__ import annotations

from dataclasses import dataclass

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.checks.contact.contact_changed import changed_here
from collector.integrity.engine.checks.contact.contact_reused import in_place_of_many
from collector.integrity.engine.checks.interaction import phantom_session
from collector.integrity.engine.checks.origin.client_concentration import same_browser
from collector.integrity.engine.checks.wording.template_text import repeated
from collector.integrity.engine.concentration import excess
from collector.integrity.engine.finding import ATTACK, Finding
from collector.integrity.engine.lows_from_one_hand import bad_days, of_one_hand
from collector.integrity.engine.profiles import PoorAnswer
from collector.integrity.engine.running_statistics import DAY

CODE = "ATTACK_BURST"
# Who harms somebody goes on while it lasts: a dispute, or a quarter. Twice four weeks around an
# answer hold little of what the same phone did at other times; a quarter holds a slow hand whole.
SPANS = (28 * DAY, 90 * DAY)
WINDOWS = (DAY, 7 * DAY)
CUSTOMERS_LEAST = 3
ALONE = 3.9  # from here on the hand is evidence enough to be told without another fact
ADDRESS_PART, NETWORK_PART = 0.67, 0.5
ALIKE_CAP, TOO_MANY_CAP, CAP = 3.0, 1.5, 7.0
ALIKE_WHOLE = 6  # an agent who hangs up has a few such customers, too
ALSO = 0.6
TOLD, BOTH = 0.3, 1.0
QUICK_USUAL, QUICK_PRIOR = 0.05, 20
GOOD_CALLS, TROUBLE = 0.5, -2.0


@dataclass(frozen=True, slots=True)
class InCommon:
    """What the lows have in common besides their origin: nats of each fact and in all, figures."""

    facts: tuple[float, ...]
    log_odds: float
    figures: dict[str, object]

    @property
    def telling(self) -> bool:
        """Enough to ask further? A browser alone is in fashion; displeased people say the same."""
        changed, reused, browser, words = self.facts
        return max(changed, reused) > TOLD or min(browser, words) > BOTH


def check(assessment: Assessment) -> Finding | None:
    """A finding for a low score that looks like one of many made by somebody."""
    if not assessment.case.poor:
        return None
    shared = _in_common(assessment)
    chosen: Finding | None = None
    for within in SPANS:
        found = _check(assessment, within, shared)
        if found is not None and (chosen is None or found.log_odds > chosen.log_odds):
            chosen = found
    return chosen


def _check(assessment: Assessment, within: float, shared: InCommon) -> Finding | None:
    case, stats = assessment.case, assessment.stats
    near = stats.profiles[case.agent].poor_near(case.answered, within)
    if len({low.respondent for low in near}) < CUSTOMERS_LEAST:
        return None
    figures: dict[str, object] = {"low_scores": len(near), **shared.figures}
    origin = max(
        of_one_hand(assessment, near, within, "device", figures),
        of_one_hand(assessment, near, within, "ip", figures) * ADDRESS_PART,
        of_one_hand(assessment, near, within, "net", figures) * NETWORK_PART,
    )
    looks = phantom_session.looks(assessment, attacker=origin >= 1.0) or 0.0
    if origin < 0.5 and looks <= 0.3 and not shared.telling:
        return None  # nearly every low score: nothing below could make it a finding
    alike, too_many = _too_many(assessment, near, within, figures, quick=looks > 0.3)
    facts = (origin, looks, alike, too_many, *shared.facts)
    if origin < 0.5 and looks + alike + shared.log_odds < 2.0:
        return None
    if origin < ALONE and sum(fact > 0.3 for fact in facts) < 2:
        return None
    log_odds = origin + looks + max(alike, too_many) + ALSO * min(alike, too_many)
    log_odds += shared.log_odds
    good_calls, troubled = stats.quality(case.agent) > 0.2, case.troubled(assessment.now)
    log_odds += GOOD_CALLS * good_calls + TROUBLE * troubled
    return Finding(CODE, ATTACK, min(log_odds, CAP), figures) if log_odds > 0 else None


def _in_common(assessment: Assessment) -> InCommon:
    """What this low score shares with the subject's other low ones."""
    alone, changed, numbers = changed_here(assessment, against=True)
    reused = in_place_of_many(assessment)
    browser, browsers = same_browser(assessment, against=True)
    words, comments = repeated(assessment)
    figures: dict[str, object] = {}
    if max(changed, reused) > TOLD:
        changed += alone
        figures["other_numbers"] = numbers.get("changed")
    elif browser <= BOTH:
        words = 0.0
    if words > TOLD:
        figures["same_words"] = comments["alike"]
    if browser > TOLD:
        figures["same_browser"] = browsers["customers"]
    both = max(changed, reused) + ALSO * min(changed, reused)
    return InCommon((changed, reused, browser, words), both + browser + words, figures)


def _too_many(
    assessment: Assessment, near: list[PoorAnswer], most: float, figures: dict[str, object], *,
    quick: bool,
) -> tuple[float, float]:  # fmt: skip
    """How far made-up sessions with low scores, and low scores, are more than usual."""
    case, stats = assessment.case, assessment.stats
    mine = stats.profiles[case.agent]
    usual_quick = _usual_quick(assessment)
    alike = too_many = 0.0
    for within in (*WINDOWS, most):
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


CHECK = Check(CODE, version=4, cost="periodic", check=check)
