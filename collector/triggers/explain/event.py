"""Why did this event lead to an ask, or not: each rule's decision in words, and what came of it.

From what was recorded at the time, and beside it how the same event would be decided now. Reads
only; holds no personal data but the caller's own name for the person. Used by the API and the
command line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock
from collector.model.base import db
from collector.model.events import Decision, Event
from collector.model.people import Person
from collector.model.rules import RuleVersion
from collector.rules import rulebook
from collector.rules.conditions import Facts
from collector.triggers import arbitration, reasons
from collector.triggers.explain import (
    aftermath,
    condition_seen,
    gate_report,
    present,
    sentences,
)
from collector.triggers.explain.next_time import NextTime, next_time
from collector.triggers.find_event import find_event
from collector.triggers.gates.order import walk
from collector.triggers.gates.situation import Situation
from collector.triggers.history import PastInvitation

NOBODY = "No rule that was live listened to events of this type, so nothing was decided."
WAITING = "It has come in and is not decided yet."


def explain_event(name: str, source: str = "") -> dict[str, Any]:
    """Everything about one event. `name` is ours (`evt_…`) or the caller's own id of it.

    Raises NotFound (`unknown_event`), and InvalidInput (`ambiguous_event`) where two sources use
    that id and `source` does not say which is meant.
    """
    session = cast(Session, db.session())
    event = find_event(session, name, source)
    now = clock.now()
    decisions = session.scalars(
        select(Decision)
        .where(Decision.event_id == event.id)
        .order_by(Decision.rule_key, Decision.number)
    ).all()
    versions = {
        row.id: row
        for row in session.scalars(
            select(RuleVersion).where(
                RuleVersion.id.in_([one.rule_version_id for one in decisions])
            )
        )
    }
    presently = _presently(session, event, decisions, now)
    steps = aftermath.of_decisions([one.id for one in decisions])
    by_rule: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_rule.setdefault(decision.rule_key, []).append(decision)
    told = [
        _rule(key, by_rule.get(key, []), versions, steps, presently.get(key), event)
        for key in sorted({*by_rule, *presently})
    ]
    said = "" if by_rule else (NOBODY if event.status == "decided" else WAITING)
    ref = session.execute(select(Person.ref).where(Person.id == event.person_id)).scalar_one()
    return {
        "id": event.id,
        "source": event.source,
        "event_id": event.event_id,
        "type": event.type,
        "occurred_at": clock.iso(event.occurred_at),
        "received_at": clock.iso(event.received_at),
        "person": ref,
        "note": said,
        "rules": told,
    }


def _rule(
    key: str,
    decisions: Sequence[Decision],
    versions: Mapping[str, RuleVersion],
    steps: Mapping[str, list[aftermath.Step]],
    presently: dict[str, Any] | None,
    event: Event,
) -> dict[str, Any]:
    told: dict[str, Any] = {"rule": key, "then": None, "now": presently}
    if not decisions:
        return told
    first, last = decisions[0], decisions[-1]
    version = versions.get(first.rule_version_id)
    gates = lines(gate_report.recorded(first.outcome, first.reason, first.facts))
    if version is not None and (when := version.definition.get("when")):
        gates = _told(gates, when, _facts_of(event), at_the_time=True)
    told["then"] = {
        "rule_version": version.version if version else None,
        "survey": first.survey_key,
        "decided_at": clock.iso(first.decided_at),
        "ask_at": clock.iso(first.ask_at) if first.ask_at else None,
        "outcome": last.outcome,
        "reason": last.reason,
        "sentence": reasons.sentence(last.reason, last.facts),
        "remedy": sentences.remedy(last.reason),
        "gates": gates,
        "overtaken_by": [
            {
                "at": clock.iso(later.decided_at),
                "reason": later.reason,
                "sentence": reasons.sentence(later.reason, later.facts),
            }
            for later in decisions[1:]
        ],
        "afterwards": [
            {"at": clock.iso(one.at), "what": one.what, "sentence": one.sentence,
             "planned": one.planned}
            for one in steps.get(first.id, [])
        ],
    }  # fmt: skip
    return told


def _facts_of(event: Event) -> Facts:
    """What the event itself carries, which never changes."""
    return Facts(
        event_type=event.type, source=event.source, occurred_at=event.occurred_at, person={},
        context=event.context, subjects=event.subjects,
    )  # fmt: skip


def _presently(
    session: Session, event: Event, decisions: Sequence[Decision], now: datetime
) -> dict[str, dict[str, Any]]:
    """How the rules that are live would decide the same event now, as if it had just come in."""
    listening = rulebook.listening(session, [event.type]).get(event.type, [])
    if not listening:
        return {}
    asked = [
        PastInvitation(one.survey_key, one.ask_at or one.decided_at)
        for one in decisions
        if one.outcome == arbitration.INVITED
    ]
    seen = present.situations(session, event, listening, now, asked)
    rulings = {ruling.rule.key: ruling for ruling in arbitration.decide(seen)}
    # What this event led to does not stand in its own way, but in that of the next one.
    after = present.situations(session, event, listening, now)
    return {
        one.rule.key: _now(one, rulings[one.rule.key], next_time(later, now))
        for one, later in zip(seen, after, strict=True)
    }


def _now(seen: Situation, ruling: arbitration.RuleOutcome, following: NextTime) -> dict[str, Any]:
    outranked = ruling.facts if ruling.reason == gate_report.OUTRANKED else None
    return {
        "outcome": ruling.outcome,
        "reason": ruling.reason,
        "sentence": reasons.sentence(ruling.reason, ruling.facts),
        "remedy": sentences.remedy(ruling.reason),
        "gates": with_condition(lines(gate_report.walked(walk(seen), outranked)), seen),
        "next_time": as_json(following),
    }


def with_condition(gates: list[dict[str, Any]], seen: Situation) -> list[dict[str, Any]]:
    """The gate lines, that of the condition with the condition itself and what it saw."""
    condition = seen.rule.condition
    return gates if condition is None else _told(gates, condition.source, seen.facts)


def _told(
    gates: list[dict[str, Any]], source: str, facts: Facts, *, at_the_time: bool = False
) -> list[dict[str, Any]]:
    values = condition_seen.seen(source, facts, at_the_time=at_the_time)
    for line in gates:
        if line["gate"] == "condition" and line["result"] != gate_report.NOT_REACHED:
            line["figures"] = {**line["figures"], "when": source, "values": values}
            if line["result"] == gate_report.PASS:
                line["sentence"] = condition_seen.sentence(source, values, "holds")
            else:
                if line["reason"] == "condition_error":
                    outcome = f"could not be worked out ({line['figures'].get('error')})"
                else:
                    outcome = "does not hold"
                line["sentence"] = condition_seen.sentence(source, values, outcome)
    return gates


def lines(report: Sequence[gate_report.GateLine]) -> list[dict[str, Any]]:
    """Gate lines as JSON."""
    return [asdict(line) for line in report]


def as_json(found: NextTime) -> dict[str, Any]:
    """The next time as JSON."""
    return {
        "event_from": clock.iso(found.event_from) if found.event_from else None,
        "ask_at": clock.iso(found.ask_at) if found.ask_at else None,
        "reason": found.reason,
        "sentence": found.sentence,
    }
