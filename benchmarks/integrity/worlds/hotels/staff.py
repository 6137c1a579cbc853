"""Hotels, their networks, and the people who work there."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from . import words
from .book import Seat, token
from .draw import BREAKFAST, CONCIERGE, FRONT, HOUSE, LOYALTY, PRACTICES, Draw

PLACES = (
    ("Europe/Lisbon", "pt"),
    ("Atlantic/Madeira", "pt"),
    ("Europe/Madrid", "es"),
    ("Atlantic/Canary", "es"),
    ("Europe/Paris", "fr"),
    ("Europe/Berlin", "de"),
    ("Europe/Vienna", "de"),
    ("Europe/Rome", "it"),
    ("Europe/Warsaw", "pl"),
)
SIZES = {FRONT: (6, 13), HOUSE: (6, 15), BREAKFAST: (4, 8), CONCIERGE: (4, 6), LOYALTY: (7, 12)}


@dataclass
class Net:
    """A /24 and the addresses that it shows to the world."""

    net: str
    ips: list[str]


class Nets:
    """Draws networks: carriers share a few between many strangers, homes have their own."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.carriers = {
            locale: [self.make(rng.randint(8, 40)) for _ in range(rng.randint(9, 22))]
            for locale in words.GOOD
        }
        self.offices = [self.make(2) for _ in range(60)]

    def make(self, addresses: int) -> Net:
        """A network nobody else has."""
        return Net(token(self.rng), [token(self.rng) for _ in range(addresses)])

    def carrier(self, locale: str) -> tuple[str, str]:
        """An address of a mobile network, and its /24."""
        chosen = self.rng.choice(self.carriers[locale])
        return self.rng.choice(chosen.ips), chosen.net


@dataclass
class Hotel:
    """One house of the chain."""

    store: str
    tz: str
    locale: str
    wifi: Net
    office: Net
    tablets: list[Seat]
    mood: float
    airport: bool
    coaches: bool
    bad_keyboard: bool


@dataclass
class Agent:
    """One employee whose work is surveyed."""

    agent: str
    team: str
    part: str
    hotel: Hotel
    name: str
    quality: float
    great: bool
    start_hour: int
    locale: str
    phone: Seat
    home: tuple[str, str]
    contacts: list[str]
    mailboxes: list[str]
    trainee: bool = False
    since: date = date.min
    careful: bool = False
    bombed: bool = False
    practices: dict[str, float] = field(default_factory=dict)
    did: set[str] = field(default_factory=set)


def _hotel(rng: random.Random, nets: Nets, number: int, company: Draw) -> Hotel:
    tz, locale = rng.choice(PLACES)
    wifi, office = nets.make(rng.choice([1, 1, 2, 4])), nets.make(1)
    if rng.random() < 0.35:  # small houses: one line for the guests and the back office
        office = Net(wifi.net, [wifi.ips[0]])
    tablets = [
        Seat(office.ips[0], office.net, token(rng), words.TABLET) for _ in range(rng.randint(1, 3))
    ]
    return Hotel(
        store=f"H{number:02d}-{token(rng, 4)}",
        tz=tz,
        locale=locale,
        wifi=wifi,
        office=office,
        tablets=tablets,
        mood=rng.gauss(0.0, 0.25),
        airport=rng.random() < 0.45,
        coaches=rng.random() < 0.6,
        bad_keyboard=rng.random() < 0.3 * company.oddities["bad_keyboard"],
    )


def _agent(rng: random.Random, nets: Nets, hotel: Hotel, team: str, part: str) -> Agent:
    ip, net = nets.carrier(hotel.locale)
    home = nets.make(1)
    kind = rng.random()
    quality = 1.9 if kind < 0.05 else -1.4 if kind < 0.12 else rng.gauss(0.0, 0.45)
    return Agent(
        agent=f"A{token(rng, 6)}",
        team=team,
        part=part,
        hotel=hotel,
        name=rng.choice(words.NAMES),
        quality=quality,
        great=kind < 0.05,
        start_hour=rng.choice([7, 7, 15, 15, 23]) if part == FRONT else _shift(rng, part),
        locale=hotel.locale,
        phone=Seat(ip, net, token(rng), words.phone(rng)),
        home=(home.ips[0], home.net),
        contacts=[token(rng) for _ in range(rng.choice([0, 1, 1, 1, 2]))],
        mailboxes=[token(rng) for _ in range(rng.randint(1, 4))],
        trainee=part == FRONT and kind >= 0.12 and rng.random() < 0.1,
    )


def _shift(rng: random.Random, part: str) -> int:
    hours = {HOUSE: [9], BREAKFAST: [6], CONCIERGE: [8, 14], LOYALTY: [8, 10, 13]}
    return rng.choice(hours[part])


def hire(rng: random.Random, nets: Nets, company: Draw) -> tuple[list[Hotel], list[Agent]]:
    """Hotels are added until the chain has its people; then some of them learn to game."""
    hotels: list[Hotel] = []
    agents: list[Agent] = []
    centre = _hotel(rng, nets, 0, company)
    centre.store = f"SC-{token(rng, 4)}"
    plans = [(centre, LOYALTY)] * rng.randint(1, 2)
    number = 1
    while len(agents) < company.agents or len({a.team for a in agents}) < 8:
        if not plans:
            hotel = _hotel(rng, nets, number, company)
            number += 1
            hotels.append(hotel)
            plans = [(hotel, FRONT), (hotel, HOUSE), (hotel, BREAKFAST)]
            if rng.random() < 0.35:
                plans.append((hotel, CONCIERGE))
        hotel, part = plans.pop(0)
        team = f"T{token(rng, 6)}"
        least, most = SIZES[part]
        agents += [_agent(rng, nets, hotel, team, part) for _ in range(rng.randint(least, most))]
    _teach(rng, company, agents)
    return hotels, agents


def _teach(rng: random.Random, company: Draw, agents: list[Agent]) -> None:
    """Chooses who games: partly whole corners of a team, partly anybody, seldom the great."""
    wanted = round(company.gaming * len(agents))
    teams = sorted({a.team for a in agents})
    corners = set(rng.sample(teams, max(1, len(teams) // 5)))
    ready = [a for a in agents if not a.trainee and (not a.great or rng.random() < 0.1)]
    rng.shuffle(ready)
    chosen: list[Agent] = []
    fashion = {team: {name: rng.random() for name in company.weights} for team in teams}
    for pick in ready:
        inside = pick.team in corners
        if len(chosen) < wanted and rng.random() < (0.25 + company.clumped if inside else 0.3):
            chosen.append(pick)
    chosen += [a for a in ready if a not in chosen][: max(0, wanted - len(chosen))]
    for pick in chosen:
        _habits(rng, company, pick, fashion[pick.team])


def _habits(rng: random.Random, company: Draw, agent: Agent, fashion: dict[str, float]) -> None:
    open_to = [
        name
        for name in PRACTICES[agent.part]
        if not (name == "ghost_stay" and agent.start_hour != 23)
        and not (name == "drivers_table" and not agent.hotel.coaches)
    ]
    agent.careful = rng.random() < company.careful
    if rng.random() < 0.3:  # some begin when the bonus of the quarter comes near
        agent.since = company.start + timedelta(days=rng.randint(15, 65))
    for _ in range(rng.choice([1, 2, 2, 3])):
        weights = [company.weights[name] * (0.2 + fashion[name] ** 2) for name in open_to]
        name = rng.choices(open_to, weights)[0]
        base = company.strengths[name] * rng.uniform(0.6, 1.5)
        agent.practices[name] = min(0.6, max(0.03, base * (0.75 if agent.careful else 1.2)))
