"""The people, cases and answers of one company while it is being made."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .draw import Company
from .places import ZONE, Handset, Places, Spot

TOP = {"CSAT": 5, "CES": 7}
GOOD = {"CSAT": 4, "CES": 5}
CUTS = {
    "CSAT": [-1.85, -1.5, -1.05, -0.35],
    "CES": [-2.0, -1.75, -1.5, -1.1, -0.65, 0.05],
}


@dataclass(eq=False, slots=True)
class Store:
    store_id: str
    country: str
    office: Spot
    showroom: Spot
    drawer: list[Handset]


@dataclass(eq=False, slots=True)
class Team:
    team_id: str
    store: Store
    parts: bool


@dataclass(eq=False, slots=True)
class Agent:
    agent_id: str
    team: Team
    skill: float
    pace: float
    contacts: list[str]
    known: list[str]
    active_from: datetime
    active_to: datetime | None
    handset: Handset
    spare: Handset
    home: Spot
    great: bool = False
    evasive: bool = False
    bombed: bool = False
    hotspot: bool = False
    practices: dict[str, float] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Customer:
    customer_id: str
    contact: str
    country: str
    home: Spot
    handset: Handset
    forgets: bool
    generous: float


@dataclass(eq=False, slots=True)
class Event:
    at: datetime
    agent: Agent
    handler: Agent
    customer: Customer
    contact: str
    reason: str
    seconds: int
    metric: str
    true: int
    by_link: bool
    by_call: bool
    called: bool
    trap: str = ""
    counted: bool = True
    fate: str = ""
    asked_contact: str = ""
    event_id: str = ""

    @property
    def freely(self) -> int | None:
        """The score that the customer would have given without anybody's doing."""
        return self.true if self.by_link or (self.called and self.by_call) else None

    @property
    def bad(self) -> bool:
        return self.true < GOOD[self.metric]


@dataclass(eq=False, slots=True)
class Invitation:
    event: Event
    status: str
    reason: str | None
    sent: datetime | None
    channel: str
    contact: str | None
    answered: bool = False
    invitation_id: str = ""


@dataclass(eq=False, slots=True)
class Response:
    invitation: Invitation
    score: int
    opened: datetime
    answered: datetime
    spot: Spot
    device: str | None
    user_agent: str
    comment: str | None
    label: str = "honest"
    practice: str | None = None
    trap: str = ""
    changed: bool = False
    true: int | None = None
    evasive: bool = False
    supersedes: "Response | None" = None
    response_id: str = ""


@dataclass(eq=False, slots=True)
class Signal:
    event: Event
    type: str
    value: float | int | str
    at: datetime
    tags: list[str]
    signal_id: str = ""


class World:
    """All that one seed makes."""

    def __init__(self, rng: random.Random, company: Company) -> None:
        self.rng = rng
        self.co = company
        self.places = Places(rng)
        self.stores: list[Store] = []
        self.teams: list[Team] = []
        self.agents: list[Agent] = []
        self.desks: dict[bool, list[tuple[str, Spot]]] = {}
        self.events: list[Event] = []
        self.invitations: list[Invitation] = []
        self.responses: list[Response] = []
        self.signals: list[Signal] = []

    def seats(self, country: str) -> list[tuple[str, Spot]]:
        """The callers' desks: one centre at home, another for all other countries."""
        return self.desks[country == "CN"]

    def score(self, metric: str, feeling: float) -> int:
        return 1 + sum(feeling > cut for cut in CUTS[metric])

    def feeling(self, agent: Agent, customer: Customer) -> float:
        return agent.skill + customer.generous + self.co.mood + self.rng.gauss(0, self.co.noise)

    def customer(self, country: str) -> Customer:
        places, rng = self.places, self.rng
        return Customer(
            places.fresh("customer"),
            places.fresh("contact"),
            country,
            places.line(country),
            places.handset(country),
            rng.random() < self.co.lost_cookie,
            rng.gauss(0, 0.3),
        )


def local(at: datetime, country: str) -> datetime:
    return at + timedelta(hours=ZONE[country][1])


def local_clock(day: datetime, country: str, hour: float) -> datetime:
    """The moment, in UTC, of an hour on the local day of `day`."""
    here = local(day, country).replace(hour=0, minute=0, second=0, microsecond=0)
    return here + timedelta(hours=hour) - timedelta(hours=ZONE[country][1])
