"""How it would be now: the situation of a person at this moment, for a recorded or supposed event.

Loads what a decision would load, without taking a lock. Used by `event.py` and `person.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.model.events import QuotaUse
from collector.model.people import Person
from collector.rules.definition import Rule
from collector.surveys.catalog import Survey
from collector.triggers import batch, person_loader
from collector.triggers.batch import Batch
from collector.triggers.gates.quota import QuotaSlot
from collector.triggers.gates.situation import Situation
from collector.triggers.history import PastInvitation

Listening = Sequence[tuple[Rule, Survey]]


@dataclass(frozen=True, slots=True)
class Supposed:
    """An event that did not happen, for asking what would follow from one."""

    type: str
    person_id: str
    occurred_at: datetime
    id: str = ""
    source: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    subjects: Mapping[str, Any] = field(default_factory=dict)


def person_row(session: Session, person_id: str) -> Any:
    """The columns of a person that the gates need."""
    return session.execute(
        select(
            Person.id, Person.ref, Person.kind, Person.locale, Person.timezone, Person.attributes,
            Person.paused_until,
        ).where(Person.id == person_id)
    ).one()  # fmt: skip


def situations(
    session: Session,
    event: Any,
    listening: Listening,
    now: datetime,
    without: Iterable[PastInvitation] = (),
) -> list[Situation]:
    """What each rule's gates would see now; `without` are asks that this very event led to."""
    people = {event.person_id: person_row(session, event.person_id)}
    standings = person_loader.person_contexts(session, people)
    standing = standings[event.person_id]
    own = {(ask.survey_key, ask.at) for ask in without}
    kept = tuple(ask for ask in standing.asks if not ask.own or (ask.survey_key, ask.at) not in own)
    rules = [rule for rule, _ in listening]
    seen = Batch(
        now,
        people,
        {event.person_id: replace(standing, asks=kept)},
        batch.later(session, [event], rules),
        used(session, rules),
        person_loader.workspace(),
    )
    return seen.situations(event, listening)


def asks(session: Session, person_id: str) -> tuple[PastInvitation, ...]:
    """How the person was asked so far."""
    people = {person_id: person_row(session, person_id)}
    return tuple(person_loader.person_contexts(session, people)[person_id].asks)


def used(session: Session, rules: Iterable[Rule]) -> Counter[QuotaSlot]:
    """How many places of the rules' quotas are taken, read without a lock."""
    keys = sorted({rule.key for rule in rules if rule.policy.quota is not None})
    if not keys:
        return Counter()
    rows = session.execute(
        select(QuotaUse.rule_key, QuotaUse.period, QuotaUse.segment, QuotaUse.used).where(
            QuotaUse.rule_key.in_(keys)
        )
    )
    return Counter({(row.rule_key, row.period, row.segment): row.used for row in rows})
