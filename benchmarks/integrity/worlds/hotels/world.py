"""One seed, one hotel chain: `python -m benchmarks.integrity.worlds.hotels.world SEED DIR`."""

import random
import sys
from datetime import datetime, timedelta
from pathlib import Path

from .book import Book
from .conduct import Conduct
from .desk import Desk
from .draw import Draw, draw
from .guests import local
from .oddities import Oddities
from .parties import Parties
from .schemes import Schemes
from .staff import Agent, Nets, hire

SHARE_ANSWERING = 0.2  # of invitations, over all channels, before the seed's own rate


def _poisson(rng: random.Random, mean: float) -> int:
    count, left = 0, rng.expovariate(1.0)
    while left < mean:
        count, left = count + 1, left + rng.expovariate(1.0)
    return count


def _everyday(desk: Desk, conduct: Conduct, oddities: Oddities, mean: float) -> None:
    rng, company = desk.rng, desk.company
    week = {a.agent: rng.sample(range(7), 2) for a in desk.agents}
    for number in range(company.days):
        day = company.start + timedelta(days=number)
        busy = 1.25 if day.weekday() in (4, 5, 6) else 0.9
        for agent in desk.agents:
            if day.weekday() in week[agent.agent]:
                continue
            for _ in range(_poisson(rng, mean * busy)):
                hour = agent.start_hour + rng.triangular(0.2, 7.8)
                at = local(day, hour, agent.hotel.tz)
                _serve(desk, conduct, oddities, agent, at + timedelta(seconds=rng.randrange(60)))


def _serve(desk: Desk, conduct: Conduct, oddities: Oddities, agent: Agent, at: datetime) -> None:
    guest = desk.crowd.guest(agent.hotel)
    case = desk.crowd.case(agent, at, guest)
    desk.gate(case, guest, agent)
    practice = conduct.tempted(case, agent)
    if practice:
        conduct.plays[practice](case, guest, agent)
        return
    oddity = oddities.odd(case, agent)
    if oddity:
        oddities.plays[oddity](case, guest, agent)
        return
    desk.record(case, agent)
    desk.honest(case, guest, agent, "beloved" if agent.great else "")
    desk.mute(case)


def _people(rng: random.Random, company: Draw, book: Book, agents: list[Agent]) -> None:
    for agent in agents:
        begins = company.start - timedelta(days=rng.randint(40, 2400))
        if agent.trainee:
            begins = company.start - timedelta(days=rng.randint(0, 30))
        book.roster.append(
            {
                "agent_id": agent.agent,
                "team_id": agent.team,
                "store_id": agent.hotel.store,
                "staff_contacts": agent.contacts,
                "active_from": f"{begins.isoformat()}T00:00:00Z",
                "active_to": None,
            }
        )
        book.agents.append(
            {
                "kind": "agent",
                "agent_id": agent.agent,
                "gaming": sorted(agent.did),
                "great": agent.great,
                "evasive": agent.careful and bool(agent.did),
                "bombed": agent.bombed,
            }
        )


def write(seed: int, folder: Path) -> None:
    """Writes the six files of one seed."""
    rng = random.Random(seed)
    company = draw(rng)
    nets, book = Nets(rng), Book(rng)
    hotels, agents = hire(rng, nets, company)
    end = company.start + timedelta(days=company.days)
    book.last = local(end, 24.0, "UTC") + timedelta(days=6)
    desk = Desk(rng, company, nets, book, agents)
    conduct, oddities = Conduct(desk), Oddities(desk)
    cases = 0.8 * company.answers / (SHARE_ANSWERING * company.answer_rate)
    usual = cases / len(agents)
    _everyday(desk, conduct, oddities, usual / (company.days * 5 / 7))
    parties = Parties(desk, hotels)
    parties.everything()
    Schemes(parties, conduct, usual).everything()
    _people(rng, company, book, agents)
    book.write(folder)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
