"""Asks that wait under a rule that was applied, and the workers that would send them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.intake import receive
from collector.invitations import escalate, lapse, send
from collector.model.audit import Author
from collector.model.base import db
from collector.model.invitations import Invitation, Message
from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from collector.triggers import decide
from collector.triggers.explain.event import explain_event
from tests.surveys.definitions import survey
from tests.triggers.making import NOON, event, read, rule

ANA = Author("ana", "too many complaints")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass
class Service:
    """One service at noon, with one rule; `happened` sends events, `at` lets the workers work."""

    rule: dict[str, Any] = field(default_factory=dict)

    def apply(self, **changes: Any) -> None:
        self.rule |= changes
        with clock.at(NOON):
            apply_rules([rule(**self.rule)], ANA)

    def happened(self, person: str = "c-1", at: datetime = NOON, **changes: Any) -> str:
        """The id of the event."""
        with clock.at(at):
            raw = event(person, **{"occurred_at": clock.iso(at), **changes})
            (outcome,) = receive.receive([read(raw, at)])
            decide.decide_events([outcome.id])
        return outcome.id

    def at(self, moment: datetime) -> list[str]:
        """Do what is due; the channels of all messages that went out so far."""
        with clock.at(moment):
            lapse.run_batch()
            escalate.run_batch()
            while send.run_batch():
                pass
        db.session.rollback()
        sent = select(Message.channel).where(Message.sent_at.is_not(None)).order_by(Message.id)
        return list(db.session.scalars(sent))

    def statuses(self) -> list[str]:
        db.session.rollback()
        return list(db.session.scalars(select(Invitation.status).order_by(Invitation.id)))

    def reason(self, event_id: str, at: datetime = NOON) -> tuple[str, str]:
        """What holds for the event's one rule: the reason code, and all that explain says."""
        with clock.at(at):
            told = explain_event(event_id)
        db.session.rollback()
        (one,) = told["rules"]
        return one["then"]["reason"], str(one)


def begin(**changes: Any) -> Service:
    """The rule is live with these changes, and its survey in use. Needs an app context."""
    with clock.at(NOON):
        apply_surveys([survey(), survey("love", "nps")])
    made = Service({"quiet_hours": {"sms": "none"}, "delay": "1h"})
    made.apply(**changes)
    return made


@pytest.fixture
def service(ctx: Flask) -> Callable[..., Service]:
    """`service(delay="1h", …)` as `begin`."""
    return begin
