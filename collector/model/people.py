"""Who is asked: people, where they can be reached, what they agreed to, and addresses never to use.

Written by `intake/receive.py` (people), `invitations/optouts/optout.py` (consent, suppressions).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from collector.model.base import Base, Id, Json, UTCDateTime, id_column


class Person(Base):
    """A customer or an employee. `ref` is the caller's own name for them; never put in a URL.

    `updated_at` is the time of the newest word about them, `said_at` has that of each thing known:
    attributes, contact points, consent, and what of them was taken away (`intake/said_at.py`).
    `paused_until`: until when the person wants to be left alone, by the preference page.
    """

    __tablename__ = "people"
    __table_args__ = (CheckConstraint("kind IN ('customer', 'employee')", name="kind"),)

    id: Mapped[str] = id_column("per_…")
    ref: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(10), default="customer")
    locale: Mapped[str] = mapped_column(String(35), default="")
    timezone: Mapped[str] = mapped_column(String(64), default="")
    attributes: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    said_at: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, server_default=text("'{}'"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    paused_until: Mapped[datetime | None] = mapped_column(UTCDateTime)

    contacts: Mapped[list[ContactPoint]] = relationship(lazy="selectin", order_by="ContactPoint.id")
    consents: Mapped[list[Consent]] = relationship(lazy="selectin", order_by="Consent.id")


class ContactPoint(Base):
    """Where a person can be reached on one channel: an E.164 number or a mail address.

    `changed_at`: since when it has been this one; when it was last said: `Person.said_at`. Written
    to as it is; whether two of them are one is asked without the case of their letters.
    """

    __tablename__ = "contact_points"
    __table_args__ = (
        UniqueConstraint("person_id", "channel"),
        Index(None, "channel", "address"),
        Index("ix_contact_points_sharers", "channel", text("lower(address)"), "person_id"),
    )

    id: Mapped[str] = id_column("con_…")
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    channel: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(320))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Consent(Base):
    """What a person said about being asked on a channel (`any` for all). The newest word holds.

    `changed_at`: since when it has been this one; when it was last said: `Person.said_at`.
    """

    __tablename__ = "consents"
    __table_args__ = (
        UniqueConstraint("person_id", "channel"),
        CheckConstraint("state IN ('granted', 'denied')", name="state"),
    )

    id: Mapped[str] = id_column("cns_…")
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    channel: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(40))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Suppression(Base):
    """An address that must not be written to, whoever it belongs to: STOP, bounce, complaint.

    `cause` and `code` are what a provider said, where it was a provider; `about` is the message.
    """

    __tablename__ = "suppressions"
    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: Mapped[str] = id_column("sup_…")
    channel: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(320))
    reason: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    cause: Mapped[str] = mapped_column(String(40), default="", server_default="")
    code: Mapped[str] = mapped_column(String(40), default="", server_default="")
    about: Mapped[str] = mapped_column(String(40), default="", server_default="")
