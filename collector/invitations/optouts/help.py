"""What somebody is told who answers a text with HELP or the like, and who says stop in a sentence.

Called by `answers/texts.py`; reads only. The words are in `templates/locale`.

Source: CTIA Messaging Principles 5.1.1.3 (HELP: who sends, where to turn, how to opt out), 47 CFR
64.1200(a)(12) (one confirmation of a stop, within five minutes, without advertising).
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
    host = urlsplit(settings().base_url).hostname or ""
    return translator(_locale(number))("sms.help", host=host)


def stopped(number: str) -> str:
    """That a stop was heard, in that language: what the law allows to be sent once, and no more."""
    return translator(_locale(number))("sms.stopped")


def _locale(number: str) -> str:
    newest = (
        select(Invitation.locale)
        .join(Message, Message.invitation_id == Invitation.id)
        .where(Message.channel == "sms", Message.address == number)
        .order_by(Message.claimed_at.desc())
        .limit(1)
    )
    return db.session.scalar(newest) or ""
