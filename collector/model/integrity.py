"""The log of evidence, what the engine says of each answer now, and findings about subjects.

Written by the verbs of `integrity/` only, under a lock on the one head row. Nothing here holds an
address, a device or a customer's words: keyed fingerprints and sketches only.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from collector.model.base import Base, Id, Json, UTCDateTime, id_column


class IntegrityHead(Base):
    """One row, id 1; its lock makes the feeding of evidence serial.

    `last_number` and `heard_at` are those of the newest entry of the log, `night` the newest night
    whose re-judging is done; `concluded_night` and `concluded_number` say where the log stood when
    the subjects were last judged; `checks` is the full version of the checks that did it.
    """

    __tablename__ = "integrity_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    last_number: Mapped[int] = mapped_column(BigInteger, default=0)
    heard_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    night: Mapped[datetime | None] = mapped_column(UTCDateTime)
    concluded_night: Mapped[datetime | None] = mapped_column(UTCDateTime)
    concluded_number: Mapped[int] = mapped_column(BigInteger, default=0)
    checks: Mapped[str] = mapped_column(String(200), default="")


class LogEntry(Base):
    """One thing that the engine was fed, in the order in which it was fed. Append-only.

    `kind`: `answer` (a judged version of a response: `ref` its id, `version` its version),
    `set_aside` (a version of which no score counts), `signal` (`ref` its id), `cases` (how often
    an answer's customer had come by its last night). `body` holds the fields that the engine reads.
    `erased`: the person took the answer back, and what led to them was taken out of the body.
    """

    __tablename__ = "integrity_log"
    __table_args__ = (
        UniqueConstraint("kind", "ref", "version"),
        CheckConstraint("kind IN ('answer', 'set_aside', 'signal', 'cases')", name="kind"),
        Index(
            "ix_integrity_log_erased",
            "number",
            sqlite_where=text("erased = 1"),
            postgresql_where=text("erased"),
        ),
    )

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    heard_at: Mapped[datetime] = mapped_column(UTCDateTime)
    kind: Mapped[str] = mapped_column(String(10))
    ref: Mapped[str] = mapped_column(Id)
    version: Mapped[int] = mapped_column(Integer, default=0)
    body: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    erased: Mapped[bool] = mapped_column(Boolean, default=False)


class EngineState(Base):
    """What the engine says of a response's newest answer, before what its subject's finding adds.

    `number` is the answer's place in the log (0: nothing counts), `age` after how many nights it
    was said. `spot`, `best` and `poor` are what weights ask for; see `integrity/engine/weights.py`.
    """

    __tablename__ = "integrity_standing"
    __table_args__ = (Index(None, "worker"),)

    response_id: Mapped[str] = mapped_column(Id, ForeignKey("responses.id"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(Integer)
    worker: Mapped[str] = mapped_column(String(200))
    spot: Mapped[bool] = mapped_column(Boolean)
    best: Mapped[bool] = mapped_column(Boolean)
    poor: Mapped[bool] = mapped_column(Boolean)
    verdict: Mapped[str] = mapped_column(String(10))
    weight: Mapped[float] = mapped_column(Float)
    p: Mapped[float] = mapped_column(Float)
    kind: Mapped[str] = mapped_column(String(10))
    reasons: Mapped[list[Any]] = mapped_column(Json, default=list)
    evidence: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    age: Mapped[int] = mapped_column(Integer)


class Influence(Base):
    """What the last conclusion does to the weights of one worker's answers. Only those it moves."""

    __tablename__ = "integrity_influence"

    worker: Mapped[str] = mapped_column(String(200), primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(Json)


class Finding(Base):
    """A statistical statement about how a subject's answers were collected. Never about honesty.

    `about`: agent, team or store. `state`: `open` (nobody has ruled: it may make answers at most
    suspect), `lapsed` (later evidence no longer says so), or a reviewer's `confirmed` or `cleared`.
    `p`: how often chance alone looks like this; `families` the p of each; `evidence` the tests
    behind it with their figures; `innocent` other explanations of each code, in words.
    """

    __tablename__ = "findings"
    __table_args__ = (
        CheckConstraint("about IN ('agent', 'team', 'store')", name="about"),
        CheckConstraint("state IN ('open', 'lapsed', 'confirmed', 'cleared')", name="state"),
        Index(
            "uq_findings_open",
            "about",
            "subject",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(None, "about", "subject"),
    )

    id: Mapped[str] = id_column("fnd_…")
    about: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default="open")
    p: Mapped[float] = mapped_column(Float)
    families: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    reasons: Mapped[list[Any]] = mapped_column(Json, default=list)
    evidence: Mapped[list[Any]] = mapped_column(Json, default=list)
    innocent: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    bombed_answers: Mapped[int] = mapped_column(Integer, default=0)
    checks_version: Mapped[str] = mapped_column(String(20))
    found_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
