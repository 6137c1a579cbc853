"""The verb that decides: each listening rule writes one decision, at most one an invitation.

One transaction for a batch. The rows of all people concerned, and of whoever shares a contact point
with them, are locked first, in the order of id: that is what makes the caps hold when events of one
person, or of one phone, are decided at the same moment by several processes. What is decided is
pure (`arbitration.py`, `gates/`). Rings `send`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, update
from sqlalchemy.orm import Session

from collector import clock
from collector.model import batches, locks
from collector.model.base import db, unit_of_work
from collector.model.batches import Rows
from collector.model.events import Decision, Event
from collector.model.ids import deriving
from collector.model.invitations import Invitation
from collector.model.people import Person
from collector.model.sql.bulk import insert_all, one_of
from collector.model.states import INVITATION
from collector.model.transaction import transaction
from collector.rules import rulebook
from collector.surveys.catalog import Survey
from collector.triggers import (
    arbitration,
    batch,
    person_loader,
    quotas,
    reasons,
    shared_contacts,
    supersede,
)
from collector.triggers.arbitration import RuleOutcome
from collector.triggers.batch import Batch

STAGE = "decide"
CHUNK = 500
EVENTS: Any = Event.__table__
DECISIONS: Any = Decision.__table__
INVITATIONS: Any = Invitation.__table__
PEOPLE: Any = Person.__table__


class DecisionView(NamedTuple):
    """A recorded decision as it is shown. `invitation_id` is empty for one held back."""

    rule: str
    outcome: str
    reason: str
    reason_text: str
    decided_at: datetime
    facts: Mapping[str, Any]
    invitation_id: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What one transaction wrote: the events that it dealt with, and the rows about them."""

    event_ids: Sequence[str] = ()
    decisions: Sequence[Mapping[str, Any]] = ()
    invitations: Sequence[Mapping[str, Any]] = ()


def decide_events(event_ids: Sequence[str]) -> dict[str, list[DecisionView]]:
    """Decide those that are not decided yet; returns the decisions of all, by event id.

    Waits for whoever is deciding about the same people. An event that no live rule listens to has
    an empty list, and so has one over which the deciding falls: that one is tried again later.
    """
    ids = sorted(set(event_ids))
    views: dict[str, list[DecisionView]] = {}
    for start in range(0, len(ids), CHUNK):
        chosen = one_of(EVENTS.c.id, ids[start : start + CHUNK])

        def batch(limit: int, rows: Rows, chosen: Any = chosen) -> int:
            decided = _decide(chosen, limit, rows, wait=True)
            views.update(_views(decided))
            return len(decided.event_ids)

        batches.run(STAGE, CHUNK, batch, again=False)
    earlier = [one for one in ids if one not in views]
    return views | recorded(earlier) if earlier else views


def run_batch(limit: int = 100) -> int:
    """Decide up to `limit` events that are waiting; returns how many. Leaves alone the people whom
    somebody else is deciding about right now."""
    due = EVENTS.c.received_at <= clock.now()
    return batches.run(
        STAGE, limit, lambda limit, rows: len(_decide(due, limit, rows, wait=False).event_ids)
    )


def backlog() -> int:
    """How many events wait for a decision."""
    waiting = select(func.count()).where(
        Event.status == "new", Event.received_at <= clock.now(), batches.free(STAGE, Event.id)
    )
    return db.session.execute(waiting).scalar_one()


def recorded(event_ids: Sequence[str]) -> dict[str, list[DecisionView]]:
    """The recorded decisions of these events that hold, by event id and sorted by rule."""
    views: dict[str, list[DecisionView]] = {one: [] for one in event_ids}
    rows = db.session.connection().execute(
        select(
            DECISIONS.c.event_id, DECISIONS.c.rule_key, DECISIONS.c.outcome, DECISIONS.c.reason,
            DECISIONS.c.facts, DECISIONS.c.decided_at, INVITATIONS.c.id.label("invitation_id"),
        )
        .outerjoin(INVITATIONS, INVITATIONS.c.decision_id == DECISIONS.c.id)
        .where(one_of(DECISIONS.c.event_id, views))
        .order_by(DECISIONS.c.event_id, DECISIONS.c.rule_key, DECISIONS.c.number)
    )  # fmt: skip
    holding = {(row.event_id, row.rule_key): row for row in rows}  # the last number holds
    for row in holding.values():
        views[row.event_id].append(_view(row._mapping, row.invitation_id or ""))
    return views


def _views(decided: Decided) -> dict[str, list[DecisionView]]:
    """The same as `recorded`, from what was just written."""
    views: dict[str, list[DecisionView]] = {one: [] for one in decided.event_ids}
    asked = {row["decision_id"]: row["id"] for row in decided.invitations}
    for row in decided.decisions:
        views[row["event_id"]].append(_view(row, asked.get(row["id"], "")))
    return views


def _view(row: Mapping[Any, Any], invitation_id: str) -> DecisionView:
    text = reasons.sentence(row["reason"], row["facts"])
    return DecisionView(
        row["rule_key"], row["outcome"], row["reason"], text, row["decided_at"], row["facts"],
        invitation_id,
    )  # fmt: skip


@transaction
def _decide(chosen: Any, limit: int, rows: Rows, *, wait: bool) -> Decided:
    with unit_of_work() as work:
        connection = work.session.connection()
        waiting = connection.execute(
            select(EVENTS.c.id, EVENTS.c.person_id)
            .where(chosen, EVENTS.c.status == "new", rows.among(EVENTS.c.id))
            .order_by(EVENTS.c.received_at, EVENTS.c.id)
            .limit(limit)
        ).all()
        rows.took([row.id for row in waiting])
        if not waiting:
            return Decided()
        people = _lock(work.session, {row.person_id for row in waiting}, wait)
        # Asked again under the locks: whoever held them before may have decided these.
        events = _taken(connection, [row.id for row in waiting if row.person_id in people])
        if not events:
            return Decided()
        supersede.by_events(work.session, events, clock.now())
        decisions, invitations = _judge(work.session, events, people)
        insert_all(work.session, DECISIONS, decisions)
        insert_all(work.session, INVITATIONS, invitations)
        if invitations:
            work.ring("send")
        work.commit()
        return Decided([event.id for event in events], decisions, invitations)


def _taken(connection: Connection, ids: Sequence[str]) -> Sequence[Any]:
    """Those of these events that nobody has decided, marked as decided, in the order of time."""
    taken = connection.execute(
        update(EVENTS)
        .where(one_of(EVENTS.c.id, ids), EVENTS.c.status == "new")
        .values(status="decided")
        .returning(
            EVENTS.c.id, EVENTS.c.type, EVENTS.c.source, EVENTS.c.person_id,
            EVENTS.c.occurred_at, EVENTS.c.context, EVENTS.c.subjects,
        )
    )  # fmt: skip
    return sorted(taken, key=lambda event: (event.occurred_at, event.id))


def _lock(session: Session, ids: set[str], wait: bool) -> dict[str, Any]:
    """Those of the people who are locked, together with everybody who shares a contact point."""
    partners = shared_contacts.partners(session, ids)
    wanted = select(
        PEOPLE.c.id, PEOPLE.c.ref, PEOPLE.c.kind, PEOPLE.c.locale, PEOPLE.c.timezone,
        PEOPLE.c.attributes, PEOPLE.c.paused_until,
    ).where(one_of(PEOPLE.c.id, ids.union(*partners.values()))).order_by(PEOPLE.c.id)  # fmt: skip
    rows = locks.rows(session, Person, wanted, skip=not wait)
    held = {row.id: row for row in rows}
    return {one: held[one] for one in ids if one in held and partners[one] <= held.keys()}


def _judge(
    session: Session, events: Sequence[Any], people: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Decide in the order of time; an invitation given counts for the next event of the person, and
    of whoever shares a contact point."""
    now = clock.now()
    book = rulebook.listening(session, {event.type for event in events})
    heard = {event.person_id for event in events if event.type in book}
    if not heard:
        return [], []
    rules = [rule for listed in book.values() for rule, _ in listed]
    used = quotas.locked(session, rules)
    judged = Batch(
        now,
        people,
        person_loader.person_contexts(session, {one: people[one] for one in heard}),
        batch.later(session, events, rules),
        used.copy(),
        person_loader.workspace(),
    )
    id_of = deriving()
    decisions: list[dict[str, Any]] = []
    invitations: list[dict[str, Any]] = []
    for event in events:
        if event.type not in book:
            continue
        surveys = {rule.key: survey for rule, survey in book[event.type]}
        for ruling in arbitration.decide(judged.situations(event, book[event.type])):
            decision = _decision(event, ruling, now, id_of)
            decisions.append(decision)
            if ruling.plan is not None:
                survey, person = surveys[ruling.rule.key], people[event.person_id]
                invitations.append(
                    _invitation(event, person, ruling, survey, decision["id"], now, id_of)
                )
                judged.invited(event.person_id, survey, ruling.plan)
    quotas.write(session, used, judged.used)
    return decisions, invitations


def _decision(
    event: Any, ruling: RuleOutcome, now: datetime, id_of: Callable[..., str]
) -> dict[str, Any]:
    facts = dict(ruling.facts)
    if ruling.plan is not None:
        facts["ask_at"] = clock.iso(ruling.plan.ask_at)
    return {
        "id": id_of("dec", event.occurred_at, event.id, ruling.rule.key),
        "event_id": event.id,
        "rule_key": ruling.rule.key,
        "rule_version_id": ruling.rule.version_id,
        "survey_key": ruling.rule.survey_key,
        "person_id": event.person_id,
        "outcome": ruling.outcome,
        "reason": ruling.reason,
        "facts": facts,
        "ask_at": ruling.plan.ask_at if ruling.plan else None,
        "decided_at": now,
    }


def _invitation(
    event: Any, person: Any, ruling: RuleOutcome, survey: Survey, decision_id: str, now: datetime,
    id_of: Callable[..., str],
) -> dict[str, Any]:  # fmt: skip
    assert ruling.plan is not None
    return {
        "id": id_of("inv", event.occurred_at, event.id),
        "decision_id": decision_id,
        "event_id": event.id,
        "person_id": event.person_id,
        "rule_version_id": ruling.rule.version_id,
        "survey_version_id": survey.id,
        "token_id": secrets.token_hex(8),
        "channels": list(ruling.plan.channels),
        "locale": person.locale or survey.wording().locale,
        "status": INVITATION.start,
        "due_at": ruling.plan.ask_at,
        "lapses_at": ruling.plan.lapses_at,
        "send_by": ruling.plan.send_by,
        "marks": list(ruling.plan.marks),
        "created_at": now,
    }
