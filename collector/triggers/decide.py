"""The verb that decides: each listening rule writes one decision, at most one an invitation.

One transaction for a batch. The rows of all people concerned are locked first, in the order of id:
that is what makes the caps hold when the same person's events are decided at the same moment by
several processes. What is decided is pure (`contest.py`, `gates.py`). Rings `send`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from collector import clock
from collector.model.base import db, unit_of_work
from collector.model.events import Decision, Event
from collector.model.ids import derived_id
from collector.model.invitations import WAITING, Invitation
from collector.model.people import Person
from collector.surveys.catalog import Survey
from collector.triggers import conditions, contest, ledger, reasons, rulebook
from collector.triggers.contest import Ruling
from collector.triggers.gates import Ask, Situation, Standing
from collector.triggers.retry import retried

CHUNK = 500


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A recorded decision as it is shown. `invitation_id` is empty for one held back."""

    rule: str
    outcome: str
    reason: str
    reason_text: str
    decided_at: datetime
    facts: Mapping[str, Any]
    invitation_id: str = ""


def decide_events(event_ids: Sequence[str]) -> dict[str, list[DecisionView]]:
    """Decide those that are not decided yet; returns the decisions of all, by event id.

    Waits for whoever is deciding about the same people. An event that no live rule listens to has
    an empty list.
    """
    ids = sorted(set(event_ids))
    for start in range(0, len(ids), CHUNK):
        chosen = Event.id.in_(ids[start : start + CHUNK])
        retried(lambda chosen=chosen: _decide(chosen, CHUNK, wait=True))  # type: ignore[misc]
    return recorded(ids)


def run_batch(limit: int = 100) -> int:
    """Decide up to `limit` events that are waiting; returns how many. Leaves alone the people whom
    somebody else is deciding about right now."""
    return retried(lambda: _decide(Event.received_at <= clock.now(), limit, wait=False))


def backlog() -> int:
    """How many events wait for a decision."""
    waiting = select(func.count()).where(Event.status == "new", Event.received_at <= clock.now())
    return db.session.execute(waiting).scalar_one()


def recorded(event_ids: Sequence[str]) -> dict[str, list[DecisionView]]:
    """The recorded decisions of these events, by event id and sorted by rule."""
    views: dict[str, list[DecisionView]] = {one: [] for one in event_ids}
    rows = db.session.execute(
        select(
            Decision.event_id, Decision.rule_key, Decision.outcome, Decision.reason,
            Decision.facts, Decision.decided_at, Invitation.id.label("invitation_id"),
        )
        .outerjoin(Invitation, Invitation.decision_id == Decision.id)
        .where(Decision.event_id.in_(views))
        .order_by(Decision.event_id, Decision.rule_key)
    )  # fmt: skip
    for row in rows:
        text = reasons.sentence(row.reason, row.facts)
        views[row.event_id].append(
            DecisionView(
                row.rule_key, row.outcome, row.reason, text, row.decided_at, row.facts,
                row.invitation_id or "",
            )
        )  # fmt: skip
    return views


def _decide(chosen: Any, limit: int, *, wait: bool) -> int:
    with unit_of_work() as work:
        session = work.session
        waiting = session.execute(
            select(Event.id, Event.person_id)
            .where(chosen, Event.status == "new")
            .order_by(Event.received_at, Event.id)
            .limit(limit)
        ).all()
        if not waiting:
            return 0
        people = _lock(session, {row.person_id for row in waiting}, wait)
        # Asked again under the locks: whoever held them before may have decided these.
        events = session.execute(
            select(
                Event.id, Event.type, Event.source, Event.person_id, Event.occurred_at,
                Event.context, Event.subjects,
            )
            .where(
                Event.id.in_([row.id for row in waiting]),
                Event.status == "new",
                Event.person_id.in_(list(people)),
            )
            .order_by(Event.occurred_at, Event.id)
        ).all()  # fmt: skip
        if not events:
            return 0
        decisions, invitations = _judge(session, events, people)
        if decisions:
            session.execute(insert(Decision), decisions)
        if invitations:
            session.execute(insert(Invitation), invitations)
            work.ring("send")
        session.execute(
            update(Event)
            .where(Event.id.in_([event.id for event in events]))
            .values(status="decided"),
            execution_options={"synchronize_session": False},
        )
        work.commit()
        return len(events)


def _lock(session: Session, ids: set[str], wait: bool) -> dict[str, Any]:
    rows = session.execute(
        select(
            Person.id, Person.ref, Person.kind, Person.locale, Person.timezone, Person.attributes
        )
        .where(Person.id.in_(sorted(ids)))
        .order_by(Person.id)
        .with_for_update(key_share=True, skip_locked=not wait)
    )
    return {row.id: row for row in rows}


def _judge(
    session: Session, events: Sequence[Any], people: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Decide in the order of time; an invitation given counts for the person's next event."""
    now = clock.now()
    book = rulebook.listening(session, {event.type for event in events})
    heard = {event.person_id for event in events if event.type in book}
    standings = ledger.standings(session, {one: people[one].ref for one in heard}) if heard else {}
    decisions: list[dict[str, Any]] = []
    invitations: list[dict[str, Any]] = []
    for event in events:
        if event.type not in book:
            continue
        person, standing = people[event.person_id], standings[event.person_id]
        surveys = {rule.key: survey for rule, survey in book[event.type]}
        for ruling in contest.decide(_situations(event, person, standing, book[event.type], now)):
            decision = _decision(event, ruling, now)
            decisions.append(decision)
            if ruling.plan is not None:
                survey = surveys[ruling.rule.key]
                invitations.append(_invitation(event, person, ruling, survey, decision["id"], now))
                ask = Ask(survey.key, ruling.plan.ask_at)
                standings[event.person_id] = replace(standing, asks=(*standing.asks, ask))
    return decisions, invitations


def _situations(
    event: Any,
    person: Any,
    standing: Standing,
    listening: Sequence[tuple[Any, Survey]],
    now: datetime,
) -> list[Situation]:
    facts = conditions.Facts(
        event_type=event.type,
        source=event.source,
        occurred_at=event.occurred_at,
        person=person._mapping,
        context=event.context,
        subjects=event.subjects,
    )
    return [
        Situation(rule, event.occurred_at, now, survey.lapse_days, facts, standing)
        for rule, survey in listening
    ]


def _decision(event: Any, ruling: Ruling, now: datetime) -> dict[str, Any]:
    facts = dict(ruling.facts)
    if ruling.plan is not None:
        facts["ask_at"] = clock.iso(ruling.plan.ask_at)
    return {
        "id": derived_id("dec", event.occurred_at, event.id, ruling.rule.key),
        "event_id": event.id,
        "rule_key": ruling.rule.key,
        "rule_version_id": ruling.rule.version_id,
        "survey_key": ruling.rule.survey_key,
        "person_id": event.person_id,
        "outcome": ruling.outcome,
        "reason": ruling.reason,
        "facts": facts,
        "decided_at": now,
    }


def _invitation(
    event: Any, person: Any, ruling: Ruling, survey: Survey, decision_id: str, now: datetime
) -> dict[str, Any]:
    assert ruling.plan is not None
    return {
        "id": derived_id("inv", event.occurred_at, event.id),
        "decision_id": decision_id,
        "event_id": event.id,
        "person_id": event.person_id,
        "rule_version_id": ruling.rule.version_id,
        "survey_version_id": survey.id,
        "token_id": secrets.token_hex(8),
        "channels": list(ruling.plan.channels),
        "locale": person.locale or survey.wording().locale,
        "status": WAITING,
        "due_at": ruling.plan.ask_at,
        "lapses_at": ruling.plan.lapses_at,
        "created_at": now,
    }
