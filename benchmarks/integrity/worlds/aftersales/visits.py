"""The quarter's work: installations, repairs, cleanings and orders of parts."""

from datetime import datetime, timedelta

from .model import TOP, Agent, Customer, Event, World, local_clock

SECONDS = {"install": 5100, "repair": 3000, "maintenance": 2500, "parts_order": 260}


def metric_of(reason: str) -> str:
    return "CES" if reason == "repair" else "CSAT"


def moment(world: World, agent: Agent, day: int | None = None) -> datetime:
    """An hour of work, on a day when this person is employed."""
    rng, co = world.rng, world.co
    first = max(0, (agent.active_from - co.start).days)
    last = min(co.days, (agent.active_to - co.start).days if agent.active_to else co.days) - 1
    for _ in range(6):
        chosen = rng.randint(first, last) if day is None else min(max(day, first), last)
        weekday = (co.start + timedelta(days=chosen, hours=12)).weekday()
        if day is not None or weekday < 5 or rng.random() < 0.78:
            break
    if agent.team.parts:
        hour = min(23.4, max(0.2, rng.gauss(15.5, 4.2)))
    else:
        hour = rng.choices([rng.gauss(10.6, 1.3), rng.gauss(15.8, 1.9)], [5, 6])[0]
        hour = min(21.2, max(8.1, hour))
    at = local_clock(co.start + timedelta(days=chosen, hours=10), agent.team.store.country, hour)
    return at.replace(microsecond=0) + timedelta(seconds=rng.randint(0, 59))


def make(
    world: World, agent: Agent, customer: Customer, reason: str, at: datetime, will: float = 1.0
) -> Event:
    """One case with what its customer thinks of it and whether they would say so."""
    rng, co = world.rng, world.co
    metric = metric_of(reason)
    true = world.score(metric, world.feeling(agent, customer))
    top = TOP[metric]
    urge = 1.25 if true == top else 1.5 if true <= 2 else 0.7
    if agent.great:
        urge *= 1.3
    mates = [a for a in world.agents if a.team is agent.team and a is not agent]
    helped = bool(mates) and rng.random() < 0.025
    return Event(
        at,
        agent,
        rng.choice(mates) if helped else agent,
        customer,
        customer.contact,
        reason,
        max(40, int(SECONDS[reason] * agent.pace * rng.lognormvariate(0, 0.42))),
        metric,
        true,
        rng.random() < co.link_will * urge * will,
        rng.random() < co.call_will * (0.8 + 0.2 * urge),
        reason != "parts_order" and rng.random() < co.call_share,
    )


def quarter(world: World) -> None:
    rng, co = world.rng, world.co
    load = [rng.lognormvariate(0, 0.22) for _ in world.agents]
    for index, agent in enumerate(world.agents):
        days = ((agent.active_to or co.end) - max(agent.active_from, co.start)).days
        load[index] *= max(0.1, days / co.days)
    total = sum(load)
    regulars: dict[str, list[Customer]] = {}
    for agent, part in zip(world.agents, load, strict=True):
        known = regulars.setdefault(agent.team.store.store_id, [])
        taste = rng.choice([(5, 3, 2), (3, 5, 2), (2, 4, 4)])
        for _ in range(round(co.events * part / total)):
            if known and rng.random() < 0.09:
                customer = rng.choice(known)
            else:
                customer = world.customer(agent.team.store.country)
                known.append(customer)
            reason = "parts_order"
            if not agent.team.parts:
                reason = rng.choices(["install", "repair", "maintenance"], taste)[0]
            world.events.append(make(world, agent, customer, reason, moment(world, agent)))
