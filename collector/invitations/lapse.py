"""Closes invitations that were not sent in time: nothing is asked when the moment has passed.

The task "lapse". Also ends those whose text may or may not have gone out and whose provider never
said which: the message stays `unknown` for ever, with the code `unsettled`, is asked about no more,
and is listed by `unresolved_messages.py`. Next: `send` never takes one that has lapsed, even before
this has marked it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.orm import Session

from channels import status
from collector import clock
from collector.invitations import unusable
from collector.model import batches, locks
from collector.model.base import db, unit_of_work
from collector.model.batches import Rows
from collector.model.events import Decision
from collector.model.invitations import SENDING, WAITING, Invitation, Message
from collector.model.moves import moving
from collector.model.states import CLOSE, LAPSE
from collector.model.transaction import transaction
from collector.rules import stops
from collector.triggers import supersede
from collector.triggers.supersede import Superseded

STAGE: Final = "lapse"
UNSETTLED: Final = "unsettled"


def run_batch(limit: int = 100) -> int:
    """Mark up to `limit` unsent invitations that are past their time. Returns how many."""
    return batches.run(STAGE, limit, _lapse)


@transaction
def _lapse(limit: int, rows: Rows) -> int:
    with unit_of_work() as work:
        now = clock.now()
        overdue = (
            select(Invitation.id, Invitation.decision_id, Invitation.status, Invitation.sent_at)
            .where(_overdue(now), rows.among(Invitation.id))
            .order_by(Invitation.lapses_at, Invitation.id)
            .limit(limit)
        )
        due = locks.rows(work.session, Invitation, overdue, skip=True)
        ids = [row.id for row in due]
        rows.took(ids)
        told = _write_why(work.session, [row for row in due if row.sent_at is None], now)
        waited = {
            id: end
            for id, end in unusable.waited_for(work.session, ids, now).items()
            if end.decision_id not in told
        }
        lapsed = work.session.scalars(
            moving(Invitation, LAPSE)
            .where(Invitation.id.in_(ids))
            # A reminder or another channel that comes too late: the ask itself did go out.
            .values(
                status=case((Invitation.sent_at.is_not(None), CLOSE.target), else_=LAPSE.target)
            )
            .returning(Invitation.id)
            .execution_options(synchronize_session=False)
        ).all()
        _give_up(work.session, lapsed, now)
        unusable.note(work.session, waited, lapsed, now)
        work.commit()
    return len(lapsed)


def backlog() -> int:
    """How many have lapsed and are not marked yet."""
    waiting = and_(_overdue(clock.now()), batches.free(STAGE, Invitation.id))
    count = select(func.count()).select_from(Invitation).where(waiting)
    return db.session.scalar(count) or 0


def _write_why(session: Session, unsent: Sequence[Any], now: datetime) -> set[str]:
    """Of those that a stop held until it was too late, the ledger says so. Gives their decisions'
    ids."""
    waited = [row.decision_id for row in unsent if row.status == WAITING]
    stopped = stops.load(session) if waited else None
    if not stopped:
        return set()
    asked = session.execute(
        select(Decision.id, Decision.rule_key, Decision.survey_key)
        .where(Decision.id.in_(waited))
        .order_by(Decision.id)
    )
    held = [
        Superseded(row.id, why, stopped.facts(row.rule_key, row.survey_key) | {"lapsed": True})
        for row in asked
        if (why := stopped.reason(row.rule_key, row.survey_key))
    ]
    supersede.write(session, held, now)
    return {one.decision_id for one in held}


def _give_up(session: Session, lapsed: Sequence[str], now: datetime) -> None:
    doubtful = (Message.invitation_id.in_(lapsed), Message.status == status.UNKNOWN)
    locks.rows(session, Message, select(Message.id).where(*doubtful))
    session.execute(
        update(Message)
        .where(*doubtful)
        .values(settled_at=now, code=UNSETTLED)
        .execution_options(synchronize_session=False)
    )


def _overdue(now: datetime) -> ColumnElement[bool]:
    in_doubt = select(Message.id).where(
        Message.invitation_id == Invitation.id, Message.status == status.UNKNOWN
    )
    # Written as the index `ix_invitations_closing` is: the first message has to go out in time.
    first_late = and_(Invitation.sent_at.is_(None), Invitation.send_by < Invitation.lapses_at)
    closes = case((first_late, Invitation.send_by), else_=Invitation.lapses_at)
    return or_(
        and_(Invitation.status == WAITING, closes <= now),
        and_(Invitation.status == SENDING, Invitation.lapses_at <= now, in_doubt.exists()),
    )
