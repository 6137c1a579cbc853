"""Looking at suppressions: listed with masked addresses, and one explained. Reads only.

Used by the API, `collector suppressions` and `lift.py`. Those from before causes were kept have the
cause that the code of their message tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from channels import status
from channels.email import causes
from collector import clock
from collector.errors import NotFound
from collector.invitations.optouts import suppressions, troubles
from collector.model.base import db
from collector.model.invitations import Message
from collector.model.people import Suppression
from collector.model.sql.paging import MAX_PAGE, USUAL

NOT_KEPT: Final = "not_kept"
WHY: Final = {
    "stop": "The person said stop.",
    "unsubscribe": "The person unsubscribed.",
    "complaint": "The person called our mail spam.",
    "undeliverable": "A provider said that nothing can be delivered there.",
    "bounce": "A provider said that nothing can be delivered there.",
    "invalid": "This is no address.",
    "soft_bounces": "On several days in a row nothing could be delivered there.",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which suppressions. Empty: any."""

    channel: str = ""
    reason: str = ""
    cause: str = ""
    code: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SuppressionView:
    """One suppression; the address is masked."""

    id: str
    channel: str
    address: str
    reason: str
    cause: str
    code: str
    since: datetime
    sentence: str
    liftable: str  # reason | person_asked


def page(wanted: Wanted, before: str = "", limit: int = USUAL) -> list[SuppressionView]:
    """The newest first; `before` is the last id of the page before."""
    return [_view(row, *_why(row)) for row in _rows(wanted, (), before, min(limit, MAX_PAGE))]


def chosen(wanted: Wanted, reasons: Sequence[str], most: int) -> list[SuppressionView]:
    """All that fit, of these reasons."""
    return [_view(row, *_why(row)) for row in _rows(wanted, reasons, "", most)]


def get(suppression_id: str) -> SuppressionView:
    """One by its id. Raises NotFound."""
    row = db.session.get(Suppression, suppression_id)
    if row is None:
        raise NotFound("There is no such suppression.", code="unknown_suppression")
    return _view(row, *_why(row))


def of_address(channel: str, address: str) -> SuppressionView | None:
    """The suppression of an address, if there is one."""
    row = db.session.scalar(
        select(Suppression).where(
            Suppression.channel == channel,
            Suppression.address == suppressions.canonical(channel, address),
        )
    )
    return _view(row, *_why(row)) if row else None


def failing_days(channel: str, address: str) -> int:
    """On how many days an address took nothing since it last did."""
    return troubles.count(db.session(), channel, address, clock.now())


def masked(channel: str, address: str) -> str:
    """Enough to recognise by whoever knows it: `a…@customer.example`, `+1…42`."""
    if channel == "email":
        local, _, domain = address.rpartition("@")
        return f"{local[:1]}…@{domain}"
    return f"{address[:2]}…{address[-2:]}" if len(address) > 6 else "…"


def _rows(wanted: Wanted, reasons: Sequence[str], before: str, limit: int) -> list[Suppression]:
    query = select(Suppression).order_by(Suppression.id.desc())
    if wanted.channel:
        query = query.where(Suppression.channel == wanted.channel)
    if wanted.reason or reasons:
        query = query.where(Suppression.reason.in_([wanted.reason] if wanted.reason else reasons))
    if reasons:
        query = query.where(Suppression.reason.in_(reasons))
    if wanted.since:
        query = query.where(Suppression.created_at >= wanted.since)
    if wanted.until:
        query = query.where(Suppression.created_at < wanted.until)
    if before:
        query = query.where(Suppression.id < before)
    if not (wanted.cause or wanted.code):
        return list(db.session.scalars(query.limit(limit)))
    found: list[Suppression] = []
    for row in db.session.scalars(query.execution_options(yield_per=500)):
        cause, code = _why(row)
        if wanted.cause in ("", cause) and wanted.code in ("", code, *code.split(" ")):
            found.append(row)
            if len(found) == limit:
                break
    return found


def _why(row: Suppression) -> tuple[str, str]:
    """(cause, code), those from before read from the message that came back."""
    if row.cause or row.code or row.reason not in suppressions.UNDELIVERABLE:
        return row.cause, row.code
    code = db.session.scalar(
        select(Message.code)
        .where(
            Message.channel == row.channel,
            Message.address.in_([row.address]),
            Message.status.in_((status.FAILED, status.BOUNCED)),
        )
        .order_by(Message.claimed_at.desc())
        .limit(1)
    )
    if not code:
        return NOT_KEPT, ""
    if row.channel != "email":
        return NOT_KEPT, code
    read = causes.quoted(code, "")
    return (NOT_KEPT if read.cause == "unknown" else read.cause), code


def _view(row: Suppression, cause: str, code: str) -> SuppressionView:
    said = WHY.get(row.reason, "This address must not be written to.")
    known = causes.CAUSES.get(cause)
    if known and row.reason in suppressions.UNDELIVERABLE:
        said = f"{said} {known.sentence}"
    own = row.reason in suppressions.UNDELIVERABLE
    return SuppressionView(
        row.id, row.channel, masked(row.channel, row.address), row.reason, cause, code,
        row.created_at, said, "reason" if own else "person_asked",
    )  # fmt: skip
