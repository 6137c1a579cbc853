"""The verb for a person who withholds an ask: the customer declined, the contact is wrong.

Called by `web/api/withhold.py`. Choosing who gets asked is the easiest way to a better score, so
each of these is a decision with who and why, in the same ledger as all others: the integrity stage
counts them by agent. What went out cannot be withheld any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock
from collector.errors import Conflict, InvalidInput, NotFound
from collector.model import locks
from collector.model.base import unit_of_work
from collector.model.events import Decision, Event
from collector.model.ids import derived_id
from collector.model.invitations import CANCELLED, WAITING, Invitation
from collector.model.people import Person
from collector.model.transaction import transaction
from collector.rules import rulebook
from collector.rules.values import Problems
from collector.triggers import decide, supersede
from collector.triggers.arbitration import HELD_BACK
from collector.triggers.decide import DecisionView
from collector.triggers.supersede import Superseded

REASONS: Final = ("customer_declined", "invalid_contact", "duplicate_case", "test_record")
DECIDED: Final = "decided"


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why, who says so (the name or id of a person), and a note in their words."""

    reason: str
    by: str
    note: str = ""


def withhold(event_id: str, said: Withheld) -> list[DecisionView]:
    """Ask nobody about this event; returns the decisions that hold. Twice is the same as once.

    Raises InvalidInput, NotFound (`unknown_event`), and Conflict (`already_asked`) where the ask
    has gone out or is in a worker's hands.
    """
    said = _checked(said)
    _withhold(event_id, said)
    return decide.recorded([event_id])[event_id]


@transaction
def _withhold(event_id: str, said: Withheld) -> None:
    with unit_of_work() as work:
        session, now = work.session, clock.now()
        event = session.get(Event, event_id)
        if event is None:
            raise NotFound("There is no event with this id.", code="unknown_event")
        # The same lock as for deciding, and then another look.
        locks.one(session, Person, event.person_id)
        session.refresh(event)
        if event.status != DECIDED:
            _decide(session, event, said)
        else:
            about = select(Invitation).where(Invitation.event_id == event_id)
            invitation = next(iter(locks.entities(session, Invitation, about)), None)
            if invitation is not None and invitation.status != CANCELLED:
                if invitation.status != WAITING or invitation.sent_at is not None:
                    raise Conflict(
                        "The ask has gone out or is going out right now; it cannot be withheld.",
                        code="already_asked",
                    )
                found = Superseded(invitation.decision_id, said.reason, _facts(said))
                supersede.cancel(session, {invitation.id: found}, now)
        work.commit()


def _decide(session: Session, event: Event, said: Withheld) -> None:
    """Nobody has decided yet: each listening rule holds back for this reason."""
    for rule, survey in rulebook.listening(session, {event.type}).get(event.type, ()):
        session.add(
            Decision(
                id=derived_id("dec", event.occurred_at, event.id, rule.key),
                event_id=event.id,
                rule_key=rule.key,
                rule_version_id=rule.version_id,
                survey_key=survey.key,
                person_id=event.person_id,
                outcome=HELD_BACK,
                reason=said.reason,
                facts=_facts(said),
                decided_at=clock.now(),
            )
        )
    event.status = DECIDED


def _facts(said: Withheld) -> dict[str, Any]:
    return {"by": said.by, "note": said.note}


def _checked(said: Withheld) -> Withheld:
    problems = Problems()
    reason = problems.choice(said.reason, "/reason", REASONS)
    if not said.reason:
        problems.add("/reason", "missing", f"This is missing; one of: {', '.join(REASONS)}.")
    by = problems.text(said.by, "/by", 100, required=True)
    note = problems.text(said.note, "/note", 500)
    if problems.found:
        first = problems.found[0]
        raise InvalidInput(
            f"This cannot be recorded: {first.detail}",
            code=first.code,
            pointer=first.pointer,
            problems=tuple(problems.found),
        )
    return Withheld(reason, by, note)
