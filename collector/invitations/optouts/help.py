"""What somebody is told who answers a text with HELP, INFO or the like: who asks, and how to stop.

Called by the Twilio callback; reads only. The words are in `templates/locale`.

Source: CTIA Messaging Principles 5.1.1.3 (HELP: who sends, where to turn, how to opt out).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import select

from collector.config import settings
from collector.model.base import db
from collector.model.invitations import Invitation, Message
from collector.translations.catalogue import translator


def answer(number: str) -> str:
    """The help text in the language of the newest text to this number; in English for others."""
    newest = (
        select(Invitation.locale)
        .join(Message, Message.invitation_id == Invitation.id)
        .where(Message.channel == "sms", Message.address == number)
        .order_by(Message.claimed_at.desc())
        .limit(1)
    )
    host = urlsplit(settings().base_url).hostname or ""
    return translator(db.session.scalar(newest) or "")("sms.help", host=host)
