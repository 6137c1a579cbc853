"""What is asked: a survey's versions. Written by `surveys/apply.py`; versions never change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collector.model.base import Base, Json, UTCDateTime, id_column


class SurveyVersion(Base):
    """One immutable version of a survey. `definition` is the checked YAML object as JSON.

    The current version of a survey is the one with the highest `version` for its `key`.
    """

    __tablename__ = "survey_versions"
    __table_args__ = (UniqueConstraint("key", "version"),)

    id: Mapped[str] = id_column("srv_…")
    key: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(Integer)
    metric: Mapped[str] = mapped_column(String(10))
    definition: Mapped[dict[str, Any]] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
