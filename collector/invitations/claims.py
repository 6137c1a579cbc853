"""Takes due invitations for sending: one transaction that claims them and writes their attempts.

Called by `send` only. Once it has committed, every claimed invitation has a message row, so a
worker that dies from here on leaves a trace for `reconcile`. Consent and suppressions are asked
for again in this transaction: much may have been said since the decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from channels import status
from channels.base import Channel
from collector import clock
from collector.invitations import schedule, suppressions
from collector.invitations.compose import Ask
from collector.invitations.drafts import draft
from collector.invitations.schedule import (
    CONFIGURATION,
    CONFIGURATION_BACKOFF,
    NOT_SENT,
    OURS,
    Reach,
)
from collector.invitations.transports import channels
from collector.model.base import unit_of_work
from collector.model.ids import derived_id
from collector.model.invitations import CANCELLED, FAILED, SENDING, WAITING, Invitation, Message
from collector.model.people import Consent, Person
from collector.triggers.gates import UNDELIVERABLE

AT_MOST_ONCE_BATCH: Final = 20
"""So few, because after a crash the provider is asked about every one that was claimed."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A claimed invitation's attempt. `spent` counts the refused ones on this channel, with it."""

    invitation_id: str
    message_id: str
    spent: int
    ask: Ask


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one claim took: attempts to make, and how many invitations were dealt with without."""

    attempts: tuple[Attempt, ...]
    without: int
    misconfigured: int


def due(now: datetime) -> ColumnElement[bool]:
    """Which invitations may be sent at this moment. None is sent after it lapsed."""
    return and_(Invitation.status == WAITING, Invitation.due_at <= now, Invitation.lapses_at > now)


def claim(limit: int) -> Claimed:
    """Claim up to `limit` due invitations. Two workers at once get different ones."""
    with unit_of_work() as work:
        now = clock.now()
        # The lock makes this the compare-and-set: whoever holds the row while it is `waiting` is
        # the only one to change it. On SQLite the unit of work itself is the lock.
        rows = work.session.scalars(
            select(Invitation)
            .where(due(now))
            .order_by(Invitation.due_at, Invitation.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        claimed = _take(work.session, rows, now)
        work.commit()
    return claimed


def _take(session: Session, rows: Sequence[Invitation], now: datetime) -> Claimed:
    known = channels()
    reaches = _reaches(session, rows, known)
    earlier = _earlier(session, rows)
    chosen: list[tuple[Invitation, Message, int]] = []
    without = misconfigured = careful = 0
    for row in rows:
        choice = schedule.choose(row.step, row.channels, reaches[row.person_id])
        if choice.step is None:
            _set_aside(row, choice, now)
            without += 1
            misconfigured += choice.code == CONFIGURATION
            continue
        kind = row.channels[choice.step]
        if known[kind].at_most_once:
            if careful == AT_MOST_ONCE_BATCH:
                continue  # stays waiting, for the next batch or another worker
            careful += 1
        attempt, spent = earlier.get((row.id, kind), (0, 0))
        row.step, row.status, row.claimed_at = choice.step, SENDING, now
        message = Message(
            id=derived_id("msg", now, row.id, kind, str(attempt + 1)),
            invitation_id=row.id,
            channel=kind,
            attempt=attempt + 1,
            address=reaches[row.person_id][kind].address,
            status=status.CLAIMED,
            claimed_at=now,
        )
        session.add(message)
        chosen.append((row, message, spent + 1))
    attempts = tuple(
        Attempt(row.id, message.id, spent, draft(row, message)) for row, message, spent in chosen
    )
    return Claimed(attempts, without, misconfigured)


def _set_aside(row: Invitation, choice: schedule.Choice, now: datetime) -> None:
    if choice.move == "wait":
        row.due_at = now + CONFIGURATION_BACKOFF
    else:
        row.status = CANCELLED if choice.move == "cancel" else FAILED


def _reaches(
    session: Session, rows: Sequence[Invitation], known: Mapping[str, Channel]
) -> dict[str, dict[str, Reach]]:
    """For each person, what holds on each channel that their invitations name."""
    people = {
        person.id: person
        for person in session.scalars(
            select(Person)
            .where(Person.id.in_({row.person_id for row in rows}))
            .execution_options(populate_existing=True)
        )
    }
    addresses = {person.id: _addresses(person) for person in people.values()}
    suppressed = suppressions.among(
        session, (point for points in addresses.values() for point in points.items())
    )
    kinds = {kind for row in rows for kind in row.channels}
    return {
        id: {
            kind: _reach(person, kind, addresses[id].get(kind, ""), kind in known, suppressed)
            for kind in kinds
        }
        for id, person in people.items()
    }


def _reach(
    person: Person,
    kind: str,
    address: str,
    available: bool,
    suppressed: Mapping[tuple[str, str], str],
) -> Reach:
    why = suppressed.get((kind, suppressions.canonical(kind, address)), "")
    undeliverable = why in UNDELIVERABLE
    unwanted = denied(person.consents, kind) or bool(why and not undeliverable)
    return Reach(available, "" if undeliverable else address, unwanted)


def _addresses(person: Person) -> dict[str, str]:
    return {"inapp": person.ref} | {point.channel: point.address for point in person.contacts}


def denied(consents: Iterable[Consent], kind: str) -> bool:
    """Has the person said no to this channel, or to all? (As the gate `consent` reads it.)"""
    return any(one.state == "denied" for one in consents if one.channel in (kind, "any"))


def _earlier(
    session: Session, rows: Sequence[Invitation]
) -> dict[tuple[str, str], tuple[int, int]]:
    """(invitation, channel) → the last attempt's number, and how many the provider refused."""
    refused = and_(Message.status == NOT_SENT, Message.code.not_like(f"{OURS}%"))
    found = session.execute(
        select(
            Message.invitation_id,
            Message.channel,
            func.max(Message.attempt),
            func.sum(case((refused, 1), else_=0)),
        )
        .where(Message.invitation_id.in_([row.id for row in rows]))
        .group_by(Message.invitation_id, Message.channel)
    )
    return {(id, kind): (int(last), int(spent)) for id, kind, last, spent in found}
