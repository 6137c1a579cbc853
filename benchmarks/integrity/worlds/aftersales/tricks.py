"""The habits of the field: what each cheat does with a case, on whose phone, and when."""

import math
from datetime import timedelta

from . import centre, words
from .draw import BAD_ONLY, VOLUME
from .links import awake, channel, delay, freely, invite, place, respond, suppress
from .model import TOP, Event, Invitation, Response, World, local_clock


def choose(world: World, case: Event) -> str:
    """Which habit, if any, meets this case."""
    habits = case.handler.practices
    if not habits or case.trap in ("landlord_units", "dormitory_batch", "staff_discount_home"):
        return ""
    rng = world.rng
    draw = rng.random()
    for name in VOLUME:
        share = habits.get(name, 0.0)
        if name == "showroom_install":
            continue
        if name in ("door_proxy", "own_sim") and case.handler.evasive and case.bad:
            share = min(0.9, share * 1.5)  # the careful keep it for visits that went badly
        if draw < share:
            return name
        draw -= share
    for name in BAD_ONLY:
        if case.bad and rng.random() < habits.get(name, 0.0):
            return name
    return ""


def _brand(case: Event, answer: Response, label: str, name: str) -> None:
    answer.label, answer.practice, answer.trap = label, name, ""
    answer.true, answer.evasive = case.freely, case.handler.evasive
    answer.changed = answer.score != (case.true if label == "solicited" else case.freely)


def _liked(world: World, case: Event, dent: float) -> int:
    top = TOP[case.metric]
    return top - 1 if case.handler.evasive and world.rng.random() < dent else top


def door_proxy(world: World, case: Event) -> None:
    """ "Let me register the warranty for you": the thumb is his, the phone the customer's."""
    rng, who = world.rng, case.customer
    made = invite(world, case, channel(world, case), True)
    assert made.sent is not None
    wait = rng.lognormvariate(math.log(150 if case.handler.evasive else 38), 0.5)
    spot = who.home if rng.random() < 0.45 else world.places.mobile(who.country)
    opened = made.sent + timedelta(seconds=4 + wait)
    brisk = rng.uniform(1.5, 5)
    score = _liked(world, case, 0.25)
    answer = respond(world, made, score, opened, spot, who.handset, None, brisk, who.forgets)
    _brand(case, answer, "fabricated", "door_proxy")


def own_sim(world: World, case: Event) -> None:
    """A second number of his own stands in the order; link and call both come to him."""
    rng, who = world.rng, case.handler
    case.contact = rng.choice(
        who.contacts[1:] if who.evasive and who.contacts[1:] else who.contacts
    )
    case.asked_contact = ""
    made = invite(world, case, "sms", False)
    assert made.sent is not None
    country = case.customer.country
    if case.called and rng.random() < 0.4:
        talk = rng.lognormvariate(math.log(33), 0.35)
        ring = centre.ring(world, case)
        seat = rng.choice(world.seats(case.customer.country))
        answer = centre.key_in(world, ring, _liked(world, case, 0.2), talk, seat)
        _brand(case, answer, "fabricated", "own_sim")
        return
    if who.evasive:
        opened = delay(world, made.sent, country, False)
        spot = world.places.mobile(country)
        phone = rng.choice([who.handset, who.spare])
        forgets, seconds = rng.random() < 0.6, rng.uniform(4, 40)
    else:
        evening = local_clock(case.at, country, 20.2 + rng.random() * 1.8)
        opened = max(evening, made.sent + timedelta(minutes=rng.uniform(1, 25)))
        spot, phone = who.home, who.handset
        forgets, seconds = rng.random() < 0.08, rng.uniform(2, 9)
    comment = words.pick(rng, words.GLAD, country, 0.1)
    score = _liked(world, case, 0.22)
    answer = respond(world, made, score, opened, spot, phone, comment, seconds, forgets)
    _brand(case, answer, "fabricated", "own_sim")


def coached_call(world: World, case: Event) -> None:
    """ "If they ring, say very satisfied, or I am fined": the customer mostly does the favour."""
    rng, who = world.rng, case.customer
    made = invite(world, case, channel(world, case), False)
    assert made.sent is not None
    top = TOP[case.metric]
    score = top if rng.random() < (0.62 if case.bad else 0.85) else case.true
    comment = words.pick(rng, words.ASKED, who.country, 0.03)
    if case.by_link or rng.random() < 0.22:
        opened, spot = delay(world, made.sent, who.country, False), place(world, case)
        phone = who.handset
        answer = respond(world, made, score, opened, spot, phone, comment, None, who.forgets)
    elif case.called and (case.by_call or rng.random() < 0.3):
        talk = rng.lognormvariate(math.log(40), 0.4)
        ring = centre.ring(world, case)
        seat = rng.choice(world.seats(who.country))
        answer = centre.key_in(world, ring, score, talk, seat, comment)
    else:
        return
    _brand(case, answer, "solicited", "coached_call")


def gift_screenshot(world: World, case: Event) -> None:
    """A filter or a year of cover for a screenshot with five stars; the text comes ready."""
    rng, who = world.rng, case.customer
    made = invite(world, case, channel(world, case), True)
    assert made.sent is not None
    if rng.random() > 0.72:
        if case.by_link:
            freely(world, case, made)
        return
    wait = rng.lognormvariate(math.log(210), 0.7)
    if case.handler.evasive:
        wait = rng.lognormvariate(math.log(5400), 1.0)
    text = words.STOCK if rng.random() < 0.8 else words.ASKED
    comment = words.pick(rng, text, who.country, 0.18 if case.handler.evasive else 0.45)
    spot, late = place(world, case), made.sent + timedelta(seconds=5 + wait)
    opened = awake(world, late, who.country)
    score, pasted = TOP[case.metric], rng.uniform(6, 28)
    answer = respond(world, made, score, opened, spot, who.handset, comment, pasted, who.forgets)
    _brand(case, answer, "solicited", "gift_screenshot")


def friendly_caller(world: World, case: Event) -> None:
    made = invite(world, case, channel(world, case), False)
    if case.by_link and world.rng.random() < 0.8:
        freely(world, case, made)
    else:
        centre.friendly(world, case)


def drawer_phones(world: World, case: Event) -> None:
    """Before the month is settled the dispatcher goes through the open links with old phones."""
    rng, store = world.rng, case.handler.team.store
    made = invite(world, case, channel(world, case), False)
    if case.by_link and rng.random() < 0.85:
        freely(world, case, made)
        return
    close = case.at.replace(day=24)
    if close < case.at + timedelta(hours=12):
        close = (close.replace(day=1) + timedelta(days=32)).replace(day=24)
    country, who = case.customer.country, case.handler
    early = rng.choice([0, 1, 2, 4, 6, 9]) if who.evasive else rng.choice([0, 0, 1])
    day = max(close - timedelta(days=early), case.at + timedelta(hours=16))
    hour = rng.uniform(9, 22) if who.evasive else rng.uniform(18.3, 20.6)
    opened = max(local_clock(day, country, hour), case.at + timedelta(hours=9))
    spot = store.office
    if who.evasive and rng.random() < 0.75:
        spot = world.places.mobile(country)
    phone, blank = rng.choice(store.drawer), rng.random() < (0.45 if who.evasive else 0.05)
    quick, score = rng.uniform(1.5, 8), _liked(world, case, 0.18)
    answer = respond(world, made, score, opened, spot, phone, None, quick, blank)
    _brand(case, answer, "fabricated", "drawer_phones")


def one_digit_off(world: World, case: Event) -> None:
    """The number in the order is corrected by one digit; the customer never hears of it."""
    wrong = world.places.fresh("contact")
    invite(world, case, "sms", False, wrong)


def declined_box(world: World, case: Event) -> None:
    """The box is ticked that the customer wants no survey, or that the number is dead."""
    reasons = ["customer_declined", "invalid_contact", "duplicate_case"]
    reason = world.rng.choices(reasons, [6, 3, 1])[0]
    suppress(world, case, reason, channel(world, case))


def mend_call(world: World, case: Event) -> None:
    """The shop's manager sees the bad mark, rings, waives the fee, and asks for another."""
    made = invite(world, case, channel(world, case), False)
    if not case.by_link:
        if case.called:
            centre.call(world, case)
        return
    first = freely(world, case, made)
    again(world, case, made, first)


def again(world: World, case: Event, made: Invitation, first: Response) -> None:
    rng, who = world.rng, case.customer
    hours = rng.lognormvariate(math.log(22 if case.handler.evasive else 6), 0.6)
    opened = awake(world, first.answered + timedelta(hours=hours), who.country)
    comment = words.pick(rng, words.MENDED, who.country, 0.12)
    spot, score = place(world, case), TOP[case.metric]
    answer = respond(world, made, score, opened, spot, who.handset, comment, None, who.forgets)
    answer.supersedes = first
    _brand(case, answer, "solicited", "mend_call")
    answer.true, answer.changed = case.true, True


TRICKS = {
    "door_proxy": door_proxy,
    "own_sim": own_sim,
    "coached_call": coached_call,
    "gift_screenshot": gift_screenshot,
    "friendly_caller": friendly_caller,
    "drawer_phones": drawer_phones,
    "one_digit_off": one_digit_off,
    "declined_box": declined_box,
    "mend_call": mend_call,
}
