"""Stores, agents and customers: who they are, what they hold in the hand, where they sit.

Used by `cases.py` (honest life) and `gaming.py` (what some do to their scores).
"""

# ruff: noqa: E501  # sentences and browsers as they are
from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from random import Random

from benchmarks.integrity.simulator.mix import Mix

PHONES = (
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.{}", 9),
    ("Mozilla/5.0 (Linux; Android 13; V22{}A) AppleWebKit/537.36 MicroMessenger/8.0.47", 7),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_{} like Mac OS X) AppleWebKit/605.1.15 Safari/604.1", 8),
    ("Mozilla/5.0 (Linux; Android 14; SM-S91{}B) AppleWebKit/537.36 Chrome/122.0 Mobile Safari", 10),
    ("Mozilla/5.0 (Linux; Android 12; M210{}K) AppleWebKit/537.36 Chrome/120.0 Mobile Safari", 10),
)  # fmt: skip
DESKTOPS = (
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/12{}.0 Safari/537.36", 5),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_{}) AppleWebKit/605.1.15 Safari/605.1.15", 4),
)


@dataclass(slots=True)
class Place:
    """Where an answer comes from: one address in one network."""

    ip: str
    net: str


@dataclass(slots=True)
class Device:
    """A phone, tablet or desk computer. `id` is None where the browser keeps nothing."""

    id: str | None
    agent: str


@dataclass(slots=True)
class Customer:
    """`kind`: plain, household, business. `manager`: the agent who always serves them."""

    id: str
    contact: str
    device: Device
    home: Place
    locale: str
    kind: str = "plain"
    manager: Agent | None = None
    mail_scanner: Place | None = None
    mood: float = 0.0


@dataclass(slots=True)
class Store:
    id: str
    locale: str
    level: float
    wifi: Place
    kiosk: Device | None
    chips: tuple[str, ...]
    outages: frozenset[int]
    led: bool = False
    channels: tuple[float, float, float] = (0.3, 0.3, 0.4)
    regulars: list[Customer] = field(default_factory=list)


@dataclass(slots=True)
class Agent:
    """`gaming`: what this agent does to the score, empty for most. `great`: truly among the
    best.
    """

    id: str
    team: str
    store: Store
    quality: float
    great: bool
    phone: Device
    home: Place
    contacts: tuple[str, ...]
    tablet: Device | None
    busy: float
    gaming: frozenset[str] = frozenset()
    evasive: bool = False
    intensity: float = 0.0
    friends: list[Customer] = field(default_factory=list)
    accounts: list[Customer] = field(default_factory=list)
    phrases: tuple[str, ...] = ()


class Town:
    """Hands out phones, addresses and people, all from one seeded source."""

    def __init__(self, random: Random, mix: Mix, salt: str) -> None:
        self.random, self.mix, self.salt = random, mix, salt
        self.count = 0
        self.exits = [self.place(f"carrier{n}") for n in range(mix.carrier_exits)]

    def hash(self, *parts: object) -> str:
        text = "|".join(map(str, (self.salt, *parts)))
        return hashlib.blake2s(text.encode(), digest_size=8).hexdigest()

    def fresh(self, what: str) -> str:
        self.count += 1
        return self.hash(what, self.count)

    def place(self, net: object = None) -> Place:
        """A new address; in the given network, or in a new one."""
        name = self.fresh("net") if net is None else self.hash("net", net)
        return Place(self.fresh("ip"), name)

    def phone(self) -> Device:
        missing = self.random.random() < self.mix.device_missing
        return Device(None if missing else self.fresh("device"), self.client(PHONES))

    def client(self, pool: tuple[tuple[str, int], ...]) -> str:
        template, versions = self.random.choice(pool)
        # Few versions are new, many people have them.
        return template.format(min(int(self.random.expovariate(0.5)), versions - 1))

    def customer(self, locale: str, kind: str = "plain") -> Customer:
        random = self.random
        desk = random.random() < 0.2
        device = self.phone()
        if desk:
            device.agent = self.client(DESKTOPS)
        return Customer(
            self.fresh("customer"), self.fresh("contact"), device, self.place(), locale, kind,
            mood=random.gauss(0, 0.35),
        )  # fmt: skip

    def household(self, locale: str) -> list[Customer]:
        """Two to four customers, one address, often one tablet, sometimes one phone number."""
        home = self.place()
        people = [self.customer(locale, "household") for _ in range(self.random.randint(2, 4))]
        shared, number = self.random.random() < 0.6, self.random.random() < 0.35
        for person in people:
            person.home = home
            if shared:
                person.device = people[0].device
            if number:
                person.contact = people[0].contact
        return people

    def office(self, locale: str, manager: Agent) -> list[Customer]:
        """A firm: some employees, one network, one or a few desks, one account manager."""
        net = self.fresh("office")
        gate = self.place(net)
        desk = Device(self.fresh("device"), self.client(DESKTOPS))
        one_desk, one_contact = self.random.random() < 0.3, self.random.random() < 0.3
        people = [self.customer(locale, "business") for _ in range(self.random.randint(2, 7))]
        for person in people:
            person.home, person.manager = gate, manager
            person.device = desk if one_desk else person.device
            if one_contact:
                person.contact = people[0].contact
        return people
