"""Which of our messages is a report about? Found by whatever of it survived the way. Reads only.

In this order: our own id (Message-ID, a header of ours, envelope id), a signed return path, an id
that a relay gave. Our ids and the signature cannot be guessed. A relay's id may be, so it counts
only for the address that the mail went to, or where it is long enough to be a secret itself.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from channels.email.feedback import Feedback
from collector.invitations import return_path
from collector.invitations.optouts.suppressions import canonical
from collector.model.base import db
from collector.model.invitations import Message

SECRET: Final = 32
"""Characters of an id that nobody guesses; Amazon's have 60."""


def message_of(one: Feedback) -> str | None:
    """The id of the message that is meant; None if it is none of ours."""
    signed = (return_path.read(path) for path in one.references.paths)
    for invitation_id in (one.invitation_id, *signed):
        if invitation_id and (found := _newest(invitation_id)):
            return found
    return _given(one)


def _newest(invitation_id: str) -> str | None:
    """Every attempt has the same Message-ID; the newest is the one that can still come back."""
    return db.session.scalar(
        select(Message.id)
        .where(Message.invitation_id == invitation_id, Message.channel == "email")
        .order_by(Message.attempt.desc())
        .limit(1)
    )


def _given(one: Feedback) -> str | None:
    wanted = [ref for ref in one.references.given if ref]
    if not wanted:
        return None
    rows = db.session.execute(
        select(Message.id, Message.given_ref, Message.address)
        .where(Message.given_ref.in_(wanted), Message.given_ref != "", Message.channel == "email")
        .order_by(Message.claimed_at.desc())
        .limit(20)
    ).all()
    to = canonical("email", one.recipient)
    fits = [row.id for row in rows if canonical("email", row.address) == to]
    secret = [row.id for row in rows if not to and len(row.given_ref) >= SECRET]
    return next(iter(fits or secret), None)
