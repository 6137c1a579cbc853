"""When to ask whom: rules and their immutable versions. Written by `rules/apply.py`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from collector.model.base import Base, Id, Json, UTCDateTime, id_column


class Rule(Base):
    """A rule by its key, and which version of it holds. `event_type` is the index of live rules."""

    __tablename__ = "rules"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'live', 'paused')", name="status"),
        Index(None, "event_type", "status"),
    )

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    status: Mapped[str] = mapped_column(String(10))
    event_type: Mapped[str] = mapped_column(String(100))
    version_id: Mapped[str] = mapped_column(Id, ForeignKey("rule_versions.id"))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)

    version: Mapped[RuleVersion] = relationship(lazy="joined")


class RuleVersion(Base):
    """One immutable version of a rule. `definition` is the checked YAML object as JSON."""

    __tablename__ = "rule_versions"
    __table_args__ = (UniqueConstraint("key", "version"),)

    id: Mapped[str] = id_column("rul_…")
    key: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(Integer)
    definition: Mapped[dict[str, Any]] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
