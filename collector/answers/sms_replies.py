"""An answer by text message: finds what it answers, records it, says what to reply.

Called by `web/callbacks/twilio.py` once the signature holds and the text is no opt-out word. Opens
no unit of work of its own; `record.py` does. Reading the text is `reply_text.py`.
"""

from __future__ import annotations

from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from collector import clock
from collector.answers import reply_text, standing
from collector.answers.record import MAX_COMMENT, MAX_KEY, record
from collector.answers.reply_phrases import phrases
from collector.answers.standing import Standing
from collector.answers.taps import CONFIRMED, SMS_REPLY, IncomingTap
from collector.errors import Gone
from collector.model.base import db
from collector.model.ids import new_id
from collector.model.invitations import Invitation, Message

ONE_SEGMENT = 160  # GSM-7 characters that one SMS holds (3GPP TS 23.038)


def receive(from_number: str, body: str, provider_ref: str) -> str:
    """Record this reply as a confirmed tap; returns the text to send back, '' for none.

    `from_number` is E.164. The reply answers the newest SMS invitation to that number that is still
    open. A text that is no score is a comment. The same `provider_ref` again changes nothing; a
    reply that comes without one is taken as it comes.
    """
    invitation_id = _asked(from_number)
    if invitation_id is None:
        return ""
    before = standing.of(invitation_id=invitation_id)
    metric = before.survey.metric
    said = reply_text.score(body, metric.low, metric.high)
    if said is None and not body.strip():
        return _ask_again(before)
    try:
        record(
            IncomingTap(
                kind=CONFIRMED,
                via=SMS_REPLY,
                channel="sms",
                idempotency_key=f"sms:{provider_ref or new_id('ref')}"[:MAX_KEY],
                invitation_id=invitation_id,
                score=said,
                comment=body[:MAX_COMMENT] if said is None else None,
            )
        )
    except Gone:
        return phrases(before.wording.locale).over
    return _reply(standing.of(invitation_id=invitation_id), said)


def _asked(number: str) -> str | None:
    """The newest invitation that went to this number by SMS and has not run out.

    A message whose sending timed out counts: whoever replies has received it.
    """
    left = func.coalesce(Message.sent_at, Message.claimed_at)
    newest = (
        select(Invitation.id)
        .join(Message, Message.invitation_id == Invitation.id)
        .where(
            Message.channel == "sms",
            Message.address == number,
            Message.status.not_in(("not_sent", "failed")),
            Invitation.lapses_at > clock.now(),
        )
        .order_by(left.desc(), Message.id.desc())
        .limit(1)
    )
    return cast(Session, db.session()).scalar(newest)


def _reply(now: Standing, said: int | None) -> str:
    words = phrases(now.wording.locale)
    if now.score is None:
        return _ask_again(now)
    if said is None:
        return words.noted
    thanks = now.wording.thanks
    follow_up = now.wording.follow_up.get(now.survey.metric.band(said), "")
    both = f"{thanks} {follow_up}".strip()
    return both if len(both) <= ONE_SEGMENT else thanks


def _ask_again(now: Standing) -> str:
    metric = now.survey.metric
    return phrases(now.wording.locale).ask_again.format(low=metric.low, high=metric.high)
