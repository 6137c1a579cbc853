"""One ask for one person about one interaction, the messages that carried it, and their receipts.

Invitations are written by `triggers/decide.py`; messages by `invitations/send.py`; receipts by
`invitations/receipts.py`. A message row is committed before the provider is called.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from collector.model import states
from collector.model.base import Base, Id, Json, UTCDateTime, id_column, taken_column
from collector.model.states import CANCELLED as CANCELLED
from collector.model.states import FAILED as FAILED
from collector.model.states import LAPSED as LAPSED
from collector.model.states import SENDING as SENDING
from collector.model.states import SENT as SENT
from collector.model.states import WAITING as WAITING


class Invitation(Base):
    """One ask. `status` moves as `states.py` says; `due_at` is when it may next be sent.

    `token_id` is 16 hex digits, random; it is worth nothing without a signature. `send_by`: the
    first message goes out before it or never. `next_at` is when a sent one is looked at again, for
    the next channel or the one reminder (`reminded_at`). `marks` are for the integrity stage.
    `exported`: as it is, it was taken into the feed of invitations; so with messages and responses.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("person_id", "event_id"),
        CheckConstraint(f"status IN {states.INVITATION.states}", name="status"),
        Index(
            "ix_invitations_waiting",
            "due_at",
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
        Index(
            "ix_invitations_closing",
            text(
                "(CASE WHEN sent_at IS NULL AND send_by < lapses_at THEN send_by "
                "ELSE lapses_at END)"
            ),
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
        Index(
            "ix_invitations_sending_lapses",
            "lapses_at",
            sqlite_where=text("status = 'sending'"),
            postgresql_where=text("status = 'sending'"),
        ),
        Index(
            "ix_invitations_sending",
            "claimed_at",
            sqlite_where=text("status = 'sending'"),
            postgresql_where=text("status = 'sending'"),
        ),
        Index(
            "ix_invitations_next",
            "next_at",
            sqlite_where=text("status = 'sent' AND next_at IS NOT NULL"),
            postgresql_where=text("status = 'sent' AND next_at IS NOT NULL"),
        ),
        Index(
            "ix_invitations_untaken",
            "id",
            sqlite_where=text("exported = 0"),
            postgresql_where=text("NOT exported"),
        ),
    )

    id: Mapped[str] = id_column("inv_…")
    decision_id: Mapped[str] = mapped_column(Id, ForeignKey("decisions.id"), unique=True)
    event_id: Mapped[str] = mapped_column(Id, ForeignKey("events.id"), index=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    rule_version_id: Mapped[str] = mapped_column(Id, ForeignKey("rule_versions.id"))
    survey_version_id: Mapped[str] = mapped_column(Id, ForeignKey("survey_versions.id"))
    token_id: Mapped[str] = mapped_column(String(16), unique=True)
    channels: Mapped[list[Any]] = mapped_column(Json)
    step: Mapped[int] = mapped_column(Integer, default=0)
    locale: Mapped[str] = mapped_column(String(35))
    status: Mapped[str] = mapped_column(String(10), default=states.INVITATION.start)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lapses_at: Mapped[datetime] = mapped_column(UTCDateTime)
    send_by: Mapped[datetime | None] = mapped_column(UTCDateTime)
    next_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    marks: Mapped[list[Any]] = mapped_column(Json, default=list, server_default="[]")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    exported: Mapped[bool] = taken_column()


class Message(Base):
    """One attempt to deliver an invitation on one channel. Status only ever moves forward.

    `text_digest` is SHA-256 of the text as it was handed over, by which a lost one is found again
    (`local` on a channel that loses none); empty until then, so an empty one was never handed over.
    `segments` is what it costs (SMS). `given_ref` is the id that a mail relay gave it, by which a
    later report may name it.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("invitation_id", "channel", "attempt"),
        CheckConstraint(f"status IN {states.MESSAGE.states}", name="status"),
        Index(None, "channel", "address", "sent_at"),
        Index(None, "provider_ref"),
        Index(
            "ix_messages_given_ref",
            "given_ref",
            sqlite_where=text("given_ref <> ''"),
            postgresql_where=text("given_ref <> ''"),
        ),
        Index(
            "ix_messages_claimed",
            "claimed_at",
            sqlite_where=text("status = 'claimed'"),
            postgresql_where=text("status = 'claimed'"),
        ),
        Index(
            "ix_messages_unknown",
            "settled_at",
            "claimed_at",
            sqlite_where=text("status = 'unknown'"),
            postgresql_where=text("status = 'unknown'"),
        ),
        Index(
            "ix_messages_untaken",
            "invitation_id",
            sqlite_where=text("exported = 0"),
            postgresql_where=text("NOT exported"),
        ),
    )

    id: Mapped[str] = id_column("msg_…")
    invitation_id: Mapped[str] = mapped_column(Id, ForeignKey("invitations.id"))
    channel: Mapped[str] = mapped_column(String(10))
    attempt: Mapped[int] = mapped_column(Integer)
    address: Mapped[str] = mapped_column(String(320))
    status: Mapped[str] = mapped_column(String(10), default=states.MESSAGE.start)
    provider_ref: Mapped[str] = mapped_column(String(200), default="")
    given_ref: Mapped[str] = mapped_column(String(200), default="", server_default="")
    code: Mapped[str] = mapped_column(String(40), default="")
    text_digest: Mapped[str | None] = mapped_column(String(64))
    segments: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    claimed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    exported: Mapped[bool] = taken_column()


class Receipt(Base):
    """What a provider said later about a message, kept once for each status."""

    __tablename__ = "receipts"
    __table_args__ = (UniqueConstraint("message_id", "status"),)

    id: Mapped[str] = id_column("rct_…")
    message_id: Mapped[str] = mapped_column(Id, ForeignKey("messages.id"))
    status: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(40), default="")
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
