"""Looks again at asks that went out and were not answered: the next channel, or the one reminder.

The task "follow". Nothing is sent here: the invitation waits again and `send` takes it, with quiet
hours, consent, stops and answers asked once more. The message in the product is withdrawn before
another channel is used, so that nobody is asked on two at once. What follows is decided in
`escalation_policy.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session

from channels import status
from collector import clock
from collector.invitations import escalation_policy
from collector.invitations.escalation_policy import SentInvitation
from collector.model import batches, locks, states
from collector.model.answers import Tap
from collector.model.base import db, unit_of_work
from collector.model.batches import Rows
from collector.model.invitations import SENT, Invitation, Message
from collector.model.moves import move
from collector.model.people import Consent
from collector.model.sql.bulk import one_of
from collector.model.transaction import transaction
from collector.rules import rulebook, stops
from collector.rules.stops import ENDS, Stops

STAGE = "follow"
UNSEEN = "unseen"


def run_batch(limit: int = 100) -> int:
    """Deal with up to `limit` asks that are due to be looked at. Returns how many."""
    return batches.run(STAGE, limit, _look_again)


@transaction
def _look_again(limit: int, wanted: Rows) -> int:
    with unit_of_work() as work:
        now, stopped = clock.now(), stops.load(work.session)
        rows = locks.entities(
            work.session,
            Invitation,
            select(Invitation)
            .where(_due(now), not_held(stopped), wanted.among(Invitation.id))
            .order_by(Invitation.next_at, Invitation.id)
            .limit(limit),
            skip=True,
        )
        wanted.took([row.id for row in rows])
        if rows and _follow(work.session, rows, now, stopped):
            work.ring("send")
        work.commit()
    return len(rows)


def backlog() -> int:
    """How many are due now."""
    held = not_held(stops.load(db.session()))
    waiting = and_(_due(clock.now()), held, batches.free(STAGE, Invitation.id))
    count = select(func.count()).select_from(Invitation).where(waiting)
    return db.session.scalar(count) or 0


def answered(session: Session, ids: Sequence[str]) -> set[str]:
    """Those of these invitations for which there is any tap."""
    taps = select(Tap.invitation_id).where(one_of(Tap.invitation_id, ids)).distinct()
    return set(session.scalars(taps)) if ids else set()


def _due(now: datetime) -> ColumnElement[bool]:
    return and_(Invitation.status == SENT, Invitation.next_at <= now)


def not_held(stopped: Stops) -> ColumnElement[bool]:
    """Which invitations are not held by a pause. What is retired is taken, to be called off."""
    if not stopped:
        return true()
    return ~stopped.holding(Invitation.rule_version_id, Invitation.survey_version_id)


def _follow(session: Session, rows: Sequence[Invitation], now: datetime, stopped: Stops) -> int:
    rules = rulebook.versions(session, {row.rule_version_id for row in rows})
    taps = answered(session, [row.id for row in rows])
    shown = _shown(session, rows)
    refused = _refused(session, rows)
    followed = 0
    for row in rows:
        rule = rules[row.rule_version_id]
        message = shown.get((row.id, row.channels[row.step]))
        asked = SentInvitation(
            row.channels,
            row.step,
            row.reminded_at is not None,
            answered=row.id in taps,
            seen=message is not None and message.status == status.DELIVERED,
            stopped=row.id in refused or stopped.reason(rule.key, rule.survey_key) in ENDS,
        )
        row.next_at = None
        follows = escalation_policy.move(rule.timing, asked)
        if follows == "nothing" or now >= row.lapses_at:
            continue
        if follows == "fall_back":
            if message is not None and states.FAIL.leaves(message.status):
                move(message, states.FAIL)
                message.code, message.settled_at = UNSEEN, now
            row.step += 1
        else:
            row.reminded_at = now
        move(row, states.ESCALATE)
        row.due_at = now
        followed += 1
    return followed


def _shown(session: Session, rows: Sequence[Invitation]) -> dict[tuple[str, str], Message]:
    """The newest message of each invitation and channel, locked after its invitation."""
    wanted = select(Message).where(Message.invitation_id.in_([row.id for row in rows]))
    found = locks.entities(session, Message, wanted)
    in_order = sorted(found, key=lambda one: (one.attempt, one.id))
    return {(one.invitation_id, one.channel): one for one in in_order}


def _refused(session: Session, rows: Sequence[Invitation]) -> set[str]:
    """The invitations whose people have said no to any channel since they were asked."""
    said = session.execute(
        select(Consent.person_id, Consent.changed_at).where(
            Consent.person_id.in_({row.person_id for row in rows}), Consent.state == "denied"
        )
    ).all()
    return {
        row.id
        for row in rows
        for word in said
        if word.person_id == row.person_id and word.changed_at >= row.created_at
    }
