"""Saying things about one person in tests, and what is known of them then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from collector import clock
from collector.intake import update_person
from collector.intake.formats import native
from collector.intake.incoming import IncomingEvent, IncomingPerson
from collector.intake.outcomes import Outcome
from collector.intake.profile import Profile
from collector.intake.receive import receive
from collector.model.base import db
from collector.model.people import Person
from tests.triggers.making import NOON, event

MINUTE = timedelta(minutes=1)


def happened(minutes: float, at: datetime = NOON, **who: Any) -> Outcome:
    """An event of so many minutes after `at` about c-1, arriving at `at`, saying only this."""
    raw = event("c-1", occurred_at=clock.iso(at + minutes * MINUTE))
    raw["person"] = {"ref": "c-1", **who}
    with clock.at(at):
        read = native.read_event(raw, "", at)
        assert isinstance(read, IncomingEvent), read
        (outcome,) = receive([read])
    return outcome


def put(body: dict[str, Any], at: datetime = NOON) -> Profile:
    person = native.read_person(body, "c-1")
    assert isinstance(person, IncomingPerson), person
    with clock.at(at):
        return update_person.update(person)


def known() -> Person:
    db.session.rollback()
    return db.session.scalars(select(Person)).one()


def reached() -> dict[str, str]:
    return {point.channel: point.address for point in known().contacts}


def consent() -> dict[str, str]:
    return {word.channel: word.state for word in known().consents}
