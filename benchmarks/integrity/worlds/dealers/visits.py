"""Who comes through the door in the quarter, gaming left out: the usual, and the odd but honest."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from benchmarks.integrity.worlds.dealers.cases import Case, local, utc, visit
from benchmarks.integrity.worlds.dealers.people import (
    LAST,
    Agent,
    Customer,
    Store,
    customer,
    everybody,
    spot,
    token,
)
from benchmarks.integrity.worlds.dealers.profile import DAYS, START, Profile
from benchmarks.integrity.worlds.dealers.words import phone

HOLIDAY = range(41, 49)  # the Spring Festival: the Chinese shops sleep


def _days(store: Store) -> list[float]:
    weights = []
    for day in range(DAYS):
        weekend = (START + timedelta(days=day)).weekday() >= 5
        weight = (1.5 if weekend else 0.9) if store.zh else (0.4 if weekend else 1.1)
        weights.append(weight * (0.05 if store.zh and day in HOLIDAY else 1.0))
    return weights


def _hour(rng: Random, store: Store, day: int) -> datetime:
    """The hour of closing: keys go back before lunch and most of all in the late afternoon."""
    hour = rng.choice((rng.uniform(9.3, 12.2), rng.uniform(14, 18.3), rng.uniform(15.5, 18.3)))
    return utc(START + timedelta(days=day, hours=hour, seconds=rng.randrange(60)), store)


def usual(rng: Random, profile: Profile, stores: list[Store]) -> list[Case]:
    agents = everybody(stores)
    total = min(31_000, profile.target / (profile.answer_rate * 0.92))
    load = [(0.3 if a.team.sales else 1.0) * rng.lognormvariate(0, 0.22) for a in agents]
    cases: list[Case] = []
    for store in stores:
        known: list[Customer] = []
        weights = _days(store)
        for agent, share in zip(agents, load, strict=True):
            if agent.team.store is not store:
                continue
            for day in rng.choices(range(DAYS), weights, k=round(total * share / sum(load))):
                at = _hour(rng, store, day)
                if not agent.here(at):
                    continue
                if known and not agent.team.sales and rng.random() < 0.1:
                    who = rng.choice(known)
                else:
                    who = customer(rng, profile, store)
                    known.append(who)
                case = visit(rng, profile, at, agent, who)
                if rng.random() < profile.cover:
                    case.agent = rng.choice(agent.team.agents)
                    case.trap = "" if case.agent is agent else "cover_shift"
                cases.append(case)
    return cases


def _free_again(rng: Random, case: Case, answers: float) -> Case:
    case.would = rng.random() < answers
    return case


def _fleet(rng: Random, profile: Profile, store: Store) -> list[Case]:
    """One person keeps a company's cars; the surveys are dealt with in one go on a Friday."""
    keeper, office, cases = customer(rng, profile, store), rng.choice(store.town.offices), []
    agents = [a for t in store.workshop for a in t.agents]
    habit = rng.choice((0.9, 0.9, -0.3, -0.7))
    for _ in range(rng.randint(9, 36)):
        at = _hour(rng, store, rng.randrange(DAYS))
        who = customer(rng, profile, store)  # each car is a customer of its own in the file
        who.phone, who.number, who.spouse = keeper.phone, keeper.number, None
        agent = rng.choice(agents)
        if not agent.here(at):
            continue
        case = _free_again(rng, visit(rng, profile, at, agent, who), 0.7)
        if rng.random() < 0.85 and case.feel > -1.3:
            case.feel = habit
            case.free = {0.9: 5, -0.3: 4, -0.7: 4}[habit]
        friday = local(at, store).replace(
            hour=16, minute=rng.randrange(4), second=rng.randrange(60)
        )
        case.wish = utc(friday + timedelta(days=(4 - friday.weekday()) % 7 or 7), store)
        case.trap, case.place = "fleet_keeper", office
        cases.append(case)
    return cases


def _camp(rng: Random, profile: Profile, store: Store) -> list[Case]:
    """A Saturday in a county town: free checks, one 4G router, old phones, the QR read out."""
    agent = rng.choice([a for t in store.workshop for a in t.agents if a.end is None])
    saturday = 5 + 7 * rng.randint(7, 11)
    router, cases = spot(rng), []
    for _ in range(rng.randint(14, 38)):
        at = utc(START + timedelta(days=saturday, hours=rng.uniform(9.5, 15.5)), store)
        who = customer(rng, profile, store, cheap=rng.random() < 0.6)
        case = visit(rng, profile, at, agent, who, "free_check")
        case.feel += 0.5
        case.free = max(case.free, 5 if case.feel > -0.3 else 4)
        _free_again(rng, case, 0.62)
        case.channel, case.trap, case.place = "qr", "village_camp", router
        case.wish = at + timedelta(minutes=rng.uniform(1, 25))
        cases.append(case)
    return cases


def _lucky(rng: Random, profile: Profile, store: Store) -> list[Case]:
    """On the 8th and the 18th everybody wants the keys at 9:18; everybody is happy, and says so."""
    cases = []
    agents = [a for t in store.sales for a in t.agents]
    for day in rng.sample((3, 13, 34, 62, 72), 2):
        for _ in range(rng.randint(9, 22)):
            at = utc(START + timedelta(days=day, hours=9.3, minutes=rng.gauss(6, 9)), store)
            agent = rng.choice(agents)
            if not agent.here(at):
                continue
            case = visit(rng, profile, at, agent, customer(rng, profile, store), "delivery")
            if rng.random() < 0.88:
                case.free, case.feel = 10, max(case.feel, 0.8)
            _free_again(rng, case, 0.55)
            case.channel, case.trap = "wechat", "lucky_day"
            case.place = store.guests if rng.random() < 0.35 else None
            case.wish = at + timedelta(minutes=9 + rng.uniform(0, rng.choice((30, 300))))
            cases.append(case)
    return cases


def _night(rng: Random, profile: Profile, store: Store, count: int) -> list[Case]:
    """Drivers for hire charge at three in the morning, and answer there, all behind one Wi-Fi."""
    park, cases = spot(rng), []
    agents = [a for t in store.workshop for a in t.agents]
    for _ in range(count):
        who = customer(rng, profile, store, cheap=True)
        for _ in range(rng.randint(1, 2)):
            at = _hour(rng, store, rng.randrange(DAYS))
            agent = rng.choice(agents)
            if not agent.here(at):
                continue
            case = _free_again(rng, visit(rng, profile, at, agent, who, "maintenance"), 0.45)
            case.trap, case.place = "night_charging", park
            night = local(at, store).replace(hour=0, minute=0) + timedelta(days=rng.randint(1, 3))
            case.wish = utc(night + timedelta(hours=rng.gauss(3.1, 0.9) % 6), store)
            cases.append(case)
    return cases


def _kin(rng: Random, profile: Profile, cases: list[Case], stores: list[Store]) -> None:
    """The child's phone answers for the parents; staff drive cars of the brand as well."""
    agents = everybody(stores)
    for case in cases:
        fate = rng.random()
        if fate < profile.children and case.trap == "":
            other = rng.choice(cases)
            if other.store is case.store and other.who is not case.who and not other.trap:
                case.who.phone, case.who.home = other.who.phone, other.who.home
                case.on_file, case.trap = other.who.number, "childs_phone"
        elif fate > 0.9965 and case.trap == "":
            mates = [a for a in agents if a.team.store is case.store]
            owner: Agent = rng.choice(mates)
            if owner is not case.worker:
                case.who.phone, case.who.home = owner.phone, owner.home
                case.who.spouse = None
                case.on_file, case.trap = owner.number, "staff_car"


def _placeholder(rng: Random, cases: list[Case]) -> None:
    """Who gives no number gets the shop's, whatever the mood: nobody will answer."""
    for case in cases:
        if rng.random() < 0.003 and case.trap == "":
            case.on_file, case.no_survey, case.would = case.store.switchboard, True, False


def everyone(rng: Random, profile: Profile, stores: list[Store]) -> list[Case]:
    home = [s for s in stores if s.zh]
    cases = usual(rng, profile, stores)
    _kin(rng, profile, cases, stores)
    _placeholder(rng, cases)
    for _ in range(profile.fleets):
        cases += _fleet(rng, profile, rng.choice(stores))
    for _ in range(profile.camps):
        cases += _camp(rng, profile, rng.choice(home))
    for store in rng.sample(home, min(len(home), profile.lucky_stores)):
        cases += _lucky(rng, profile, store)
    if profile.night_drivers:
        cases += _night(rng, profile, rng.choice(home), profile.night_drivers)
    return [case for case in cases if case.at < LAST]


def stranger(rng: Random, profile: Profile, store: Store) -> Customer:
    """Somebody with a fresh number and handset."""
    who = customer(rng, profile, store)
    who.phone, who.number = phone(rng, store.zh, 0.2), token(rng)
    return who
