"""Messages that their providers took: the outcome of nearly every attempt, written many at once.

`advance` and `arrive` say what an outcome makes of a message and what an arrival makes of its
invitation, wherever it was learned (`outcomes.py`); `write` does both for a batch of plain ones, a
statement for each table. The caller holds the locks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Final, Protocol

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from channels import status
from collector.invitations.schedule import REACHED, Outcome
from collector.model import states
from collector.model.invitations import WAITING, Invitation, Message
from collector.model.moves import move
from collector.model.sql.bulk import one_of, set_by_id

REFERENCE: Final = 200  # characters of a relay's id that are kept
WRITTEN: Final = ("id", "status", "code", "provider_ref", "given_ref", "sent_at", "settled_at")


class Asked(Protocol):
    """An invitation, or what was read of one."""

    status: str
    sent_at: datetime | None
    reminded_at: datetime | None


class Attempted(Protocol):
    """A message, or what was read of one."""

    status: str
    code: str
    provider_ref: str
    given_ref: str
    claimed_at: datetime
    sent_at: datetime | None
    settled_at: datetime | None


def plain(outcome: Outcome) -> bool:
    """Does nothing follow from it but that the message is out?"""
    more = outcome.stops or outcome.holds or outcome.suppress or outcome.adds_up
    return outcome.status in REACHED and not more


def advance(message: Attempted, outcome: Outcome, now: datetime) -> bool:
    """Move the message by this outcome. False if it had moved past it already."""
    if outcome.provider_ref and not message.provider_ref:
        message.provider_ref = outcome.provider_ref
    if outcome.given_ref:
        message.given_ref = outcome.given_ref[:REFERENCE]
    by = states.MESSAGE_TO.get(outcome.status)
    if by is None or not by.leaves(message.status):
        return False
    move(message, by)
    message.code = outcome.code or message.code
    if message.status in REACHED and message.sent_at is None:
        message.sent_at = now
    if message.status != status.UNKNOWN:
        message.settled_at = now
    return True


def arrive(invitation: Asked, message: Attempted) -> None:
    """The message is out, and so is its ask."""
    if _reminder_waits(invitation, message):
        return  # what is told is about the ask, which had gone out; the reminder still waits
    if states.ARRIVE.leaves(invitation.status):
        move(invitation, states.ARRIVE)
        # A reminder is no second ask: the first message's time stays.
        invitation.sent_at = invitation.sent_at or message.sent_at


def write(session: Session, done: Sequence[tuple[str, str, Outcome]], now: datetime) -> None:
    """Write these plain outcomes of (invitation, message)."""
    asks = _read(session, Invitation, Asked, [id for id, _, _ in done])
    messages = _read(session, Message, Attempted, [id for _, id, _ in done])
    moved: dict[str, Any] = {}
    for invitation_id, message_id, outcome in done:
        ask, message = asks[invitation_id], messages[message_id]
        before = ask.status, ask.sent_at
        if advance(message, outcome, now):
            arrive(ask, message)
        if (ask.status, ask.sent_at) != before:
            moved[ask.id] = {"id": ask.id, "status": ask.status, "sent_at": ask.sent_at}
    said = [{name: getattr(one, name) for name in WRITTEN} for one in messages.values()]
    set_by_id(session, _table(Message), said)
    set_by_id(session, _table(Invitation), list(moved.values()))


def _reminder_waits(invitation: Asked, message: Attempted) -> bool:
    return (
        invitation.status == WAITING
        and invitation.reminded_at is not None
        and message.claimed_at < invitation.reminded_at
    )


def _read(session: Session, kind: Any, wanted: Any, ids: Sequence[str]) -> dict[str, Any]:
    """By id what was read of each: the columns that `wanted` names."""
    columns = [kind.id, *(getattr(kind, name) for name in wanted.__annotations__)]
    rows = session.execute(select(*columns).where(one_of(kind.id, set(ids))))
    return {row.id: SimpleNamespace(**row._mapping) for row in rows}


def _table(kind: Any) -> Table:
    table: Table = kind.__table__
    return table
