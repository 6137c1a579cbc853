"""An answer by text message: finds what it answers, records it, says what to reply.

Called by `web/callbacks/twilio.py` once the signature holds and the text is no opt-out word. Opens
no unit of work of its own; `record.py` does. Reading the text is `reply_text.py`.
"""

from __future__ import annotations

from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels import status
from channels.sms import text as sms
from collector import clock
from collector.answers import answer_state, reply_text
from collector.answers.answer_state import AnswerState
from collector.answers.ask_again import may_ask
from collector.answers.record import MAX_COMMENT, MAX_KEY, record
from collector.answers.reply_text import Reading
from collector.answers.taps import CONFIRMED, SMS_REPLY, IncomingTap
from collector.errors import Gone
from collector.model.base import db
from collector.model.ids import new_id
from collector.model.invitations import Invitation, Message
from collector.translations.catalogue import translator


def receive(from_number: str, body: str, provider_ref: str) -> str:
    """Record this reply as a confirmed tap; returns the text to send back, '' for none.

    `from_number` is E.164. The reply answers the newest SMS invitation to that number that is still
    open. A score with words around it is both; a text without a score is a comment, and one that is
    not clear is asked about once. The same `provider_ref` again changes nothing; a reply that comes
    without one is taken as it comes.
    """
    invitation_id = _asked(from_number)
    if invitation_id is None:
        return ""
    try:
        before = answer_state.of(invitation_id=invitation_id)
    except Gone:  # taken back by the person, or over in this moment
        return ""
    ref = provider_ref or new_id("ref")
    metric, locale = before.survey.metric, before.wording.locale
    reading = reply_text.read(body, metric.low, metric.high, locale)
    try:
        return _take(before, ref, reading, body)
    except Gone:  # its time is over, or the person took the answer back meanwhile
        return translator(locale)("sms.over")


def _take(before: AnswerState, ref: str, reading: Reading, body: str) -> str:
    if reading.kind == "nothing" or (reading.kind == "unclear" and not reading.more):
        return _unclear(before, ref, body)
    invitation_id = before.invitation_id
    record(_tap(invitation_id, ref, reading, body))
    now = answer_state.of(invitation_id=invitation_id)
    if reading.score is not None:
        return _thanks(now, reading)
    asks = now.score is None or reading.kind == "unclear"
    if asks and may_ask(invitation_id, ref, body):
        return _ask_again(now)
    return translator(before.wording.locale)("sms.noted")


def _tap(invitation_id: str, ref: str, reading: Reading, body: str) -> IncomingTap:
    return IncomingTap(
        kind=CONFIRMED,
        via=SMS_REPLY,
        channel="sms",
        idempotency_key=f"sms:{ref}"[:MAX_KEY],
        invitation_id=invitation_id,
        score=reading.score,
        comment=body[:MAX_COMMENT] if reading.more or reading.score is None else None,
    )


def _unclear(before: AnswerState, ref: str, body: str) -> str:
    """No score and no words: asked about once, then left alone."""
    if before.closed:
        return translator(before.wording.locale)("sms.over")
    return _ask_again(before) if may_ask(before.invitation_id, ref, body) else ""


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
            Message.status.not_in((status.NOT_SENT, status.FAILED)),
            Invitation.lapses_at > clock.now(),
        )
        .order_by(left.desc(), Message.id.desc())
        .limit(1)
    )
    return cast(Session, db.session()).scalar(newest)


def _thanks(now: AnswerState, reading: Reading) -> str:
    """Thanks, and the question for that score unless it was answered along with it."""
    thanks = now.wording.thanks
    band = now.survey.metric.band(reading.score) if reading.score is not None else ""
    follow_up = "" if reading.more else now.wording.follow_up.get(band, "")
    both = f"{thanks} {follow_up}".strip()
    return both if sms.cost(sms.normalise(both)).segments == 1 else thanks


def _ask_again(now: AnswerState) -> str:
    metric = now.survey.metric
    return translator(now.wording.locale)("sms.ask_again", low=metric.low, high=metric.high)
