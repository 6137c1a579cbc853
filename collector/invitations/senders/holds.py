"""What waits because a provider refuses *us*: a channel, or one domain on it, and until when.

Nothing goes out under a hold but one message at a time, with growing pauses; the first that is
taken ends it, or, where refusals come back as reports, one that was taken and did not come back for
an hour. `Holds` is loaded by a claim; `hold` and `settle` work inside the transactions of outcomes
and send; `release` and `listed` are for people (`collector channels`). Whoever locks more locks
invitations, messages and senders first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from channels import status
from channels.base import RELAY
from channels.email.causes import CAUSES
from collector import clock
from collector.invitations.schedule import REACHED, Outcome, Reach
from collector.model import locks
from collector.model.base import db, unit_of_work
from collector.model.invitations import Message
from collector.model.senders import Hold
from collector.model.sql.bulk import upsert
from collector.model.transaction import transaction

FIRST: Final = {True: timedelta(minutes=1), False: timedelta(minutes=5)}
LONGEST: Final = {True: timedelta(minutes=15), False: timedelta(hours=1)}
PROBE: Final = timedelta(minutes=2)
"""A worker that took the one message has so long to say what became of it."""
TRIAL: Final = timedelta(hours=1)
MANY_DOMAINS: Final = 3
"""So many domains refuse us within an hour and none takes anything: it is not the domains."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class HoldStatus:
    """One hold, for people. `domain` is empty for the whole channel."""

    channel: str
    domain: str
    cause: str
    code: str
    sentence: str
    tries: int
    since: datetime
    next_at: datetime


class Holds:
    """The holds as one claim finds them, and the one message that it may send under each."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now
        self._rows = {row.key: row for row in session.scalars(select(Hold))}
        self._until: dict[str, datetime] = {}

    def __bool__(self) -> bool:
        return bool(self._rows)

    def applied(self, reach: Mapping[str, Reach]) -> dict[str, Reach]:
        """What is held cannot be used for now."""
        return {
            kind: replace(one, available=False, held=True)
            if one.available and self.until(kind, one.address)
            else one
            for kind, one in reach.items()
        }

    def until(self, channel: str, address: str) -> datetime | None:
        """Until when nothing may go there; None where something may."""
        found = [
            until
            for key in keys(channel, address)
            if key in self._rows
            and (until := self._until.get(key, self._rows[key].next_at)) > self._now
        ]
        return max(found, default=None)

    def take(self, channel: str, address: str) -> tuple[str, ...] | None:
        """The holds under which this one goes out to see; None if another worker was first."""
        taken = []
        for key in keys(channel, address):
            if key not in self._rows:
                continue
            row = locks.one(self._session, Hold, key)
            if row is None:
                continue
            if row.next_at > self._now:
                self._until[key] = row.next_at
                return None
            if row.on_trial:
                _end(self._session, row)
                del self._rows[key]
                continue
            row.next_at = self._until[key] = self._now + PROBE
            taken.append(key)
        return tuple(taken)


def keys(channel: str, address: str) -> tuple[str, ...]:
    """Under which keys a hold may stand for this address: the channel, and its domain."""
    domain = domain_of(channel, address)
    return (f"{channel}:", f"{channel}:{domain}") if domain else (f"{channel}:",)


def domain_of(channel: str, address: str) -> str:
    return address.rpartition("@")[2].lower()[:253] if channel == "email" else ""


def hold(
    session: Session, message: Message, outcome: Outcome, now: datetime, *, reported: bool
) -> None:
    """Hold what this refusal is about. One that stands already waits longer."""
    channel = message.channel
    domain = "" if outcome.holds == RELAY else domain_of(channel, message.address)
    _hold(session, channel, domain, outcome, now, reported)
    if domain and _everywhere(session, channel, now):
        _hold(session, channel, "", outcome, now, reported)


def _hold(
    session: Session, channel: str, domain: str, outcome: Outcome, now: datetime, reported: bool
) -> None:
    key = f"{channel}:{domain}"
    cause, code = outcome.cause or "relay_refuses", outcome.code.rpartition(":")[2][:40]
    fresh: dict[str, Any] = {
        "key": key, "channel": channel, "domain": domain, "cause": cause, "code": code,
        "reported": reported, "on_trial": False, "tries": 1, "since": now,
        "next_at": now + FIRST[not domain],
    }  # fmt: skip
    made = session.execute(
        upsert(Hold).values(**fresh).on_conflict_do_nothing().returning(Hold.key)
    ).first()
    if made is not None:
        scope = "domain" if domain else "channel"
        log.error("channel_held", channel=channel, scope=scope, cause=cause, code=code)
        return
    session.flush()
    row = locks.one(session, Hold, key)
    if row is None:
        return
    if row.on_trial or row.next_at <= now + PROBE:  # else several left before the first came back
        row.tries += 1
        row.next_at = now + pause(row.tries, whole=not domain)
    row.cause, row.code, row.on_trial, row.reported = cause, code, False, row.reported or reported


def pause(tries: int, *, whole: bool) -> timedelta:
    """How long to wait after so many refusals."""
    return min(FIRST[whole] * (1 << min(tries - 1, 8)), LONGEST[whole])


def settle(session: Session, taken: Iterable[str], outcome: Outcome, now: datetime) -> None:
    """What the one message that was let through says about the holds it went out under."""
    if outcome.holds:
        return
    for key in taken:
        row = locks.one(session, Hold, key)
        if row is None:
            continue
        if outcome.status not in REACHED:
            row.next_at = now + pause(row.tries, whole=not row.domain)
        elif row.reported:
            row.on_trial, row.next_at = True, now + TRIAL
        else:
            _end(session, row)


def _end(session: Session, row: Hold) -> None:
    scope = "domain" if row.domain else "channel"
    log.info("channel_released", channel=row.channel, scope=scope, cause=row.cause)
    session.execute(delete(Hold).where(Hold.key == row.key))
    session.expunge(row)


def _everywhere(session: Session, channel: str, now: datetime) -> bool:
    since = now - timedelta(hours=1)
    first, count = session.execute(
        select(func.min(Hold.since), func.count()).where(
            Hold.channel == channel, Hold.domain != "", Hold.since > since
        )
    ).one()
    if count < MANY_DOMAINS:
        return False
    taken = select(Message.id).where(
        Message.channel == channel,
        Message.sent_at >= clock.aware(first),
        Message.status.in_((status.SENT, status.DELIVERED)),
    )
    return session.scalar(taken.limit(1)) is None


@transaction
def release(channel: str, domain: str | None = None) -> int:
    """Lift the holds of a channel, or the one of a domain. Returns how many there were."""
    with unit_of_work() as work:
        wanted = select(Hold).where(Hold.channel == channel)
        if domain is not None:
            wanted = wanted.where(Hold.domain == domain.lower())
        rows = locks.entities(work.session, Hold, wanted)
        for row in rows:
            _end(work.session, row)
        work.ring("send")
        work.commit()
    return len(rows)


def listed() -> list[HoldStatus]:
    """What is held, the whole channels first. Reads only."""
    return [
        HoldStatus(
            row.channel, row.domain, row.cause, row.code, sentence(row.cause), row.tries,
            row.since, row.next_at,
        )
        for row in db.session.scalars(select(Hold).order_by(Hold.channel, Hold.domain))
    ]  # fmt: skip


def counted() -> dict[str, dict[str, Any]]:
    """What is held by channel, without naming domains: since when, why, of how many domains."""
    found: dict[str, dict[str, Any]] = {}
    for one in listed():
        told = found.setdefault(
            one.channel, {"whole": False, "domains": 0, "causes": [], "since": clock.iso(one.since)}
        )
        told["whole"] = told["whole"] or not one.domain
        told["domains"] += bool(one.domain)
        told["since"] = min(told["since"], clock.iso(one.since))
        if one.cause not in told["causes"]:
            told["causes"].append(one.cause)
    return found


def sentence(cause: str) -> str:
    """What a cause means, for people."""
    known = CAUSES.get(cause)
    return known.sentence if known else "The provider refuses our set-up."
