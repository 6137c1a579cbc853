"""Taps (evidence, append-only) and the response that is their fold.

Taps are written by `answers/record.py`, responses by `answers/fold.py`. A response can be computed
again from its taps at any time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from collector.model.base import Base, Id, Json, UTCDateTime, id_column, taken_column


class Tap(Base):
    """One press, reply or post. Hashes are keyed fingerprints; no address or device is kept.

    `kind`: `provisional` (the page posted the score of the link that was opened), `confirmed` (a
    person pressed), `decoy` (the hidden link that only a machine sees).
    `via`: page, sms_reply, widget, replay. `idempotency_key` makes a repeated post one tap.
    """

    __tablename__ = "taps"
    __table_args__ = (
        CheckConstraint("kind IN ('provisional', 'confirmed', 'decoy')", name="kind"),
        Index(
            "ix_taps_unfolded",
            "invitation_id",
            sqlite_where=text("folded = 0"),
            postgresql_where=text("NOT folded"),
        ),
        Index(None, "invitation_id", "tapped_at"),
    )

    id: Mapped[str] = id_column("tap_…")
    idempotency_key: Mapped[str] = mapped_column(String(80), unique=True)
    invitation_id: Mapped[str] = mapped_column(Id, ForeignKey("invitations.id"))
    kind: Mapped[str] = mapped_column(String(12))
    score: Mapped[int | None] = mapped_column(Integer)
    comment: Mapped[str | None] = mapped_column(Text)
    via: Mapped[str] = mapped_column(String(10))
    channel: Mapped[str] = mapped_column(String(10))
    locale: Mapped[str] = mapped_column(String(35), default="")
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    tapped_at: Mapped[datetime] = mapped_column(UTCDateTime)
    address_hash: Mapped[str] = mapped_column(String(32), default="")
    network_hash: Mapped[str] = mapped_column(String(32), default="")
    device_hash: Mapped[str] = mapped_column(String(32), default="")
    contact_hash: Mapped[str] = mapped_column(String(32), default="")
    user_agent: Mapped[str] = mapped_column(String(400), default="")
    folded: Mapped[bool] = mapped_column(Boolean, default=False)


class Response(Base):
    """The fold of an invitation's taps. `version` grows whenever the fold changes.

    `state`: `provisional` (nothing contradicts it yet; settles at `settles_at`), `settled`,
    `confirmed`, `set_aside` (only machines tapped so far: no score counts). `confirmed` without a
    score: words alone.
    `needs_verdict` is the judge's queue, `needs_follow_up` that of `followups/open.py`.
    `erased_at`: the person took it back (`exports/erase.py`); only the number is left.
    """

    __tablename__ = "responses"
    __table_args__ = (
        CheckConstraint(
            "state IN ('provisional', 'settled', 'confirmed', 'set_aside')", name="state"
        ),
        Index(
            "ix_responses_unjudged",
            "updated_at",
            sqlite_where=text("needs_verdict = 1"),
            postgresql_where=text("needs_verdict"),
        ),
        Index(
            "ix_responses_unfollowed",
            "updated_at",
            sqlite_where=text("needs_follow_up = 1"),
            postgresql_where=text("needs_follow_up"),
        ),
        Index(
            "ix_responses_settling",
            "settles_at",
            sqlite_where=text("state = 'provisional'"),
            postgresql_where=text("state = 'provisional'"),
        ),
        Index(
            "ix_responses_untaken",
            "invitation_id",
            sqlite_where=text("exported = 0"),
            postgresql_where=text("NOT exported"),
        ),
    )

    id: Mapped[str] = id_column("rsp_…")
    invitation_id: Mapped[str] = mapped_column(Id, ForeignKey("invitations.id"), unique=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12))
    score: Mapped[int | None] = mapped_column(Integer)
    comment: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(10))
    first_tapped_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settles_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    taps: Mapped[int] = mapped_column(Integer)
    set_aside: Mapped[list[Any]] = mapped_column(Json, default=list)
    needs_verdict: Mapped[bool] = mapped_column(Boolean, default=True)
    needs_follow_up: Mapped[bool] = mapped_column(Boolean, default=False)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    exported: Mapped[bool] = taken_column()


class AskedAgain(Base):
    """A text reply that was asked about, in the version before `IncomingText`; read, not written.

    `reply_ref` is the provider's reference of that reply: the same one again is asked about again.
    `said` is what it said, kept as evidence.
    """

    __tablename__ = "asked_again"

    invitation_id: Mapped[str] = mapped_column(Id, ForeignKey("invitations.id"), primary_key=True)
    reply_ref: Mapped[str] = mapped_column(String(80))
    said: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)


class IncomingText(Base):
    """A text message that somebody sent us, and what we sent back: each one, whatever it said.

    `reference` is the provider's: delivered twice, it is one text with one answer. `kind`: score,
    words, unclear, nothing, machine, repeat, stop, start, help; empty until it was dealt with.
    `answer_kind`: ask, thanks, noted, over, help, stopped; empty where nothing was sent back.
    `placed`: False where no question could take what it says, so that somebody has to read it;
    `seen_at`: when somebody had. The words and the number go where their answer is taken back.
    """

    __tablename__ = "incoming_texts"
    __table_args__ = (
        Index(None, "number", "received_at"),
        Index(None, "invitation_id"),
        Index(
            "ix_incoming_texts_unplaced",
            "received_at",
            sqlite_where=text("placed = 0"),
            postgresql_where=text("NOT placed"),
        ),
    )

    id: Mapped[str] = id_column("txt_…")
    reference: Mapped[str] = mapped_column(String(80), unique=True)
    number: Mapped[str] = mapped_column(String(320))
    invitation_id: Mapped[str | None] = mapped_column(Id, ForeignKey("invitations.id"))
    body: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(10), default="")
    placed: Mapped[bool] = mapped_column(Boolean, default=False)
    answer_kind: Mapped[str] = mapped_column(String(10), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    segments: Mapped[int] = mapped_column(Integer, default=0)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
