"""Texts of which nobody knows whether they went out: listed for people, and settled by them.

`reconcile` asks the provider about each; what it cannot settle (the account was closed, the texts
are redacted there) stays in this list, also after its invitation has lapsed, until somebody has
looked at the provider's own log and says what became of it. Called by `collector messages`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from channels import status
from collector import clock
from collector.errors import Conflict, NotFound
from collector.invitations import outcomes
from collector.invitations.schedule import Outcome
from collector.model.base import db, unit_of_work
from collector.model.invitations import Message
from collector.model.transaction import transaction


@dataclass(frozen=True, slots=True)
class Unknown:
    """One message in doubt. `open` while the provider is still being asked about it."""

    message_id: str
    invitation_id: str
    channel: str
    handed_over_at: datetime
    code: str
    open: bool


def listed(limit: int = 100) -> list[Unknown]:
    """The newest first. Holds no address: look that up by the id if you must."""
    rows = db.session.scalars(
        select(Message)
        .where(Message.status == status.UNKNOWN)
        .order_by(Message.claimed_at.desc(), Message.id)
        .limit(limit)
    )
    return [
        Unknown(
            row.id,
            row.invitation_id,
            row.channel,
            row.claimed_at,
            row.code,
            row.settled_at is None,
        )
        for row in rows
    ]


@transaction
def settle(message_id: str, *, sent: bool) -> None:
    """Say what became of one. Not sent: its channel is over, the next one may be tried.

    Raises NotFound for an unknown id, and Conflict for a message that is not in doubt.
    """
    with unit_of_work() as work:
        message = work.session.get(Message, message_id)
        if message is None:
            raise NotFound("There is no such message.")
        if message.status != status.UNKNOWN:
            raise Conflict(f"This message is not in doubt: it is {message.status}.")
        outcome = (
            Outcome(status.SENT, "sent", "by_hand")
            if sent
            else Outcome(status.FAILED, "next_channel", "by_hand")
        )
        outcomes.apply(work, message.invitation_id, message_id, outcome, clock.now())
        work.commit()
