"""What waits for a person inside the product: invitations sent in-app, open and unanswered.

The message row *is* the inbox entry (see `channels/inapp/channel.py`). Reading it records nothing.
Used by `widget.py` and `pages/sample.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select

from collector import clock
from collector.invitations import dismiss as dismissing
from collector.invitations import links
from collector.invitations.phrases import direction
from collector.invitations.reaches import denied
from collector.model.answers import Tap
from collector.model.base import db
from collector.model.invitations import SENT, Invitation, Message
from collector.model.people import Consent, Person
from collector.surveys import catalog
from collector.surveys.metrics import Metric
from collector.surveys.wording import Wording
from collector.web import widget_words

CHANNEL = "inapp"
COMMENT_MAX = 2000
DAY_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open invitation, as much as the widget needs of it."""

    token_id: str
    survey_version_id: str
    locale: str


def waiting_for(ref: str, now: datetime) -> Waiting | str:
    """The newest open question for this person, or a word for why there is none."""
    person_id = db.session.scalar(select(Person.id).where(Person.ref == ref))
    if person_id is None:
        return "unknown_person"
    row = db.session.execute(
        select(Invitation.token_id, Invitation.survey_version_id, Invitation.locale)
        .join(Message, Message.invitation_id == Invitation.id)
        .where(
            Invitation.person_id == person_id,
            Invitation.status == SENT,
            Invitation.lapses_at > now,
            Message.channel == CHANNEL,
            Message.status == SENT,
            ~exists().where(Tap.invitation_id == Invitation.id),
        )
        .order_by(Message.sent_at.desc(), Invitation.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return "nothing_open"
    if _opted_out(person_id):
        return "opted_out"
    return Waiting(*row)


def belongs_to(token_id: str, ref: str) -> bool:
    """Whether this invitation asks this person: a token alone lets nobody answer for another."""
    return bool(
        db.session.scalar(
            select(Invitation.id)
            .join(Person, Person.id == Invitation.person_id)
            .where(Invitation.token_id == token_id, Person.ref == ref)
        )
    )


def dismiss(token_id: str) -> None:
    """Take the question out of the inbox: the person closed it unanswered."""
    dismissing.dismiss(token_id, CHANNEL)


def question(waiting: Waiting) -> dict[str, Any]:
    """The JSON from which the widget builds itself: texts, scale, and the token to answer with."""
    survey = catalog.get(waiting.survey_version_id)
    wording = survey.wording(waiting.locale)
    words = widget_words.of(wording.locale)
    metric = survey.metric
    return {
        "token": links.token(waiting.token_id, CHANNEL),
        "metric": metric.key,
        "low": metric.low,
        "high": metric.high,
        "locale": wording.locale,
        "dir": direction(wording.locale),
        "question": wording.question,
        "low_label": wording.low,
        "high_label": wording.high,
        "comment_max": COMMENT_MAX,
        "follow_up": _comment_questions(metric, wording),
        "texts": {
            "thanks": wording.thanks,
            "close": words.close,
            "send": words.send,
            "sent": words.sent,
            "failed": words.failed,
        },
    }


def opened_at(seen_ms: object) -> datetime | None:
    """When the question was first seen, from how long ago the browser says that was (its own clock
    is not to be trusted, the span is). None for anything but 0 ms to a day."""
    if not isinstance(seen_ms, int) or isinstance(seen_ms, bool) or not 0 <= seen_ms <= DAY_MS:
        return None
    return clock.now() - timedelta(milliseconds=seen_ms)


def now_for(ref: str) -> Waiting | None:
    """The open question for this person at this moment, if any."""
    found = waiting_for(ref, clock.now())
    return found if isinstance(found, Waiting) else None


def _comment_questions(metric: Metric, wording: Wording) -> list[list[Any]]:
    """`[[6, "What went wrong?"], [10, "…"]]`: the comment's question up to each score."""
    steps: list[list[Any]] = []
    for score in range(metric.low, metric.high + 1):
        text = wording.comment_question(metric.band(score))
        if steps and steps[-1][1] == text:
            steps[-1][0] = score
        else:
            steps.append([score, text])
    return steps


def _opted_out(person_id: str) -> bool:
    said = db.session.scalars(select(Consent).where(Consent.person_id == person_id))
    return denied(said.all(), CHANNEL)
