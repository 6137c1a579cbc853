"""The case that a low score opens. Written by `followups/open.py` and `followups/close.py`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from collector.model.base import Base, Id, UTCDateTime, id_column


class FollowUp(Base):
    """One case for one response: somebody owns it, it has a deadline, it ends with an outcome."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'closed')", name="status"),
        Index(None, "status", "due_at"),
    )

    id: Mapped[str] = id_column("fup_…")
    response_id: Mapped[str] = mapped_column(Id, ForeignKey("responses.id"), unique=True)
    owner: Mapped[str] = mapped_column(String(100), default="")
    status: Mapped[str] = mapped_column(String(10), default="open")
    outcome: Mapped[str] = mapped_column(String(200), default="")
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
