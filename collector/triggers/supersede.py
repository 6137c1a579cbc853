"""Invitations that something overtakes before they go out: called off, with a decision.

A helper without a commit. Used by `decide.py` (a later event calls an ask off), `withhold.py` (a
person does) and `invitations/claims.py` (the contact point is not what it was). The first decision
stays as it was; the new one has the next number and holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select
from sqlalchemy.orm import Session

from collector.model import locks
from collector.model.events import Decision, Event
from collector.model.ids import derived_id
from collector.model.invitations import SENT, WAITING, Invitation
from collector.model.moves import moving
from collector.model.sql.bulk import one_of
from collector.model.states import CANCEL, REST
from collector.rules import rulebook
from collector.triggers.arbitration import HELD_BACK
from collector.triggers.gates.cancelled import figures, superseded
from collector.triggers.gates.situation import Later


@dataclass(frozen=True, slots=True)
class Superseded:
    """One decision that does not hold any more, and why."""

    decision_id: str
    reason: str
    facts: Mapping[str, Any]


def by_events(session: Session, events: Sequence[Any], now: datetime) -> int:
    """Call off what waits for these people and is overtaken by these events. Returns how many.

    The caller holds the locks on the people. What went out in part (in the product) and would fall
    back on another channel is left as it is, without the rest.
    """
    heard: dict[str, list[Later]] = {}
    for event in events:
        later = Later(event.type, event.id, event.occurred_at, event.context, event.subjects)
        heard.setdefault(event.person_id, []).append(later)
    open_ = or_(
        Invitation.status == WAITING,
        (Invitation.status == SENT) & Invitation.next_at.is_not(None),
    )
    waiting = session.connection().execute(
        select(
            Invitation.id, Invitation.decision_id, Invitation.person_id,
            Invitation.rule_version_id, Event.occurred_at, Event.context, Event.subjects,
        )
        .join(Event, Event.id == Invitation.event_id)
        .where(one_of(Invitation.person_id, heard), open_)
        .order_by(Invitation.id)
    ).all()  # fmt: skip
    rules = rulebook.versions(session, {row.rule_version_id for row in waiting})
    found: dict[str, Superseded] = {}
    for row in waiting:
        rule = rules[row.rule_version_id]
        for later in heard[row.person_id]:
            if superseded(rule, row.occurred_at, row.context, row.subjects, later):
                found[row.id] = Superseded(row.decision_id, "cancelled_by_event", figures(later))
                break
    return cancel(session, found, now)


def cancel(session: Session, found: Mapping[str, Superseded], now: datetime) -> int:
    """Cancel these invitations (by id) where they still wait, each with its decision."""
    if not found:
        return 0
    locks.rows(session, Invitation, select(Invitation.id).where(Invitation.id.in_(sorted(found))))
    stopped = session.execute(
        moving(Invitation, CANCEL)
        .where(Invitation.id.in_(sorted(found)), Invitation.sent_at.is_(None))
        .values(next_at=None)
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    ).scalars()
    cancelled = sorted(stopped)
    session.execute(
        moving(Invitation, REST)
        .where(Invitation.id.in_(sorted(found)), Invitation.sent_at.is_not(None))
        .values(next_at=None)
        .execution_options(synchronize_session=False)
    )
    write(session, [found[one] for one in cancelled], now)
    return len(cancelled)


def write(session: Session, overtakes: Sequence[Superseded], now: datetime) -> None:
    """Append a decision for each, numbered after the newest one about the same event and rule."""
    if not overtakes:
        return
    before = {
        row.id: row
        for row in session.execute(
            select(
                Decision.id, Decision.event_id, Decision.rule_key, Decision.rule_version_id,
                Decision.survey_key, Decision.person_id, Decision.reason,
            ).where(Decision.id.in_([one.decision_id for one in overtakes]))
        )
    }  # fmt: skip
    newest = {
        (row.event_id, row.rule_key): row.number
        for row in session.execute(
            select(Decision.event_id, Decision.rule_key, func.max(Decision.number).label("number"))
            .where(Decision.event_id.in_({row.event_id for row in before.values()}))
            .group_by(Decision.event_id, Decision.rule_key)
        )
    }
    rows = []
    for one in overtakes:
        old = before[one.decision_id]
        number = newest[old.event_id, old.rule_key] + 1
        rows.append({
            "id": derived_id("dec", now, old.event_id, old.rule_key, str(number)),
            "event_id": old.event_id,
            "rule_key": old.rule_key,
            "number": number,
            "rule_version_id": old.rule_version_id,
            "survey_key": old.survey_key,
            "person_id": old.person_id,
            "outcome": HELD_BACK,
            "reason": one.reason,
            "facts": {**one.facts, "before": old.reason},
            "decided_at": now,
        })  # fmt: skip
    session.execute(insert(Decision), rows)
