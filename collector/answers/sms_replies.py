"""An answer by text message: finds the question that can take it, and records it.

A score goes to the newest question that is still open and whose scale holds it, else to the newest
that can still be changed; words go to the newest that either holds for, for they belong to what was
said last. What no question can take is not lost: `texts.py` keeps it for somebody to read. Opens no
unit of work of its own; `record.py` does. What kind of text it is: `reply_kind.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels import status
from channels.locales import fitting
from channels.sms import frame
from channels.sms import text as sms
from collector import clock
from collector.answers import answer_state, text_answers
from collector.answers.answer_state import AnswerState
from collector.answers.record import MAX_COMMENT, MAX_KEY, record
from collector.answers.reply_kind import understand
from collector.answers.reply_text import Reading
from collector.answers.taps import CONFIRMED, SMS_REPLY, IncomingTap
from collector.answers.text_answers import Wanted
from collector.errors import Gone
from collector.model.base import db
from collector.model.invitations import Invitation, Message
from collector.translations.catalogue import translator

NOTHING = Wanted()
MOST_LOOKED_AT = 20
KINDS = {"score": "score", "comment": "words", "unclear": "unclear", "nothing": "nothing",
         "machine": "machine"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """What a text was, and which question it was about. `placed`: all that it says is kept there,
    or it says nothing that has to be."""

    kind: str
    invitation_id: str | None = None
    placed: bool = False
    wanted: Wanted = NOTHING


@dataclass(frozen=True, slots=True)
class _Read:
    """One question and what the text says on its scale. `last`: when it was asked or answered."""

    state: AnswerState
    last: datetime
    reading: Reading
    words: str


def take(
    number: str,
    body: str,
    ref: str,
    *,
    whole: str = "",
    repeats: bool = False,
    least_words: int = 0,
) -> Taken:
    """Record this reply as a confirmed tap, and say what should be sent back.

    `number` is E.164. `whole`: the text of which `body` is a part, kept as the comment; fewer words
    than `least_words` without a score are not. `repeats`: the same words came before, so they are
    not written down once more.
    """
    found, erased = _asked(number)
    read = [_read(state, left, body) for state, left in found]
    chosen = _chosen(read)
    if not read and erased:  # nothing more is written down of what they took back
        return Taken("nothing", erased[0], True)
    if chosen is None:
        reading = understand(body, 0, 10)[0]
        kind = KINDS[reading.kind]
        over = _over(read) if kind in ("score", "words", "unclear") else Taken(kind)
        return Taken(kind, over.invitation_id, kind in ("nothing", "machine"), over.wanted)
    reading, about = chosen.reading, chosen.state
    kind = "words" if reading.kind == "unclear" and reading.more else KINDS[reading.kind]
    if kind in ("nothing", "machine"):
        return Taken(kind, about.invitation_id, True)
    if kind == "unclear":
        return Taken(kind, about.invitation_id, True, _ask_again(about))
    if kind == "words" and len(chosen.words.split()) < least_words:
        return Taken("nothing", about.invitation_id, True)
    if kind == "words" and repeats:
        return Taken("repeat", about.invitation_id, True, _answer(about, reading))
    try:
        record(_tap(chosen, ref, whole))
    except Gone:  # its time is over, or the person took the answer back meanwhile
        return Taken(kind, about.invitation_id, False, _too_late(about))
    return Taken(kind, about.invitation_id, True, _answer(about, reading))


def _read(state: AnswerState, left: datetime, body: str) -> _Read:
    metric, words = state.survey.metric, state.wording
    say = translator(words.locale)
    ours = (
        frame.text(words.sms, words.locale, ""), words.sms, words.question, words.thanks,
        *words.follow_up.values(), say("sms.noted"), say("sms.over"), say("sms.stopped"),
        say("sms.ask_again", low=metric.low, high=metric.high),
        frame.STOP[fitting(words.locale)],
    )  # fmt: skip
    answered = state.score is not None
    reading, own = understand(body, metric.low, metric.high, words.locale, ours, answered)
    last = max(left, state.folded.answered_at) if state.folded else left
    return _Read(state, last, reading, own)


def _chosen(read: Sequence[_Read]) -> _Read | None:
    """The question that this text is for; None where none can take anything any more."""
    by_age = [one for one in read if not one.state.closed]
    living = sorted(by_age, key=lambda one: one.last, reverse=True)
    changed = [one for one in living if one.reading.kind == "score" and one.state.score is not None]
    fresh = [one for one in by_age if one.reading.kind == "score" and one.state.score is None]
    if changed and changed[0].reading.corrects:
        return changed[0]
    # What follows an answer belongs to it, unless it is a score that another question waits for.
    if fresh and not (living[0].reading.kind == "comment" and living[0].state.score is not None):
        return fresh[0]
    return next(iter(changed or living), None)


def _asked(number: str) -> tuple[list[tuple[AnswerState, datetime]], list[str]]:
    """Where the questions stand that went to this number by SMS and have not run out, and when they
    went, the newest first; and those whose answer the person took back.

    A message whose sending timed out counts: whoever replies has received it.
    """
    left = func.max(func.coalesce(Message.sent_at, Message.claimed_at))
    newest = (
        select(Invitation.id, left)
        .join(Message, Message.invitation_id == Invitation.id)
        .where(
            Message.channel == "sms",
            Message.address == number,
            Message.status.not_in((status.NOT_SENT, status.FAILED)),
            Invitation.lapses_at > clock.now(),
        )
        .group_by(Invitation.id)
        .order_by(left.desc(), func.max(Message.id).desc())
        .limit(MOST_LOOKED_AT)
    )
    found, erased = [], []
    for id, at in cast(Session, db.session()).execute(newest).all():
        try:
            found.append((answer_state.of(invitation_id=id), at))
        except Gone as gone:  # taken back by the person, or over in this moment
            erased += [id] if gone.code == "erased" else []
    return found, erased


def _over(read: Sequence[_Read]) -> Taken:
    """Every question that we know of is closed: the newest of them, and what is said of it."""
    if not read:
        return Taken("")
    about = read[0].state
    return Taken("", about.invitation_id, False, _too_late(about))


def _tap(chosen: _Read, ref: str, whole: str) -> IncomingTap:
    reading, words = chosen.reading, whole or chosen.words
    return IncomingTap(
        kind=CONFIRMED,
        via=SMS_REPLY,
        channel="sms",
        idempotency_key=f"sms:{ref}"[:MAX_KEY],
        invitation_id=chosen.state.invitation_id,
        score=reading.score,
        comment=words[:MAX_COMMENT] if reading.more or reading.score is None else None,
    )


def _answer(before: AnswerState, reading: Reading) -> Wanted:
    """What is fitting: thanks for a score, the question for one, "noted" for words behind one."""
    if reading.score is not None:
        return _thanks(before, reading)
    return _ask_again(before) if before.score is None else _noted(before)


def _thanks(about: AnswerState, reading: Reading) -> Wanted:
    """Thanks, and the question for that score unless it was answered along with it."""
    thanks = about.wording.thanks
    band = about.survey.metric.band(reading.score) if reading.score is not None else ""
    told = reading.more or (about.folded is not None and about.folded.comment)
    follow_up = "" if told else about.wording.follow_up.get(band, "")
    both = f"{thanks} {follow_up}".strip()
    one = sms.cost(sms.normalise(both)).segments == 1
    return Wanted(text_answers.THANKS, both if one else thanks)


def _ask_again(about: AnswerState) -> Wanted:
    metric = about.survey.metric
    say = translator(about.wording.locale)
    return Wanted(text_answers.ASK, say("sms.ask_again", low=metric.low, high=metric.high))


def _noted(about: AnswerState) -> Wanted:
    return Wanted(text_answers.NOTED, translator(about.wording.locale)("sms.noted"))


def _too_late(about: AnswerState) -> Wanted:
    return Wanted(text_answers.OVER, translator(about.wording.locale)("sms.over"))
