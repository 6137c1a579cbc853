"""Service points, crews, technicians, parts clerks, and who of them has which habit."""

from datetime import timedelta

from .draw import BAD_ONLY, SHOP_LEVEL, VOLUME, strength
from .model import Agent, Store, Team, World


def _store(world: World, country: str) -> Store:
    places, rng = world.places, world.rng
    drawer = [places.handset(country) for _ in range(rng.randint(2, 5))]
    return Store(
        places.fresh("store")[:8], country, places.line(country), places.line(country), drawer
    )


def _agent(world: World, team: Team) -> Agent:
    rng, places, co = world.rng, world.places, world.co
    country = team.store.country
    contacts = [places.fresh("contact") for _ in range(rng.choices([1, 2, 3], [5, 4, 1])[0])]
    known = contacts[:1] if rng.random() < 0.82 else []
    if known and len(contacts) > 1 and rng.random() < 0.3:
        known = contacts[:2]
    begins, ends = co.start - timedelta(days=rng.randint(30, 1900)), None
    if rng.random() < 0.06:
        begins = co.start + timedelta(days=rng.randint(5, 40))
    elif rng.random() < 0.07:
        ends = co.start + timedelta(days=rng.randint(20, 75))
    return Agent(
        places.fresh("agent")[:10],
        team,
        rng.gauss(0, 0.33),
        rng.lognormvariate(0, 0.28),
        contacts,
        known,
        begins,
        ends,
        places.handset(country),
        places.handset(country),
        places.line(country),
    )


def hire(world: World) -> None:
    """Stores with one or two crews each, some with a parts counter; and the callers' seats."""
    rng, co = world.rng, world.co
    while len(world.agents) < co.agents or len(world.teams) < 8:
        store = _store(world, rng.choice(co.countries))
        world.stores.append(store)
        for number in range(rng.choice([1, 1, 2])):
            team = Team(world.places.fresh("team")[:8], store, False)
            world.teams.append(team)
            left = max(4, co.agents - len(world.agents))
            size = min(rng.randint(4, 14 if number == 0 else 9), max(4, left))
            world.agents += [_agent(world, team) for _ in range(size)]
    for store in rng.sample(world.stores, rng.randint(1, 2)):
        team = Team(world.places.fresh("team")[:8], store, True)
        world.teams.append(team)
        world.agents += [_agent(world, team) for _ in range(rng.randint(4, 7))]
    for home, country in ((True, "CN"), (False, co.countries[-1])):
        centre = [world.places.line(country) for _ in range(rng.randint(1, 2))]
        count = rng.randint(6, 13) if home else rng.randint(3, 6)
        world.desks[home] = [
            (world.places.fresh("device"), rng.choice(centre)) for _ in range(count)
        ]
    techs = [a for a in world.agents if not a.team.parts]
    for agent in rng.sample(techs, rng.randint(3, 7)):
        agent.great, agent.skill = True, rng.uniform(1.35, 2.1)
    plain = [a for a in techs if not a.great]
    for agent in rng.sample(plain, rng.randint(3, 8)):
        agent.skill = rng.uniform(-1.3, -0.7)
    for agent in rng.sample(techs, round(len(techs) * 0.09 * co.odd["technician_hotspot"])):
        agent.hotspot = True


def corrupt(world: World) -> None:
    """A habit of the shop takes a good part of one crew; the others take single persons."""
    rng, co = world.rng, world.co
    wanted = round(co.gamers * len(world.agents))
    names = list(VOLUME + BAD_ONLY)
    weights = [co.weights[name] for name in names]
    able = [a for a in world.agents if not a.great and not a.team.parts and a.active_to is None]
    gamers: list[Agent] = []
    while len(gamers) < wanted:
        name = rng.choices(names, weights)[0]
        free = [a for a in able if a not in gamers]
        first = rng.choice(free)
        group = [first]
        if name in SHOP_LEVEL:
            mates = [a for a in free if a.team.store is first.team.store and a is not first]
            more = min(len(mates), rng.randint(1, 5), wanted - len(gamers) - 1)
            group += rng.sample(mates, max(0, more))
        careful = rng.random() < co.careful
        for agent in group:
            agent.evasive = careful if name in SHOP_LEVEL else rng.random() < co.careful
            agent.skill -= rng.uniform(0.0, 0.5)
            _take(world, agent, name)
            if rng.random() < 0.4:
                _take(world, agent, rng.choices(names, weights)[0])
        gamers += group


def _take(world: World, agent: Agent, name: str) -> None:
    rng = world.rng
    share = strength(rng, world.co.reach) * (0.6 if agent.evasive else 1.0)
    if name in BAD_ONLY:
        agent.practices[name] = rng.uniform(0.25, 0.9)
        return
    taken = sum(s for n, s in agent.practices.items() if n in VOLUME)
    agent.practices[name] = max(0.03, min(share, 0.6 - taken))
    if name == "own_sim":
        more = rng.randint(1, 5) if agent.evasive else rng.randint(0, 2)
        agent.contacts += [world.places.fresh("contact") for _ in range(more)]
