"""Writes what became of an attempt to its message and its invitation, whoever learned it.

Used inside the transactions of send, reconcile and receipts. They may learn the same thing twice,
in any order and at once, so nothing is set here: statuses advance, and an invitation moves only if
it still stands where this attempt left it. Rows are locked invitation first, then message; whoever
writes several outcomes locks for all of them first. What providers simply took, as they nearly
always do, is written in `delivery/taken.py`, many at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.invitations.delivery import taken
from collector.invitations.optouts import suppressions, troubles
from collector.invitations.schedule import NOT_SENT, REACHED, Outcome
from collector.invitations.senders import channel_status, holds
from collector.model import locks, states
from collector.model.answers import Tap
from collector.model.base import UnitOfWork
from collector.model.invitations import SENDING, SENT, WAITING, Invitation, Message
from collector.model.moves import move
from collector.model.sql.bulk import one_of


def lock(session: Session, attempts: Sequence[tuple[str, str]]) -> None:
    """Lock all these (invitation, message) before the first of several outcomes is written."""
    for kind, at in ((Invitation, 0), (Message, 1)):
        keys = {one[at] for one in attempts}
        if keys:
            locks.rows(session, kind, select(kind.id).where(one_of(kind.id, keys)))


def apply(
    work: UnitOfWork, invitation_id: str, message_id: str, outcome: Outcome, now: datetime
) -> bool:
    """Write `outcome`. False if the message had already moved past it, so that nothing changed."""
    session = work.session
    invitation = locks.one(session, Invitation, invitation_id)
    message = locks.one(session, Message, message_id)
    assert invitation is not None  # neither is ever deleted
    assert message is not None
    if not taken.advance(message, outcome, now):
        return False
    if outcome.stops:
        channel_status.suspend(session, message.channel, outcome.code, now)
    if message.status == NOT_SENT:
        channel_status.give_back(session, message)
    if outcome.holds:
        holds.hold(session, message, outcome, now, reported=message.status != NOT_SENT)
    if outcome.suppress:
        suppressions.add(
            session, message.channel, message.address, outcome.suppress, now,
            cause=outcome.cause, code=outcome.code, about=message.id,
        )  # fmt: skip
    if outcome.adds_up:
        troubles.note(session, message, outcome.cause, outcome.code, now)
    if message.status in REACHED:
        taken.arrive(invitation, message)
    elif _stands_at(session, invitation, message):
        _follow(invitation, outcome, now)
        if invitation.status == WAITING and invitation.due_at <= now:
            work.ring("send")
    return True


def _stands_at(session: Session, invitation: Invitation, message: Message) -> bool:
    """Is this attempt the invitation's present one, with nothing to show for it yet?"""
    if invitation.status not in (SENDING, SENT):
        return False
    if invitation.channels[invitation.step] != message.channel:
        return False
    newer = select(Message.id).where(
        Message.invitation_id == invitation.id,
        Message.channel == message.channel,
        Message.attempt > message.attempt,
    )
    if session.scalar(newer.limit(1)):
        return False
    # Somebody who answered has the message, whatever the provider says about it.
    tapped = select(Tap.id).where(Tap.invitation_id == invitation.id)
    return invitation.status == SENDING or session.scalar(tapped.limit(1)) is None


def _follow(invitation: Invitation, outcome: Outcome, now: datetime) -> None:
    if outcome.move == "wait":
        move(invitation, states.RETRY)
        invitation.due_at = now + outcome.delay
    elif outcome.move == "cancel":
        # One that another channel delivered, or of which this is the reminder, did go out.
        never = invitation.status == SENDING and invitation.sent_at is None
        move(invitation, states.RECALL if never else states.MISS)
        invitation.next_at = None
    elif outcome.move == "next_channel":
        if invitation.reminded_at is not None:
            move(invitation, states.MISS)  # the ask went out; its reminder did not, that is all
        elif invitation.step + 1 < len(invitation.channels):
            move(invitation, states.RETRY)
            invitation.step += 1
            invitation.due_at = now
        else:
            move(invitation, states.EXHAUST)
