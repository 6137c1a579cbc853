"""What a dry run knows of the people of one page of events, at each moment within it.

Everything is loaded once a page, in about a dozen statements; the run's own asks come from its
store and grow as the page is played. Used by `run.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.model.events import Event
from collector.model.people import Person
from collector.rules import conditions
from collector.triggers import history, person_loader
from collector.triggers.gates.situation import Later, PersonContext
from collector.triggers.rehearse import past, recorded, sharing
from collector.triggers.rehearse.past import RecordedInvitation
from collector.triggers.rehearse.plan import Plan
from collector.triggers.rehearse.store import Store
from collector.triggers.rehearse.window import Moment


class People:
    """The people of a page and whoever shares a contact point with them."""

    def __init__(
        self,
        session: Session,
        kept: Store,
        worlds: Sequence[str],
        page: Sequence[Moment],
        calls_off: Iterable[str],
        plan: Plan,
    ) -> None:
        ids = sorted({moment.event.person_id for moment in page})
        self.rows = {
            row.id: row
            for row in session.execute(
                select(
                    Person.id, Person.ref, Person.kind, Person.locale, Person.timezone,
                    Person.attributes, Person.paused_until,
                ).where(Person.id.in_(ids))
            )
        }  # fmt: skip
        self._standings = person_loader.person_contexts(session, self.rows)
        self._changes = recorded.changes(session, self._standings)
        self._sharers = sharing.sharers(session, self._standings)
        everybody = {*ids, *(other for held in self._sharers.values() for other in held)}
        real = recorded.asks(session, everybody)
        self._real = {(ask.person_id, ask.event_id): ask for held in real.values() for ask in held}
        inside = _inside(session, [ask.event_id for ask in self._real.values()], plan)
        self._asks = {
            world: {
                one: [ask for ask in real[one] if ask.event_id not in inside] + given[one]
                for one in everybody
            }
            for world, given in ((world, kept.load(world, everybody)) for world in worlds)
        }
        earliest = min(moment.event.occurred_at for moment in page)
        self._later = recorded.later(session, ids, sorted(calls_off), earliest)
        self._decisions = recorded.decisions(session, [moment.event.id for moment in page])
        self._events: dict[str, Any] = {moment.event.id: moment.event for moment in page}
        self._session = session
        self._seen: dict[tuple[str, datetime], tuple[PersonContext, bool]] = {}

    def person_context(self, world: str, person_id: str, now: datetime) -> PersonContext:
        """The person as a decision at `now` would see them in that world."""
        then, _ = self._then(person_id, now)
        beside = sharing.at(self._sharers.get(person_id, {}), now)
        asks = past.of_person(person_id, self._asks[world], beside, now)
        return replace(then, asks=asks)

    def certain(self, person_id: str, now: datetime) -> bool:
        """Is what was known of the person at `now` what is known today?"""
        return self._then(person_id, now)[1]

    def later(self, person_id: str, now: datetime) -> list[Later]:
        """The events that may have overtaken others and had come in by then."""
        return [one.later for one in self._later.get(person_id, ()) if one.received_at <= now]

    def given(self, world: str, person_id: str) -> list[RecordedInvitation]:
        return list(self._asks[world][person_id])

    def give(self, world: str, ask: RecordedInvitation) -> None:
        self._asks[world][ask.person_id].append(ask)

    def change(self, world: str, before: RecordedInvitation, after: RecordedInvitation) -> None:
        held = self._asks[world][before.person_id]
        held[held.index(before)] = after

    def real(self, person_id: str, event_id: str) -> RecordedInvitation | None:
        """The ask that was really given about this event."""
        return self._real.get((person_id, event_id))

    def recorded(self, event_id: str, rule_key: str) -> Any:
        """What was decided at the time; None if nothing was."""
        return self._decisions.get((event_id, rule_key))

    def event_of(self, event_id: str) -> Any:
        """The event of an ask, which may be of an earlier page."""
        if event_id not in self._events:
            self._events[event_id] = self._session.execute(
                select(Event.id, Event.occurred_at, Event.context, Event.subjects).where(
                    Event.id == event_id
                )
            ).one_or_none()
        return self._events[event_id]

    def segment(self, world: str, plan: Plan, moment: Moment) -> str | None:
        """The value by which the report is split; None where it is not."""
        if plan.segment is None:
            return None
        event = moment.event
        standing = self.person_context(world, event.person_id, moment.decided_at)
        facts = conditions.Facts(
            event_type=event.type,
            source=event.source,
            occurred_at=event.occurred_at,
            person=dict(self.rows[event.person_id]._mapping),
            context=event.context,
            subjects=event.subjects,
            history=history.figures(standing.asks, moment.decided_at),
        )
        return plan.segment.text(facts)

    def _then(self, person_id: str, now: datetime) -> tuple[PersonContext, bool]:
        key = person_id, now
        if key not in self._seen:
            found = recorded.as_of(self._standings[person_id], self._changes[person_id], now)
            self._seen[key] = found
        return self._seen[key]


def _inside(session: Session, event_ids: Sequence[str], plan: Plan) -> set[str]:
    """Of these events, those in the window: their asks are given anew by the run."""
    if not event_ids:
        return set()
    return set(
        session.execute(
            select(Event.id).where(
                Event.id.in_(event_ids),
                Event.received_at >= plan.begins,
                Event.received_at < plan.ends,
            )
        ).scalars()
    )
