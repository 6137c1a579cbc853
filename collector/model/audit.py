"""Who changed what, when and why: an append-only log, kept in the same transaction as the change.

Written by the verbs that change surveys and rules (`surveys/versions.py`, `rules/apply.py`)
through `append`; read by `surveys/history.py`. Entries about one object are numbered without gaps,
so that one taken out by hand leaves a hole that shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Integer, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from collector import clock
from collector.errors import InvalidInput
from collector.model.base import Base, Json, UTCDateTime, id_column
from collector.model.ids import new_id

MAX_BY, MAX_REASON = 100, 500


class AuditEntry(Base):
    """One change. `details` holds what differs and, for a rule, its status before and after."""

    __tablename__ = "audit_log"
    __table_args__ = (UniqueConstraint("kind", "key", "number"), Index(None, "at"))

    id: Mapped[str] = id_column("aud_…")
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(64))
    number: Mapped[int] = mapped_column(Integer)
    action: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(String(MAX_BY))
    reason: Mapped[str] = mapped_column(String(MAX_REASON))
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change, and why. A change that touches what is live needs a `reason`."""

    by: str
    reason: str = ""


SERVICE = Author("collector", "taken into use by the service itself")


def author(by: str, reason: str = "") -> Author:
    """An author from outside. Raises InvalidInput (`bad_author`, `bad_reason`)."""
    by, reason = by.strip(), reason.strip()
    if not by or len(by) > MAX_BY or not by.isprintable():
        raise InvalidInput(
            f"Say who makes the change, in at most {MAX_BY} characters.", code="bad_author"
        )
    if len(reason) > MAX_REASON or not reason.replace("\n", " ").isprintable():
        raise InvalidInput(
            f"The reason is one text of at most {MAX_REASON} characters.",
            code="bad_reason", pointer="/reason",
        )  # fmt: skip
    return Author(by, reason)


def append(
    session: Session,
    who: Author,
    kind: str,
    key: str,
    action: str,
    version: int,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add an entry within the caller's transaction, which commits it together with the change.

    Two at once for the same object collide: sqlalchemy's IntegrityError when they are written.
    """
    newest = select(func.max(AuditEntry.number)).where(
        AuditEntry.kind == kind, AuditEntry.key == key
    )
    session.add(
        AuditEntry(
            id=new_id("aud"),
            kind=kind,
            key=key,
            number=(session.execute(newest).scalar_one() or 0) + 1,
            action=action,
            version=version,
            by=who.by,
            reason=who.reason,
            details=dict(details or {}),
            at=clock.now(),
        )
    )
