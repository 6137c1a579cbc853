"""What is known of one person, to read: no lock, nothing written. Used by `web/api/people.py`."""

from __future__ import annotations

from sqlalchemy import select

from collector.errors import NotFound
from collector.intake import said_at
from collector.intake.profile import Profile
from collector.model.base import db
from collector.model.people import Person
from collector.rules.same_value import text


def known(ref: str) -> Profile:
    """The profile of the person whom the caller calls `ref`. Raises NotFound (`unknown_person`)."""
    person = db.session.scalars(select(Person).where(Person.ref == text(ref))).one_or_none()
    if person is None:
        raise NotFound("There is no such person; never known, or erased.", code="unknown_person")
    return said_at.profile(person, person.contacts, person.consents)
