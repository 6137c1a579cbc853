"""DISMISS: somebody closed a question unanswered; the inbox does not bring it up again.

The widget stores nothing in the browser, so it tells us. The message counts as delivered, with the
code `dismissed`; the invitation stays as it is and may still be answered by its link. Called by the
web, never inside a unit of work.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from channels import status
from collector import clock
from collector.invitations import outcomes
from collector.invitations.schedule import Outcome
from collector.model.base import unit_of_work
from collector.model.invitations import Invitation, Message
from collector.model.transaction import transaction

DISMISSED: Final = "dismissed"


@transaction
def dismiss(token_id: str, channel: str) -> bool:
    """Take the newest message on this channel out of the inbox. False if none was waiting there."""
    with unit_of_work() as work:
        message = work.session.scalars(
            select(Message)
            .join(Invitation, Invitation.id == Message.invitation_id)
            .where(
                Invitation.token_id == token_id,
                Message.channel == channel,
                Message.status == status.SENT,
            )
            .order_by(Message.attempt.desc())
        ).first()
        if message is None:
            return False
        outcome = Outcome(status.DELIVERED, "stay", DISMISSED)
        changed = outcomes.apply(work, message.invitation_id, message.id, outcome, clock.now())
        work.commit()
    return changed
