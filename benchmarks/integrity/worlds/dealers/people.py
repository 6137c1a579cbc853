"""Shops, staff, customers, and the networks that they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from benchmarks.integrity.worlds.dealers.profile import DAYS, SALES, START, WORKSHOP, Profile
from benchmarks.integrity.worlds.dealers.words import Phone, phone

Spot = tuple[str, str, bool]  # address, its /24, whether it is a Wi-Fi


def token(rng: Random, prefix: str = "") -> str:
    return f"{prefix}{rng.getrandbits(64):016x}"


def spot(rng: Random, net: str | None = None) -> Spot:
    return token(rng), net or token(rng), True


@dataclass
class City:
    """Strangers share what a carrier and a block of flats give them."""

    carriers: list[list[Spot]]
    blocks: list[str]
    offices: list[Spot]


def city(rng: Random) -> City:
    carriers = []
    for _ in range(rng.randint(5, 14)):
        net = token(rng)
        carriers.append([(token(rng), net, False) for _ in range(rng.randint(4, 30))])
    blocks = [token(rng) for _ in range(rng.randint(250, 600))]
    return City(carriers, blocks, [spot(rng) for _ in range(rng.randint(60, 160))])


@dataclass
class Store:
    id: str
    zh: bool
    tz: str
    offset: int
    town: City
    guests: Spot
    staff: Spot
    switchboard: str
    desk: Phone
    sales: list[Team] = field(default_factory=list)
    workshop: list[Team] = field(default_factory=list)


@dataclass
class Team:
    id: str
    store: Store
    sales: bool
    agents: list[Agent] = field(default_factory=list)

    @property
    def metric(self) -> str:
        return "NPS" if self.sales else "CSAT"


@dataclass
class Agent:
    id: str
    name: str
    team: Team
    skill: float
    great: bool
    pace: float
    start: datetime
    end: datetime | None
    phone: Phone
    home: Spot
    number: str
    known: list[str]  # numbers that HR has
    practices: dict[str, float] = field(default_factory=dict)
    evasive: bool = False
    bombed: bool = False
    sims: list[tuple[str, Phone]] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    friends: list[Customer] = field(default_factory=list)
    done: set[str] = field(default_factory=set)

    def here(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)


@dataclass
class Customer:
    id: str
    number: str
    phone: Phone
    town: City
    home: Spot
    carrier: list[Spot]
    tongue: str
    eager: float
    taste: float
    hunter: bool = False
    spouse: tuple[str, Phone] | None = None
    last_asked: datetime | None = None


_NAMES_ZH = ("王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "何")
_NAMES_EN = ("Liam", "Priya", "Josh", "Mel", "Nathan", "Kylie", "Arjun", "Tess", "Wei", "Dean")


def customer(rng: Random, profile: Profile, store: Store, cheap: bool = False) -> Customer:
    town = store.town
    tongue = "zh" if store.zh else "en"
    if rng.random() < (0.012 if store.zh else 0.09):
        tongue = "en" if store.zh else "zh"
    forgets = 1.0 if rng.random() < 0.05 else rng.uniform(0, 2 * profile.forgets)
    who = Customer(
        id=token(rng, "C"), number=token(rng), phone=phone(rng, store.zh, forgets, cheap),
        town=town, home=spot(rng, rng.choice(town.blocks)), carrier=rng.choice(town.carriers),
        tongue=tongue, eager=rng.lognormvariate(-0.1, 0.5), taste=rng.gauss(0, 0.35),
        hunter=store.zh and rng.random() < profile.points_hunters,
    )  # fmt: skip
    if store.zh and rng.random() < profile.spouses:
        who.spouse = (token(rng), phone(rng, True, forgets))
    if rng.random() < 0.07:
        who.home = rng.choice(town.offices)
    return who


def _agent(rng: Random, profile: Profile, team: Team) -> Agent:
    store, skill = team.store, rng.gauss(0, profile.spread)
    if rng.random() < profile.poor:
        skill = rng.uniform(-1.3, -0.8)
    start, end = START - timedelta(days=rng.randint(40, 2600)), None
    change = rng.random()
    if change < 0.05:
        start = START + timedelta(days=rng.randint(5, 50))
    elif change < 0.1:
        end = START + timedelta(days=rng.randint(25, 80))
    number = token(rng)
    known = [number] if rng.random() < 0.88 else []
    if known and rng.random() < 0.2:
        known.append(token(rng))
    name = rng.choice(_NAMES_ZH if store.zh else _NAMES_EN)
    if store.zh:
        name = f"小{name}" if rng.random() < 0.5 else f"{name}顾问"
    return Agent(
        id=token(rng, "A")[:11], name=name, team=team, skill=skill, great=False,
        pace=rng.uniform(0.6, 1.4), start=start, end=end,
        phone=phone(rng, store.zh, rng.choice((0.0, 0.05, 0.1))),
        home=spot(rng, rng.choice(store.town.blocks)), number=number, known=known,
    )  # fmt: skip


def _store(rng: Random, profile: Profile, number: int) -> Store:
    zh = number >= profile.abroad
    guests = spot(rng)
    staff = guests if profile.one_wifi else spot(rng, guests[1] if rng.random() < 0.5 else None)
    store = Store(
        id=f"{'CN' if zh else 'AU'}{rng.randint(1000, 9999)}-{number}", zh=zh,
        tz="Asia/Shanghai" if zh else "Australia/Brisbane", offset=8 if zh else 10,
        town=city(rng), guests=guests, staff=staff, switchboard=token(rng),
        desk=phone(rng, zh, 0.1),
    )  # fmt: skip
    for sales in (True, False):
        for letter in "AB"[: rng.choice((1, 2) if zh else (1, 1, 2))]:
            team = Team(f"{store.id}-{'S' if sales else 'W'}{letter}", store, sales)
            team.agents = [_agent(rng, profile, team) for _ in range(rng.randint(4, 9))]
            (store.sales if sales else store.workshop).append(team)
    return store


def _temptation(rng: Random, profile: Profile, agent: Agent) -> None:
    """What somebody who games does, how often, and with what at hand."""
    store, sales = agent.team.store, agent.team.sales
    names = [n for n in (SALES if sales else WORKSHOP) if store.zh or n not in _ONLY_ZH]
    agent.evasive = rng.random() < profile.evasive
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
        weights = [profile.popular[n] + 0.02 for n in names]
        name = rng.choices(names, weights)[0]
        agent.practices[name] = min(0.6, rng.uniform(*profile.strength))
    many = rng.randint(4, 9) if agent.evasive else rng.randint(1, 3)
    for _ in range(many):
        handset = phone(rng, store.zh, 0.5) if agent.evasive and rng.random() < 0.6 else agent.phone
        agent.sims.append((token(rng), handset))
    if not agent.evasive and agent.known and rng.random() < 0.5:
        agent.sims[0] = (rng.choice(agent.known), agent.phone)
    agent.accounts = [token(rng) for _ in range(rng.randint(3, 6) if agent.evasive else 1)]
    size = rng.randint(30, 60) if agent.evasive else rng.randint(7, 18)
    agent.friends = [customer(rng, profile, store) for _ in range(size)]
    for friend in agent.friends:  # a car club is all over the country
        if rng.random() < 0.7:
            friend.home, net = spot(rng), token(rng)
            friend.carrier = [(token(rng), net, False) for _ in range(3)]


_ONLY_ZH = ("red_packet_ghosts", "car_bound_to_own_wechat")


def company(rng: Random, profile: Profile) -> list[Store]:
    """Between 60 and 150 people in eight teams or more; some of them tempted."""
    while True:
        stores = [_store(rng, profile, number) for number in range(profile.stores)]
        agents = everybody(stores)
        if 60 <= len(agents) <= 150 and sum(len(s.sales) + len(s.workshop) for s in stores) >= 8:
            break
    stayers = [a for a in agents if a.end is None]
    for agent in rng.sample(stayers, max(2, round(profile.great * len(agents)))):
        agent.great, agent.skill = True, rng.uniform(1.25, 1.8)
    pushed = rng.choice(stores)
    open_to = [a for a in agents if not a.great and a.end is None]
    rng.shuffle(open_to)
    if profile.clustered:
        open_to.sort(key=lambda a: a.team.store is not pushed or rng.random() < 0.4)
    for agent in open_to[: round(profile.gaming * len(agents))]:
        _temptation(rng, profile, agent)
    return stores


def teams(stores: list[Store]) -> list[Team]:
    return [team for store in stores for team in (*store.sales, *store.workshop)]


def everybody(stores: list[Store]) -> list[Agent]:
    return [agent for team in teams(stores) for agent in team.agents]


LAST = START + timedelta(days=DAYS)
