"""The quarter's diary: which case falls to whom and when, the odd days and odd customers too."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from benchmarks.integrity.worlds.apps.cases import at_local
from benchmarks.integrity.worlds.apps.draw import Draw
from benchmarks.integrity.worlds.apps.people import DAYS, START, Agent, Crowd, Customer, Group
from benchmarks.integrity.worlds.apps.places import (
    MARKETS,
    Hasher,
    Networks,
    browser_agent,
    line_in,
    phone_agent,
)

Shifts = list[tuple[Agent, date]]


@dataclass
class Entry:
    at: datetime
    agent: Agent
    customer: Customer | None = None  # null: whoever rings
    lift: float = 0.0
    kind: str = ""


class Diary:
    """Everything that will happen at the desks, before it happens."""

    def __init__(
        self,
        rng: random.Random,
        draw: Draw,
        nets: Networks,
        ids: Hasher,
        crowd: Crowd,
        staff: list[Agent],
    ) -> None:
        self._rng, self._draw, self._nets, self._ids = rng, draw, nets, ids
        self._crowd, self._staff = crowd, staff
        self.partners: dict[str, list[Group]] = {}
        self.shifts: Shifts = [
            (agent, day)
            for day in (START.date() + timedelta(days=n) for n in range(DAYS))
            for agent in staff
            if agent.works(day)
        ]
        self._days: dict[str, list[date]] = {}
        for agent, day in self.shifts:
            self._days.setdefault(agent.agent_id, []).append(day)

    def entries(self) -> list[Entry]:
        made = [
            *self._ordinary(),
            *self._roofs(),
            *self._evenings(),
            *self._dogfooders(),
            *self._releases(),
            *self._sandboxes(),
            *self._mobs(),
        ]
        return sorted(made, key=lambda entry: entry.at)

    def moment(self, agent: Agent, day: date) -> datetime:
        """Some time within this agent's shift."""
        hour = agent.first_hour + 8 * self._rng.betavariate(1.4, 1.2)
        return at_local(day, hour, agent.site.market.tz)

    def _any_moment(self, agent: Agent) -> datetime:
        return self.moment(agent, self._rng.choice(self._days[agent.agent_id]))

    def _ordinary(self) -> Iterator[Entry]:
        rng = self._rng
        pools: dict[str, list[Customer]] = {}
        for agent in self._staff:
            if agent.desk == "partner":
                groups = [self._reseller(agent) for _ in range(rng.randint(1, 3))]
                self.partners[agent.agent_id] = groups
                pools[agent.agent_id] = [
                    self._crowd.new(g.market, g) for g in groups for _ in range(rng.randint(12, 40))
                ]
        each = self._draw.events / len(self.shifts)
        for agent, day in self.shifts:
            for _ in range(int(rng.gammavariate(6, each / 6) + rng.random())):
                customer = None
                if agent.desk == "partner" and rng.random() < 0.6:
                    customer = rng.choice(pools[agent.agent_id])
                yield Entry(self.moment(agent, day), agent, customer)

    def _reseller(self, agent: Agent) -> Group:
        rng, market = self._rng, self._rng.choice(MARKETS)
        line = self._nets.broadband(market)
        devices: list[tuple[str | None, str]] = [
            (self._ids.fresh(), browser_agent(rng, True)) for _ in range(rng.randint(1, 2))
        ]
        return Group("reseller_clerk", market, [line], devices, agent, self._ids.fresh(),
                     rng.randint(0, 4), rng.randint(9, 16))  # fmt: skip

    def _roofs(self) -> Iterator[Entry]:
        """Firms, schools and relay centres whose people share lines and devices."""
        rng, odd = self._rng, self._draw.odd
        plan = (
            ("one_roof", round(rng.uniform(5, 11) * odd["one_roof"]), (6, 24), 2.2),
            ("tablet_trolley", round(rng.uniform(2, 5) * odd["tablet_trolley"]), (8, 26), 2.0),
            ("relay_centre", round(rng.uniform(1, 2) * odd["relay_centre"]), (25, 60), 2.4),
        )
        for kind, count, size, visits in plan:
            for _ in range(count):
                desks = (
                    ("chat", "phone") if kind == "relay_centre" else ("chat", "onboarding", "phone")
                )
                caretaker = rng.choice([a for a in self._staff if a.desk in desks and not a.mentor])
                group = self._roof(kind, caretaker)
                for _ in range(rng.randint(*size)):
                    customer = self._crowd.new(group.market, group)
                    for _ in range(int(rng.expovariate(1 / visits)) + 1):
                        known = rng.random() < (0.55 if kind == "one_roof" else 0.8)
                        agent = caretaker if known else rng.choice(self._staff)
                        yield Entry(
                            self._any_moment(agent), agent, customer, 0.25 if known else 0.0
                        )

    def _roof(self, kind: str, caretaker: Agent) -> Group:
        rng, ids, market = self._rng, self._ids, caretaker.site.market
        line = self._nets.broadband(market)
        lines = [line] + ([line_in(rng, line.net)] if rng.random() < 0.4 else [])
        same = browser_agent(rng, True)  # one managed build for the whole house
        devices: list[tuple[str | None, str]]
        if kind == "one_roof":
            devices = [(ids.fresh(), same) for _ in range(rng.randint(8, 20))]
            devices += [(None, same)] * rng.randint(0, 6)  # cookies wiped at sign-off
        elif kind == "tablet_trolley":
            tablet = phone_agent(rng, True).replace("iPhone", "iPad")
            devices = [(ids.fresh(), tablet) for _ in range(rng.randint(1, 4))]
        else:
            devices = [(ids.fresh(), same) for _ in range(rng.randint(2, 4))]
        return Group(kind, market, lines, devices, caretaker)

    def _evenings(self) -> Iterator[Entry]:
        """Users come to the office on some Tuesdays, with their telephones, on its guest Wi-Fi."""
        rng, odd = self._rng, self._draw.odd["open_evening"]
        sites = sorted({a.site.store_id for a in self._staff})
        for site in rng.sample(sites, min(len(sites), round(rng.uniform(0.8, 2) * odd))):
            team = [a for a in self._staff if a.site.store_id == site and not a.mentor]
            hosts = rng.sample(team, min(3, len(team)))
            for week in range(rng.randint(0, 1), 13, 2):
                day = START.date() + timedelta(days=6 + 7 * week)
                if day >= START.date() + timedelta(days=DAYS):
                    break
                for _ in range(rng.randint(5, 17)):
                    host = rng.choice(hosts)
                    at = at_local(day, rng.uniform(18.1, 20.4), host.site.market.tz)
                    guest = self._crowd.new(host.site.market)
                    yield Entry(at, host, guest, rng.uniform(0.4, 1.0), "open_evening")

    def _dogfooders(self) -> Iterator[Entry]:
        """Staff have the apps for free, and trouble with them like everybody else."""
        rng = self._rng
        users = round(rng.uniform(14, 34) * self._draw.odd["dogfooder"])
        for user in rng.sample(self._staff, min(len(self._staff), users)):
            lines = [*user.site.office, user.home]
            own = (user.phone[0], phone_agent(rng, rng.random() < 0.5))
            group = Group("dogfooder", user.site.market, lines, [own], None)
            customer = self._crowd.new(user.site.market, group)
            if user.contacts:
                customer.contact = user.contacts[-1]
            others = [a for a in self._staff if a is not user]
            for _ in range(rng.randint(1, 7)):
                agent = rng.choice(others)
                yield Entry(self._any_moment(agent), agent, customer, 0.3)

    def _releases(self) -> Iterator[Entry]:
        """A repaired release is out: a team closes its whole backlog within the hour."""
        rng = self._rng
        for _ in range(round(rng.uniform(2, 5) * self._draw.odd["fix_release"])):
            lead = rng.choice([a for a in self._staff if a.desk in ("chat", "phone")])
            day = rng.choice(self._days[lead.agent_id])
            team = [a for a in self._staff if a.team_id == lead.team_id and a.works(day)]
            start = self.moment(lead, day)
            for _ in range(rng.randint(40, 110)):
                at = start + timedelta(seconds=rng.uniform(0, 2600))
                yield Entry(at, rng.choice(team), None, rng.uniform(0.3, 0.9), "fix_release")

    def _sandboxes(self) -> Iterator[Entry]:
        """Made-up tickets from the accounts that the company keeps for demonstrations."""
        rng = self._rng
        for agent in self._staff:
            strength = agent.strength.get("sandbox_tickets", 0.0)
            if not strength:
                continue
            market = agent.site.market
            accounts = [
                self._crowd.new(market)
                for _ in range(rng.randint(20, 40) if agent.evasive else rng.randint(3, 9))
            ]
            usual = self._draw.events / len(self._staff)
            for _ in range(round(usual * strength * 0.5)):
                at = self._any_moment(agent)
                yield Entry(at, agent, rng.choice(accounts), 0.0, "sandbox_tickets")

    def _mobs(self) -> Iterator[Entry]:
        """A thread of people whose refund trick failed agrees to vote one agent down."""
        rng = self._rng
        able = [a for a in self._staff if a.desk in ("chat", "refunds") and not a.gaming]
        for victim in rng.sample(able, min(len(able), self._draw.mobs)):
            victim.bombed = True
            days = [d for d in self._days[victim.agent_id] if d.day < 27]
            first = rng.choice(days)
            near = [d for d in days if 0 <= (d - first).days <= 3][:2]
            for _ in range(rng.randint(14, 38)):
                at = self.moment(victim, rng.choice(near))
                yield Entry(at, victim, self._crowd.new(rng.choice(MARKETS[2:])), 0.0, "mob")
