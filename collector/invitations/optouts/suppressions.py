"""Addresses that must not be written to: looked up, added, taken away, inside a verb's transaction.

Used by claims, send, outcomes and optouts. Mail addresses are kept and compared in lower case: the
local part may differ by case in theory (RFC 5321, 2.4), and never does for a person who said stop.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from collector.model.ids import derived_id
from collector.model.people import Suppression
from collector.model.sql.bulk import one_of, upsert

# Reasons that say "cannot be reached"; every other says "does not want to be". (As the gates read
# them, which know of suppressions only by these words.)
UNDELIVERABLE = ("bounce", "undeliverable", "soft_bounces", "invalid")
LIFTED_BY_START = ("stop", "unsubscribe")


def canonical(channel: str, address: str) -> str:
    """The spelling under which an address is suppressed."""
    return address.strip().lower() if channel == "email" else address.strip()


def among(session: Session, points: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Why these (channel, address) are suppressed, by canonical spelling; absent if not."""
    wanted = {(channel, canonical(channel, address)) for channel, address in points if address}
    if not wanted:
        return {}
    found = session.execute(
        select(Suppression.channel, Suppression.address, Suppression.reason).where(
            one_of(Suppression.address, {address for _, address in wanted})
        )
    )
    return {
        (channel, address): reason
        for channel, address, reason in found
        if (channel, address) in wanted
    }


def reason(session: Session, channel: str, address: str) -> str:
    """Why this address is suppressed on this channel; an empty string if it is not."""
    return next(iter(among(session, [(channel, address)]).values()), "")


def add(
    session: Session,
    channel: str,
    address: str,
    reason: str,
    now: datetime,
    *,
    cause: str = "",
    code: str = "",
    about: str = "",
) -> None:
    """Suppress an address; one that already is stays as it was, with its first reason."""
    address = canonical(channel, address)
    session.execute(
        upsert(Suppression)
        .values(
            id=derived_id("sup", now, channel, address),
            channel=channel,
            address=address,
            reason=reason,
            created_at=now,
            cause=cause[:40],
            code=code[:40],
            about=about,
        )
        .on_conflict_do_nothing()
    )


def lift(session: Session, channel: str, address: str) -> None:
    """Take back what the person asked for. A bounce stays: no wish makes a mailbox exist."""
    session.execute(
        delete(Suppression).where(
            Suppression.channel == channel,
            Suppression.address == canonical(channel, address),
            Suppression.reason.in_(LIFTED_BY_START),
        )
    )


def of_message(session: Session, channel: str, address: str, about: str) -> Suppression | None:
    """The suppression that this message led to, if it did."""
    return session.scalar(
        select(Suppression).where(
            Suppression.channel == channel,
            Suppression.address == canonical(channel, address),
            Suppression.about == about,
            Suppression.reason.in_(UNDELIVERABLE),
        )
    )
