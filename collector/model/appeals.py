"""What people contest, and what a reviewer ruled. Written by the verbs of `integrity/appeals/`.

An appeal is about a response or about a finding. Rulings are append-only: the newest that is not
`stands` holds against every later judgement (`integrity/rulings.py`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from collector.model.base import Base, Id, Json, UTCDateTime, id_column

ONE = "(response_id IS NULL) <> (finding_id IS NULL)"


class Appeal(Base):
    """One appeal: open, then upheld, dismissed or withdrawn; at most one open about each thing.

    `contested` is what held when it was opened: verdict, weight, reasons, score, verdict number.
    `subjects` are the ids of those whom it is about, as they were then: `{role: [ids]}`.
    """

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'upheld', 'dismissed', 'withdrawn')", name="state"),
        CheckConstraint(ONE, name="about"),
        Index(
            "uq_appeals_open_response",
            "response_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "uq_appeals_open_finding",
            "finding_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(None, "response_id"),
        Index(None, "state", "id"),
    )

    id: Mapped[str] = id_column("apl_…")
    response_id: Mapped[str | None] = mapped_column(Id, ForeignKey("responses.id"))
    finding_id: Mapped[str | None] = mapped_column(Id)
    ground: Mapped[str] = mapped_column(String(30))
    statement: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(10), default="open")
    contested: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    subjects: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    idempotency_key: Mapped[str] = mapped_column(String(80), unique=True)
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Ruling(Base):
    """What a reviewer decided, with the reasons.

    `outcome`: `stands` (the appeal is dismissed), of a response `counts`, `company_only` or
    `set_aside`, of a finding `confirmed` or `cleared`. `score` is the score that was ruled on: a
    ruling about an answer that the customer changed afterwards does not hold for the new one.
    """

    __tablename__ = "rulings"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('stands', 'counts', 'company_only', 'set_aside', 'confirmed', 'cleared')",
            name="outcome",
        ),
        CheckConstraint(ONE, name="about"),
        Index(None, "response_id"),
        Index(None, "finding_id"),
    )

    id: Mapped[str] = id_column("rlg_…")
    appeal_id: Mapped[str | None] = mapped_column(Id, ForeignKey("appeals.id"), unique=True)
    response_id: Mapped[str | None] = mapped_column(Id, ForeignKey("responses.id"))
    finding_id: Mapped[str | None] = mapped_column(Id)
    outcome: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500))
    by: Mapped[str] = mapped_column(String(100))
    score: Mapped[int | None] = mapped_column(Integer)
    idempotency_key: Mapped[str] = mapped_column(String(80), unique=True)
    ruled_at: Mapped[datetime] = mapped_column(UTCDateTime)
