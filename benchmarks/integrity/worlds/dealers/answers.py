"""Who answers, from what, when; with what is true about each press."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from benchmarks.integrity.worlds.dealers.cases import Case, Press, by_hand, local, utc
from benchmarks.integrity.worlds.dealers.people import Agent, Spot, spot
from benchmarks.integrity.worlds.dealers.profile import Profile
from benchmarks.integrity.worlds.dealers.words import (
    BEGGED,
    FAKED,
    LUCKY,
    Phone,
    comment,
    phone,
    praise,
)

_MEDIAN = {"wechat": 1.6, "qr": 0.2, "sms": 2.6, "email": 11.0}  # hours


def _when(rng: Random, case: Case) -> datetime:
    """Minutes to days; few are awake at four."""
    assert case.sent is not None
    if case.wish is not None:
        return max(case.wish, case.sent + timedelta(seconds=rng.randint(8, 90)))
    if case.who.hunter and rng.random() < 0.7:
        return case.sent + timedelta(seconds=rng.lognormvariate(5.0, 0.7))
    median = _MEDIAN[case.channel] * (0.6 if case.agent.great else 1.0)
    at = case.sent + timedelta(hours=min(240.0, median * rng.lognormvariate(0, 1.6)), seconds=6)
    clock = local(at, case.store)
    if clock.hour < 6 and rng.random() < 0.82:
        morning = clock.replace(hour=7, minute=0) + timedelta(hours=rng.expovariate(0.6))
        at = max(at, utc(morning, case.store))
    return at


def _where(rng: Random, profile: Profile, case: Case, at: datetime) -> Spot:
    assert case.sent is not None
    if case.place is not None:
        return case.place
    who = case.who
    near = at - case.at < timedelta(minutes=45) and case.channel in ("wechat", "sms", "qr")
    if near and rng.random() < profile.lounge * 3:
        return case.store.guests
    hour, luck = local(at, case.store).hour, rng.random()
    if luck < (0.6 if hour < 8 or hour > 18 else 0.36):
        return who.home
    if luck < 0.93:
        return rng.choice(who.carrier)
    return rng.choice(who.town.offices)


def _took(rng: Random, case: Case, words: bool) -> float:
    if case.who.hunter:
        return rng.uniform(1.4, 4.5)
    took = rng.lognormvariate(2.75, 0.75) + (rng.uniform(8, 80) if words else 0)
    return max(2.2, took) + (rng.expovariate(1 / 900) if rng.random() < 0.04 else 0)


def free(rng: Random, profile: Profile, case: Case) -> Press:
    """The customer answers as it was."""
    opened = _when(rng, case)
    share = case.free / 10 if case.nps else (case.free - 1) / 4
    rate = profile.comments * (2.2 if share < 0.5 else 1.7 if case.agent.great else 1.0)
    words, tongue = None, case.who.tongue
    if rng.random() < rate:
        words = comment(rng, tongue, share)
        if share > 0.85 and rng.random() < (0.5 if case.worker.great else 0.08):
            words = praise(rng, case.worker.name, tongue)
    if case.trap == "lucky_day" and case.free == 10 and rng.random() < 0.35:
        words = rng.choice(LUCKY)
    handset = case.who.phone
    if case.trap == "spouse_bound" and case.who.spouse:
        handset = case.who.spouse[1]
    desk = case.channel == "email" and rng.random() < 0.45
    place = _where(rng, profile, case, opened)
    press = by_hand(
        rng, case, opened, handset, place, case.free, _took(rng, case, words is not None),
        "desk" if desk else "wechat" if case.channel == "qr" else None,
    )  # fmt: skip
    press.comment, press.tongue = words, tongue
    press.trap, press.true = case.trap or ("points" if case.who.hunter else ""), case.free
    if not press.trap and place is case.store.guests:
        press.trap = "lounge_wifi"
    if not press.trap and case.agent.great:
        press.trap = "great_person"
    press.practice = case.practice
    return press


def _gift(rng: Random, profile: Profile, case: Case, evasive: bool) -> Press | None:
    """A bottle of screenwash for a picture of the full marks; most give them."""
    if not case.would and rng.random() > 0.42:
        return None
    press = free(rng, profile, case)
    gives = rng.random() < (0.93 if case.feel > -0.9 else 0.6)
    if gives:
        press.score = case.top - (1 if evasive and case.nps and rng.random() < 0.2 else 0)
        press.score = max(press.score, case.free)
        press.comment = None
        if rng.random() < (0.12 if evasive else 0.38):
            press.comment = rng.choice(BEGGED["zh" if case.store.zh else "en"])
        if case.channel != "email" and rng.random() < (0.1 if evasive else 0.45):
            assert case.sent is not None  # shown at the cashier's, before the gift is handed over
            took = (press.answered - press.opened) * 0.6
            press.opened = case.sent + timedelta(minutes=rng.uniform(0.3, 14))
            press.answered = press.opened + took
            if press.opened - case.at < timedelta(minutes=40) and rng.random() < 0.6:
                press.place = case.store.guests
    press.label, press.trap, press.true = "solicited", "", case.freely
    press.changed = press.score != case.free
    return press


def _forged(
    rng: Random, case: Case, opened: datetime, handset: Phone, where: Spot, evasive: bool
) -> Press:
    value = case.top
    if evasive and rng.random() < 0.3:
        value = rng.choice((9, 9, 8)) if case.nps else 4
    took = rng.lognormvariate(2.6, 0.6) if evasive else rng.uniform(2.0, 8.5)
    desk = case.channel == "email" and rng.random() < 0.85
    press = by_hand(rng, case, opened, handset, where, value, took, "desk" if desk else None)
    if rng.random() < (0.1 if evasive else 0.22):
        press.comment = rng.choice(FAKED["zh" if case.store.zh else "en"])
    press.label, press.true, press.changed = "fabricated", case.freely, value != case.free
    return press


def _in_hand(rng: Random, case: Case, evasive: bool) -> Press:
    """The customer's own phone, in the consultant's fingers, before it goes back to the pocket."""
    assert case.sent is not None
    opened = case.sent + timedelta(seconds=rng.uniform(15, 240 if evasive else 110))
    place = rng.choice(case.who.carrier)
    if rng.random() < 0.35:
        place = case.store.guests
    return _forged(rng, case, opened, case.who.phone, place, evasive)


def _own(rng: Random, case: Case, agent: Agent) -> Press | None:
    """A number that is the adviser's: answered between cars, or in a row on the sofa at night."""
    assert case.sent is not None
    evasive = agent.evasive
    if rng.random() < (0.45 if evasive else 0.1):
        return None  # not all, that would look odd; or forgotten
    handset = next((p for n, p in agent.sims if n == case.sent_to), agent.phone)
    if case.sent_to in agent.accounts and evasive:  # a second phone has the second account
        handset = agent.sims[agent.accounts.index(case.sent_to) % len(agent.sims)][1]
    if evasive:
        opened = _when(rng, case)
        where = rng.choice(rng.choice(case.store.town.carriers))
        if rng.random() < 0.2:
            where = agent.home
        if rng.random() < 0.15:
            where = spot(rng, rng.choice(case.store.town.blocks))
    elif rng.random() < 0.5:
        opened = case.sent + timedelta(minutes=rng.uniform(1, 50))
        where = case.store.staff
    else:
        night = local(case.sent, case.store).replace(hour=21, minute=20)
        sofa = utc(night + timedelta(minutes=rng.uniform(0, 25)), case.store)
        opened = sofa if sofa > case.sent else sofa + timedelta(days=1)
        where = agent.home
    if not evasive and case.channel == "email" and where is case.store.staff:
        handset = case.store.desk
    return _forged(rng, case, opened, handset, where, evasive)


def answer(rng: Random, profile: Profile, case: Case) -> None:
    """At most one press for now; corrections and machines come later."""
    if case.sent is None or case.no_survey:
        return
    agent, press = case.worker, None
    if case.practice == "gift_for_full_marks":
        press = _gift(rng, profile, case, agent.evasive)
    elif case.practice == "phone_in_hand":
        press = _in_hand(rng, case, agent.evasive)
    elif case.practice in ("own_numbers", "car_bound_to_own_wechat"):
        press = _own(rng, case, agent)
    elif case.practice == "red_packet_ghosts":
        if rng.random() < 0.85:
            friend = case.who.phone if rng.random() < 0.97 else phone(rng, True, 0.1)
            where = rng.choice(case.who.carrier) if rng.random() < 0.6 else case.who.home
            press = _forged(rng, case, _when(rng, case), friend, where, agent.evasive)
    elif case.would:
        press = free(rng, profile, case)
    if press is not None:
        if press.label != "honest":
            press.practice, press.evasive = case.practice, agent.evasive
        elif press.practice:
            press.evasive = agent.evasive
        case.presses.append(press)
