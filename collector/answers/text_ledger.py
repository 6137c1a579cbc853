"""Every text that came in, and what was sent back: the verbs that write it down.

`begin` keeps a text before anything is made of it, so that none is lost; `settle` decides about the
answer and ends it. Both know a text by the provider's reference. Used by `texts.py` alone; what
may be answered is decided in `text_answers.py`. Reading the ledger: `text_list.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.sms import text as sms
from channels.sms.incoming import plain
from collector import clock
from collector.answers import text_answers
from collector.answers.text_answers import Before, Wanted
from collector.invitations.optouts.barred import barred, texted_at
from collector.invitations.senders.channel_status import SendBudget, suspended
from collector.model import locks
from collector.model.answers import AskedAgain, IncomingText, Response
from collector.model.base import unit_of_work
from collector.model.ids import derived_id
from collector.model.invitations import Invitation
from collector.model.people import Person
from collector.model.sql.bulk import upsert
from collector.model.transaction import transaction

MAX_REF = 80


@dataclass(frozen=True, slots=True)
class Begun:
    """A text as it stands: `settled` with its `answer` where it came before, else new.

    `barred`: nothing may be sent to its number. `repeats`: the same words came before.
    """

    reference: str
    settled: bool = False
    answer: str = ""
    answer_kind: str = ""
    barred: bool = False
    repeats: bool = False


@transaction
def begin(number: str, body: str, reference: str) -> Begun:
    """Keep this text, or find it where it was delivered before."""
    now, reference = clock.now(), reference[:MAX_REF]
    with unit_of_work() as work:
        session = work.session
        new = session.execute(
            upsert(IncomingText)
            .values(
                id=derived_id("txt", now, reference), reference=reference, number=number, body=body,
                kind="", placed=False, answer_kind="", answer="", segments=0, received_at=now,
            )
            .on_conflict_do_nothing()
            .returning(IncomingText.id)
        ).first()  # fmt: skip
        row = session.scalars(select(IncomingText).where(IncomingText.reference == reference)).one()
        begun = Begun(
            reference,
            settled=bool(row.kind),
            answer=row.answer,
            answer_kind=row.answer_kind,
            barred=barred(session, number, texted_at(session, number)),
            repeats=_came_before(session, row),
        )
        if new:
            work.commit()
    return begun


@transaction
def settle(
    begun: Begun, number: str, kind: str, wanted: Wanted, invitation_id: str | None, placed: bool
) -> str:
    """End this text: what it was, which question took it, what is sent back ('' for nothing)."""
    now = clock.now()
    with unit_of_work() as work:
        session = work.session
        people = texted_at(session, number)
        # A stop that is being said right now is waited for: after it nothing is decided any more.
        locks.some(session, Person, people)
        if invitation_id:
            locks.one(session, Invitation, invitation_id)
        chosen = select(IncomingText).where(IncomingText.reference == begun.reference)
        row = session.scalars(chosen.execution_options(populate_existing=True)).one()
        if row.kind:  # delivered twice at once, and the other one was first
            return row.answer
        answer = wanted if _may(session, row, wanted, invitation_id, people, now) else Wanted()
        row.kind, row.placed, row.invitation_id = kind, placed, invitation_id
        row.answer, row.answer_kind = answer.text, answer.kind
        row.segments = sms.cost(sms.normalise(answer.text)).segments if answer.text else 0
        if invitation_id and _taken_back(session, invitation_id):
            row.body, row.number, row.placed = "", "", True
        work.commit()
        return answer.text


def _may(
    session: Session, row: IncomingText, wanted: Wanted, invitation_id: str | None,
    people: set[str], now: datetime,
) -> bool:  # fmt: skip
    if not text_answers.fits(wanted, _before(session, row, invitation_id, now)):
        return False
    must = wanted.kind == text_answers.STOPPED
    if not must and barred(session, row.number, people):
        return False
    if "sms" in suspended(session):
        return False
    segments = sms.cost(sms.normalise(wanted.text)).segments
    return SendBudget(session, "sms", now).answer(segments, must=must)


def _before(
    session: Session, row: IncomingText, invitation_id: str | None, now: datetime
) -> Before:
    about: list[str] = []
    if invitation_id:
        kinds = select(IncomingText.answer_kind).where(
            IncomingText.invitation_id == invitation_id,
            IncomingText.answer_kind.in_(text_answers.ABOUT_A_QUESTION),
        )
        about = list(session.scalars(kinds))
        asked = select(AskedAgain.invitation_id).where(AskedAgain.invitation_id == invitation_id)
        if session.scalar(asked):  # by the version before
            about.append(text_answers.ASK)
    recent = session.execute(
        select(
            IncomingText.body, IncomingText.answer_kind, IncomingText.kind,
            IncomingText.received_at, IncomingText.invitation_id,
        ).where(
            IncomingText.number == row.number, IncomingText.answer_kind != "",
            IncomingText.received_at > now - text_answers.SAME_WITHIN,
        )
    ).all()  # fmt: skip
    said = plain(row.body)
    return Before(
        about=about,
        same_text=any(
            plain(one.body) == said and (one.kind != "score" or one.invitation_id == invitation_id)
            for one in recent
        ),
        helped=any(
            one.answer_kind == text_answers.HELP and one.received_at > now - text_answers.HELP_EVERY
            for one in recent
        ),
    )


def _came_before(session: Session, row: IncomingText) -> bool:
    said = plain(row.body)
    others = select(IncomingText.body).where(
        IncomingText.number == row.number,
        IncomingText.id != row.id,
        IncomingText.kind.in_(("words", "repeat")),
        IncomingText.received_at > clock.now() - text_answers.SAME_WITHIN,
    )
    return bool(said) and any(plain(one) == said for one in session.scalars(others))


def _taken_back(session: Session, invitation_id: str) -> bool:
    erased = select(Response.id).where(
        Response.invitation_id == invitation_id, Response.erased_at.is_not(None)
    )
    return session.scalar(erased) is not None
