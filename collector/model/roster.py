"""Who works where, and with which contact points (keyed hashes only).

Written by `integrity/inputs/roster/replace.py`: an entry that a new roster no longer holds is given
a `delisted_at`, never deleted, so that the roster of any past moment can be told.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from collector.model.base import Base, Json, UTCDateTime, id_column


class RosterEntry(Base):
    """One stint of one member of staff. The roster of now: the rows without a `delisted_at`.

    `contacts` are fingerprints with the purpose `contact`, equal to `Tap.contact_hash` of the same
    address. `role`: agent or supervisor (of the team, or of the store where no team is named).
    `active_from` and `active_to` are days, both included; empty means open.
    """

    __tablename__ = "roster"
    __table_args__ = (
        UniqueConstraint("digest", "listed_at"),
        CheckConstraint("role IN ('agent', 'supervisor')", name="role"),
        Index(
            "ix_roster_current",
            "agent_id",
            sqlite_where=text("delisted_at IS NULL"),
            postgresql_where=text("delisted_at IS NULL"),
        ),
    )

    id: Mapped[str] = id_column("ros_…")
    agent_id: Mapped[str] = mapped_column(String(200))
    team_id: Mapped[str] = mapped_column(String(200), default="")
    store_id: Mapped[str] = mapped_column(String(200), default="")
    role: Mapped[str] = mapped_column(String(10), default="agent")
    contacts: Mapped[list[Any]] = mapped_column(Json, default=list)
    active_from: Mapped[date | None] = mapped_column(Date)
    active_to: Mapped[date | None] = mapped_column(Date)
    digest: Mapped[str] = mapped_column(String(64))
    listed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    delisted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
