"""`python -m benchmarks.integrity.worlds.helpdesk.world SEED DIR` writes one company's quarter."""

from __future__ import annotations

import itertools
import json
import sys
from collections import Counter
from collections.abc import Iterable
from copy import copy
from pathlib import Path
from random import Random

from . import tampering, tickets
from .aftermath import signals
from .answering import Answer, Customers
from .customers import market
from .forging import Cheats
from .kit import Networks, seconds, stamp
from .people import Agent, Team, staffed
from .setting import COUNTRIES, Draw
from .surveys import offered
from .tickets import Desk, Survey, Ticket
from .truth import agents_truth, answers_truth, teams_truth

Row = dict[str, object]


def _worked(desk: Desk, nets: Networks, agents: list[Agent]) -> list[Ticket]:
    rng = desk.rng
    calm = [a for a in agents if not a.gaming and a.active_to is None]
    for agent in rng.sample(calm, min(len(calm), round(2.2 * desk.draw.oddity))):
        region = max(agent.team.regions, key=lambda r: agent.team.regions[r])
        homes = {id(p.account): p.account for p in desk.crowds[region]}
        large = [a for a in homes.values() if 5 <= len(a.people) <= 30 and not a.exempt]
        if large:
            desk.named[agent.agent_id] = account = rng.choice(large)
            account.mood += 0.5
    made = tickets.regular(desk, agents)
    load = Counter(t.agent.agent_id for t in made)
    made += tickets.outages(desk, agents)
    made += tickets.classes(desk, agents)
    tampering.tamper(desk, made, agents)
    tampering.snipes(desk, made, agents)
    tickets.handovers(desk, [t for t in made if t.practice is None], agents)
    made += tampering.ghosts(desk, agents, load)
    made += tampering.pets(desk, agents, load)
    made += tampering.bombings(desk, nets, agents)
    made.sort(key=lambda t: t.at)
    return made


def _replies(customers: Customers, cheats: Cheats, survey: Survey) -> list[Answer]:
    """Rows for one form, the later ones changing the earlier."""
    made = customers.gateway(survey)
    rows = cheats.act(survey)
    if rows is None:
        rows = [customers.answer(survey)] if survey.would else []
        for first in tuple(rows):
            again = customers.rethought(first)
            rows += [again] if again else []
    if made and rows:
        rows[0].at = max(rows[0].at, made[-1].at + seconds(5))
        rows[0].opened = max(rows[0].opened, made[-1].at)
        for before, after in itertools.pairwise(rows):
            after.at = max(after.at, before.at + seconds(5))
        rows[0].supersedes = made[-1]
    return made + rows


def _answers(
    rng: Random, customers: Customers, cheats: Cheats, surveys: list[Survey]
) -> list[Answer]:
    made: list[Answer] = []
    first: dict[int, Answer] = {}
    open_links: dict[str, list[Survey]] = {}
    for survey in surveys:
        if survey.status != "sent":
            continue
        if survey.second:
            lead = first.get(id(survey.ticket))
            forged = lead is not None and lead.label != "honest" and rng.random() < 0.6
            if lead is not None and (survey.would or forged):
                made.append(_second(customers, lead, survey))
            continue
        rows = _replies(customers, cheats, survey)
        made += rows
        people = [row for row in rows if row.label != "scanner"]
        if people:
            first[id(survey.ticket)] = people[0]
        elif not rows and survey.ticket.real:
            open_links.setdefault(survey.ticket.worker.team.team_id, []).append(survey)
    for agent in cheats.leads:
        made += cheats.sweep(agent, open_links.get(agent.team.team_id, []))
    return made


def _second(customers: Customers, lead: Answer, survey: Survey) -> Answer:
    row = customers.page_two(lead, survey)
    if lead.label != "honest":
        row.label, row.trap = lead.label, ""
        row.score = survey.top - (lead.survey.top - lead.score)
        if lead.label == "bombing":
            row.score = lead.score
        if lead.practice == "begging" and not lead.changed:
            row.score = survey.honest_score()
        row.true = survey.honest_score() if survey.would else None
        row.changed = row.score != survey.honest_score()
        if lead.label != "solicited":
            row.changed = row.true is None or row.true != row.score
    row.score = max(1, row.score)
    return row


def _twice(rng: Random, rows: list[Answer]) -> list[Answer]:
    """An impatient finger or a retried request: the same press is stored once more."""
    share = rng.uniform(0.003, 0.013)
    made = []
    for row in rows:
        if row.label == "honest" and rng.random() < share:
            again = copy(row)
            again.at = row.at + seconds(rng.choice((0, 1, 1, 2)))
            again.label, again.trap, again.supersedes = "duplicate", "", None
            made.append(again)
    return made


def _dump(folder: Path, name: str, rows: Iterable[Row]) -> None:
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    (folder / f"{name}.ndjson").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _event(ticket: Ticket) -> Row:
    contact = ticket.contact
    return {
        "event_id": ticket.event_id,
        "occurred_at": stamp(ticket.at),
        "agent_id": ticket.agent.agent_id,
        "handled_by": ticket.worker.agent_id,
        "team_id": ticket.agent.team.team_id,
        "store_id": ticket.agent.team.site.name,
        "customer_id": contact.customer_id,
        "contact_on_file": ticket.on_file or contact.mailbox(ticket.at),
        "reason": ticket.reason,
        "handle_seconds": max(20, round(ticket.handle)),
        "tz": contact.account.tz,
    }


def _invitation(survey: Survey) -> Row:
    ticket = survey.ticket
    team = ticket.agent.team
    return {
        "invitation_id": survey.invitation_id,
        "event_id": ticket.event_id,
        "status": survey.status,
        "suppress_reason": survey.reason,
        "sent_at": stamp(survey.sent_at) if survey.status == "sent" else None,
        "channel": ticket.channel,
        "contact_hash": survey.contact,
        "metric": survey.metric,
        "scale": [1, survey.top],
        "locale": ticket.contact.account.locale,
        "agent_id": ticket.agent.agent_id,
        "team_id": team.team_id,
        "store_id": team.site.name,
    }


def _response(row: Answer) -> Row:
    ticket = row.survey.ticket
    team: Team = ticket.agent.team
    return {
        "response_id": row.response_id,
        "invitation_id": row.survey.invitation_id,
        "agent_id": ticket.agent.agent_id,
        "team_id": team.team_id,
        "store_id": team.site.name,
        "metric": row.survey.metric,
        "scale": [1, row.survey.top],
        "score": row.score,
        "channel": row.channel,
        "opened_at": stamp(row.opened),
        "answered_at": stamp(row.at),
        "ip_hash": row.where.ip,
        "net_hash": row.where.net,
        "device_hash": row.device,
        "user_agent": row.ua,
        "comment": row.comment,
        "locale": ticket.contact.account.locale,
        "supersedes": row.supersedes.response_id if row.supersedes else None,
    }


def _person(agent: Agent) -> Row:
    return {
        "agent_id": agent.agent_id,
        "team_id": agent.team.team_id,
        "store_id": agent.team.site.name,
        "staff_contacts": agent.known,
        "active_from": stamp(agent.active_from),
        "active_to": stamp(agent.active_to) if agent.active_to else None,
    }


def write(seed: int, folder: Path) -> None:
    rng = Random(seed)
    draw = Draw.drawn(rng)
    nets = Networks.drawn(rng, COUNTRIES)
    sites, teams, agents = staffed(rng, draw, nets)
    desk = Desk(rng, draw, market(rng, draw, nets, sites))
    worked = _worked(desk, nets, agents)
    surveys = offered(rng, draw, worked)
    customers = Customers(rng, draw, nets)
    leads = [a for a in agents if "sweep" in a.gaming]
    cheats = Cheats(rng, draw, nets, customers, leads)
    rows = _answers(rng, customers, cheats, surveys)
    rows += _twice(rng, rows)
    rows.sort(key=lambda row: (row.at, row.opened))
    for kind, things in (("E", worked), ("I", surveys), ("R", rows)):
        numbers = rng.randint(100_000, 700_000)
        for thing in things:
            numbers += rng.randint(1, 4)
            if isinstance(thing, Ticket):
                thing.event_id = f"{kind}{numbers}"
            elif isinstance(thing, Survey):
                thing.invitation_id = f"{kind}{numbers}"
            else:
                thing.response_id = f"{kind}{numbers}"
    folder.mkdir(parents=True, exist_ok=True)
    _dump(folder, "events", map(_event, worked))
    _dump(folder, "invitations", map(_invitation, surveys))
    _dump(folder, "responses", map(_response, rows))
    _dump(folder, "signals", signals(rng, draw, worked))
    _dump(folder, "roster", map(_person, agents))
    truth = [*answers_truth(rows), *agents_truth(agents), *teams_truth(teams, surveys)]
    _dump(folder, "truth", truth)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
