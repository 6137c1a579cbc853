"""Sends what is due: claim and commit, call the provider with no transaction open, settle.

The task "send". SMS at most once, everything else at least once under a stable id. Claims are made
for a whole batch; local channels settle as a batch, providers are called side by side
(`delivery/hand_over.py`), and while one of them is slow the others get further claims. The
transactions are in `delivery/turns.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby
from time import monotonic
from typing import Final

import structlog
from flask import current_app
from sqlalchemy import func, select

from channels.base import Channel
from collector import clock, stopping
from collector.invitations import claims, escalate, schedule
from collector.invitations.claims import Attempt
from collector.invitations.delivery import due_asks, provider_calls
from collector.invitations.delivery.hand_over import HandOver
from collector.invitations.delivery.turns import Done, turns
from collector.invitations.delivery.turns import settle as _settle
from collector.invitations.schedule import Outcome
from collector.invitations.senders import amends
from collector.invitations.transports import channels
from collector.model import batches
from collector.model.base import db
from collector.model.invitations import Invitation
from collector.rules import stops

AT_HAND: Final = "local"
SLOW: Final = 0.1  # seconds; a batch that takes longer does not keep other channels waiting
LOOK_AGAIN: Final = 5.0  # seconds until others are asked for again where none was due
log = structlog.get_logger()


def run_batch(limit: int = 100) -> int:
    """Deal with up to `limit` due invitations, with more where a provider is slow and others are
    not. Returns how many; 0 means that none is due now."""
    away = HandOver()
    try:
        claimed = _claim(limit, away)
        dealt, more = claimed.dealt, claimed.more
        known: dict[str, float] = current_app.extensions.setdefault("collector.send", {})
        again_at = max(monotonic() + SLOW, known.get("again_at", 0.0))
        while busy := away.busy():
            away.step()
            if monotonic() >= again_at and not stopping.asked() and channels().keys() - busy:
                found = _claim(limit, away, busy).dealt
                dealt += found
                again_at = known["again_at"] = monotonic() + (0 if found else LOOK_AGAIN)
    except BaseException:
        away.abandon()
        raise
    away.end(more=more)
    for kind in channels():
        if guilty := provider_calls.counted(kind).to_undo:
            provider_calls.counted(kind).to_undo = []
            amends.undo(guilty)
    return dealt


def backlog() -> int:
    """How many invitations are due now."""
    held = escalate.not_held(stops.load(db.session()))
    count = (
        select(func.count())
        .select_from(Invitation)
        .where(due_asks.due(clock.now()), held, batches.free(claims.STAGE, Invitation.id))
    )
    return db.session.scalar(count) or 0


def _claim(limit: int, away: HandOver, busy: Collection[str] = ()) -> claims.Claimed:
    claimed = claims.claim(limit, busy)
    if claimed.misconfigured:
        log.error("no_channel_available", invitations=claimed.misconfigured)
    ordered = sorted(claimed.attempts, key=lambda attempt: attempt.ask.channel)
    for kind, attempts in groupby(ordered, key=lambda attempt: attempt.ask.channel):
        channel = channels()[kind]
        if channel.local:
            _send_locally(channel, attempts)
        else:
            away.add(list(attempts))
    return claimed


def _send_locally(channel: Channel, attempts: Iterable[Attempt]) -> None:
    """A local channel takes a batch in a moment, so all of it is marked and settled at once."""
    claimed = list(attempts)
    ours = turns([(attempt, AT_HAND) for attempt in claimed], [])
    paused: Outcome | None = None
    done: list[Done] = []
    for attempt in claimed:
        if attempt.message_id in ours:
            paused = paused or (schedule.STOPPING if stopping.asked() else None)
            outcome = schedule.rest_of_batch(paused) if paused else _at_once(channel, attempt)
            paused = paused or (outcome if outcome.pauses else None)
            done.append((attempt, outcome))
    _settle(done)
    channel.close()


def _at_once(channel: Channel, attempt: Attempt) -> Outcome:
    made = provider_calls.finished(attempt)
    if isinstance(made, Outcome):
        return made
    return provider_calls.hand_over(channel, attempt, made)
