"""Rows for tests, with sensible defaults: `invitation(session, status="sent")` makes what it needs.

Each factory adds rows to the session and flushes; the test commits. Times default to `NOON`.
"""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from collector.model.answers import Response, Tap
from collector.model.events import Decision, Event
from collector.model.ids import new_id
from collector.model.invitations import Invitation, Message
from collector.model.people import ContactPoint, Person
from collector.model.surveys import SurveyVersion
from collector.model.verdicts import Verdict
from tests.factory_catalog import NOON as NOON
from tests.factory_catalog import rule as rule
from tests.factory_catalog import survey_version as survey_version

_numbers = itertools.count(1)


def person(session: Session, **changes: Any) -> Person:
    """A customer with a phone number and a mail address, unless `contacts` says otherwise."""
    number = next(_numbers)
    contacts = changes.pop(
        "contact_points",
        {"sms": f"+1415555{number:04d}", "email": f"someone{number}@example.com"},
    )
    row = Person(
        **{
            "id": new_id("per"),
            "ref": f"customer-{number}",
            "kind": "customer",
            "locale": "en",
            "timezone": "UTC",
            "attributes": {},
            "created_at": NOON,
            "updated_at": NOON,
            **changes,
        }
    )
    session.add(row)
    session.flush()
    for channel, address in contacts.items():
        session.add(
            ContactPoint(
                id=new_id("con"),
                person_id=row.id,
                channel=channel,
                address=address,
                changed_at=NOON,
            )
        )
    session.flush()
    return row


def event(session: Session, person_id: str, **changes: Any) -> Event:
    """An order delivered at noon, handled by agent a1."""
    number = next(_numbers)
    row = Event(
        **{
            "id": new_id("evt"),
            "source": "shop",
            "event_id": f"order-{number}",
            "type": "order.delivered",
            "person_id": person_id,
            "occurred_at": NOON,
            "received_at": NOON,
            "context": {},
            "subjects": {"agent": {"id": "a1", "credited": "a1"}},
            "digest": f"digest-{number}",
            "status": "decided",
            **changes,
        }
    )
    session.add(row)
    session.flush()
    return row


def invitation(
    session: Session,
    *,
    of: Person | None = None,
    survey: SurveyVersion | None = None,
    **changes: Any,
) -> Invitation:
    """A waiting invitation, due at noon, with its person, survey, rule, event and decision."""
    of, survey = of or person(session), survey or survey_version(session)
    by = rule(session, survey.key, definition=changes.pop("rule_definition", {}))
    about = event(session, of.id)
    decision = Decision(
        id=new_id("dec"),
        event_id=about.id,
        rule_key=by.key,
        rule_version_id=by.version_id,
        survey_key=survey.key,
        person_id=of.id,
        outcome="invited",
        reason="invited",
        facts={},
        decided_at=NOON,
    )
    session.add(decision)
    session.flush()
    row = Invitation(
        **{
            "id": new_id("inv"),
            "decision_id": decision.id,
            "event_id": about.id,
            "person_id": of.id,
            "rule_version_id": by.version_id,
            "survey_version_id": survey.id,
            "token_id": f"{next(_numbers):016x}",
            "channels": ["sms", "email"],
            "step": 0,
            "locale": "en",
            "status": "waiting",
            "due_at": NOON,
            "lapses_at": NOON + timedelta(days=14),
            "created_at": NOON,
            **changes,
        }
    )
    session.add(row)
    session.flush()
    return row


def sent_invitation(session: Session, **changes: Any) -> Invitation:
    """An invitation that went out by SMS at noon, with its message."""
    row = invitation(session, **{"status": "sent", "sent_at": NOON, **changes})
    session.add(
        Message(
            id=new_id("msg"),
            invitation_id=row.id,
            channel=row.channels[0],
            attempt=1,
            address="+14155550000",
            status="sent",
            provider_ref=new_id("ref"),
            claimed_at=NOON,
            sent_at=NOON,
            settled_at=NOON,
        )
    )
    session.flush()
    return row


def tap(session: Session, invitation_id: str, score: int | None, **changes: Any) -> Tap:
    """A confirmed press on the page, a minute after noon."""
    row = Tap(
        **{
            "id": new_id("tap"),
            "idempotency_key": new_id("once"),
            "invitation_id": invitation_id,
            "kind": "confirmed",
            "score": score,
            "comment": None,
            "via": "page",
            "channel": "sms",
            "opened_at": NOON + timedelta(seconds=50),
            "tapped_at": NOON + timedelta(minutes=1),
            "user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) Safari/605.1",
            **changes,
        }
    )
    session.add(row)
    session.flush()
    return row


def response(session: Session, of: Invitation | None = None, **changes: Any) -> Response:
    """A confirmed five, a minute after noon."""
    of = of or sent_invitation(session)
    row = Response(
        **{
            "id": new_id("rsp"),
            "invitation_id": of.id,
            "person_id": of.person_id,
            "version": 1,
            "state": "confirmed",
            "score": 5,
            "comment": None,
            "channel": "sms",
            "first_tapped_at": NOON + timedelta(minutes=1),
            "answered_at": NOON + timedelta(minutes=1),
            "settles_at": None,
            "taps": 1,
            "set_aside": [],
            "needs_verdict": True,
            "updated_at": NOON + timedelta(minutes=1),
            **changes,
        }
    )
    session.add(row)
    session.flush()
    return row


def verdict(session: Session, response_id: str, **changes: Any) -> Verdict:
    """A clean first verdict, not yet published."""
    row = Verdict(
        **{
            "id": new_id("vrd"),
            "response_id": response_id,
            "number": 1,
            "response_version": 1,
            "verdict": "clean",
            "weight": 1.0,
            "reasons": [],
            "evidence": {},
            "checks_version": "1",
            "judged_by": "checks",
            "created_at": NOON + timedelta(minutes=2),
            "published": False,
            **changes,
        }
    )
    session.add(row)
    session.flush()
    return row
