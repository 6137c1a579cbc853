"""May anything be sent to this number? No, once a stop was said, by whatever way. Reads only.

A text, the preference page, an unsubscribe link, `PUT /v1/people`, an event: each leaves a
suppression of the address or a denial of one who is reached at it. Asked inside the transaction
that decides about an answer.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.invitations.optouts import optout, suppressions
from collector.model.invitations import Invitation, Message
from collector.model.people import Consent

EVERY_WAY = ("sms", "any")


def texted_at(session: Session, number: str) -> set[str]:
    """Everybody who is reached at this number, or was when we last wrote to it."""
    asked = (
        select(Invitation.person_id)
        .join(Message, Message.invitation_id == Invitation.id)
        .where(Message.channel == "sms", Message.address == number)
    )
    return {*optout.reached_at(session, "sms", number), *session.scalars(asked)}


def barred(session: Session, number: str, people: set[str]) -> bool:
    """Has this number been stopped, or has one of these people said no to texts?"""
    if suppressions.reason(session, "sms", number):
        return True
    denied = select(Consent.id).where(
        Consent.person_id.in_(people), Consent.channel.in_(EVERY_WAY), Consent.state == "denied"
    )
    return session.scalar(denied.limit(1)) is not None
