"""May an invitation go out at this very moment: the hour, the contact point, an answer, a stop?

Read by `claims` inside its transaction. The gates asked the same when the ask was planned; but a
retry, a queue or a late worker can bring a message to three in the morning, and a contact point can
be swapped while the invitation waits. Decides with `triggers/hours.py`; writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.invitations import escalate
from collector.invitations.delivery.due_asks import DueAsk
from collector.invitations.schedule import OURS, Reach
from collector.model.events import Event
from collector.model.people import ContactPoint, Person
from collector.model.sql.bulk import one_of
from collector.rules import rulebook, stops
from collector.rules.contact_policy import HOLD, MARK
from collector.rules.definition import Rule
from collector.rules.quiet_times import Window
from collector.rules.stops import CHANNEL_REMOVED, ENDS, Stops
from collector.triggers import shared_contacts
from collector.triggers.gates.contact import REASONS, mark
from collector.triggers.hours import Closed, never, next_open, open_at
from collector.triggers.locality import Locality, closed_days, locality_of
from collector.triggers.person_loader import workspace

QUIET: Final = f"{OURS}quiet_hours"
REMOVED: Final = f"{OURS}{CHANNEL_REMOVED}"
Ending = tuple[str, Mapping[str, Any]]
"""The reason for which an ask is called off, and its facts."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom an attempt asks and by which rule and survey: what can be stopped until it is out."""

    person_id: str
    rule: str
    survey: str
    rule_version_id: str


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours at which one person may be written to on one channel."""

    window: Window | None = None
    zones: tuple[str, ...] = ("UTC",)
    closed: Closed = never

    def open(self, at: datetime) -> bool:
        return open_at(at, self.window, self.zones, self.closed)

    def next(self, at: datetime) -> datetime:
        return next_open(at, self.window, self.zones, self.closed)


class SendEligibility:
    """Loaded once for the rows of one claim."""

    def __init__(self, session: Session, rows: Sequence[DueAsk], stopped: Stops) -> None:
        self._stopped = stopped
        self.rules = rulebook.versions(session, {row.rule_version_id for row in rows})
        self._removed = stops.removed(session, self.rules)
        # Of one that went out before (a reminder, a fall-back, a retry) there may be an answer.
        self.answered = escalate.answered(session, [row.id for row in rows])
        people, here = {row.person_id for row in rows}, workspace()
        self._points = _points(session, people)
        self._places = _places(session, people, self._points, here)
        self._happened = {
            row.id: row.occurred_at
            for row in session.execute(
                select(Event.id, Event.occurred_at).where(
                    one_of(Event.id, {row.event_id for row in rows})
                )
            )
        }
        swapped = {
            (kind, address)
            for row in rows
            for kind, (address, at) in self._points.get(row.person_id, {}).items()
            if at > row.created_at
        }
        self._sharers = shared_contacts.among(session, swapped)

    def hours(self, row: DueAsk, kind: str) -> Hours:
        """When this may go out on that channel, by the person's own clock."""
        timing, place = self.rules[row.rule_version_id].timing, self._places[row.person_id]
        return Hours(timing.window(kind), place.zones, closed_days(place.country, timing.off(kind)))

    def reach(self, row: DueAsk, known: Mapping[str, Reach]) -> dict[str, Reach]:
        """What holds on each channel, without those whose contact point is not to be trusted. A
        reminder goes where the ask went, or nowhere."""
        found = dict(known)
        for kind in self._taken_out(row):
            found[kind] = replace(found[kind], barred=REMOVED)
        for kind, doubt in self._doubts(row):
            if self.rules[row.rule_version_id].policy.contact[doubt] == HOLD and kind in found:
                found[kind] = replace(found[kind], barred=f"{OURS}{REASONS[doubt]}")
        return found

    def marks(self, row: DueAsk, kind: str) -> list[str]:
        """The invitation's marks with what is doubtful about the contact point by now."""
        policy = self.rules[row.rule_version_id].policy
        fresh = {
            mark(doubt, on) for on, doubt in self._doubts(row) if policy.contact[doubt] == MARK
        }
        return sorted({*row.marks, *(one for one in fresh if one.endswith(f":{kind}"))})

    def asking(self, row: DueAsk) -> Asking:
        rule = self.rules[row.rule_version_id]
        return Asking(row.person_id, rule.key, rule.survey_key, row.rule_version_id)

    def ended(self, row: DueAsk) -> Ending | None:
        """Why nothing of its rule or survey goes out any more, if that is so."""
        of = self.asking(row)
        why = self._stopped.reason(of.rule, of.survey)
        return (why, self._stopped.facts(of.rule, of.survey)) if why in ENDS else None

    def held(self, row: DueAsk) -> Ending | None:
        """Why the channels that are left cannot be used, if one of our own rules is the reason."""
        if gone := self._taken_out(row):
            return CHANNEL_REMOVED, {"removed": sorted(gone), **self._names(row)}
        rule: Rule = self.rules[row.rule_version_id]
        held = [doubt for _, doubt in self._doubts(row) if rule.policy.contact[doubt] == HOLD]
        return (REASONS[held[0]], {"doubtful": list(row.channels)}) if held else None

    def _names(self, row: DueAsk) -> dict[str, str]:
        of = self.asking(row)
        return {"rule": of.rule, "survey": of.survey}

    def _taken_out(self, row: DueAsk) -> list[str]:
        """Its channels from the present step on that the rule does not have any more."""
        gone = self._removed.get(row.rule_version_id, frozenset())
        return [kind for kind in row.channels[row.step :] if kind in gone]

    def _doubts(self, row: DueAsk) -> list[tuple[str, str]]:
        """(channel, doubt) of what was changed since the event."""
        doubts = []
        for kind, (address, at) in self._points.get(row.person_id, {}).items():
            if kind in row.channels and at > self._happened[row.event_id]:
                if self._sharers.staffed((kind, address)):
                    doubts.append((kind, "staff"))
                doubts.append((kind, "changed"))
        return doubts


def _points(session: Session, people: set[str]) -> dict[str, dict[str, tuple[str, datetime]]]:
    found: dict[str, dict[str, tuple[str, datetime]]] = {}
    for row in session.execute(
        select(
            ContactPoint.person_id, ContactPoint.channel, ContactPoint.address,
            ContactPoint.changed_at,
        )
        .where(one_of(ContactPoint.person_id, people))
        .order_by(ContactPoint.person_id, ContactPoint.channel)
    ):  # fmt: skip
        found.setdefault(row.person_id, {})[row.channel] = row.address, row.changed_at
    return found


def _places(
    session: Session,
    people: set[str],
    points: Mapping[str, Mapping[str, tuple[str, datetime]]],
    here: Locality,
) -> dict[str, Locality]:
    rows = session.execute(
        select(Person.id, Person.timezone, Person.attributes, Person.locale).where(
            one_of(Person.id, people)
        )
    )
    return {
        row.id: locality_of(
            row.timezone,
            points.get(row.id, {}).get("sms", ("",))[0],
            row.attributes,
            row.locale,
            here,
        )
        for row in rows
    }
