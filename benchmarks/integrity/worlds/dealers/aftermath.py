"""What happens to answers afterwards: bought changes, anger at a price, machines, enemies."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from benchmarks.integrity.worlds.dealers.cases import Case, Press, by_hand, utc, visit
from benchmarks.integrity.worlds.dealers.people import Agent, Customer, Spot, Store, everybody, spot
from benchmarks.integrity.worlds.dealers.profile import START, Profile
from benchmarks.integrity.worlds.dealers.visits import HOLIDAY, stranger
from benchmarks.integrity.worlds.dealers.words import BEGGED, CUT, GATEWAYS, SMEAR, Phone, phone


def _again(rng: Random, case: Case, first: Press, value: int, after: timedelta) -> Press:
    """The same customer opens the link once more and changes the score."""
    place: Spot = case.who.home if rng.random() < 0.5 else rng.choice(case.who.carrier)
    handset = case.who.phone
    if first.trap == "spouse_bound" and case.who.spouse:
        handset = case.who.spouse[1]
    opened = first.answered + after
    press = by_hand(rng, case, opened, handset, place, value, rng.lognormvariate(2.6, 0.5))
    press.replaces, press.true, press.trap = first, value, first.trap
    return press


def corrections(rng: Random, profile: Profile, cases: list[Case]) -> None:
    """The shop sees a low score the next day. Some mend the car, some buy the score."""
    for case in cases:
        if not case.presses or case.presses[0].label != "honest" or case.agent is not case.worker:
            continue
        first, agent = case.presses[0], case.worker
        limit = 8 if case.nps else 3
        if first.score > limit or case.practice:
            continue
        strength = agent.practices.get("bought_correction", 0.0)
        if rng.random() < strength * 1.7:
            after = timedelta(hours=rng.uniform(5, 100 if agent.evasive else 40))
            value = case.top - (1 if agent.evasive and rng.random() < 0.4 else 0)
            if value <= first.score:
                continue
            press = _again(rng, case, first, value, after)
            press.label, press.practice, press.changed = "solicited", "bought_correction", True
            press.true, press.trap, press.evasive = first.score, "", agent.evasive
            if rng.random() < (0.05 if agent.evasive else 0.3):
                press.comment = rng.choice(BEGGED["zh" if case.store.zh else "en"])
            case.presses.append(press)
            agent.done.add("bought_correction")
        elif rng.random() < 0.035:
            value = min(case.top, first.score + rng.randint(1, 6 if case.nps else 3))
            press = _again(rng, case, first, value, timedelta(hours=rng.uniform(20, 260)))
            press.trap, case.free = "mended_then_raised", value
            if rng.random() < 0.3:
                press.comment = "处理好了" if case.store.zh else "sorted on the second visit"
            case.presses.append(press)


def price_cut(rng: Random, profile: Profile, cases: list[Case]) -> None:
    """The maker cuts the price by two ten-thousands; who bought last month says what they think."""
    if profile.price_cut is None:
        return
    day = START + timedelta(days=profile.price_cut, hours=2)
    for case in cases:
        age = (day - case.at).days
        if case.reason != "delivery" or not case.store.zh or not 0 <= age < 32:
            continue
        if case.sent is None or case.practice or case.no_survey or rng.random() > 0.4:
            continue
        at = day + timedelta(hours=rng.expovariate(1 / 11))
        worst = rng.choice((0, 0, 0, 1, 2, 3))
        if not case.presses:
            where = case.who.home if rng.random() < 0.5 else rng.choice(case.who.carrier)
            took = rng.lognormvariate(2.6, 0.6)
            at = max(at, case.sent + timedelta(minutes=3))
            case.presses.append(by_hand(rng, case, at, case.who.phone, where, worst, took))
        elif case.presses[0].score > worst and len(case.presses) == 1 and rng.random() < 0.5:
            first = case.presses[0]
            if first.label != "honest" or first.answered > at:
                continue
            case.presses.append(_again(rng, case, first, worst, at - first.answered))
        else:
            continue
        press = case.presses[-1]
        press.trap, press.true = "price_cut_anger", worst
        case.free, case.would = worst, True
        if rng.random() < 0.4:
            press.comment = rng.choice(CUT)


def machines(rng: Random, profile: Profile, cases: list[Case]) -> None:
    """Mail gateways of firms press every other link; WeChat's window sends a press twice."""
    walls = [spot(rng) for _ in range(4)]
    for case in cases:
        mailed = case.channel == "email" and case.sent is not None and not case.no_survey
        if mailed and rng.random() < profile.gateways:
            _gateway(rng, case, rng.choice(walls))
        for press in list(case.presses):
            if press.label in ("honest", "solicited") and rng.random() < profile.twice:
                late = timedelta(milliseconds=rng.randint(120, 2600))
                case.presses.append(
                    replace(
                        press, answered=press.answered + late, label="duplicate", trap="",
                        practice=None, changed=False, replaces=None, evasive=False,
                    )
                )  # fmt: skip


def _gateway(rng: Random, case: Case, wall: Spot) -> None:
    assert case.sent is not None
    at, name = case.sent + timedelta(seconds=rng.uniform(1, 45)), rng.choice(GATEWAYS)
    values = list(range(0 if case.nps else 1, case.top + 1))
    pressed = [values[0]] if rng.random() < 0.4 else sorted(rng.sample(values, rng.randint(1, 3)))
    last: Press | None = None
    for value in pressed:
        at += timedelta(seconds=rng.uniform(0.5, 1.9))
        last = Press(
            opened=at, answered=at + timedelta(milliseconds=rng.randint(0, 400)), score=value,
            place=wall, device=None, agent_string=name, tongue="zh" if case.store.zh else "en",
            label="scanner", true=case.freely, replaces=last,
        )  # fmt: skip
        case.presses.insert(0, last)
    human = [p for p in case.presses if p.label not in ("scanner", "duplicate") and not p.replaces]
    for press in human[:1]:
        press.replaces = last


def enemies(rng: Random, profile: Profile, stores: list[Store]) -> list[Case]:
    """Somebody lost a customer to a colleague, or the job: friends book at the victim's desk."""
    out: list[Case] = []
    staff = [a for a in everybody(stores) if not a.practices and a.end is None]
    for victim in rng.sample(staff, profile.victims):
        victim.bombed = True
        out += _raid(rng, profile, victim)
    return out


def _raid(rng: Random, profile: Profile, victim: Agent) -> list[Case]:
    store, first = victim.team.store, rng.randint(max(5, (victim.start - START).days + 1), 75)
    careful = rng.random() < 0.5
    size = rng.randint(5, 17)
    few: list[tuple[Phone, Spot]] = [
        (phone(rng, store.zh, 0.3), spot(rng, rng.choice(store.town.blocks)))
        for _ in range(rng.randint(1, 3))
    ]
    reason = "test_drive" if victim.team.sales else "free_check"
    out = []
    for _ in range(size):
        days = first + (rng.uniform(0, 12) if careful else rng.uniform(0, 1.6))
        days += 11 if int(days) in HOLIDAY else 0
        at = START + timedelta(days=int(days), hours=rng.uniform(10, 17.5))
        who: Customer = stranger(rng, profile, store)
        case = visit(rng, profile, utc(at, store), victim, who, reason)
        case.real, case.would, case.practice = False, False, "raid_by_rival"
        case.seconds = rng.randint(200, 900)
        out.append(case)
        if not careful:
            who.phone, who.home = rng.choice(few)
    return out


def raid_answers(rng: Random, cases: list[Case]) -> None:
    for case in cases:
        if case.practice != "raid_by_rival" or case.sent is None:
            continue
        opened = case.sent + timedelta(minutes=rng.lognormvariate(3.4, 1.0))
        where = case.who.home if rng.random() < 0.6 else rng.choice(case.who.carrier)
        value = rng.choice((0, 0, 1)) if case.nps else 1
        press = by_hand(rng, case, opened, case.who.phone, where, value, rng.uniform(3, 25))
        press.label, press.practice = "bombing", "raid_by_rival"
        if rng.random() < 0.35:
            press.comment = rng.choice(SMEAR["zh" if case.store.zh else "en"])
        case.presses.append(press)
