"""The asks that wait: of a rule, of a survey, of everything; counted, and listed. Reads only.

Two kinds: those that never went out, and what would follow an ask that did (its reminder, its next
channel). Told by person's reference and time, never by address.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from collector import clock
from collector.model.base import db
from collector.model.events import Decision
from collector.model.invitations import SENT, WAITING, Invitation
from collector.model.people import Person
from collector.rules import stops

LISTED = 100


@dataclass(frozen=True, slots=True)
class Which:
    """Those of one rule, or of one survey; without either all of them."""

    rule: str = ""
    survey: str = ""

    def only(self) -> ColumnElement[bool]:
        """Asked of a decision joined to its invitation."""
        wanted = [Decision.id == Invitation.decision_id]
        wanted += [Decision.rule_key == self.rule] if self.rule else []
        wanted += [Decision.survey_key == self.survey] if self.survey else []
        return and_(*wanted)


@dataclass(frozen=True, slots=True)
class Count:
    """How many wait: `first` for their first message, `following` for a reminder or another channel
    after it. `by_channel` says where the first ones would go; `held` why they do not, by reason."""

    first: int = 0
    following: int = 0
    by_channel: dict[str, int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    due_first: datetime | None = None
    due_last: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "asks": self.first,
            "reminders": self.following,
            "by_channel": self.by_channel,
            "held": self.held,
            "due_first": clock.iso(self.due_first) if self.due_first else None,
            "due_last": clock.iso(self.due_last) if self.due_last else None,
        }


def unsent() -> ColumnElement[bool]:
    return and_(Invitation.status == WAITING, Invitation.sent_at.is_(None), _open())


def follows() -> ColumnElement[bool]:
    """What went out, and something of it is still to come."""
    waits = and_(Invitation.status == WAITING, Invitation.sent_at.is_not(None))
    later = and_(Invitation.status == SENT, Invitation.next_at.is_not(None))
    return and_(or_(waits, later), _open())


def count(which: Which) -> Count:
    """How many wait at this moment."""
    session = cast(Session, db.session())
    stopped = stops.load(session)
    channels: Counter[str] = Counter()
    held: Counter[str] = Counter()
    dues: list[datetime] = []
    for row in session.execute(
        select(
            Decision.rule_key, Decision.survey_key, Invitation.channels, Invitation.step,
            Invitation.due_at,
        ).join(Decision, which.only()).where(unsent())
    ).yield_per(1_000):  # fmt: skip
        channels[row.channels[row.step]] += 1
        held[stopped.reason(row.rule_key, row.survey_key)] += 1
        dues.append(row.due_at)
    following = session.scalar(
        select(func.count()).select_from(Invitation).join(Decision, which.only()).where(follows())
    )
    held.pop("", None)
    return Count(
        len(dues),
        following or 0,
        dict(sorted(channels.items())),
        dict(sorted(held.items())),
        min(dues, default=None),
        max(dues, default=None),
    )


def listed(which: Which, limit: int = LISTED) -> list[dict[str, Any]]:
    """The next ones to go out, and those that follow something, by when they are due."""
    session = cast(Session, db.session())
    stopped = stops.load(session)
    when = func.coalesce(Invitation.next_at, Invitation.due_at)
    rows = session.execute(
        select(
            Invitation.id, Invitation.event_id, Invitation.channels, Invitation.step,
            Invitation.sent_at, Invitation.send_by, Invitation.lapses_at,
            Invitation.due_at, Invitation.next_at, Invitation.status,
            Decision.rule_key, Decision.survey_key, Person.ref,
        )
        .join(Decision, which.only())
        .join(Person, Person.id == Invitation.person_id)
        .where(or_(unsent(), follows()))
        .order_by(when, Invitation.id)
        .limit(limit)
    )  # fmt: skip
    return [
        {
            "id": row.id,
            "event": row.event_id,
            "person": row.ref,
            "rule": row.rule_key,
            "survey": row.survey_key,
            "what": "ask" if row.sent_at is None else "reminder",
            "channel": row.channels[row.step],
            "due_at": clock.iso(row.due_at if row.status == WAITING else row.next_at),
            "until": clock.iso(
                min(row.lapses_at, row.send_by or row.lapses_at)
                if row.sent_at is None
                else row.lapses_at
            ),
            "held": stopped.reason(row.rule_key, row.survey_key),
        }
        for row in rows
    ]


def sentence(count: Count, what_happens: str) -> str:
    """`17 asks wait, and 2 reminders; they are held.` Also where nothing waits."""
    if not count.first and not count.following:
        return "no ask waits"
    parts = []
    if count.first:
        parts.append(f"{count.first} {'ask waits' if count.first == 1 else 'asks wait'}")
    if count.following:
        said = f"{count.following} {'reminder' if count.following == 1 else 'reminders'}"
        parts.append(said if count.first else f"{said} of asks that went out")
    one = count.first + count.following == 1
    held = what_happens.replace("{they}", "it is" if one else "they are")
    return f"{' and '.join(parts)}; {held}"


def _open() -> ColumnElement[bool]:
    return Invitation.lapses_at > clock.now()
