"""The numbered feeds that downstream reads. Each has one writer at a time: `exports/publish.py` of
responses, `exports/invited/publish.py` of invitations.

`number` is given under a lock on the head row, to rows of committed transactions: a reader
that remembers the last number it saw can never be overtaken by a lower one. Reading by plain id
loses rows under concurrent writers (tests/exports/test_sequence.py shows how).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from collector.model.base import Base, Id, Json, UTCDateTime


class FeedHead(Base):
    """The last number given. A row for each dataset (`exports/catalog.py`), made by migrations; its
    lock is that dataset's sequencer.

    `feed_id` is part of every position that a reader keeps; a restored backup gets another one
    (`exports/new_feed.py`).
    """

    __tablename__ = "feed_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    last_number: Mapped[int] = mapped_column(BigInteger)
    feed_id: Mapped[str] = mapped_column(Id, server_default="")


class Revision(Base):
    """One row of the `responses` dataset at one revision. Columns are the public schema's.

    `kind` is `answer` or `tombstone`. `exports/datasets.py` documents every column.
    """

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("response_id", "revision"),
        Index(None, "survey", "occurred_at"),
        CheckConstraint("kind IN ('answer', 'tombstone')", name="kind"),
    )

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    response_id: Mapped[str] = mapped_column(Id, ForeignKey("responses.id"))
    revision: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(10))
    survey: Mapped[str] = mapped_column(String(64))
    survey_version: Mapped[int] = mapped_column(Integer)
    metric: Mapped[str] = mapped_column(String(10))
    scale_low: Mapped[int] = mapped_column(Integer)
    scale_high: Mapped[int] = mapped_column(Integer)
    direction: Mapped[str] = mapped_column(String(20))
    score: Mapped[int | None] = mapped_column(Integer)
    band: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12))
    comment: Mapped[str | None] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(String(10))
    weight: Mapped[float] = mapped_column(Float)
    reasons: Mapped[list[Any]] = mapped_column(Json)
    checks_version: Mapped[str] = mapped_column(String(20))
    taps: Mapped[int] = mapped_column(Integer)
    channel: Mapped[str] = mapped_column(String(10))
    locale: Mapped[str] = mapped_column(String(35))
    invited_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)
    invitation_id: Mapped[str] = mapped_column(Id)
    person_id: Mapped[str] = mapped_column(Id)
    rule: Mapped[str] = mapped_column(String(64))
    rule_version: Mapped[int] = mapped_column(Integer)
    event_source: Mapped[str] = mapped_column(String(100))
    event_id: Mapped[str] = mapped_column(String(200))
    event_type: Mapped[str] = mapped_column(String(100))
    occurred_at: Mapped[datetime] = mapped_column(UTCDateTime)
    subjects: Mapped[dict[str, Any]] = mapped_column(Json)
    appeal: Mapped[str] = mapped_column(String(10), default="", server_default="")
    counts_for: Mapped[str] = mapped_column(String(10), default="all", server_default="all")


class InvitationRevision(Base):
    """One row of the `invitations` dataset at one revision. Columns are the public schema's.

    `kind` is `invitation` or `tombstone`. `exports/invited/columns.py` documents every column.
    """

    __tablename__ = "invitation_revisions"
    __table_args__ = (
        UniqueConstraint("invitation_id", "revision"),
        CheckConstraint("kind IN ('invitation', 'tombstone')", name="kind"),
    )

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    invitation_id: Mapped[str] = mapped_column(Id, ForeignKey("invitations.id"))
    revision: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(10))
    survey: Mapped[str] = mapped_column(String(64))
    survey_version: Mapped[int] = mapped_column(Integer)
    metric: Mapped[str] = mapped_column(String(10))
    rule: Mapped[str] = mapped_column(String(64))
    rule_version: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(10))
    held_back: Mapped[str] = mapped_column(String(40))
    channels: Mapped[list[Any]] = mapped_column(Json)
    channel: Mapped[str] = mapped_column(String(10))
    locale: Mapped[str] = mapped_column(String(35))
    invited_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lapses_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    messages: Mapped[int] = mapped_column(Integer)
    handed_over: Mapped[int] = mapped_column(Integer)
    by_channel: Mapped[list[Any]] = mapped_column(Json)
    response_id: Mapped[str] = mapped_column(Id)
    person_id: Mapped[str] = mapped_column(Id)
    event_source: Mapped[str] = mapped_column(String(100))
    event_id: Mapped[str] = mapped_column(String(200))
    event_type: Mapped[str] = mapped_column(String(100))
    occurred_at: Mapped[datetime] = mapped_column(UTCDateTime)
    subjects: Mapped[dict[str, Any]] = mapped_column(Json)
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)
