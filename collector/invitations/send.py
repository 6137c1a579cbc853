"""Sends what is due: claim and commit, call the provider with no transaction open, settle.

The task "send". SMS at most once, everything else at least once under a stable id. Each message to
a provider gets a transaction of its own, which writes what became of the one before and makes sure
that this one is still ours and still wanted; local channels settle as a batch.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from itertools import groupby

import structlog
from flask import current_app
from sqlalchemy import func, select, update

from channels import status
from channels.base import Channel, ChannelError, DeliveryUnknown, digest
from channels.base import Message as Finished
from collector import clock, logs, stopping
from collector.invitations import claims, escalate, outcomes, schedule, still_wanted
from collector.invitations.claims import Attempt
from collector.invitations.compose import compose
from collector.invitations.failures import failure
from collector.invitations.schedule import Outcome
from collector.invitations.senders import amends, holds, refusals
from collector.invitations.senders.refusals import Refusals
from collector.invitations.transports import channels
from collector.model import batches
from collector.model.base import UnitOfWork, db, unit_of_work
from collector.model.invitations import Invitation, Message
from collector.model.sql.bulk import one_of
from collector.model.transaction import transaction
from collector.rules import stops

Done = tuple[Attempt, Outcome]
AT_HAND = "local"
log = structlog.get_logger()


def run_batch(limit: int = 100) -> int:
    """Deal with up to `limit` due invitations. Returns how many; 0 means that none is due now."""
    claimed = claims.claim(limit)
    if claimed.misconfigured:
        log.error("no_channel_available", invitations=claimed.misconfigured)
    ordered = sorted(claimed.attempts, key=lambda attempt: attempt.ask.channel)
    for kind, attempts in groupby(ordered, key=lambda attempt: attempt.ask.channel):
        channel = channels()[kind]
        try:
            if channel.local:
                _send_locally(channel, attempts)
            else:
                _send_away(channel, attempts)
        finally:
            channel.close()
        if guilty := _refusals(kind).to_undo:
            _refusals(kind).to_undo = []
            amends.undo(guilty)
    return len(claimed.attempts) + claimed.without


def backlog() -> int:
    """How many invitations are due now."""
    held = escalate.not_held(stops.load(db.session()))
    count = (
        select(func.count())
        .select_from(Invitation)
        .where(claims.due(clock.now()), held, batches.free(claims.STAGE, Invitation.id))
    )
    return db.session.scalar(count) or 0


def _send_locally(channel: Channel, attempts: Iterable[Attempt]) -> None:
    paused: Outcome | None = None
    done: list[Done] = []
    claimed = list(attempts)
    ours, against = _our_turn(claimed)
    for attempt in claimed:
        if attempt.message_id not in ours:
            continue
        paused = paused or _told_to_stop()
        outcome = against.get(attempt.message_id)
        if outcome is None:
            outcome = schedule.rest_of_batch(paused) if paused else _at_once(channel, attempt)
            paused = paused or (outcome if outcome.pauses else None)
        done.append((attempt, outcome))
    _settle(done)


@transaction
def _our_turn(attempts: Sequence[Attempt]) -> tuple[set[str], dict[str, Outcome]]:
    """The messages of this batch that are still ours, and what stands against some of them.

    One transaction for all of them, since a local channel takes a batch in a moment; else as
    `_my_turn`. The mark says no more than that they may be handed over.
    """
    ids = [one.message_id for one in attempts]
    with unit_of_work() as work:
        ours = set(
            work.session.scalars(
                update(Message)
                .where(one_of(Message.id, ids), Message.status == status.CLAIMED)
                .values(claimed_at=clock.now(), text_digest=AT_HAND)
                .returning(Message.id)
                .execution_options(synchronize_session=False)
            )
        )
        against = still_wanted.unwanted(work.session, attempts)
        work.commit()
    return ours, against


def _send_away(channel: Channel, attempts: Iterable[Attempt]) -> None:
    done: list[Done] = []
    paused: Outcome | None = None
    for attempt in attempts:
        paused = paused or _told_to_stop()
        if paused:
            done.append((attempt, schedule.rest_of_batch(paused)))
        else:
            finished = _finished(attempt)
            if isinstance(finished, Outcome):
                done.append((attempt, finished))
                paused = finished
            elif _next_turn(attempt, finished, done):
                outcome = _believed(attempt, _hand_over(channel, attempt, finished))
                done = [(attempt, outcome)]
                paused = outcome if outcome.pauses else None
            else:
                done = []
    _settle(done)


def _told_to_stop() -> Outcome | None:
    return schedule.STOPPING if stopping.asked() else None


def _at_once(channel: Channel, attempt: Attempt) -> Outcome:
    finished = _finished(attempt)
    return finished if isinstance(finished, Outcome) else _hand_over(channel, attempt, finished)


def _next_turn(attempt: Attempt, finished: Finished, done: list[Done]) -> bool:
    """`_my_turn`; where that fails, the outcomes so far do not fail with this attempt, nor this
    attempt with one of them."""
    try:
        return _my_turn(attempt, finished, done)
    except Exception as error:
        if not (done and batches.of_a_row(error)):
            batches.blame(claims.STAGE, attempt.invitation_id, error)
            return False
    _settle(done)
    return _next_turn(attempt, finished, [])


@transaction
def _my_turn(attempt: Attempt, finished: Finished, done: list[Done]) -> bool:
    """Write the outcomes so far; may this one be handed over now?

    Not if reconcile took it back meanwhile, because a batch can take longer than its lease; and
    not if something was stopped since it was claimed (`still_wanted.py`). The lease
    begins anew: a claim that is older than any time-out then belongs to a dead worker for certain.
    The digest says that it was handed over, and finds it again whatever has changed since.
    """
    with unit_of_work() as work:
        _write(work, done, attempt)
        # First the row, then the question: whoever says stop from here on finds it in our hands
        # and waits for it (`intake/in_hand.py`).
        ours = work.session.scalar(
            update(Message)
            .where(Message.id == attempt.message_id, Message.status == status.CLAIMED)
            .values(claimed_at=clock.now(), text_digest=digest(finished.text))
            .returning(Message.id)
        )
        if ours and (against := still_wanted.unwanted(work.session, [attempt])):
            _write(work, [(attempt, against[attempt.message_id])], attempt)
            ours = None
        work.commit()
    return ours is not None


def _settle(done: Sequence[Done]) -> None:
    if done:
        batches.apart(claims.STAGE, done, lambda one: one[0].invitation_id, _settle_together)


@transaction
def _settle_together(done: Sequence[Done]) -> None:
    with unit_of_work() as work:
        _write(work, done)
        work.commit()


def _write(work: UnitOfWork, done: Sequence[Done], *further: Attempt) -> None:
    """Write these outcomes; an attempt that this unit turns to next is locked along with them."""
    attempts = [*(attempt for attempt, _ in done), *further]
    outcomes.lock(work.session, [(one.invitation_id, one.message_id) for one in attempts])
    if done:
        over = [attempt.invitation_id for attempt, _ in done]
        work.session.execute(batches.clearing(claims.STAGE, over))
    for attempt, outcome in done:
        outcomes.apply(work, attempt.invitation_id, attempt.message_id, outcome, clock.now())
        if attempt.probes:
            holds.settle(work.session, attempt.probes, outcome, clock.now())


def _finished(attempt: Attempt) -> Finished | Outcome:
    try:
        return compose(attempt.ask)
    except Exception as error:
        # A broken template is ours to mend; no invitation is burnt for it.
        logs.failure("compose_failed", error, channel=attempt.ask.channel)
        return schedule.misconfigured("compose")


def _hand_over(channel: Channel, attempt: Attempt, finished: Finished) -> Outcome:
    """Call the provider. No database in here."""
    try:
        receipt = channel.send(finished)
    except ChannelError as error:
        return _refused(channel, attempt, error)
    except Exception as error:
        logs.failure("channel_broke", error, channel=channel.kind)
        broke = "the channel broke off"
        return schedule.of_error(
            DeliveryUnknown(broke) if channel.at_most_once else ChannelError(broke), attempt.spent
        )
    if receipt.status in schedule.REACHED:
        return schedule.of_receipt(receipt)
    refusal = failure(channel.kind, receipt.status, receipt.code)
    return schedule.of_failure(refusal, receipt, attempt.spent)


def _believed(attempt: Attempt, outcome: Outcome) -> Outcome:
    """A relay that refuses everybody is not believed about anybody (`senders/refusals.py`)."""
    kind = attempt.ask.channel
    if kind not in refusals.COUNTED:
        return outcome
    if f"{kind}:" in attempt.probes and outcome.status not in schedule.REACHED:
        return outcome if outcome.holds else refusals.doubted(outcome)
    ids = attempt.invitation_id, attempt.message_id
    return _refusals(kind).seen(attempt.ask.to, ids, outcome)


def _refusals(kind: str) -> Refusals:
    """This thread's own count."""
    known: dict[tuple[int, str], Refusals] = current_app.extensions.setdefault(
        "collector.refusals", {}
    )
    return known.setdefault((threading.get_ident(), kind), Refusals())


def _refused(channel: Channel, attempt: Attempt, error: ChannelError) -> Outcome:
    if error.configuration or error.stop:
        log.error("channel_needs_you", channel=channel.kind, code=error.code, detail=str(error))
    return schedule.of_error(error, attempt.spent)
