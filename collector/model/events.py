"""What happened, and what every listening rule decided about it.

Events are written by `intake/receive.py`, decisions by `triggers/decide.py`. Decisions are the
denominator of every KPI and the answer to "why was I not asked?": none is changed or deleted. What
overtakes one later (a person withholds the ask, the order comes back) is a decision with the next
number.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from collector.model.base import Base, Id, Json, UTCDateTime, id_column


class Event(Base):
    """Something that happened to a person, accepted once: (source, event_id) is the caller's key.

    `subjects` maps a role (agent, team, store, product, order) to
    `{"id": …, "credited": …}` as they were at that moment: who did the work, who is credited.
    `contacts` maps a channel to the fingerprint of the address that was on file then.
    `digest` is of the accepted body, so that the same key with another body is told apart.
    """

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("source", "event_id"),
        CheckConstraint("status IN ('new', 'decided')", name="status"),
        Index(
            "ix_events_new",
            "received_at",
            sqlite_where=text("status = 'new'"),
            postgresql_where=text("status = 'new'"),
        ),
        Index(None, "type", "occurred_at"),
        Index(None, "occurred_at"),
    )

    id: Mapped[str] = id_column("evt_…")
    source: Mapped[str] = mapped_column(String(100))
    event_id: Mapped[str] = mapped_column(String(200))
    type: Mapped[str] = mapped_column(String(100))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    occurred_at: Mapped[datetime] = mapped_column(UTCDateTime)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    context: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    subjects: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    contacts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, server_default="{}")
    digest: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(10), default="new")


class Decision(Base):
    """What one rule decided about one event, and the facts that it saw; the highest number holds.

    `ask_at` is when an invited person was to be asked: the caps count from it.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("event_id", "rule_key", "number"),
        CheckConstraint("outcome IN ('invited', 'held_back')", name="outcome"),
        Index(None, "person_id", "outcome", "decided_at"),
    )

    id: Mapped[str] = id_column("dec_…")
    event_id: Mapped[str] = mapped_column(Id, ForeignKey("events.id"))
    rule_key: Mapped[str] = mapped_column(String(64))
    number: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    rule_version_id: Mapped[str] = mapped_column(Id, ForeignKey("rule_versions.id"))
    survey_key: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    outcome: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    ask_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)


class QuotaUse(Base):
    """How many people of a segment a rule has invited in a period (`day:2026-03-02`)."""

    __tablename__ = "quota_uses"

    rule_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    period: Mapped[str] = mapped_column(String(20), primary_key=True)
    segment: Mapped[str] = mapped_column(String(100), primary_key=True)
    used: Mapped[int] = mapped_column(Integer)


class LeftOut(Base):
    """How often what was sent could not be kept, counted by day, key and reason.

    Senders do not always look at the answer; whoever runs the service finds it here. `kind` is
    `refused` (nothing was kept), `cut` (kept without that value) or `unheard` (kept, but no live
    rule listens to a type that is nearly one: `field`). Nothing of what was sent is in here.
    """

    __tablename__ = "left_out"
    __table_args__ = (CheckConstraint("kind IN ('refused', 'cut', 'unheard')", name="kind"),)

    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    api_key_id: Mapped[str] = mapped_column(Id, ForeignKey("api_keys.id"), primary_key=True)
    way: Mapped[str] = mapped_column(String(12), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    field: Mapped[str] = mapped_column(String(100), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[datetime] = mapped_column(UTCDateTime)
