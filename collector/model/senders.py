"""How the sender of each channel stands: what it spent today, how fast it may go, is it stopped.

One row a channel, made when first used, locked by whoever takes from it. Written by
`invitations/channel_status.py`; the rules are in `invitations/rate_limit.py`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Float, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from collector.model.base import Base, UTCDateTime


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
