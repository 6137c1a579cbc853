"""With whom a person shared a contact point at some moment of the past.

Two people share one from when the later of them got it: who came to have another's number
afterwards was not yet counted beside them. What either had before is not kept. Used by `page.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.model.people import ContactPoint
from collector.model.sql.bulk import one_of
from collector.triggers import shared_contacts
from collector.triggers.gates.situation import PersonContext

Sharing = dict[str, dict[str, datetime]]
"""Who else has one of a person's contact points → on which channels → since when both have it."""


def sharers(session: Session, standings: Mapping[str, PersonContext]) -> dict[str, Sharing]:
    """By person, who shares a contact point with them now, and since when."""
    points = {
        point
        for standing in standings.values()
        for point in standing.contacts.items()
        if standing.shared.get(point[0])
    }
    found = shared_contacts.among(session, points).people
    since = _since(session, {one for people in found.values() for one in people})
    near: dict[str, Sharing] = {}
    for (channel, _), people in found.items():
        for one in standings.keys() & set(people):
            for other in people:
                if other != one:
                    both = max(since[one, channel], since[other, channel])
                    near.setdefault(one, {}).setdefault(other, {})[channel] = both
    return near


def at(shared: Sharing, now: datetime) -> dict[str, set[str]]:
    """Who else had one of the person's contact points at `now` → on which channels."""
    then = {
        other: {channel for channel, since in held.items() if since <= now}
        for other, held in shared.items()
    }
    return {other: channels for other, channels in then.items() if channels}


def _since(session: Session, people: set[str]) -> dict[tuple[str, str], datetime]:
    if not people:
        return {}
    rows = session.execute(
        select(ContactPoint.person_id, ContactPoint.channel, ContactPoint.changed_at).where(
            one_of(ContactPoint.person_id, people)
        )
    )
    return {(row.person_id, row.channel): row.changed_at for row in rows}
