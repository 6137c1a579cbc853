"""Which channels stand between an ask and its person because they cannot be used here, and why.

A channel that is *held* (`senders/holds.py`) may be resumed: what waits for it goes on waiting,
and ends with a decision when its time is over. One that is not set up comes back with another
deployment at best: the ask is called off at once, with a decision, instead of being looked at again
for ever. Used inside the transactions of `claims` and `lapse`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.invitations import reachability, schedule
from collector.invitations.schedule import CONFIGURATION, OURS, Reach
from collector.invitations.senders import channel_status
from collector.invitations.senders.holds import Holds
from collector.invitations.transports import channels
from collector.model.invitations import Invitation
from collector.triggers import supersede
from collector.triggers.person_loader import NOT_SET_UP
from collector.triggers.supersede import Superseded

REASON: Final = "channel_unusable"
HELD: Final = "held"


class Decided(Protocol):
    """An invitation, or what was read of one."""

    @property
    def decision_id(self) -> str: ...


def ways(
    kinds: Sequence[str], reach: Mapping[str, Reach], known: Collection[str]
) -> dict[str, str]:
    """Of these channels, those that only we keep from the person, each with why."""
    found = {}
    for kind in kinds:
        here = reach[kind]
        if here.barred:
            found[kind] = here.barred.removeprefix(OURS)
        elif here.address and not here.available:
            found[kind] = HELD if kind in known else NOT_SET_UP
    return found


def gone(row: Decided, found: Mapping[str, str]) -> Superseded | None:
    """The end of an ask that waits for nothing that could come; None while a channel is held."""
    return None if HELD in found.values() else told(row, found)


def told(row: Decided, found: Mapping[str, str]) -> Superseded:
    facts = {"unusable": [f"{kind} ({why})" for kind, why in found.items()]}
    return Superseded(row.decision_id, REASON, facts)


def waited_for(session: Session, ids: Sequence[str], now: datetime) -> dict[str, Superseded]:
    """Of these invitations, those that no channel could take while they waited."""
    known, stopped = set(channels()), channel_status.suspended(session)
    holds = Holds(session, now)
    rows = [
        row
        for row in session.scalars(
            select(Invitation).where(
                Invitation.id.in_(ids),
                Invitation.sent_at.is_(None),
                Invitation.claimed_at.is_(None),
            )
        )
        if holds or not set(row.channels[row.step :]) <= known - stopped
    ]
    if not rows:
        return {}
    reaches = reachability.reachability(session, rows, known - stopped)
    found = {}
    for row in rows:
        reach = holds.applied(reaches[row.person_id])
        if schedule.choose(row.step, row.channels, reach).code in (CONFIGURATION, schedule.HELD):
            found[row.id] = told(row, ways(row.channels[row.step :], reach, known))
    return found


def note(
    session: Session, found: Mapping[str, Superseded], ids: Collection[str], now: datetime
) -> None:
    """Write down the ends of those among `ids`."""
    supersede.write(session, [found[one] for one in sorted(found) if one in ids], now)
