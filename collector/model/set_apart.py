"""Rows that a stage could not deal with: how often it was tried, why not, and when it is again.

Written by `batches.py` and `collector set-apart`. The row itself stays as it is where it is.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from collector.model.base import Base, UTCDateTime


class SetApart(Base):
    """A row over which a stage fell. While this is here, no batch of that stage takes the row.

    Until `set_apart_at` it is tried again alone, from `retry_at` on; after that it waits for a
    person. `stage` is a task's name, `row_id` the id by which that stage takes rows, `reason` what
    was raised and where, without values.
    """

    __tablename__ = "set_apart"
    __table_args__ = (
        Index(
            "ix_set_apart_waiting",
            "stage",
            "set_apart_at",
            sqlite_where=text("set_apart_at IS NOT NULL"),
            postgresql_where=text("set_apart_at IS NOT NULL"),
        ),
    )

    stage: Mapped[str] = mapped_column(String(20), primary_key=True)
    row_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    tries: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(Text)
    first_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_at: Mapped[datetime] = mapped_column(UTCDateTime)
    retry_at: Mapped[datetime] = mapped_column(UTCDateTime)
    set_apart_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
