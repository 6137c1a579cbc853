"""Undoes what refusals led to that spoke about us: addresses are free again, asks wait again.

Called by `send` when a relay turned out to refuse everybody. An ask that went by another channel
meanwhile goes on there; one that had failed waits again, if its time is not over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from collector import clock
from collector.invitations.optouts import suppressions
from collector.model import audit, locks, states
from collector.model.base import unit_of_work
from collector.model.invitations import FAILED, Invitation, Message
from collector.model.moves import move
from collector.model.transaction import transaction

AGAIN = timedelta(minutes=1)
WHY = "the relay refused one person after the other, so its word is not believed"
log = structlog.get_logger()


@transaction
def undo(attempts: Sequence[tuple[str, str]]) -> int:
    """Take back what these (invitation, message) led to. Returns how many addresses are free."""
    with unit_of_work() as work:
        now = clock.now()
        invitations = locks.some(work.session, Invitation, [one for one, _ in attempts])
        messages = locks.some(work.session, Message, [one for _, one in attempts])
        channels = {one.invitation_id: one.channel for one in messages}
        for invitation in invitations:
            _revive(invitation, channels.get(invitation.id, ""), now)
        freed = sum(_free(work.session, message) for message in messages)
        work.ring("send")
        work.commit()
    log.error("refusals_undone", addresses=freed)
    return freed


def _revive(invitation: Invitation, channel: str, now: datetime) -> None:
    over = min(invitation.lapses_at, invitation.send_by or invitation.lapses_at) <= now
    if invitation.status == FAILED and channel in invitation.channels and not over:
        move(invitation, states.REVIVE)
        invitation.step = invitation.channels.index(channel)
        invitation.due_at = now + AGAIN


def _free(session: Session, message: Message) -> bool:
    row = suppressions.of_message(session, message.channel, message.address, message.id)
    if row is None:
        return False
    audit.append(
        session, audit.Author("collector", WHY), "suppression", row.id, "lifted", 1,
        {"channel": row.channel, "reason": row.reason, "cause": row.cause, "code": row.code},
    )  # fmt: skip
    session.delete(row)
    return True
