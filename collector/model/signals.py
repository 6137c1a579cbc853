"""Independent evidence about interactions: complaints, refunds, QA scores, repeat contacts.

Append-only; written by `integrity/inputs/signals/receive.py`. A signal may come before its event
does, so it names the event by the sender's own key and not by a reference.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Float, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collector.model.base import Base, Json, UTCDateTime, id_column


class Signal(Base):
    """One signal, accepted once: (source, signal_id) is the sender's key.

    `event_source` and `event_id` name the interaction (both empty where it is about an agent only),
    `agent_id` who did the work ('' where unknown). `value` is on the sender's own scale; the digest
    tells the same key with other contents apart.
    """

    __tablename__ = "signals"
    __table_args__ = (
        UniqueConstraint("source", "signal_id"),
        CheckConstraint("event_id <> '' OR agent_id <> ''", name="about"),
        Index(None, "event_source", "event_id"),
        Index(None, "agent_id", "at"),
        Index(None, "received_at"),
    )

    id: Mapped[str] = id_column("sig_…")
    source: Mapped[str] = mapped_column(String(100))
    signal_id: Mapped[str] = mapped_column(String(200))
    type: Mapped[str] = mapped_column(String(40))
    event_source: Mapped[str] = mapped_column(String(100), default="")
    event_id: Mapped[str] = mapped_column(String(200), default="")
    agent_id: Mapped[str] = mapped_column(String(200), default="")
    value: Mapped[float | None] = mapped_column(Float)
    tags: Mapped[list[Any]] = mapped_column(Json, default=list)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    digest: Mapped[str] = mapped_column(String(64))
