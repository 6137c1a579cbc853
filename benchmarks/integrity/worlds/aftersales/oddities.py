"""Honest people and places that look odd: cases that are made for them, before any answer."""

from datetime import timedelta

from .model import Agent, Event, World
from .visits import make, moment


def _technicians(world: World) -> list[Agent]:
    return [a for a in world.agents if not a.team.parts and a.active_to is None]


def _landlords(world: World) -> None:
    """One number on the papers of a dozen let flats, which their owner rates at one sitting."""
    rng = world.rng
    for _ in range(round(rng.randint(3, 9) * world.co.odd["landlord_units"])):
        agent = rng.choice(_technicians(world))
        owner = world.customer(agent.team.store.country)
        day, span = rng.randrange(world.co.days - 5), rng.choice([1, 2, 30])
        reason = rng.choice(["install", "maintenance", "maintenance"])
        habit = rng.random() < 0.6
        first: Event | None = None
        for _ in range(rng.randint(5, 19)):
            unit = world.customer(owner.country)
            unit.contact, unit.home, unit.handset = owner.contact, owner.home, owner.handset
            unit.forgets, unit.generous = owner.forgets, owner.generous
            at = moment(world, agent, day + rng.randrange(span))
            case = make(world, agent, unit, reason, at)
            case.trap, case.by_link, case.called = "landlord_units", rng.random() < 0.8, False
            if habit and first is not None:
                case.true = first.true
            first = first or case
            world.events.append(case)


def _dormitories(world: World) -> None:
    """A factory has eighty air conditioners fitted; all rooms sit behind one line."""
    rng = world.rng
    for _ in range(round(rng.randint(1, 4) * world.co.odd["dormitory_batch"])):
        agent = rng.choice(_technicians(world))
        line = world.places.line(agent.team.store.country)
        day = rng.randrange(world.co.days - 4)
        for _ in range(rng.randint(14, 48)):
            lodger = world.customer(agent.team.store.country)
            lodger.home = line
            at = moment(world, agent, day + rng.randrange(3))
            case = make(world, agent, lodger, "install", at, 1.7)
            case.trap, case.called = "dormitory_batch", False
            case.seconds = int(case.seconds * 0.4)
            world.events.append(case)


def _staff_homes(world: World) -> None:
    """Staff buy with a discount: a colleague's number stands in the order of a genuine case."""
    rng = world.rng
    for _ in range(round(rng.randint(22, 75) * world.co.odd["staff_discount_home"])):
        buyer = rng.choice([a for a in world.agents if a.known])
        land = buyer.team.store.country
        agent = rng.choice([a for a in _technicians(world) if a.team.store.country == land])
        home = world.customer(buyer.team.store.country)
        home.contact, home.home, home.handset = buyer.known[0], buyer.home, buyer.handset
        home.forgets = False
        case = make(world, agent, home, "install", moment(world, agent), 2.2)
        case.trap = "staff_discount_home"
        world.events.append(case)


def _trade_buyers(world: World) -> None:
    """Independent repairers buy parts each day and press the same star to get rid of the page."""
    rng = world.rng
    clerks = [a for a in world.agents if a.team.parts]
    for _ in range(round(rng.randint(4, 13) * world.co.odd["trade_buyer"])):
        agent = rng.choice(clerks)
        mates = [a for a in clerks if a.team is agent.team]
        buyer = world.customer(agent.team.store.country)
        score = rng.choice([5, 5, 5, 4, 3])
        for _ in range(rng.randint(7, 34)):
            clerk = agent if rng.random() < 0.7 else rng.choice(mates)
            case = make(world, clerk, buyer, "parts_order", moment(world, clerk))
            case.trap, case.by_link = "trade_buyer", rng.random() < 0.75
            case.true = score if rng.random() < 0.93 else max(1, score - rng.randint(1, 2))
            world.events.append(case)


def _recall(world: World) -> None:
    """A bad batch of compressors: for a week one town's repairs go wrong, whoever comes."""
    rng = world.rng
    for _ in range(round(rng.randint(1, 3) * world.co.odd["recall_wave"])):
        store = rng.choice(world.stores)
        begin = world.co.start + timedelta(days=rng.randrange(5, world.co.days - 9))
        until = begin + timedelta(days=rng.uniform(3, 8))
        for case in world.events:
            if case.agent.team.store is not store or not begin < case.at < until:
                continue
            if not case.agent.team.parts and not case.trap and rng.random() < 0.55:
                case.true = max(1, case.true - rng.randint(2, 5))
                case.by_link = case.by_link or rng.random() < 0.22
                case.trap = "recall_wave" if case.bad else ""


def _habits(world: World) -> None:
    """Single cases: children's numbers, lent hotspots, the pick-up counter, the sheet's code."""
    rng, odd = world.rng, world.co.odd
    for case in world.events:
        if case.trap:
            continue
        draw = rng.random()
        if case.agent.team.parts:
            if draw < 0.2 * odd["parts_pickup_wifi"]:
                case.trap = "parts_pickup_wifi"
        elif draw < 0.03 * odd["kin_phone"]:
            case.trap = "kin_phone"
            case.asked_contact = world.places.fresh("contact")
        elif case.handler.hotspot and draw < 0.33:
            case.trap = "technician_hotspot"
        elif draw > 1 - 0.05 * odd["door_press"]:
            case.trap = "door_press"


def scatter(world: World) -> None:
    for cause in (_landlords, _dormitories, _staff_homes, _trade_buyers, _recall, _habits):
        cause(world)
