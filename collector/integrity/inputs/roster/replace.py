"""The verb that takes a new roster into use, whole or not at all.

Called by `web/api/roster.py` and `collector roster import`. Entries that stay are left alone, new
ones are listed, the others delisted: what the roster said at any moment can be told. It counts for
the answers that are judged from now on; what was known of earlier ones is in the log of evidence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from collector import clock, keys
from collector.integrity.inputs.roster.reading import IncomingEntry
from collector.model import audit
from collector.model.audit import Author
from collector.model.base import is_postgres, unit_of_work
from collector.model.ids import derived_id
from collector.model.roster import RosterEntry
from collector.model.sql.bulk import insert_all
from collector.model.transaction import transaction

KIND = KEY = "roster"
ROSTER: Any = RosterEntry.__table__


@dataclass(frozen=True, slots=True)
class Replaced:
    """How many entries the new roster has, and how many were listed, delisted and left alone."""

    entries: int
    listed: int
    delisted: int
    unchanged: int


@transaction
def replace(entries: Sequence[IncomingEntry], who: Author) -> Replaced:
    """Make these entries the roster. The same roster again changes nothing and leaves no trace."""
    new = {row["digest"]: row for row in map(_row, entries)}
    with unit_of_work() as work:
        session = work.session
        held, now = _held(session), _moment(session)
        fresh = [row for digest, row in new.items() if digest not in held]
        gone = [id for digest, id in held.items() if digest not in new]
        if gone:
            session.execute(
                update(RosterEntry).where(RosterEntry.id.in_(gone)).values(delisted_at=now),
                execution_options={"synchronize_session": False},
            )
        for row in fresh:
            row |= {"id": derived_id("ros", now, now.isoformat(), row["digest"]), "listed_at": now}
        insert_all(session, ROSTER, fresh)
        done = Replaced(len(new), len(fresh), len(gone), len(new) - len(fresh))
        if fresh or gone:
            details = {"entries": done.entries, "listed": done.listed, "delisted": done.delisted}
            audit.append(session, who, KIND, KEY, "replaced", 1, details)
            work.commit()
        return done


def contact_hash(address: str) -> str:
    """The fingerprint of a contact point, as taps carry it."""
    return keys.fingerprint("contact", address.lower())


def _held(session: Session) -> dict[str, str]:
    """The roster of now, digest → id, with other writers kept out (as SQLite does by itself)."""
    if is_postgres():
        session.execute(text("LOCK TABLE roster IN SHARE ROW EXCLUSIVE MODE"))
    current = select(RosterEntry.digest, RosterEntry.id).where(RosterEntry.delisted_at.is_(None))
    return {row.digest: row.id for row in session.execute(current)}


def _moment(session: Session) -> datetime:
    """Now; later than every change so far even where the servers' clocks differ."""
    newest = session.execute(
        select(func.max(RosterEntry.listed_at), func.max(RosterEntry.delisted_at))
    ).one()
    moments: list[datetime] = [at + timedelta(microseconds=1) for at in newest if at]
    return max([clock.now(), *moments])


def _row(entry: IncomingEntry) -> dict[str, Any]:
    said = {
        "agent_id": entry.agent_id,
        "team_id": entry.team_id,
        "store_id": entry.store_id,
        "role": entry.role,
        "contacts": sorted({contact_hash(address) for address in entry.contacts}),
        "active_from": _iso(entry.active_from),
        "active_to": _iso(entry.active_to),
    }
    digest = hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()
    days = {"active_from": entry.active_from, "active_to": entry.active_to}
    return {**said, **days, "digest": digest, "delisted_at": None}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
