"""How sending stands: what a channel spent, whether it is stopped or held, and what came back.

One row a channel in `senders`, made when first used, locked by whoever takes from it, and one in
`holds` for what a provider refuses us. Written by `invitations/senders/channel_status.py`,
`invitations/senders/holds.py`, `invitations/optouts/troubles.py` and
`invitations/optouts/unread.py`. What came back holds no address: a trouble has a keyed fingerprint
of it, and of what was not understood only its shape is kept.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Float, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collector.model.base import Base, Id, UTCDateTime, id_column


class Sender(Base):
    """`segments` were handed over on `day` (UTC, ISO); `tokens` are texts it may send right now.

    `stopped_at` is set when a provider's code says that sending must stop, and stays until a
    person lifts it.
    """

    __tablename__ = "senders"

    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), default="")
    segments: Mapped[int] = mapped_column(Integer, default=0)
    tokens: Mapped[float] = mapped_column(Float, default=0.0)
    filled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    stop_code: Mapped[str] = mapped_column(String(40), default="")


class Hold(Base):
    """A channel, or one domain on it, that waits because our own set-up or standing is refused.

    Nothing goes out there but one message at `next_at`, to see whether it was mended; `tries` were
    refused so far. `on_trial`: one was taken, and a report may still say that it came back. Unlike
    a stop it ends by itself, and nobody's address is blamed for it.
    """

    __tablename__ = "holds"

    key: Mapped[str] = mapped_column(String(270), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10))
    domain: Mapped[str] = mapped_column(String(253), default="")  # empty: the whole channel
    cause: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(40), default="")
    reported: Mapped[bool] = mapped_column(Boolean, default=False)
    on_trial: Mapped[bool] = mapped_column(Boolean, default=False)
    tries: Mapped[int] = mapped_column(Integer, default=1)
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    next_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Trouble(Base):
    """An address took no mail on this day, for a reason that may pass; the first of a day."""

    __tablename__ = "mail_troubles"
    __table_args__ = (UniqueConstraint("address_hash", "day"),)

    id: Mapped[str] = id_column("trb_…")
    address_hash: Mapped[str] = mapped_column(String(32))
    day: Mapped[str] = mapped_column(String(10))  # UTC, ISO
    cause: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(40), default="")
    message_id: Mapped[str] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Unread(Base):
    """A mail or event that came back and led to nothing. `outline` is its shape without addresses;
    the same one again is counted."""

    __tablename__ = "unread_reports"

    id: Mapped[str] = id_column("unr_…")
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    why: Mapped[str] = mapped_column(String(40))
    outline: Mapped[str] = mapped_column(Text)
    times: Mapped[int] = mapped_column(Integer, default=1)
    first_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_at: Mapped[datetime] = mapped_column(UTCDateTime)
