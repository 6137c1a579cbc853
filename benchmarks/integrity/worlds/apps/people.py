"""The staff with its desks, homes and habits, and the customers with theirs."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from benchmarks.integrity.worlds.apps.draw import Draw
from benchmarks.integrity.worlds.apps.places import (
    MARKETS,
    Hasher,
    Line,
    Market,
    Networks,
    browser_agent,
    line_in,
    phone_agent,
)

START = datetime(2026, 4, 1, tzinfo=UTC)
DAYS = 91
METRICS = {"chat": "CSAT", "phone": "CSAT", "onboarding": "NPS", "refunds": "CES", "partner": "NPS"}
SCALES = {"NPS": (0, 10), "CSAT": (1, 5), "CES": (1, 7)}
SITES = (
    ("lis", 0, 3), ("krk", 1, 3), ("lds", 2, 2), ("mnl", 3, 4), ("bog", 4, 3), ("cas", 5, 2),
)  # fmt: skip


@dataclass
class Site:
    store_id: str
    market: Market
    office: list[Line]
    drawer: list[tuple[str, str]]  # test telephones: device, user agent


@dataclass
class Agent:
    agent_id: str
    team_id: str
    desk: str
    site: Site
    quality: float
    first_hour: int
    free_days: tuple[int, int]
    home: Line
    phone: tuple[str, str]
    workstation: tuple[str, str]
    contacts: list[str]
    active_from: date
    active_to: date | None = None
    great: bool = False
    gaming: list[str] = field(default_factory=list)
    strength: dict[str, float] = field(default_factory=dict)
    evasive: bool = False
    bombed: bool = False
    mentor: Agent | None = None
    aliases: list[str] = field(default_factory=list)

    def works(self, day: date) -> bool:
        gone = self.active_to is not None and day >= self.active_to
        return not gone and day >= self.active_from and day.weekday() not in self.free_days


@dataclass
class Group:
    """People who share a roof, a trolley, a clerk: lines, devices, and who looks after them."""

    kind: str
    market: Market
    lines: list[Line]
    devices: list[tuple[str | None, str]]
    caretaker: Agent | None
    contact: str | None = None
    sitting_day: int = 4
    sitting_hour: int = 15
    cursor: dict[date, datetime] = field(default_factory=dict)


@dataclass
class Customer:
    customer_id: str
    market: Market
    contact: str
    home: Line
    phone: tuple[str, str]
    computer: tuple[str, str]
    apple: bool
    kind: str = ""
    group: Group | None = None
    last_asked: datetime | None = None


def build_staff(rng: random.Random, draw: Draw, nets: Networks, ids: Hasher) -> list[Agent]:
    """Sites, teams and agents; who is great, poor, new and who leaves."""
    staff: list[Agent] = []
    sites = []
    for code, market, share in SITES:
        place = MARKETS[market]
        first = nets.broadband(place)
        office = [first] + [line_in(rng, first.net) for _ in range(rng.randint(0, 2))]
        drawer = [
            (ids.fresh(), phone_agent(rng, rng.random() < 0.4)) for _ in range(rng.randint(3, 6))
        ]
        sites.extend([Site(f"site-{code}", place, office, drawer)] * share)
    rng.shuffle(sites)
    desks = ["chat", "phone", "onboarding", "refunds", "partner"]
    number = 0
    while len(staff) < draw.agents:
        desk = desks[number] if number < 5 else rng.choice(("chat", "chat", "phone", *desks[:4]))
        site = sites[number % len(sites)]
        team = f"{site.store_id[5:]}-{desk}-{number + 1}"
        number += 1
        left = max(4, draw.agents - len(staff))
        for _ in range(min(left, rng.randint(4, 8 if number < 9 else 12))):
            staff.append(_agent(rng, draw, nets, ids, team, desk, site))
    pool = rng.sample(staff, draw.great + draw.poor)
    for agent in pool[: draw.great]:
        agent.great, agent.quality = True, rng.uniform(1.2, 2.0)
    for agent in pool[draw.great :]:
        agent.quality = rng.uniform(-1.3, -0.7)
    return staff


def _agent(
    rng: random.Random, draw: Draw, nets: Networks, ids: Hasher, team: str, desk: str, site: Site
) -> Agent:
    night = site.store_id in ("site-mnl", "site-bog") and rng.random() < 0.4
    known = rng.random() < draw.contacts_known
    off = rng.choice(((5, 6), (5, 6), (0, 6), (2, 3), (5, 0)))
    private = nets.carrier if rng.random() < 0.25 else nets.broadband
    return Agent(
        agent_id=ids.row("ag"),
        team_id=team,
        desk=desk,
        site=site,
        quality=rng.gauss(0, 0.3),
        first_hour=rng.randint(15, 18) if night else rng.randint(7, 11),
        free_days=off,
        home=private(site.market),
        phone=(ids.fresh(), browser_agent(rng, False)),
        workstation=(ids.fresh(), browser_agent(rng, True)),
        contacts=[ids.fresh() for _ in range(rng.randint(1, 2))] if known else [],
        active_from=START.date() - timedelta(days=rng.randint(20, 1500)),
    )


def give_mentors(rng: random.Random, draw: Draw, staff: list[Agent]) -> None:
    """New people of the quarter sit beside a colleague and work under that login at first."""
    count = round(rng.uniform(2, 5) * draw.odd["buddy_login"])
    for new in rng.sample([a for a in staff if not a.great], min(count, 10)):
        mates = [a for a in staff if a.team_id == new.team_id and a is not new and not a.mentor]
        if mates:
            new.active_from = START.date() + timedelta(days=rng.randint(3, 50))
            new.mentor = rng.choice(mates)
            new.quality -= 0.25


class Crowd:
    """Customers, made when they are needed; some come again."""

    def __init__(self, rng: random.Random, draw: Draw, nets: Networks, ids: Hasher) -> None:
        self._rng, self._draw, self._nets, self._ids = rng, draw, nets, ids
        self._known: dict[str, list[Customer]] = {m.code: [] for m in MARKETS}

    def new(self, market: Market, group: Group | None = None) -> Customer:
        rng, ids = self._rng, self._ids
        apple = rng.random() < (0.2 if market.carrier_share > 0.5 else 0.5)
        mobile = rng.random() < market.carrier_share
        person = Customer(
            customer_id=ids.row("cu"),
            market=market,
            contact=ids.fresh(),
            home=self._nets.carrier(market) if mobile else self._nets.broadband(market),
            phone=(ids.fresh(), phone_agent(rng, apple)),
            computer=(ids.fresh(), browser_agent(rng, rng.random() < 0.4)),
            apple=apple,
        )
        odd = self._draw.odd
        if group is not None:
            person.kind, person.group = group.kind, group
            if group.contact:
                person.contact = group.contact
        elif apple and rng.random() < 0.16 * odd["summary_hour"]:
            person.kind = "summary_hour"
        elif apple and rng.random() < 0.12 * odd["private_relay"]:
            person.kind = "private_relay"
        return person

    def caller(self, site: Market) -> Customer:
        """Whoever rings next at a desk: mostly from the desk's own market."""
        rng = self._rng
        market = (
            site
            if rng.random() < 0.6
            else rng.choices(MARKETS, weights=[m.weight for m in MARKETS])[0]
        )
        known = self._known[market.code]
        if known and rng.random() < 0.24:
            return rng.choice(known)
        person = self.new(market)
        known.append(person)
        if rng.random() < 0.03 * self._draw.odd["family_plan"]:
            other = self.new(market)
            other.home, other.phone, other.apple = person.home, person.phone, person.apple
            other.kind = person.kind = "family_plan"
            known.append(other)
        return person
