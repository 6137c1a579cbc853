"""Teams and agents of the support floors, and who games."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from .kit import Device, Networks, Place, beside, desk_browser, phone_browser, place, token
from .setting import PRACTICES, SITES, Draw
from .words import stock


@dataclass
class Site:
    """A floor of desks, with its way out to the internet and its guests' wireless."""

    name: str
    tz: str
    country: str
    own: bool
    egress: list[Place]
    guests: Place


@dataclass
class Team:
    """Who works together, when, and for customers of which regions."""

    team_id: str
    site: Site
    begins: float
    regions: dict[str, float]
    weekend: float


@dataclass
class Agent:
    """One agent: skill, devices, and what the agent does about scores."""

    agent_id: str
    team: Team
    skill: float
    pace: float
    desk: Device
    phone: Device
    home: Place
    known: list[str]
    active_from: datetime
    active_to: datetime | None
    great: bool = False
    poor: bool = False
    evasive: bool = False
    bombed: bool = False
    gaming: dict[str, float] = field(default_factory=dict)
    mailboxes: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    pals: list[Agent] = field(default_factory=list)
    nth: int = 0

    def strength(self, practice: str) -> float:
        return self.gaming.get(practice, 0.0)

    def working(self, at: datetime) -> bool:
        return self.active_from <= at and (self.active_to is None or at < self.active_to)


def floors(rng: Random) -> dict[str, Site]:
    made = {}
    for name, tz, country, own in SITES:
        first = place(rng)
        egress = [first, *(beside(rng, first) for _ in range(rng.randint(0, 2)))]
        guests = beside(rng, first) if rng.random() < 0.6 else place(rng)
        made[name] = Site(name, tz, country, own, egress, guests)
    return made


def _teams(rng: Random, draw: Draw, sites: dict[str, Site]) -> list[Team]:
    plan: list[tuple[str, float, dict[str, float], float]] = []
    for nth in range(rng.randint(2, 4)):
        plan.append(("drs", 7.5 + nth * 0.5, {"de": 0.94, "uk": 0.06}, 0.0))
    for nth in range(rng.randint(2, 3)):
        plan.append(("lds", 8.0 + nth, {"uk": 0.82, "us": 0.1, "de": 0.08}, 0.1))
    plan.append(("pnq", 9.5, {"in": 1.0}, 0.35))
    if rng.random() < 0.6:
        plan.append(("pnq", 10.5, {"in": 0.9, "uk": 0.1}, 0.25))
    for nth in range(rng.randint(1, 2)):
        plan.append(("pnq", 20.0 + nth * 1.5, {"us": 0.55, "uk": 0.3, "de": 0.15}, 0.8))
    if "ceb" in draw.vendors:
        for nth in range(rng.randint(1, 2)):
            plan.append(("ceb", 21.0 + nth, {"us": 0.88, "uk": 0.12}, 0.75))
    if "sjo" in draw.vendors:
        for nth in range(rng.randint(1, 2)):
            plan.append(("sjo", 8.0 + nth * 6, {"us": 0.95, "de": 0.05}, 0.55))
    while len(plan) < 8:
        plan.append(("drs", 8.5, {"de": 1.0}, 0.0))
    numbers = rng.sample(range(11, 60), len(plan))
    return [
        Team(f"T{number}", sites[name], begins, regions, weekend)
        for number, (name, begins, regions, weekend) in zip(numbers, plan, strict=True)
    ]


def _agent(rng: Random, draw: Draw, nets: Networks, team: Team, number: int) -> Agent:
    desk_ua = desk_browser(rng) if team.site.own else _floor_browser(team.site, rng)
    phone_ua = phone_browser(rng, 0.45 if team.site.own else 0.12)
    at_home = place(rng)
    if not team.site.own and rng.random() < 0.55:
        at_home = nets.mobile(rng, team.site.country)
    end = draw.start + timedelta(days=draw.days)
    since = draw.start - timedelta(days=rng.randint(30, 1900))
    if rng.random() < 0.09:
        since = draw.start + timedelta(days=rng.randint(7, 50))
    until = None
    if rng.random() < (0.05 if team.site.own else 0.12):
        until = end - timedelta(days=rng.randint(4, 40))
    known = [token(rng) for _ in range(rng.choice((0, 1, 1, 2) if team.site.own else (0, 0, 1)))]
    return Agent(
        agent_id=f"A{number}",
        team=team,
        skill=rng.gauss(0.0, 0.3),
        pace=rng.lognormvariate(0.0, 0.3),
        desk=Device(desk_ua, token(rng, 20), 0.03, 0.02),
        phone=Device(phone_ua, token(rng, 20), 0.05, 0.03),
        home=at_home,
        known=known,
        active_from=since,
        active_to=until,
    )


def _floor_browser(site: Site, rng: Random) -> str:
    """Vendors image their machines: nearly everybody on a floor has the same browser."""
    if rng.random() < 0.1:
        return desk_browser(rng)
    return desk_browser(Random(sum(map(ord, site.egress[0].ip))))


def _assign(rng: Random, draw: Draw, agents: list[Agent]) -> None:
    count = round(draw.gaming * len(agents))
    lean = [1.0 if a.team.site.own else draw.vendor_lean for a in agents]
    chosen: list[Agent] = []
    while len(chosen) < count:
        pick = rng.choices(agents, lean)[0]
        if pick not in chosen and not pick.great:
            chosen.append(pick)
    lead_teams: set[str] = set()
    for agent in chosen:
        agent.evasive = rng.random() < draw.careful
        for _ in range(rng.choices((1, 2, 3), (6, 3, 1))[0]):
            name = rng.choices(PRACTICES, [draw.weights[p] for p in PRACTICES])[0]
            if name == "sweep" and agent.team.team_id in lead_teams:
                name = "begging"
            if name == "sweep":
                lead_teams.add(agent.team.team_id)
            strength = 0.03 + 0.57 * draw.level * rng.betavariate(1.5, 1.9)
            agent.gaming[name] = strength * (0.6 if agent.evasive else 1.0)
        agent.phrases = stock(rng, agent.evasive)
        boxes = rng.randint(5, 25) if agent.evasive else rng.randint(1, 4)
        agent.mailboxes = [token(rng) for _ in range(boxes)]
        if agent.known and not agent.evasive and rng.random() < 0.35:
            agent.mailboxes[0] = agent.known[0]
    if draw.circle:
        for agent in chosen:
            agent.pals = [
                other
                for other in chosen
                if other.team is agent.team
                and other is not agent
                and "requester_swap" in other.gaming
            ]


def staffed(
    rng: Random, draw: Draw, nets: Networks
) -> tuple[dict[str, Site], list[Team], list[Agent]]:
    sites = floors(rng)
    teams = _teams(rng, draw, sites)
    rooms = [rng.randint(6, 13) for _ in teams]
    while not 62 <= sum(rooms) <= 138:
        rooms = [rng.randint(6, 13) for _ in teams]
    numbers = iter(rng.sample(range(1000, 9999), sum(rooms)))
    agents = [
        _agent(rng, draw, nets, team, next(numbers))
        for team, size in zip(teams, rooms, strict=True)
        for _ in range(size)
    ]
    for agent in rng.sample(agents, draw.great):
        agent.great = True
        agent.skill = rng.uniform(1.25, 2.1)
    for agent in agents:
        if not agent.great and rng.random() < draw.poor:
            agent.poor = True
            agent.skill = -rng.uniform(0.6, 1.3)
    _assign(rng, draw, agents)
    honest = [a for a in agents if not a.gaming and a.active_to is None]
    for agent in rng.sample(honest, draw.bombed):
        agent.bombed = True
    return sites, teams, agents
