"""Why nothing was shown, for whoever builds a page: a code and what it means, in words.

Only asked for in debug mode; it tells about the inbox of the person who is signed in, and never of
rules or decisions (`GET /v1/events/{id}/explain` does that). Used by `calls.py`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import exists, select

from collector.model.answers import Tap
from collector.model.base import db
from collector.model.invitations import SENDING, SENT, WAITING, Invitation, Message
from collector.model.people import Person
from collector.web.widget.inbox import CHANNEL, HELD, NOTHING

WORDS: Final = {
    "unknown_person": "No event has named this person yet; check that `sub` is the reference that "
    "your events use.",
    NOTHING: "This person was not invited. GET /v1/events/{id}/explain says why, for each event.",
    "opted_out": "This person does not want to be asked in-app, or at all.",
    "paused": "This person asked to be left alone for a while.",
    HELD: "The question waits, but its rule, its survey or all asking is stopped at the moment.",
    "answered": "The newest invitation is answered.",
    "dismissed": "This person closed the newest question without an answer; it does not come back.",
    "lapsed": "The newest invitation was not answered in time.",
    "not_yet": "An invitation waits for its delay, for allowed hours or for a worker to send it.",
    "elsewhere": "The newest invitation goes out on another channel.",
}


def explain(ref: str, code: str, now: datetime) -> tuple[str, str]:
    """A finer code than `code`, if there is one, and its sentence."""
    if code == NOTHING:
        code = _finer(ref, now)
    return code, WORDS[code]


def _finer(ref: str, now: datetime) -> str:
    person_id = db.session.scalar(select(Person.id).where(Person.ref == ref))
    if person_id is None:
        return "unknown_person"
    newest = db.session.execute(
        select(Invitation.id, Invitation.status, Invitation.lapses_at, Invitation.channels)
        .add_columns(exists().where(Tap.invitation_id == Invitation.id).label("answered"))
        .where(Invitation.person_id == person_id)
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
        .limit(1)
    ).one_or_none()
    if newest is None:
        return NOTHING
    if newest.answered:
        return "answered"
    if newest.lapses_at <= now or newest.status not in (WAITING, SENDING, SENT):
        return "lapsed"
    if CHANNEL not in newest.channels:
        return "elsewhere"
    if newest.status != SENT:
        return "not_yet"
    status = db.session.scalar(
        select(Message.status).where(Message.invitation_id == newest.id, Message.channel == CHANNEL)
    )
    return "dismissed" if status else "elsewhere"
