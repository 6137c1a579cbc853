"""Could this person be asked now, by which rule, and if not, from when on: with what was decided.

Supposes an event that fits each rule's condition right now, since a condition speaks about an event
and there is none here. Reads only. Used by the API and the command line.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock
from collector.errors import NotFound
from collector.model.base import db
from collector.model.events import Decision, Event
from collector.model.people import Person
from collector.model.rules import Rule as RuleRow
from collector.rules import catalog as rule_catalog
from collector.rules import rulebook
from collector.rules.same_value import text
from collector.surveys import catalog
from collector.triggers import history, reasons
from collector.triggers.explain import gate_report, present
from collector.triggers.explain.event import as_json, lines
from collector.triggers.explain.next_time import next_time, supposed
from collector.triggers.explain.present import Supposed
from collector.triggers.gates.order import walk
from collector.triggers.gates.situation import Situation

RECENT = 20


def explain_person(ref: str, rule: str = "") -> dict[str, Any]:
    """Each live rule (or the one named, live or not) for the person called `ref`.

    Raises NotFound (`unknown_person`, `unknown_rule`).
    """
    session = cast(Session, db.session())
    person = session.scalars(select(Person).where(Person.ref == text(ref))).one_or_none()
    if person is None:
        raise NotFound("There is no person with this ref.", code="unknown_person")
    now = clock.now()
    wanted = select(RuleRow).order_by(RuleRow.key)
    if rule:
        rule_catalog.get(rule)
        wanted = wanted.where(RuleRow.key == rule)
    else:
        wanted = wanted.where(RuleRow.status == "live")
    rows = session.scalars(wanted).all()
    ready = rulebook.versions(session, {row.version_id for row in rows})
    surveys = catalog.current_many({one.survey_key for one in ready.values()})
    told = []
    for row in rows:
        one = ready[row.version_id]
        event = Supposed(one.event_type, person.id, now)
        (seen,) = present.situations(session, event, [(one, surveys[one.survey_key])], now)
        told.append(
            {
                "rule": row.key,
                "rule_version": row.version.version,
                "status": row.status,
                "survey": one.survey_key,
                "on": one.event_type,
                "gates": _gates(seen, now),
                "next_time": as_json(next_time(seen, now)),
            }
        )
    standing_asks = present.asks(session, person.id)
    return {
        "person": ref,
        "at": clock.iso(now),
        "history": history.figures(standing_asks, now),
        "rules": told,
        "recent": _recent(session, person.id, rule),
    }


def _gates(seen: Situation, now: datetime) -> list[dict[str, Any]]:
    told = lines(gate_report.walked(walk(supposed(seen, now))))
    for line in told:
        if line["gate"] == "condition" and seen.rule.condition is not None:
            line["sentence"] = "Supposed to hold: it speaks about an event, and there is none here."
    return told


def _recent(session: Session, person_id: str, rule: str) -> list[dict[str, Any]]:
    """The newest decisions, each with the event to look at."""
    wanted = (
        select(
            Decision.rule_key, Decision.outcome, Decision.reason, Decision.facts,
            Decision.decided_at, Event.id, Event.type, Event.occurred_at,
        )
        .join(Event, Event.id == Decision.event_id)
        .where(Decision.person_id == person_id)
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(RECENT)
    )  # fmt: skip
    if rule:
        wanted = wanted.where(Decision.rule_key == rule)
    return [
        {
            "event": row.id,
            "type": row.type,
            "occurred_at": clock.iso(row.occurred_at),
            "rule": row.rule_key,
            "outcome": row.outcome,
            "reason": row.reason,
            "sentence": reasons.sentence(row.reason, row.facts),
            "decided_at": clock.iso(row.decided_at),
        }
        for row in session.execute(wanted)
    ]
