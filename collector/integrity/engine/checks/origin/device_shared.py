"""DEVICE_SHARED: many customers on one device, nearly all of one subject, or of few.
Page: docs/integrity/device_shared.md

Size: minus ln of the binomial tail given the subject's share of the team's answers on that channel,
less 1 (somebody always has the most), capped at 2.5: a phone handed over the counter looks the
same. What parts the two, each worth as much as the concentration is certain:
- whether the scores look like many people's own (`score_pattern.py`), up to 3, or nothing at all
  (ASSISTED_DEVICE);
- whether the customers were still there when it answered (`presence.py`), up to 2.5 either way,
  half of what speaks against it unless the scores do, too;
- a counter's tablet stays in the shop, a phone in a pocket does not: 0.8 where its answers for this
  subject came over two networks, 1.5 over three, if the scores rather look like one hand; less of
  it (0.7) if the customers were there (whoever visits customers carries a tablet along).
Where not one subject but a few have it to themselves, or a whole store has and it answers when
nobody is there, all of its answers are asked instead of the subject's. Two customers on a device
are a couple; customers who come often are a firm at its desk, served by its account manager:
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.concentration import concentration, few_subjects, mostly
from collector.integrity.engine.finding import ORIGIN, Finding
from collector.integrity.engine.presence import Presence, presence
from collector.integrity.engine.score_pattern import ScorePattern, score_pattern
from collector.integrity.engine.usage_index import Origin

CODE = "DEVICE_SHARED"
CAP, PATTERN_CAP = 2.5, 3.0
FEW = 6  # customers until a device is more than a family's or a colleague's; a visit counts half
ROAMS, VISITS = (0.0, 0.0, 0.8, 1.5), 0.7
ENOUGH = 8  # answers until the pattern of scores counts whole: a family's scores are alike too
SUBJECTS_TOGETHER = 12
PARTY = 0.5  # of the customers on one number


@dataclass(frozen=True, slots=True)
class Whose:
    """Who has the device to themselves: how surely (nats), their scores, and when they came."""

    sure: float
    scores: ScorePattern
    present: Presence
    subjects: int = 1


def check(assessment: Assessment) -> Finding | None:
    """A finding for a good score from a device that serves one subject's customers, or few's."""
    case, device = assessment.case, assessment.shared_device
    if device is None or not case.good or assessment.assisted:
        return None
    surprise, share = concentration(assessment, device)
    whose = _whose(assessment, device, max(surprise - 1.0, 0.0))
    few = _more_than_a_family(device)
    sure = min(whose.sure, CAP) * assessment.strangers(device) * few
    if sure <= 0.2 or whose.scores.assisted:
        return None
    scores, present = whose.scores, whose.present
    networks = _networks(assessment)
    pattern = min(max(scores.log_odds, -1.5), PATTERN_CAP) * min(scores.total / ENOUGH, 1.0)
    roams = ROAMS[min(networks, 3)] if scores.log_odds > 0 else 0.0
    if present.log_odds < 0:
        roams *= VISITS
    time = present.log_odds
    if time > 0:
        # A family, or phones that look alike, explain a few late customers and not twenty.
        many = max((present.later - FEW) / (2 * FEW), 0.0)
        time *= min(max(0.5 + pattern / 2, 0.5 + many / 2), 1.0)
    log_odds = sure + (pattern + time + roams) * sure / CAP
    figures = {
        "customers": device.customer_count, "for_subject": device.customers_of(case.agent),
        "expected": round(share * device.customer_count, 1), "best": scores.best,
        "good": scores.good, "rest": scores.rest, "networks": networks,
        "subjects": whose.subjects, "on_the_spot": present.soon, "later": present.later,
    }  # fmt: skip
    return Finding(CODE, ORIGIN, log_odds, figures) if log_odds > 0 else None


def _whose(assessment: Assessment, device: Origin, mine: float) -> Whose:
    """The subject's own, a few subjects', or a whole store's: whichever is surest."""
    scores, present = assessment.device_scores, assessment.device_presence
    assert scores is not None
    assert present is not None
    # On one number that is not the file's: CONTACT_REUSED says so, and this is no second fact.
    party = device.with_contact(assessment.case.contact) >= PARTY
    kept = party and not assessment.case.contact_changed
    if kept:
        mine *= mostly(device, assessment.case.agent)  # a keeper has a favourite among several
    alone = Whose(mine, scores, present)
    if mine >= CAP or not 2 <= len(device.by_subject) <= SUBJECTS_TOGETHER:
        return alone
    stats, rows = assessment.stats, device.by_subject
    everybody = presence(stats, list(rows.values()))
    together = score_pattern(stats, rows, everybody.counter)
    # Nor is it a ring's where it is a keeper's: on file, and at one store.
    told = party and (not kept or len(device.stores()) == 1)
    few = 0.0 if told else max(few_subjects(assessment, device) - 1.0, 0.0)
    # No counter: nobody was there. No chance: not one customer of another store. Unless they are
    # one party, with one number: a firm's cars go to one workshop, and one keeper answers.
    if together.log_odds > 0 and len(device.stores()) == 1 and not party:
        few = max(few, everybody.log_odds)
    return Whose(few, together, everybody, len(rows)) if few > mine else alone


def _more_than_a_family(device: Origin) -> float:
    """From a few to `FEW` customers: a part of 1. Who came on one day may have come together."""
    customers = device.customer_count
    if customers >= 2 * FEW:
        return 1.0
    days = len({usage.day for usage in device.customers.values()})
    return min((customers + days) / 2 / FEW, 1.0)


def _networks(assessment: Assessment) -> int:
    """Over how many networks the device's latest answers for this subject came."""
    case = assessment.case
    latest = assessment.stats.recent.get(case.device or "", ())
    return len({answer.net for answer in latest if answer.subject == case.agent and answer.net})


CHECK = Check(CODE, version=5, cost="arrival", check=check)
