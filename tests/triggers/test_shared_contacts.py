"""A contact point of thousands: deciding costs the same, and one of a few is decided as ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.intake.receive import receive
from collector.model.base import db
from collector.model.events import Decision
from collector.model.people import ContactPoint, Person
from collector.model.sql.bulk import insert_all
from collector.triggers import decide, invitation_history, person_loader, shared_contacts
from tests import factories
from tests.effort import analyze, effort, watched
from tests.triggers.conftest import PutToUse
from tests.triggers.making import NOON, event, read, rule

CROWD = ("email", "none@none.com")
NOTHING_HELD = {"contact_integrity": {"shared": "off"}}


def sharers(count: int, first: int = 0, address: str = CROWD[1], kind: str = "customer") -> None:
    """So many more people with this address, as the tables have them."""
    names = [f"{address}-{n:06}" for n in range(first, first + count)]
    insert_all(db.session(), Person.__table__, [
        {"id": f"per_{name}"[:40], "ref": name, "kind": kind, "locale": "en", "timezone": "UTC",
         "attributes": {}, "created_at": NOON, "updated_at": NOON} for name in names
    ])  # fmt: skip
    insert_all(db.session(), ContactPoint.__table__, [
        {"id": f"con_{name}"[:40], "person_id": f"per_{name}"[:40], "channel": "email",
         "address": address.title() if n % 2 else address, "changed_at": NOON}
        for n, name in enumerate(names)
    ])  # fmt: skip
    db.session.commit()


def person_id(n: int, address: str = CROWD[1]) -> str:
    return f"per_{address}-{n:06}"


def reasons() -> list[str]:
    return sorted(db.session.scalars(select(Decision.reason)))


def decided(numbers: range, day: int) -> None:
    """An event of each of these, decided together."""
    with clock.at(NOON + timedelta(days=day)):
        raw = [
            event(
                f"{CROWD[1]}-{n:06}",
                occurred_at=clock.iso(clock.now()),
                who={"email": CROWD[1], "phone": None},
            )
            for n in numbers
        ]
        made = receive([read(item, clock.now()) for item in raw])
        decide.decide_events([one.id for one in made])
    db.session.remove()


def rows_of(ids: list[str]) -> dict[str, Any]:
    found = db.session.execute(select(Person.__table__).where(Person.id.in_(ids))).all()
    return {row.id: row for row in found}


def load(people: dict[str, Any]) -> None:
    """What deciding reads of these people, under the locks and before."""
    person_loader.person_contexts(db.session(), people)
    shared_contacts.partners(db.session(), people)
    db.session.rollback()


def test_the_work_does_not_grow_with_how_many_share_an_address(ctx: Flask) -> None:
    sharers(2_000)
    people = rows_of([person_id(n) for n in range(700, 720)])
    analyze()
    few = effort(lambda: load(people))
    sharers(10_000, 2_000)
    analyze()
    many = effort(lambda: load(people))
    assert many < few * 1.1, (few, many)
    with watched() as seen:
        load(people)
    assert seen.rows < 1_000  # the twenty, and the two hundred who stand for the crowd
    assert len(seen.statements) < 15


def test_a_few_sharers_are_all_known_and_counted(ctx: Flask) -> None:
    sharers(7)
    found = shared_contacts.among(db.session(), [("email", CROWD[1].upper())])
    assert found.people == {CROWD: tuple(person_id(n) for n in range(7))}
    assert (found.others(CROWD), found.others(("email", "x@y.z"))) == (6, 0)
    assert shared_contacts.partners(db.session(), [person_id(3)]) == {
        person_id(3): {person_id(n) for n in (0, 1, 2, 4, 5, 6)}
    }


def test_of_a_crowd_the_first_stand_for_all_and_it_is_counted_as_far_as_a_rule_asks(
    ctx: Flask,
) -> None:
    sharers(450)
    found = shared_contacts.among(db.session(), [CROWD])
    assert found.people[CROWD] == tuple(person_id(n) for n in range(shared_contacts.MOST))
    assert found.others(CROWD) == 449
    sharers(1_000, 450)
    assert shared_contacts.among(db.session(), [CROWD]).others(CROWD) == shared_contacts.COUNTED - 1


def test_everybody_in_a_crowd_locks_the_same_people_along(ctx: Flask) -> None:
    sharers(300)
    found = shared_contacts.partners(db.session(), [person_id(n) for n in (0, 250, 299)])
    first = {person_id(n) for n in range(shared_contacts.MOST)}
    assert found[person_id(250)] == found[person_id(299)] == first
    assert found[person_id(0)] == first - {person_id(0)}


def test_an_employee_at_a_shared_address_is_seen(ctx: Flask) -> None:
    sharers(2)
    sharers(1, 2, kind="employee")
    assert shared_contacts.among(db.session(), [CROWD]).staffed(CROWD)


@pytest.mark.parametrize("size", [3, 260], ids=["a family", "a crowd"])
def test_who_was_asked_at_an_address_spares_the_others_there(
    ctx: Flask, in_use: PutToUse, size: int
) -> None:
    """Also those behind the first two hundred."""
    in_use(rule(channels=["email"], caps={"global_days": 30}, **NOTHING_HELD))
    sharers(size)
    decided(range(1), 0)
    decided(range(size - 2, size), 10)
    assert reasons() == ["capped_global", "capped_global", "invited"]


def test_the_newest_asks_of_each_survey_are_read_of_others_and_all_of_ones_own(ctx: Flask) -> None:
    sharers(2)
    for survey in ("a", "b"):
        made = factories.survey_version(db.session, key=survey)
        for n in range(12):
            _ask(made, person_id(0), NOON + timedelta(days=n))
    db.session.commit()
    seen = person_loader.person_contexts(db.session(), rows_of([person_id(0), person_id(1)]))
    assert len(seen[person_id(0)].asks) == 24
    foreign = seen[person_id(1)].asks
    assert {ask.own for ask in foreign} == {False}
    newest = range(12 - invitation_history.NEWEST, 12)
    assert sorted((ask.survey_key, ask.at) for ask in foreign) == [
        (survey, NOON + timedelta(days=n)) for survey in ("a", "b") for n in newest
    ]


def _ask(survey: Any, person: str, at: Any) -> None:
    made = factories.sent_invitation(
        db.session, survey=survey, of=db.session.get_one(Person, person), channels=["email"]
    )
    db.session.get_one(Decision, made.decision_id).ask_at = at
