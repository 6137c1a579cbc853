"""Questions to the roster of now: what it holds, and who supervises whom. Reads only.

Never tells a contact point: only hashes are kept, and only their number is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from collector.integrity.inputs.roster.reading import SUPERVISOR
from collector.model.base import db
from collector.model.roster import RosterEntry


@dataclass(frozen=True, slots=True)
class Entry:
    """One stint, `contacts` being how many contact points are known."""

    agent_id: str
    team_id: str
    store_id: str
    role: str
    contacts: int
    active_from: date | None
    active_to: date | None
    listed_at: datetime


def entries() -> list[Entry]:
    """The roster of now, by agent, team and first day."""
    rows = db.session.scalars(
        select(RosterEntry)
        .where(RosterEntry.delisted_at.is_(None))
        .order_by(RosterEntry.agent_id, RosterEntry.team_id, RosterEntry.id)
    )
    found = [
        Entry(
            row.agent_id, row.team_id, row.store_id, row.role, len(row.contacts), row.active_from,
            row.active_to, row.listed_at,
        )
        for row in rows
    ]  # fmt: skip
    db.session.rollback()
    return found


def supervisors(session: Session, subjects: Mapping[str, Collection[str]]) -> set[str]:
    """The ids of the supervisors of these subjects (`{role: ids}`), now or when they were listed.

    A supervisor's entry with a team is about that team, one with only a store about that store.
    Agents are looked up for their teams and stores; delisted entries count too, since who led a
    team while the answer came in is involved.
    """
    teams, stores = set(subjects.get("team", ())), set(subjects.get("store", ()))
    agents = sorted(set(subjects.get("agent", ())))
    if agents:
        where = select(RosterEntry.team_id, RosterEntry.store_id).where(
            RosterEntry.agent_id.in_(agents)
        )
        for team, store in session.execute(where):
            teams.add(team)
            stores.add(store)
    teams.discard("")
    stores.discard("")
    return set(
        session.scalars(
            select(RosterEntry.agent_id).where(
                RosterEntry.role == SUPERVISOR,
                or_(
                    RosterEntry.team_id.in_(sorted(teams)),
                    (RosterEntry.team_id == "") & RosterEntry.store_id.in_(sorted(stores)),
                ),
            )
        )
    )


def totals(found: Sequence[Entry]) -> dict[str, int]:
    """How many agents, teams, stores and contact points these entries name."""
    return {
        "entries": len(found),
        "agents": len({one.agent_id for one in found}),
        "teams": len({one.team_id for one in found} - {""}),
        "stores": len({one.store_id for one in found} - {""}),
        "contacts": sum(one.contacts for one in found),
    }
