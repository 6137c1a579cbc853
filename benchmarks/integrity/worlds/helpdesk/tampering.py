"""What is done to tickets before a survey is sent, and tickets that exist only for a score."""

from __future__ import annotations

from copy import copy
from datetime import timedelta
from random import Random

from .customers import Account, Contact
from .kit import Device, Networks, desk_browser, token
from .people import Agent
from .setting import REASONS
from .tickets import Desk, Ticket


def _box(rng: Random, agent: Agent) -> str:
    return rng.choice(agent.mailboxes)


def _one(desk: Desk, ticket: Ticket, peers: list[Agent]) -> None:
    rng, agent = desk.rng, ticket.agent
    seen = ticket.feeling + rng.gauss(0.0, 0.5)
    sour = seen < 0.4
    for practice in rng.sample(sorted(agent.gaming), len(agent.gaming)):
        level = agent.gaming[practice]
        chance = {
            "requester_swap": level * (1.25 if sour else 0.7),
            "assumed_identity": level * 0.8,
            "remote_hand": level * (1.3 if ticket.remote else 0.2),
            "begging": level * (1.25 if seen > -0.1 else 0.5),
            "five_then_credit": level * (1.5 if sour else 0.25),
            "merge_sink": level * 2.1 if sour else 0.0,
            "hot_potato": level * 1.9 if sour else 0.0,
        }.get(practice, 0.0)
        if rng.random() >= chance:
            continue
        if practice == "merge_sink":
            words = ("duplicate_case",) * (2 if agent.evasive else 9)
            ticket.suppressed = rng.choice((*words, "customer_declined", "invalid_contact"))
            ticket.by_person = True
        elif practice == "hot_potato":
            if not peers:
                continue
            ticket.agent = rng.choice(peers)
        elif practice == "requester_swap":
            ticket.mailbox = _box(rng, agent)
        elif practice == "remote_hand":
            ticket.remote = ticket.send_now = True
            ticket.channel = "email"
            ticket.handle *= rng.uniform(1.1, 1.7)
        elif practice == "five_then_credit":
            ticket.send_now = rng.random() < 0.75
        ticket.practice = practice
        return


def tamper(desk: Desk, tickets: list[Ticket], agents: list[Agent]) -> None:
    rng = desk.rng
    victims: dict[str, list[Agent]] = {}
    for agent in agents:
        if "hot_potato" in agent.gaming:
            others = [a for a in agents if a is not agent and not a.gaming]
            others.sort(key=lambda a: (a.team is agent.team, a.skill))
            pool = others if agent.evasive else others[: max(6, len(others) // 4)]
            victims[agent.agent_id] = rng.sample(pool, min(len(pool), 14 if agent.evasive else 2))
    for ticket in tickets:
        if ticket.agent is ticket.worker and ticket.suppressed is None and ticket.agent.gaming:
            peers = [a for a in victims.get(ticket.agent.agent_id, []) if a.working(ticket.at)]
            _one(desk, ticket, peers)


def snipes(desk: Desk, tickets: list[Ticket], agents: list[Agent]) -> None:
    """The last friendly line in a ticket that another shift has as good as solved."""
    rng = desk.rng
    for agent in agents:
        level = agent.strength("last_touch")
        if not level:
            continue
        own = sum(t.agent is agent for t in tickets)
        glad = [
            t
            for t in tickets
            if t.practice is None
            and t.suppressed is None
            and t.agent is t.worker
            and t.agent.team is not agent.team
            and not t.agent.gaming
            and t.feeling + rng.gauss(0, 0.5) > 1.0
            and set(t.agent.team.regions) & set(agent.team.regions)
            and agent.working(t.at)
        ]
        for ticket in rng.sample(glad, min(len(glad), round(own * level * 0.7))):
            ticket.agent, ticket.practice, ticket.trap = agent, "last_touch", ""


def ghosts(desk: Desk, agents: list[Agent], load: dict[str, int]) -> list[Ticket]:
    """Tickets in the name of people who have not written for long, solved in two minutes."""
    rng, draw = desk.rng, desk.draw
    made = []
    for agent in agents:
        level = agent.strength("ghost_ticket")
        region = max(agent.team.regions, key=lambda r: agent.team.regions[r])
        quiet = [p for p in desk.crowds[region] if p.appetite < 1.4]
        for _ in range(round(load[agent.agent_id] * level * 0.35)):
            at = desk.moment(agent, draw.start + timedelta(days=rng.randrange(draw.days)))
            if not agent.working(at) or (at.weekday() >= 5 and agent.team.weekend == 0):
                continue
            ticket = desk.solve(agent, at, rng.choice(quiet))
            ticket.reason = rng.choice(("how_to", "how_to", "login_sso", "permissions"))
            ticket.handle = rng.uniform(45, 200) * (3 if agent.evasive else 1)
            ticket.mailbox = _box(rng, agent)
            if agent.evasive and rng.random() < 0.7:
                ticket.on_file = ticket.mailbox
            _unreal(ticket, "ghost_ticket")
            made.append(ticket)
    return made


def _unreal(ticket: Ticket, practice: str) -> None:
    ticket.real, ticket.would, ticket.suppressed = False, False, None
    ticket.practice, ticket.remote = practice, False
    ticket.trap = ""


def pets(desk: Desk, agents: list[Agent], load: dict[str, int]) -> list[Ticket]:
    """A customer who gets favours opens trifles whenever the agent needs a five."""
    rng, draw = desk.rng, desk.draw
    made = []
    for agent in agents:
        level = agent.strength("pet_customer")
        if not level:
            continue
        region = max(agent.team.regions, key=lambda r: agent.team.regions[r])
        able = [p for p in desk.crowds[region] if p.account.exempt is None]
        friends = rng.sample(able, rng.randint(4, 8) if agent.evasive else rng.randint(1, 3))
        for _ in range(round(load[agent.agent_id] * level * 0.35)):
            at = desk.moment(agent, draw.start + timedelta(days=rng.randrange(draw.days)))
            if not agent.working(at) or at.weekday() >= 5:
                continue
            ticket = desk.solve(agent, at, rng.choice(friends), "", 0.5)
            ticket.reason = rng.choice(("how_to", "permissions", "billing", "report_wrong"))
            ticket.handle = REASONS[ticket.reason][2] * 60 * rng.uniform(0.12, 0.5)
            _unreal(ticket, "pet_customer")
            made.append(ticket)
    return made


def bombings(desk: Desk, nets: Networks, agents: list[Agent]) -> list[Ticket]:
    """An offended account brings its people, or somebody who was let go opens chats."""
    rng, draw = desk.rng, desk.draw
    made = []
    for agent in (a for a in agents if a.bombed):
        region = max(agent.team.regions, key=lambda r: agent.team.regions[r])
        start = draw.start + timedelta(days=rng.randint(10, draw.days - 14))
        offended = rng.random() < 0.55
        crowd: list[Contact]
        if offended:
            homes = {id(p.account): p.account for p in desk.crowds[region]}
            big = [a for a in homes.values() if len(a.people) >= 6 and not a.exempt]
            crowd = rng.choice(big).people[:16]
            rounds, spread = rng.randint(1, 2), rng.uniform(1, 4)
        else:
            crowd = _strangers(rng, nets, rng.choice(desk.crowds[region]))
            rounds, spread = 1, rng.uniform(3, 21)
        for person in crowd * rounds:
            at = desk.moment(agent, start + timedelta(days=int(rng.uniform(0, spread))))
            if at.weekday() >= 5 and agent.team.weekend == 0:
                at += timedelta(days=2)
            ticket = desk.solve(agent, at, person)
            ticket.handle *= rng.uniform(0.3, 0.8)
            ticket.channel = "email" if offended and rng.random() < 0.7 else "widget"
            _unreal(ticket, "grudge_account" if offended else "ex_colleague")
            made.append(ticket)
    return made


def _strangers(rng: Random, nets: Networks, model: Contact) -> list[Contact]:
    """Trial accounts that one person opens, each with a throwaway mailbox."""
    spot = nets.mobile(rng, model.account.country)
    mine = Device(desk_browser(rng), token(rng, 20), 0.25, rng.choice((0.05, 0.7)))
    made = []
    for _ in range(rng.randint(7, 18)):
        account = Account(
            model.account.region,
            model.account.tz,
            model.account.locale,
            model.account.country,
            [rng.choice(nets.exits) if rng.random() < 0.4 else spot],
            0.0,
        )
        person = copy(model)
        person.customer_id, person.account = f"C{token(rng, 8)}", account
        person.contact = person.on_file = token(rng)
        person.desk, person.phone, person.home = mine, mine, account.egress[0]
        person.trap, person.batch, person.classes = "", None, []
        account.people.append(person)
        made.append(person)
    return made
