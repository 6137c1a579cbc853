"""Is a claimed message still wanted, right before it is handed over? What was said since counts.

Used by `send.py` inside the transaction that marks the message as being handed over: first the
mark, then these questions, so that whoever stops something from here on finds it in our hands and
waits for it (`intake/in_hand.py`). A channel, the hours, a rule, a survey, everything, the person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock
from collector.invitations import schedule
from collector.invitations.claims import Attempt
from collector.invitations.optouts import suppressions
from collector.invitations.schedule import NOT_SENT, Outcome
from collector.invitations.send_eligibility import QUIET
from collector.invitations.senders import channel_status
from collector.invitations.senders.holds import Holds
from collector.model.people import Consent, Person
from collector.model.sql.bulk import one_of
from collector.rules import stops
from collector.rules.stops import CHANNEL_REMOVED

OPTED_OUT: Final = Outcome(NOT_SENT, "cancel", "opted_out")
PAUSED: Final = Outcome(NOT_SENT, "cancel", "paused")
BOUNCED: Final = Outcome(NOT_SENT, "next_channel", "undeliverable")
ANY: Final = "any"


def unwanted(session: Session, attempts: Sequence[Attempt]) -> dict[str, Outcome]:
    """By message id, what becomes of those that are not to be handed over."""
    found = _Now(session, attempts)
    outcomes = {one.message_id: found.against(one) for one in attempts}
    return {id: outcome for id, outcome in outcomes.items() if outcome is not None}


class _Now:
    """What holds at this moment, loaded for some attempts."""

    def __init__(self, session: Session, attempts: Sequence[Attempt]) -> None:
        self._suspended = channel_status.suspended(session)
        self._stopped = stops.load(session)
        self._removed = stops.removed(session, {one.of.rule_version_id for one in attempts})
        self._barred = suppressions.among(
            session, [(one.ask.channel, one.ask.to) for one in attempts]
        )
        self._now = clock.now()
        self._holds = Holds(session, self._now)
        self._said = _said(session, {one.of.person_id for one in attempts})

    def against(self, attempt: Attempt) -> Outcome | None:
        kind, to, of = attempt.ask.channel, attempt.ask.to, attempt.of
        if kind in self._suspended:
            return schedule.stopped()
        if why := self._stopped.reason(of.rule, of.survey):
            return schedule.held(why)
        if kind in self._removed.get(of.rule_version_id, ()):
            return schedule.held(CHANNEL_REMOVED)
        if why := self._barred.get((kind, suppressions.canonical(kind, to)), ""):
            return BOUNCED if why in suppressions.UNDELIVERABLE else OPTED_OUT
        if not attempt.probes and (until := self._holds.until(kind, to)):
            return schedule.on_hold(until - self._now)
        paused_until, denied = self._said.get(of.person_id, (None, frozenset()))
        if denied & {kind, ANY}:
            # By another channel, maybe: that one was not refused. The next claim sees to it.
            return OPTED_OUT if ANY in denied else schedule.held("opted_out")
        if paused_until is not None and paused_until > self._now:
            return PAUSED
        if not attempt.hours.open(self._now):
            return Outcome(NOT_SENT, "wait", QUIET)  # they began while this batch was sent
        return None


def _said(session: Session, people: set[str]) -> dict[str, tuple[datetime | None, frozenset[str]]]:
    """Person → until when they want to be left alone, and the channels to which they said no."""
    rows = session.execute(
        select(Person.id, Person.paused_until, Consent.channel)
        .outerjoin(Consent, (Consent.person_id == Person.id) & (Consent.state == "denied"))
        .where(one_of(Person.id, people))
    )
    found: dict[str, tuple[datetime | None, frozenset[str]]] = {}
    for row in rows:
        until, denied = found.get(row.id, (row.paused_until, frozenset()))
        found[row.id] = until, denied | ({row.channel} if row.channel else frozenset())
    return found
