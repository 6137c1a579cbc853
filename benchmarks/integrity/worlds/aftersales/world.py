"""Write one simulated appliance maker's quarter: `python -m …aftersales.world SEED DIR`."""

import json
import random
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from . import truth
from .answering import answer
from .draw import company
from .machines import checkers, doubles
from .model import World
from .oddities import scatter
from .people import corrupt, hire
from .places import LOCALE, ZONE
from .plots import dismissed, rivals, showroom
from .signals import record
from .visits import quarter

SCALE = {"CSAT": [1, 5], "CES": [1, 7]}
Row = dict[str, object]


def _time(at: datetime | None) -> str | None:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def _events(world: World) -> list[Row]:
    return [
        {
            "event_id": case.event_id,
            "occurred_at": _time(case.at),
            "agent_id": case.agent.agent_id,
            "handled_by": case.handler.agent_id,
            "team_id": case.agent.team.team_id,
            "store_id": case.agent.team.store.store_id,
            "customer_id": case.customer.customer_id,
            "contact_on_file": case.contact,
            "reason": case.reason,
            "handle_seconds": case.seconds,
            "tz": ZONE[case.customer.country][0],
        }
        for case in world.events
    ]


def _invitations(world: World) -> list[Row]:
    return [
        {
            "invitation_id": made.invitation_id,
            "event_id": made.event.event_id,
            "status": made.status,
            "suppress_reason": made.reason,
            "sent_at": _time(made.sent),
            "channel": made.channel,
            "contact_hash": made.contact,
            "metric": made.event.metric,
            "scale": SCALE[made.event.metric],
            "locale": LOCALE[made.event.customer.country],
            "agent_id": made.event.agent.agent_id,
            "team_id": made.event.agent.team.team_id,
            "store_id": made.event.agent.team.store.store_id,
        }
        for made in world.invitations
    ]


def _responses(world: World) -> list[Row]:
    rows: list[Row] = []
    for given in world.responses:
        case = given.invitation.event
        rows.append(
            {
                "response_id": given.response_id,
                "invitation_id": given.invitation.invitation_id,
                "agent_id": case.agent.agent_id,
                "team_id": case.agent.team.team_id,
                "store_id": case.agent.team.store.store_id,
                "metric": case.metric,
                "scale": SCALE[case.metric],
                "score": given.score,
                "channel": given.invitation.channel,
                "opened_at": _time(given.opened),
                "answered_at": _time(given.answered),
                "ip_hash": given.spot.ip,
                "net_hash": given.spot.net,
                "device_hash": given.device,
                "user_agent": given.user_agent,
                "comment": given.comment,
                "locale": LOCALE[case.customer.country],
                "supersedes": given.supersedes.response_id if given.supersedes else None,
            }
        )
    return rows


def _signals(world: World) -> list[Row]:
    return [
        {
            "signal_id": sign.signal_id,
            "event_id": sign.event.event_id,
            "agent_id": sign.event.handler.agent_id,
            "type": sign.type,
            "value": sign.value,
            "at": _time(sign.at),
            "tags": sign.tags,
        }
        for sign in world.signals
    ]


def _roster(world: World) -> list[Row]:
    return [
        {
            "agent_id": agent.agent_id,
            "team_id": agent.team.team_id,
            "store_id": agent.team.store.store_id,
            "staff_contacts": agent.known,
            "active_from": _time(agent.active_from),
            "active_to": _time(agent.active_to),
        }
        for agent in sorted(world.agents, key=lambda agent: agent.agent_id)
    ]


def _number(world: World) -> None:
    """Numbers follow the clock, so that they tell nothing of how a row was made."""
    world.events.sort(key=lambda case: (case.at, case.customer.customer_id))
    for index, case in enumerate(world.events):
        case.event_id = f"WO{200000 + 3 * index}"
    world.invitations.sort(key=lambda made: (made.sent or made.event.at, made.event.event_id))
    for index, made in enumerate(world.invitations):
        made.invitation_id = f"inv-{index + 1:06d}"
    world.responses.sort(key=lambda given: (given.answered, given.opened, given.spot.ip))
    for index, given in enumerate(world.responses):
        given.response_id = f"r{index + 1:06d}"
    world.signals.sort(key=lambda sign: (sign.at, sign.event.event_id))
    for index, sign in enumerate(world.signals):
        sign.signal_id = f"s{index + 1:06d}"


def make(seed: int) -> World:
    rng = random.Random(seed)
    world = World(rng, company(rng))
    hire(world)
    corrupt(world)
    quarter(world)
    scatter(world)
    showroom(world)
    rivals(world)
    answer(world)
    dismissed(world)
    checkers(world)
    doubles(world)
    record(world)
    _number(world)
    return world


def _save(path: Path, rows: Iterable[Row]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")


def write(seed: int, folder: Path) -> None:
    """All files of one seed's company, and the truth about them."""
    world = make(seed)
    folder.mkdir(parents=True, exist_ok=True)
    _save(folder / "events.ndjson", _events(world))
    _save(folder / "invitations.ndjson", _invitations(world))
    _save(folder / "responses.ndjson", _responses(world))
    _save(folder / "signals.ndjson", _signals(world))
    _save(folder / "roster.ndjson", _roster(world))
    rows = truth.answers(world) + truth.people(world) + truth.crews(world)
    _save(folder / "truth.ndjson", rows)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
