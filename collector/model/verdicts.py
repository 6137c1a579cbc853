"""The judgement of a response: append-only, the newest holds. Written by `integrity/judge.py`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from collector.model.base import Base, Id, Json, UTCDateTime, id_column


class Verdict(Base):
    """One judgement. `published` is the export's queue: each verdict leaves as a revision.

    `reasons` is a list of codes, never empty for anything but `clean`; `evidence` holds for each
    code the figures behind it; `response_version` is the fold that was judged.
    """

    __tablename__ = "verdicts"
    __table_args__ = (
        UniqueConstraint("response_id", "number"),
        CheckConstraint("verdict IN ('clean', 'suspect', 'rejected')", name="verdict"),
        Index(
            "ix_verdicts_unpublished",
            "created_at",
            "id",
            sqlite_where=text("published = 0"),
            postgresql_where=text("NOT published"),
        ),
    )

    id: Mapped[str] = id_column("vrd_…")
    response_id: Mapped[str] = mapped_column(Id, ForeignKey("responses.id"))
    number: Mapped[int] = mapped_column(Integer)
    response_version: Mapped[int] = mapped_column(Integer)
    verdict: Mapped[str] = mapped_column(String(10))
    weight: Mapped[float] = mapped_column(Float)
    reasons: Mapped[list[Any]] = mapped_column(Json, default=list)
    evidence: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    checks_version: Mapped[str] = mapped_column(String(20))
    judged_by: Mapped[str] = mapped_column(String(60), default="checks")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published: Mapped[bool] = mapped_column(Boolean, default=False)
