"""What one deciding transaction knows, and how each invitation it gives changes that.

Used by `decide.py`: the standings, quotas and later events are loaded once for a whole batch; from
then on the batch itself keeps count, so that the second event of a person sees the first one's ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.model.events import Event
from collector.rules import conditions
from collector.rules.definition import Rule
from collector.surveys.catalog import Survey
from collector.triggers import history
from collector.triggers.arbitration import Plan
from collector.triggers.gates.quota import QuotaSlot as Seat
from collector.triggers.gates.situation import Later, PersonContext, Situation
from collector.triggers.history import PastInvitation
from collector.triggers.locality import Locality
from collector.triggers.shared_contacts import spelling


class Batch:
    """Not shared between threads: one for each transaction."""

    def __init__(
        self,
        now: datetime,
        people: Mapping[str, Any],
        standings: Mapping[str, PersonContext],
        later: Mapping[str, Sequence[Later]],
        used: Counter[Seat],
        workspace: Locality,
    ) -> None:
        self.now, self.people, self.standings = now, people, dict(standings)
        self.later, self.used, self.workspace = later, used, workspace
        self._at: dict[tuple[str, str], list[str]] = {}
        for one, standing in standings.items():
            for point in standing.contacts.items():
                self._at.setdefault(spelling(point), []).append(one)

    def situations(self, event: Any, listening: Sequence[tuple[Rule, Survey]]) -> list[Situation]:
        """What each listening rule's gates look at."""
        person, standing = self.people[event.person_id], self.standings[event.person_id]
        facts = conditions.Facts(
            event_type=event.type,
            source=event.source,
            occurred_at=event.occurred_at,
            person=person._mapping,
            context=event.context,
            subjects=event.subjects,
            history=history.figures(standing.asks, self.now),
        )
        later = [one for one in self.later.get(event.person_id, ()) if one.event_id != event.id]
        return [
            Situation(
                rule, event.occurred_at, self.now, survey.lapse_days, facts, standing,
                event.context, event.subjects, later, self.used, self.workspace,
            )
            for rule, survey in listening
        ]  # fmt: skip

    def invited(self, person_id: str, survey: Survey, plan: Plan) -> None:
        """Count an invitation for the person, for whoever shares a contact point, and a quota."""
        if plan.place is not None:
            self.used[plan.place] += 1
        standing = self.standings[person_id]
        ask = PastInvitation(survey.key, plan.ask_at, survey.metric.key, channels=plan.channels)
        self.standings[person_id] = replace(standing, asks=(*standing.asks, ask))
        shared: dict[str, list[str]] = {}
        for channel in plan.channels:
            point = channel, standing.contacts.get(channel, "")
            for other in self._at.get(spelling(point), ()):
                if other != person_id:
                    shared.setdefault(other, []).append(channel)
        for other, channels in shared.items():
            theirs = self.standings[other]
            foreign = PastInvitation(survey.key, plan.ask_at, channels=tuple(channels), own=False)
            self.standings[other] = replace(theirs, asks=(*theirs.asks, foreign))


def later(session: Session, events: Sequence[Any], rules: Iterable[Rule]) -> dict[str, list[Later]]:
    """By person, the events that may have overtaken these. No statement where no rule asks."""
    types = sorted({one for rule in rules for one in rule.timing.cancel_on})
    found: dict[str, list[Later]] = {}
    if not types:
        return found
    rows = session.execute(
        select(
            Event.person_id, Event.type, Event.id, Event.occurred_at, Event.context, Event.subjects
        )
        .where(
            Event.person_id.in_(sorted({event.person_id for event in events})),
            Event.type.in_(types),
            Event.occurred_at >= min(event.occurred_at for event in events),
        )
        .order_by(Event.occurred_at, Event.id)
    )
    for row in rows:
        one = Later(row.type, row.id, row.occurred_at, row.context, row.subjects)
        found.setdefault(row.person_id, []).append(one)
    return found
