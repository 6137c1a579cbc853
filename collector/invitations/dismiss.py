"""SHOW and DISMISS: what the widget tells of a question: a person could see it; they closed it.

The widget stores nothing in the browser, so it tells us. Both count as delivered, with a code of
their own: `shown` only once every score could be pressed, so that an ask that no page could show
is never taken for one that was ignored. A dismissed one is not brought up again; the invitation
stays as it is and may still be answered. Called by the web, never inside a unit of work.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select

from channels import status
from collector import clock
from collector.invitations import outcomes
from collector.invitations.schedule import Outcome
from collector.model import locks
from collector.model.base import UnitOfWork, unit_of_work
from collector.model.invitations import Invitation, Message
from collector.model.transaction import transaction

DISMISSED: Final = "dismissed"
SHOWN: Final = "shown"


def in_inbox() -> ColumnElement[bool]:
    """Whether a message waits in the inbox: it may be shown, or was and is still open."""
    was_shown = and_(Message.status == status.DELIVERED, Message.code == SHOWN)
    return or_(Message.status == status.SENT, was_shown)


def show(token_id: str, channel: str) -> bool:
    """The question could be seen. False where that was known, or none waits there."""
    return _settle(token_id, channel, SHOWN)


def dismiss(token_id: str, channel: str) -> bool:
    """Take the newest message on this channel out of the inbox. False if none was waiting there."""
    return _settle(token_id, channel, DISMISSED)


@transaction
def _settle(token_id: str, channel: str, code: str) -> bool:
    with unit_of_work() as work:
        message = work.session.scalars(
            select(Message)
            .join(Invitation, Invitation.id == Message.invitation_id)
            .where(Invitation.token_id == token_id, Message.channel == channel, in_inbox())
            .order_by(Message.attempt.desc())
        ).first()
        if message is None or message.code == code:
            return False
        changed = _write(work, message, code)
        work.commit()
    return changed


def _write(work: UnitOfWork, message: Message, code: str) -> bool:
    outcome = Outcome(status.DELIVERED, "stay", code)
    if outcomes.apply(work, message.invitation_id, message.id, outcome, clock.now()):
        return True
    held = locks.one(work.session, Message, message.id)  # shown before, and closed now
    if held is None or code != DISMISSED or held.code != SHOWN:
        return False
    held.code, held.settled_at = code, clock.now()
    return True
