"""A person takes an answer back: the words and whatever leads to them go, the bare number stays.

One transaction, irreversible, and the one exception to "never delete evidence". It holds the
answer's invitation against everybody who writes down what the person says, the response against
judging and appeals, and the feed's head against publishing: each of them has written before this
clears, or sees that the answer is erased. Which fields lead to a person: `pii_fields.py`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from collector import clock
from collector.errors import NotFound
from collector.exports import pii_fields
from collector.exports.invited import bury as invited
from collector.exports.publish_time import at_least_last
from collector.exports.revision import TOMBSTONE
from collector.integrity.evidence import erase as log
from collector.model import locks
from collector.model.answers import AskedAgain, IncomingText, Response, Tap
from collector.model.appeals import Appeal, Ruling
from collector.model.audit import AuditEntry
from collector.model.base import unit_of_work
from collector.model.events import Event
from collector.model.feed import FeedHead, Revision
from collector.model.followups import FollowUp
from collector.model.invitations import Invitation
from collector.model.transaction import transaction
from collector.model.verdicts import Verdict

# The outcome of a case whose customer does not want to be spoken to about it any more.
CASE_OUTCOME: Final = "erased"
QUIET: Final = {"synchronize_session": False}


@transaction
def erase(person_id: str, response_id: str) -> bool:
    """Erase this person's answer; False if it already was. Raises NotFound for another's."""
    now = clock.now()
    with unit_of_work() as work:
        session = work.session
        response = _locked(session, person_id, response_id)
        if response.erased_at is not None:
            return False
        _forget_answer(session, response, now)
        _forget_judgement(session, response.id)
        _forget_interaction(session, response.invitation_id)
        _close_case(session, response.id, now)
        # The sequencer's lock: a revision with the old words has been written, or never will be.
        head = locks.one(session, FeedHead, 1)
        assert head is not None
        _bury(session, response.id, head, now)
        invited.bury(session, [response.invitation_id], now)
        work.commit()
        return True


def _locked(session: Session, person_id: str, response_id: str) -> Response:
    """In the order in which folding and judging lock: the invitation, then its response.

    The invitation alone: a tap that is being written refers to it, and is waited for. Its row is
    written again as it is: whoever was kept waiting by this finds another version of it, and so
    knows that what they saw is over (`answers/tap_statement.py`).
    """
    about = select(Response.invitation_id).where(
        Response.id == response_id, Response.person_id == person_id
    )
    invitation_id = session.scalar(about)
    if invitation_id is None:
        raise NotFound("There is no such answer of yours.", code="unknown_answer")
    wanted = select(Invitation.id).where(Invitation.id == invitation_id)
    locks.rows(session, Invitation, wanted, alone=True)
    again = update(Invitation).where(Invitation.id == invitation_id).values(step=Invitation.step)
    session.execute(again, execution_options=QUIET)
    response = locks.one(session, Response, response_id)
    assert response is not None
    return response


def _forget_answer(session: Session, response: Response, now: datetime) -> None:
    about = response.invitation_id
    written = (Tap.invitation_id == about, Tap.comment.is_not(None))
    session.execute(update(Tap).where(*written).values(comment=""), execution_options=QUIET)
    session.execute(
        update(Tap).where(Tap.invitation_id == about).values(pii_fields.TAP_PRINTS),
        execution_options=QUIET,
    )
    session.execute(
        update(AskedAgain).where(AskedAgain.invitation_id == about).values(said=""),
        execution_options=QUIET,
    )
    session.execute(
        update(IncomingText).where(IncomingText.invitation_id == about).values(body="", number=""),
        execution_options=QUIET,
    )
    response.comment = None
    response.erased_at = now


def _forget_judgement(session: Session, response_id: str) -> None:
    """What the checks were fed, and what people wrote when they contested it or ruled on it."""
    log.forget(session, response_id)
    appeals = session.scalars(select(Appeal.id).where(Appeal.response_id == response_id)).all()
    for written in (
        update(Appeal).where(Appeal.response_id == response_id).values(statement=""),
        update(Ruling).where(Ruling.response_id == response_id).values(reason=""),
        update(AuditEntry)
        .where(AuditEntry.kind == "appeal", AuditEntry.key.in_(appeals))
        .values(reason=""),
    ):
        session.execute(written, execution_options=QUIET)
    verdicts = session.execute(
        select(Verdict.id, Verdict.evidence).where(Verdict.response_id == response_id)
    ).all()
    changed = [
        {"key": id, "value": pii_fields.evidence(known)}
        for id, known in verdicts
        if pii_fields.evidence(known) != known
    ]
    _set(session, Verdict.__table__, "id", "evidence", changed)


def _forget_interaction(session: Session, invitation_id: str) -> None:
    """The event stays, by its sender's own key: sent again, it must not ask the person again."""
    event = session.execute(
        select(Event.id, Event.subjects, Event.context)
        .join(Invitation, Invitation.event_id == Event.id)
        .where(Invitation.id == invitation_id)
    ).one()
    session.execute(
        update(Event)
        .where(Event.id == event.id)
        .values(
            subjects=pii_fields.about(event.subjects),
            context=pii_fields.context(event.context),
            contacts={},
        ),
        execution_options=QUIET,
    )


def _close_case(session: Session, response_id: str, now: datetime) -> None:
    session.execute(
        update(FollowUp)
        .where(FollowUp.response_id == response_id)
        .values(
            status="closed", outcome=CASE_OUTCOME, closed_at=func.coalesce(FollowUp.closed_at, now)
        ),
        execution_options=QUIET,
    )


def _bury(session: Session, response_id: str, head: FeedHead, now: datetime) -> None:
    """Clear what was published and add the tombstone; nothing if nothing was published yet."""
    session.execute(
        update(Revision).where(Revision.response_id == response_id).values(pii_fields.REVISION),
        execution_options=QUIET,
    )
    rows = session.execute(
        select(Revision.__table__)
        .where(Revision.response_id == response_id)
        .order_by(Revision.revision)
    ).all()
    if not rows:
        return
    cleared = [{"key": row.number, "value": pii_fields.about(row.subjects)} for row in rows]
    _set(session, Revision.__table__, "number", "subjects", cleared)
    newest: dict[str, Any] = dict(rows[-1]._mapping)
    now = at_least_last(session, head, now)
    head.last_number += 1
    session.execute(
        insert(Revision).values(
            newest
            | {
                "number": head.last_number,
                "revision": newest["revision"] + 1,
                "kind": TOMBSTONE,
                "subjects": cleared[-1]["value"],
                "published_at": now,
            }
        )
    )


def _set(
    session: Session, table: Any, key: str, column: str, changes: list[dict[str, Any]]
) -> None:
    """Give the rows with these keys these values."""
    if changes:
        statement = update(table).where(table.c[key] == bindparam("key"))
        session.connection().execute(statement.values({column: bindparam("value")}), changes)
