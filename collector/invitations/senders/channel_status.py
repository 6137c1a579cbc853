"""The senders' rows: what may be taken from them, the stop that lasts, and how each one stands.

`locked`, `stopped`, `give_back` and `halt` work inside the transactions of claims, send and
outcomes; `resume` and `standing` are for people (`collector channels`). The rules are pure, in
`rate_limit.py`. Whoever locks an invitation as well locks it first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock
from collector.config import settings
from collector.errors import NotFound
from collector.invitations.senders import rate_limit
from collector.invitations.senders.rate_limit import BudgetState, Limits
from collector.model import locks
from collector.model.base import db, unit_of_work
from collector.model.invitations import Message
from collector.model.senders import Sender
from collector.model.sql.bulk import upsert
from collector.model.transaction import transaction

METERED = ("sms",)
"""Channels of which each message costs money and whose sender has a rate."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class SenderStatus:
    """One sender, for people. `stopped_at` is None while it may send."""

    channel: str
    segments_today: int
    per_day: int | None
    stopped_at: datetime | None
    stop_code: str


class SendBudget:
    """What one claim takes from a sender. The row stays locked until the transaction ends."""

    def __init__(self, session: Session, channel: str, now: datetime) -> None:
        self._row = _locked(session, channel)
        self._limits, self._now, self._held = limits(), now, 0
        row = self._row
        before = BudgetState(row.day, row.segments, row.tokens, row.filled_at)
        self._account = rate_limit.refreshed(before, self._limits, now)

    def take(self, segments: int) -> datetime | None:
        """Take one text of so many segments; else until when it has to wait."""
        self._account, until = rate_limit.take(
            self._account, self._limits, segments, self._now, self._held
        )
        self._held += until is not None
        return until

    def write(self) -> None:
        """Once all is taken: what is left stands in the sender's row."""
        row, now = self._row, self._account
        row.day, row.segments, row.tokens = now.day, now.segments, now.tokens
        row.filled_at = now.filled_at

    def answer(self, segments: int, *, must: bool = False) -> bool:
        """Count an answer to a text of somebody's against the day. False: the day is used up, and
        it is not sent, unless it `must` be. It does not wait, so it takes nothing of the rate."""
        account, cap = self._account, self._limits.per_day
        if not must and cap is not None and account.segments > cap - segments:
            return False
        self._account = replace(account, segments=account.segments + segments)
        self._row.day, self._row.segments = self._account.day, self._account.segments
        return True


def limits() -> Limits:
    """The limits that are set (needs an application context)."""
    chosen = settings()
    return Limits(chosen.sms_per_second, chosen.sms_segments_per_day, chosen.sweep_seconds)


def suspended(session: Session) -> frozenset[str]:
    """The channels on which nothing may be sent until a person lifts the stop."""
    return frozenset(session.scalars(select(Sender.channel).where(Sender.stopped_at.is_not(None))))


def suspend(session: Session, channel: str, code: str, now: datetime) -> None:
    """Stop a channel. It stays stopped, whatever is restarted; the first reason is kept."""
    row = _locked(session, channel)
    if row.stopped_at is None:
        row.stopped_at, row.stop_code = now, code
        log.error("channel_stopped", channel=channel, code=code)


def give_back(session: Session, message: Message) -> None:
    """A text that the provider did not take costs nothing."""
    if message.segments and message.channel in METERED:
        row = _locked(session, message.channel)
        if row.day == message.claimed_at.date().isoformat():
            row.segments = max(0, row.segments - message.segments)
        message.segments = 0


@transaction
def resume(channel: str) -> bool:
    """Lift the stop of a channel. False if it was not stopped; raises NotFound for an unknown one.

    What waited for it is due again at once.
    """
    with unit_of_work() as work:
        row = locks.one(work.session, Sender, channel)
        if row is None:
            raise NotFound(f"There is no sender for the channel {channel!r} that was ever used.")
        was = row.stopped_at is not None
        row.stopped_at, row.stop_code = None, ""
        work.ring("send")
        work.commit()
    return was


def used(channel: str) -> bool:
    """Whether this channel has a sender's row. Reads only."""
    return db.session.get(Sender, channel) is not None


@transaction
def stop(channel: str) -> None:
    """Stop a channel by hand."""
    with unit_of_work() as work:
        suspend(work.session, channel, "by_hand", clock.now())
        work.commit()


def statuses() -> list[SenderStatus]:
    """Every sender that was ever used. Reads only."""
    today, cap = clock.now().date().isoformat(), settings().sms_segments_per_day
    return [
        SenderStatus(
            row.channel,
            row.segments if row.day == today else 0,
            cap if row.channel in METERED else None,
            row.stopped_at,
            row.stop_code,
        )
        for row in db.session.scalars(select(Sender).order_by(Sender.channel))
    ]


def _locked(session: Session, channel: str) -> Sender:
    fresh = {"channel": channel, "day": "", "segments": 0, "tokens": 0.0, "stop_code": ""}
    session.execute(upsert(Sender).values(**fresh).on_conflict_do_nothing())
    # Written before it is read anew, or a change of this very transaction would be forgotten.
    session.flush()
    row = locks.one(session, Sender, channel)
    assert row is not None  # made just now, or before
    return row
