"""A person is erased: everything that leads to them goes, the bare numbers stay. Irreversible.

First their links are closed and what was tapped is folded; then each of their answers is taken back
(`erase.py`, a tombstone for each in the feed); then, in one transaction, what is known of them,
where they could be reached, and what leads to them in their events, decisions, messages and texts
goes. Broken off half-way it is called again: the person is
found by their reference until the very end. Called by `web/api/people.py` and the command line.

Suppressed addresses stay: a "no" holds for an address, whoever it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, and_, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from channels import status
from collector import clock
from collector.answers import fold
from collector.errors import Conflict, NotFound
from collector.exports import erase, pii_fields
from collector.exports.invited import bury
from collector.invitations.called_off import call_off
from collector.model import audit, locks
from collector.model.answers import AskedAgain, IncomingText, Response, Tap
from collector.model.audit import Author
from collector.model.base import db, unit_of_work
from collector.model.events import Decision, Event
from collector.model.ids import new_id
from collector.model.invitations import SENDING, WAITING, Invitation, Message
from collector.model.people import Consent, ContactPoint, Person
from collector.model.sql.bulk import one_of, set_by_id
from collector.model.transaction import transaction
from collector.rules.same_value import text

KIND: Final = "person"  # of the entry in the log of changes; its key is our own id
ERASED: Final = pii_fields.ERASED  # who says no for them from now on
# Of what a rule saw: which gate spoke and when it would ask. Anything else may be the person's own.
FACTS: Final = (
    "again_at", "ask_at", "before", "channels", "gate", "marks", "passed", "put_off_by", "winner",
    "winner_priority",
)  # fmt: skip
QUIET: Final = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Erased:
    """Whose it was, by our id, and how many of their answers were taken back."""

    person_id: str
    answers: int


def erase_person(ref: str, who: Author) -> Erased:
    """Erase the person whom the caller calls `ref`.

    Raises NotFound (`unknown_person`: never known, or erased before) and Conflict (`being_sent`: a
    message to them is being handed over; call again, and what is left is erased).
    """
    person_id = _known(ref)
    answers = 0
    while True:
        fold.fold_at_once(_close_links(person_id))
        answers += sum(erase.erase(person_id, one) for one in _answers(person_id))
        if _forget(person_id, who, answers):
            return Erased(person_id, answers)


def _known(ref: str) -> str:
    found = db.session.scalar(select(Person.id).where(Person.ref == text(ref)))
    if found is None:
        raise NotFound(
            "There is no such person; never known, or erased before.", code="unknown_person"
        )
    _nothing_in_hand(db.session(), found)
    db.session.rollback()
    return found


def _answers(person_id: str) -> list[str]:
    """Their answers that are not taken back."""
    found = list(db.session.scalars(_left(person_id)))
    db.session.rollback()
    return found


def _left(person_id: str) -> Select[str]:
    wanted = select(Response.id).where(
        Response.person_id == person_id, Response.erased_at.is_(None)
    )
    return wanted.order_by(Response.id)


@transaction
def _close_links(person_id: str) -> list[str]:
    """From here on none of their links takes an answer, and nothing more goes out to them. Gives
    the invitations with taps that are not folded yet.

    Held alone: a tap that is being written is waited for, and one that waits for this finds that
    the time for answering is over (`answers/tap_statement.py`).
    """
    with unit_of_work() as work:
        session = work.session
        _locked(session, person_id)
        theirs = select(Invitation).where(Invitation.person_id == person_id)
        rows = locks.rows(session, Invitation, theirs, alone=True)
        _nothing_in_hand(session, person_id)
        for (one,) in rows:
            if one.status == WAITING:
                call_off(one)
            one.next_at, one.lapses_at = None, one.created_at
        session.flush()
        asked = [one.id for (one,) in rows]
        tapped = select(Tap.invitation_id).where(one_of(Tap.invitation_id, asked), ~Tap.folded)
        waiting = list(session.scalars(tapped.distinct()))
        work.commit()
        return waiting


@transaction
def _forget(person_id: str, who: Author, answers: int) -> bool:
    """All of it but the answers. False, and nothing done, where one was asked meanwhile."""
    with unit_of_work() as work:
        session = work.session
        person = _locked(session, person_id)
        if _is_left(session, person_id):
            return False
        _forget_events(session, person_id)
        _forget_what_was_said(session, person_id)
        _forget_who(session, person)
        theirs = select(Invitation.id).where(Invitation.person_id == person_id)
        bury.bury(session, session.scalars(theirs).all(), clock.now())
        audit.append(session, who, KIND, person_id, ERASED, 1, {"answers": answers})
        work.commit()
        return True


def _locked(session: Session, person_id: str) -> Person:
    person = locks.one(session, Person, person_id)
    assert person is not None
    if person.ref == pii_fields.no_longer(person_id):
        raise NotFound("This person was erased a moment ago.", code="unknown_person")
    return person


def _is_left(session: Session, person_id: str) -> bool:
    """Did an ask come about since the links were closed, or is an answer not taken back yet?"""
    open_links = select(Invitation.id).where(
        Invitation.person_id == person_id, Invitation.lapses_at > Invitation.created_at
    )
    return any(session.scalars(one).first() for one in (open_links, _left(person_id)))


def _nothing_in_hand(session: Session, person_id: str) -> None:
    """Whoever is being written to at this moment has an address that is needed."""
    open_messages = (
        select(Message.id)
        .join(Invitation, Invitation.id == Message.invitation_id)
        .where(Invitation.person_id == person_id)
        .where(
            or_(
                Invitation.status == SENDING,
                Message.status == status.CLAIMED,
                and_(Message.status == status.UNKNOWN, Message.settled_at.is_(None)),
            )
        )
    )
    if session.scalars(open_messages).first() is not None:
        raise Conflict(
            "A message to this person is being handed over, or it is not known yet whether it "
            "was; try again in some minutes.",
            code="being_sent",
        )


def _forget_events(session: Session, person_id: str) -> None:
    """The events stay, by their sender's own keys: sent again, they must ask nobody again."""
    events = session.execute(
        select(Event.id, Event.subjects, Event.context).where(Event.person_id == person_id)
    )
    kept = [
        {
            "id": event.id,
            "subjects": pii_fields.about(event.subjects),
            "context": pii_fields.context(event.context),
            "contacts": {},
        }
        for event in events
    ]
    set_by_id(session, Event.__table__, kept)
    decisions = session.execute(
        select(Decision.id, Decision.facts).where(Decision.person_id == person_id)
    )
    told = [
        {"id": one.id, "facts": {name: one.facts[name] for name in FACTS if name in one.facts}}
        for one in decisions
    ]
    set_by_id(session, Decision.__table__, told)


def _forget_what_was_said(session: Session, person_id: str) -> None:
    asked = select(Invitation.id).where(Invitation.person_id == person_id)
    numbers = select(ContactPoint.address).where(ContactPoint.person_id == person_id)
    written_to = select(Message.address).where(Message.invitation_id.in_(asked))
    for forgotten in (
        update(Tap)
        .where(Tap.invitation_id.in_(asked), Tap.comment.is_not(None))
        .values(comment=""),
        update(Tap).where(Tap.invitation_id.in_(asked)).values(pii_fields.TAP_PRINTS),
        update(AskedAgain).where(AskedAgain.invitation_id.in_(asked)).values(said=""),
        update(IncomingText)
        .where(
            or_(
                IncomingText.invitation_id.in_(asked),
                IncomingText.number.in_(numbers),
                IncomingText.number.in_(written_to),
            )
        )
        .values(body="", number="", answer=""),
        update(Message).where(Message.invitation_id.in_(asked)).values(address=""),
    ):
        session.execute(forgotten, execution_options=QUIET)


def _forget_who(session: Session, person: Person) -> None:
    for table in (ContactPoint, Consent):
        session.execute(delete(table).where(table.person_id == person.id), execution_options=QUIET)
    now = clock.now()
    session.execute(
        update(Person)
        .where(Person.id == person.id)
        .values(
            ref=pii_fields.no_longer(person.id), attributes={}, said_at={}, locale="", timezone="",
            paused_until=None, updated_at=now,
        ),
        execution_options=QUIET,
    )  # fmt: skip
    session.execute(
        insert(Consent).values(
            id=new_id("cns"), person_id=person.id, channel="any", state="denied", source=ERASED,
            changed_at=now,
        )
    )  # fmt: skip
