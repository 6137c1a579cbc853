"""Takes what came back about our mails: the message moves forward, bad addresses are suppressed.

Called by `web/callbacks/email.py` and `collector bounces`; reading the mails is
`channels/email/feedback.py`. The address that is suppressed is the one that *we* wrote to, found by
our Message-ID: a forged report about somebody else's mailbox does nothing. Only hard bounces and
complaints suppress. Everything may be handed in twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from channels.email.feedback import Feedback
from channels.status import BOUNCED, DELIVERED, FAILED
from collector.invitations import receipts
from collector.invitations.optouts import optout
from collector.model.base import db
from collector.model.invitations import Message

STATUS = {"hard": BOUNCED, "soft": FAILED, "delivered": DELIVERED}


@dataclass(frozen=True, slots=True)
class Taken:
    """How many were about a mail of ours, and how many were not."""

    matched: int = 0
    unknown: int = 0


def take(feedback: Iterable[Feedback]) -> Taken:
    """Write down each piece of feedback, one transaction each."""
    matched = unknown = 0
    for one in feedback:
        if _take(one):
            matched += 1
        else:
            unknown += 1
    return Taken(matched, unknown)


def _take(one: Feedback) -> bool:
    message_id = _newest(one.invitation_id)
    if message_id is None:
        return False
    if one.kind == "complaint":
        return optout.complain(message_id)
    return receipts.record(message_id, STATUS[one.kind], one.code)


def _newest(invitation_id: str) -> str | None:
    """Every attempt has the same Message-ID; the newest is the one that can still come back."""
    return db.session.scalar(
        select(Message.id)
        .where(Message.invitation_id == invitation_id, Message.channel == "email")
        .order_by(Message.attempt.desc())
        .limit(1)
    )
