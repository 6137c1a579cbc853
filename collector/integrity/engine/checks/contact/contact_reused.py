"""CONTACT_REUSED: one number was asked in the name of several customers.
Page: docs/integrity/contact_reused.md

Two ways in which a number gives itself away, of which the stronger counts:

*In place of the file's.* For how many customers it is not the number on file: 1.5 for two, 3 for
three, 4.5 for four or more, and half a nat more where a few subjects have it to themselves (rings
lend each other numbers). Three tenths of it where four or more met whoever was there: a concierge
or a neighbour stands in for many, whoever brings the parcel.

*One number and one phone.* Who handles a customer often writes the file too, so that a number is on
file says little by itself (0.2 to 0.3). A firm's switchboard has about as many phones as people;
one hand has one. Customers who share the number *and* a device, and do not come often, are a couple
(nothing more), a family (0.5 for three), and then a nat a head, because households of one more are
two to three times as rare: 5 for eight or more, which is enough by itself. Half a nat more where
they were served in several stores. Whole only where they met fewer subjects than chance explains (3
nats of it, and nine in ten of one subject, or a few to themselves); nothing where they met whoever
was there, as a firm's cars do, or all came on one day, as a family visits. A firm's keeper asks for
the same few people: no ring is seen within one store.

Of either, the less, the more the scores are of many hands, from where a device is called an
assisted one. Without the file nobody can say whose number it is: a middle way. One person who is
asked for many (`seen/spokespeople.py`) is no second fact beside the phone.
"""

from __future__ import annotations

from collections import Counter

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.concentration import concentration, few_subjects, mostly
from collector.integrity.engine.finding import CONTACT, Finding
from collector.integrity.engine.score_pattern import ASSISTED_FROM, score_pattern
from collector.integrity.engine.usage_index import Origin

CODE = "CONTACT_REUSED"
SUBSTITUTED = (0.0, 0.0, 1.5, 3.0, 4.5)
ON_FILE = (0.0, 0.0, 0.2, 0.3, 0.3)
ONE_PHONE = (0.0, 0.0, 0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0)  # by customers on it
SEVERAL_STORES = 0.5
SURE, RING, WHOEVER, MANY = 3.0, 0.5, 0.3, 4
SUBJECTS_MOST = 12  # beyond, nobody's in particular


def check(assessment: Assessment) -> Finding | None:
    """A finding for a good score from a contact point of several customers."""
    case = assessment.case
    contact = assessment.stats.contacts.get(case.contact)
    if contact is None or contact.customer_count < 2 or not case.good:
        return None
    customers, phone, sure = min(contact.customer_count, 4), _on_one_phone(contact), 0.0
    scores = score_pattern(assessment.stats, contact.by_subject).log_odds
    if len(contact.by_subject) <= SUBJECTS_MOST:
        sure = min(_surprise(assessment, contact, scores) / SURE, 1.0)
    log_odds = _in_place(assessment, contact, sure)
    if phone >= 3 and not _owner(assessment, contact):
        log_odds = max(log_odds, _one_hand(assessment, contact, phone) * sure)
    log_odds = max(log_odds * _one_hands(scores), ON_FILE[customers])
    figures = {
        "customers": contact.customer_count, "not_on_file": contact.substituted,
        "subjects": len(contact.by_subject), "on_one_phone": phone,
        "stores": len(contact.stores()),
    }  # fmt: skip
    return Finding(CODE, CONTACT, log_odds, figures)


def in_place_of_many(assessment: Assessment) -> float:
    """The mirror for low scores, for ATTACK_BURST: that the number took the place of the files'."""
    contact = assessment.stats.contacts.get(assessment.case.contact)
    if contact is None or contact.customer_count < 2 or not assessment.case.contact_changed:
        return 0.0
    scores = score_pattern(assessment.stats, contact.by_subject).against
    sure = 0.0
    if len(contact.by_subject) <= SUBJECTS_MOST:
        sure = min(_surprise(assessment, contact, scores) / SURE, 1.0)
    return _in_place(assessment, contact, sure) * _one_hands(scores)


def _one_hands(scores: float) -> float:
    """0 from where a device is called an assisted one, to 1 where one hand explains as much."""
    return min(max(1 + (scores - ASSISTED_FROM) / 2, 0.0), 1.0)


def _surprise(assessment: Assessment, contact: Origin, scores: float) -> float:
    """-ln of the chance that its customers met so few subjects."""
    alone = concentration(assessment, contact)[0] * mostly(contact, assessment.case.agent)
    ring = few_subjects(assessment, contact)
    if contact.substituted * 2 >= contact.customer_count:
        # In place of many files' numbers: a ring's, or somebody's who takes things in for many.
        ring *= min(max(scores, 0.0), 1.0) * (1 - assessment.stats.seen.stand_ins())
    elif len(contact.stores()) == 1:
        ring = 0.0  # a firm's keeper asks for the same few people
    return max(alone, ring)


def _in_place(assessment: Assessment, contact: Origin, sure: float) -> float:
    """What it weighs that the number took the place of those on file."""
    customers = min(contact.customer_count, 4)
    if assessment.case.on_file is None:
        log_odds = (SUBSTITUTED[customers] + ON_FILE[customers]) / 3
        log_odds *= 1 - assessment.asked_for_many
    elif assessment.case.contact_changed:
        log_odds = SUBSTITUTED[min(contact.substituted, 4)]
        if contact.substituted >= 2 and len(contact.by_subject) > 1:
            log_odds += RING * (sure if customers >= MANY else 1.0)
            log_odds *= 1 - assessment.stats.seen.stand_ins()
    else:
        return 0.0
    return log_odds * max(sure, WHOEVER) if customers >= MANY else log_odds


def _owner(assessment: Assessment, contact: Origin) -> bool:
    """Is it this customer's own number, that others were given in place of theirs?"""
    mine = assessment.case.on_file is not None and not assessment.case.contact_changed
    return mine and contact.customer_count - contact.substituted == 1


def _on_one_phone(contact: Origin) -> int:
    """How many of its customers share one device, as far as devices are known."""
    phones = Counter(usage.device for usage in contact.customers.values() if usage.device)
    return max(phones.values(), default=0)


def _one_hand(assessment: Assessment, contact: Origin, phone: int) -> float:
    """What it weighs that so many of the number's customers are on one phone."""
    if len({usage.day for usage in contact.customers.values()}) == 1:
        return 0.0
    log_odds = ONE_PHONE[min(phone, len(ONE_PHONE) - 1)]
    log_odds += SEVERAL_STORES * (len(contact.stores()) > 1)
    # What one person explains of a number and a phone is no second fact beside the phone.
    return log_odds * assessment.strangers(contact, 1.0)


CHECK = Check(CODE, version=4, cost="arrival", check=check)
