"""When to ask whom: rules and their immutable versions; and what a person stopped.

Rules are written by `rules/apply.py`, stops by `rules/survey_status.py` and
`invitations/stops/everything.py`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from collector.model.audit import MAX_BY, MAX_REASON
from collector.model.base import Base, Id, Json, UTCDateTime, id_column

EVERYTHING, SURVEY = "everything", "survey"
ALL: Final = "*"
"""The key of the one row that stops everything."""


class Rule(Base):
    """A rule by its key, and which version of it holds. `event_type` is the index of live rules.

    `filed_status` is what its file said when it was last applied ('' where nobody knows): a file
    that says something else since is a person's word, one that says the same again is not.
    """

    __tablename__ = "rules"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'live', 'paused', 'retired')", name="status"),
        Index(None, "event_type", "status"),
    )

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    status: Mapped[str] = mapped_column(String(10))
    event_type: Mapped[str] = mapped_column(String(100))
    filed_status: Mapped[str] = mapped_column(String(10), default="", server_default="")
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


class Stop(Base):
    """Everything (`kind`) or a survey (by its `key`) is stopped; gone once it is live again."""

    __tablename__ = "stops"
    __table_args__ = (CheckConstraint("status IN ('paused', 'retired')", name="status"),)

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    status: Mapped[str] = mapped_column(String(10))
    by: Mapped[str] = mapped_column(String(MAX_BY))
    reason: Mapped[str] = mapped_column(String(MAX_REASON))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
