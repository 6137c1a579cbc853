"""Settles what a dead worker or a silent provider left open. Nothing is ever resent blindly.

The task "reconcile", two steps. A `claimed` attempt older than LEASE belongs to a dead worker (a
live one renews its claim right before it calls the provider, and no call lasts that long). If it
was never handed over, which its empty digest tells, it waits again; so it does where a second copy
carries the same id. A text that may have been handed over becomes `unknown`. An `unknown` attempt
older than ASK_AFTER is looked for at the provider by its digest: found, it was sent; not found, it
goes out again; no answer, it stays unknown until the next sweep. What nobody can settle ends in the
list of `unresolved_messages.py` once its invitation has lapsed.

Why "not found" is safe: the time-outs of a request (5 s to connect, 15 s to read) add up to less
than ASK_AFTER, counted from the moment before it left. Whoever sent it has hung up or is dead, and
the provider has had the time to write down what it took. What remains is a process that is frozen
between its claim and its request for longer than that (a suspended machine); no sender can exclude
this without an idempotency key at the provider, and Twilio has none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog
from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from channels import status
from channels.base import Channel, ChannelError, DeliveryUnknown
from channels.base import Message as Finished
from collector import clock, stopping
from collector.invitations import outcomes, schedule
from collector.invitations.compose import MessageContext, compose
from collector.invitations.failures import failure
from collector.invitations.render_context import render_context
from collector.invitations.schedule import NOT_SENT, Outcome
from collector.invitations.transports import channels
from collector.model import batches
from collector.model.base import db, unit_of_work
from collector.model.invitations import Invitation, Message
from collector.model.transaction import transaction

STAGE: Final = "reconcile"
LEASE: Final = timedelta(seconds=20)
ASK_AFTER: Final = timedelta(seconds=25)
WORKER_LOST = Outcome(NOT_SENT, "wait", f"{schedule.OURS}worker_lost")
IN_DOUBT = Outcome(status.UNKNOWN, "stay", "worker_lost")
PAGE = 100
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Open:
    """An attempt whose outcome nobody wrote down, as read without a lock."""

    message_id: str
    invitation_id: str
    channel: str
    status: str
    claimed_at: datetime
    attempt: int
    address: str
    text_digest: str | None

    @property
    def state(self) -> tuple[str, datetime, str | None]:
        """What must not have changed for an outcome to be written."""
        return self.status, self.claimed_at, self.text_digest


def run_batch(limit: int = 100) -> int:
    """Settle up to `limit` open attempts. Returns how many changed; 0: none can be settled now.

    One that the provider cannot be asked about does not count, and does not keep others waiting.
    """
    handled = take_back(limit)
    suspects = set(batches.suspects(STAGE))
    silent: set[str] = set()
    for one in _unknown():
        if handled >= limit or stopping.asked():
            break
        if one.channel not in silent:
            handled += _alone(one, partial(_ask, one, silent), suspects)
    for channel in channels().values():
        channel.close()
    return handled


def take_back(limit: int = 100, lease: timedelta = LEASE) -> int:
    """Take up to `limit` claims that are older than `lease` from whoever held them: the first step.

    Only who knows that all workers are dead may ask for a shorter lease.
    """
    suspects = set(batches.suspects(STAGE))
    claims = _page(_is_abandoned(clock.now(), lease), limit)
    return sum(_alone(one, partial(_abandon, one), suspects) for one in claims)


def _alone(one: Open, settle: Callable[[], int], suspects: Collection[str]) -> int:
    """Settle one attempt; one that raises is noted and does not keep the others waiting."""
    changed = batches.guarded(STAGE, one.message_id, settle)
    if changed and one.message_id in suspects:
        batches.done(STAGE, one.message_id)
    return changed or 0


def backlog() -> int:
    """How many attempts are open for longer than they should be."""
    now = clock.now()
    count = select(func.count()).select_from(Message)
    waiting = and_(or_(_is_abandoned(now), _is_unknown(now)), batches.free(STAGE, Message.id))
    return db.session.scalar(count.where(waiting)) or 0


def _is_abandoned(now: datetime, lease: timedelta = LEASE) -> ColumnElement[bool]:
    return and_(Message.status == status.CLAIMED, Message.claimed_at <= now - lease)


def _is_unknown(now: datetime) -> ColumnElement[bool]:
    return and_(
        Message.status == status.UNKNOWN,
        Message.claimed_at <= now - ASK_AFTER,
        Message.settled_at.is_(None),  # else it was given up, see lapse
    )


def _unknown() -> Iterator[Open]:
    """All of them, page by page, oldest first: one without an answer must not hide the next."""
    wanted = _is_unknown(clock.now())
    after: ColumnElement[bool] | None = None
    while page := _page(wanted if after is None else and_(wanted, after), PAGE):
        yield from page
        last = page[-1]
        after = tuple_(Message.claimed_at, Message.id) > (last.claimed_at, last.message_id)


@transaction
def _page(wanted: ColumnElement[bool], limit: int) -> list[Open]:
    """Read in a short transaction that is over before any provider is asked."""
    with unit_of_work() as work:
        return [
            Open(
                message.id,
                message.invitation_id,
                message.channel,
                message.status,
                message.claimed_at,
                message.attempt,
                message.address,
                message.text_digest,
            )
            for message in _rows(work.session, wanted, limit)
        ]


def _rows(session: Session, wanted: ColumnElement[bool], limit: int) -> Sequence[Message]:
    return session.scalars(
        select(Message)
        .where(wanted, batches.ready(STAGE, Message.id, clock.now()))
        .order_by(Message.claimed_at, Message.id)
        .limit(limit)
    ).all()


def _abandon(one: Open) -> int:
    channel = channels().get(one.channel)
    # A channel that is not configured here any more may have been one that must not send twice.
    in_doubt = (channel is None or channel.at_most_once) and one.text_digest != ""
    return _settle(one, IN_DOUBT if in_doubt else WORKER_LOST)


def _ask(one: Open, silent: set[str]) -> int:
    """Ask the provider, with no transaction open. A channel that gives no answer becomes silent."""
    channel = channels().get(one.channel)
    if channel is None:
        silent.add(one.channel)
        log.error("no_channel_configured", channel=one.channel)
        return 0
    try:
        outcome = _found(channel, one)
    except ChannelError as error:
        log.warning("still_unknown", channel=one.channel, message=one.message_id, code=error.code)
        if not isinstance(error, DeliveryUnknown):
            silent.add(one.channel)
        return 0
    return _settle(one, outcome)


def _found(channel: Channel, one: Open) -> Outcome:
    looked = (channel.find(message, one.claimed_at) for message in _looked_for(one))
    receipt = next((found for found in looked if found), None)
    if receipt is None:
        return schedule.never_taken(one.attempt)
    if receipt.status in schedule.REACHED:
        return schedule.of_receipt(receipt)
    return schedule.of_failure(failure(one.channel, receipt.status, receipt.code), receipt, 1)


def _looked_for(one: Open) -> Iterator[Finished]:
    if one.text_digest:
        id = f"{one.invitation_id}-{one.channel}"
        yield Finished(id, one.channel, one.address, "", digest=one.text_digest)
    else:
        yield from map(compose, _asks(one))


@transaction
def _asks(one: Open) -> tuple[MessageContext, ...]:
    """What may have been handed over: only of an older version is that not known exactly."""
    with unit_of_work() as work:
        invitation = work.session.get_one(Invitation, one.invitation_id)
        return tuple(render_context(invitation, work.session.get_one(Message, one.message_id)))


@transaction
def _settle(one: Open, outcome: Outcome) -> int:
    with unit_of_work() as work:
        # Only the attempt that was asked about: another worker may have settled it, or have
        # renewed its claim, since it was read.
        message = work.session.get(Message, one.message_id, populate_existing=True)
        if message is None or one.state != (
            message.status, message.claimed_at, message.text_digest,
        ):  # fmt: skip
            return 0
        changed = outcomes.apply(work, one.invitation_id, one.message_id, outcome, clock.now())
        work.commit()
    return int(changed)
