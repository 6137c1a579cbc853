"""Who may call: API keys (hashed, shown once) and the sites that may carry the widget.

Written by `commands/operating/keys.py`; read by `web/auth.py`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from collector.model.base import Base, Json, UTCDateTime, id_column


class ApiKey(Base):
    """A bearer token's SHA-256 and what it may do. The token itself is never stored."""

    __tablename__ = "api_keys"

    id: Mapped[str] = id_column("key_…")
    name: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[Any]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Site(Base):
    """A product that carries the widget: a write-only public key and the origins it may speak from.

    `event_types` are those that its pages may report (`collector('track', …)`); none by default.
    The identity secret of a site is derived from the service's keys, so it is not stored.
    """

    __tablename__ = "sites"

    id: Mapped[str] = id_column("sit_…")
    name: Mapped[str] = mapped_column(String(100))
    public_key: Mapped[str] = mapped_column(String(60), unique=True)
    origins: Mapped[list[Any]] = mapped_column(Json)
    event_types: Mapped[list[Any]] = mapped_column(Json, default=list, server_default="[]")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
