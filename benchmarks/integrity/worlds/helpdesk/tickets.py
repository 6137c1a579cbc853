"""Tickets as they are solved: who worked, how it went, what the customer thinks of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from .customers import Account, Contact
from .kit import next_local, zone
from .people import Agent
from .setting import REASONS, Draw

CSAT_STEPS = (-1.35, -0.95, -0.5, 0.22)
CES_STEPS = (-1.6, -1.2, -0.85, -0.45, 0.0, 0.62)


@dataclass
class Ticket:
    """One solved ticket. `feeling` is what the customer would say, on an inner scale."""

    at: datetime
    agent: Agent
    worker: Agent
    contact: Contact
    reason: str
    handle: float
    remote: bool
    feeling: float
    effort: float
    channel: str
    would: bool
    real: bool = True
    practice: str | None = None
    trap: str = ""
    suppressed: str | None = None
    by_person: bool = False
    send_now: bool = False
    mailbox: str | None = None
    on_file: str | None = None
    credit_note: datetime | None = None
    event_id: str = ""
    surveys: list[Survey] = field(default_factory=list)


@dataclass
class Survey:
    """One question that the tool puts, or would have put, to the customer."""

    ticket: Ticket
    metric: str
    top: int
    sent_at: datetime
    contact: str
    status: str
    reason: str | None
    would: bool
    second: bool = False
    final: int | None = None
    invitation_id: str = ""

    def honest_score(self) -> int:
        if self.metric == "CSAT":
            return 1 + sum(self.ticket.feeling > step for step in CSAT_STEPS)
        return 1 + sum(self.ticket.effort > step for step in CES_STEPS)


class Desk:
    """Writes tickets for agents; knows which accounts each team serves."""

    def __init__(self, rng: Random, draw: Draw, market: dict[str, list[Account]]) -> None:
        self.rng = rng
        self.draw = draw
        self.crowds = {
            region: [p for a in accounts for p in a.people] for region, accounts in market.items()
        }
        self.heaps: dict[str, list[float]] = {}
        for region, crowd in self.crowds.items():
            total, heap = 0.0, []
            for person in crowd:
                total += min(person.appetite, 13.0)
                heap.append(total)
            self.heaps[region] = heap
        self.named: dict[str, Account] = {}

    def customer(self, agent: Agent) -> tuple[Contact, str]:
        account = self.named.get(agent.agent_id)
        if account is not None and self.rng.random() < 0.6:
            weights = [min(p.appetite, 9.0) for p in account.people]
            return self.rng.choices(account.people, weights)[0], "named_engineer"
        regions = agent.team.regions
        region = self.rng.choices(list(regions), list(regions.values()))[0]
        heap = self.heaps[region]
        return self.rng.choices(self.crowds[region], cum_weights=heap)[0], ""

    def moment(self, agent: Agent, day: datetime) -> datetime:
        """Some time in the shift that begins on this day, busiest before and after lunch."""
        begins = next_local(day - timedelta(hours=14), agent.team.site.tz, agent.team.begins)
        into = self.rng.choice((self.rng.gauss(2.6, 1.1), self.rng.gauss(6.1, 1.4)))
        return begins + timedelta(hours=min(max(into, 0.15), 8.9))

    def solve(
        self, agent: Agent, at: datetime, contact: Contact, trap: str = "", extra: float = 0.0
    ) -> Ticket:
        rng, draw = self.rng, self.draw
        reason = rng.choices(list(REASONS), [entry[0] for entry in REASONS.values()])[0]
        if reason == "year_end" and draw.start.month not in (1, 10) and rng.random() < 0.7:
            reason = "how_to"
        _, ease, minutes, remote = REASONS[reason]
        mean = draw.base + ease + contact.account.mood + agent.skill + extra
        feeling = rng.gauss(mean, draw.noise)
        effort = feeling * 0.8 + rng.gauss(0.1, 0.45)
        channel = "widget" if rng.random() < draw.widget * self._chatty(agent) else "email"
        ticket = Ticket(
            at=at.replace(microsecond=0),
            agent=agent,
            worker=agent,
            contact=contact,
            reason=reason,
            handle=minutes * 60 * agent.pace * rng.lognormvariate(0.0, 0.55),
            remote=rng.random() < remote,
            feeling=feeling,
            effort=effort,
            channel=channel,
            would=False,
            trap=trap,
        )
        if feeling < -0.4:
            ticket.handle *= rng.uniform(1.0, 1.9)
        ticket.would = rng.random() < self.willing(ticket)
        self._routine(ticket)
        return ticket

    def _chatty(self, agent: Agent) -> float:
        return 1.0 if agent.team.site.own else 1.35

    def willing(self, ticket: Ticket) -> float:
        rate = self.draw.chat_rate if ticket.channel == "widget" else self.draw.mail_rate
        strong = 1.35 if ticket.feeling < -0.8 or ticket.feeling > 1.7 else 0.92
        tired = 0.75 if ticket.contact.appetite > 8 and ticket.contact.batch is None else 1.0
        return min(0.93, rate * strong * tired * ticket.contact.habit)

    def _routine(self, ticket: Ticket) -> None:
        """What honest staff write into tickets so that no survey goes out."""
        rng = self.rng
        pick = rng.random()
        shy = 0.022 if ticket.feeling < 0 else 0.011
        for reason, share in (
            ("duplicate_case", 0.024),
            ("customer_declined", shy),
            ("invalid_contact", 0.007),
            ("opt_out", 0.005),
            ("test_record", 0.003),
        ):
            if pick < share:
                ticket.suppressed = reason
                ticket.would = False
                ticket.real = reason != "test_record"
                if reason == "test_record" and ticket.agent.known:
                    ticket.mailbox = ticket.agent.known[0]
                return
            pick -= share


def regular(desk: Desk, agents: list[Agent]) -> list[Ticket]:
    """The quarter's work, sized so that about as many answers come as the seed wants."""
    rng, draw = desk.rng, desk.draw
    chat = min(draw.widget * 1.12, 0.6)
    rate = chat * draw.chat_rate + (1 - chat) * draw.mail_rate
    capped = {0: 1.0, 1: 0.94, 2: 0.9, 4: 0.82}[draw.cap_days]
    wanted = draw.target / (rate * 1.02 * capped * (1 + draw.both * (1 - chat) * 0.55))
    shifts: list[tuple[Agent, datetime]] = []
    for agent in agents:
        for number in range(draw.days):
            day = draw.start + timedelta(days=number)
            if day.weekday() >= 5 and rng.random() > agent.team.weekend:
                continue
            if agent.team.weekend > 0.4 and rng.random() < 0.22:
                continue
            if rng.random() < 0.07 or not agent.working(day):
                continue
            shifts.append((agent, day))
    load = wanted / len(shifts)
    made = []
    for agent, day in shifts:
        share = load * (1.2 - 0.2 * agent.pace) * rng.uniform(0.55, 1.45)
        for _ in range(int(share) + (rng.random() < share % 1)):
            contact, trap = desk.customer(agent)
            made.append(desk.solve(agent, desk.moment(agent, day), contact, trap))
    return made


def handovers(desk: Desk, tickets: list[Ticket], agents: list[Agent]) -> None:
    """Follow the sun: the work is one shift's, the last word another's, whoever is glad."""
    rng = desk.rng
    for ticket in tickets:
        if ticket.suppressed is None and rng.random() < desk.draw.handover:
            other = rng.choice(agents)
            if other.team is not ticket.agent.team and other.working(ticket.at):
                ticket.agent = other
                ticket.trap = ticket.trap or "handover"


def outages(desk: Desk, agents: list[Agent]) -> list[Ticket]:
    """A bad release: everybody writes at once; a captain merges most into one master ticket."""
    rng, draw = desk.rng, desk.draw
    made = []
    for _ in range(draw.outages):
        day = draw.start + timedelta(days=rng.randint(8, draw.days - 8))
        day += timedelta(days=max(0, 1 - day.weekday()) if day.weekday() < 5 else 3)
        begin = day.astimezone(UTC) + timedelta(hours=rng.uniform(7, 14))
        own = [a for a in agents if a.working(begin) and not a.gaming]
        captains = rng.sample(own, min(2, len(own)))
        for _ in range(rng.randint(200, 420)):
            at = begin + timedelta(hours=rng.betavariate(1.3, 2.2) * 7)
            awake = [a for a in own if 0 <= _into(a, at) < 9]
            agent = rng.choice(awake or captains)
            contact, _ = desk.customer(agent)
            ticket = desk.solve(agent, at, contact, "outage_wave", -rng.uniform(0.6, 1.1))
            ticket.reason = "outage"
            if ticket.suppressed is None and rng.random() < 0.5:
                captain = rng.choice(captains)
                ticket.agent = ticket.worker = captain
                ticket.handle = rng.uniform(25, 110)
                ticket.suppressed, ticket.would = "duplicate_case", False
            made.append(ticket)
    return made


def _into(agent: Agent, at: datetime) -> float:
    here = at.astimezone(zone(agent.team.site.tz))
    return (here.hour + here.minute / 60 - agent.team.begins) % 24


def classes(desk: Desk, agents: list[Agent]) -> list[Ticket]:
    """People booked into a class at the academy had a ticket shortly before it."""
    rng = desk.rng
    made = []
    for region in ("de", "uk"):
        floor = [a for a in agents if region in a.team.regions and a.team.site.own]
        for person in desk.crowds[region]:
            for day, _ in person.classes:
                agent = rng.choice(floor)
                when = desk.moment(agent, day - timedelta(days=rng.randint(1, 3)))
                if agent.working(when):
                    made.append(desk.solve(agent, when, person))
    return made
