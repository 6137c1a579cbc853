"""Accepting events: once each, people kept with them, nothing half-written."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from collector import clock
from collector.intake import people
from collector.intake.formats.native import read_person
from collector.intake.incoming import IncomingPerson
from collector.intake.outcomes import Refused
from collector.intake.receive import receive
from collector.intake.update_person import update
from collector.model.base import db, unit_of_work
from collector.model.events import Event
from collector.model.ids import new_id
from collector.model.people import Consent, ContactPoint, Person
from tests.triggers.making import NOON, event, read


def count(table: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def statuses(*raw: dict[str, Any]) -> list[str]:
    return [one.status for one in receive([read(item) for item in raw])]


def test_an_event_is_accepted_once(ctx: Flask) -> None:
    raw = event()
    (first,) = receive([read(raw)])
    (again,) = receive([read(raw)])
    assert (first.status, again.status) == ("accepted", "duplicate")
    assert first.id == again.id
    assert count(Event) == 1
    assert ctx.extensions["collector.rung"] == ["decide"]


def test_the_same_key_with_another_body_is_a_conflict_and_changes_nothing(ctx: Flask) -> None:
    raw = event(context={"a": 1})
    receive([read(raw)])
    (other,) = receive([read({**raw, "context": {"a": 2}})])
    assert (other.status, other.id, other.problems[0].code) == ("conflict", "", "event_key_reused")
    db.session.rollback()
    assert db.session.scalars(select(Event)).one().context == {"a": 1}


def test_repetitions_inside_one_batch_are_told_apart(ctx: Flask) -> None:
    raw = event()
    assert statuses(raw, raw, {**raw, "type": "order.returned"}, event()) == [
        "accepted", "duplicate", "conflict", "accepted",
    ]  # fmt: skip
    assert count(Event) == 2


def test_the_same_id_from_another_source_is_another_event(ctx: Flask) -> None:
    assert statuses(event(id="1"), event(id="1", source="crm")) == ["accepted", "accepted"]


def test_a_refused_item_keeps_its_place(ctx: Flask) -> None:
    outcomes = receive([read(event()), Refused((), "shop", "x"), read(event())])
    assert [one.status for one in outcomes] == ["accepted", "invalid", "accepted"]
    assert receive([Refused(())])[0].status == "invalid"


def test_subjects_are_frozen_as_they_were(ctx: Flask) -> None:
    receive([read(event(subjects={"agent": {"id": "a1", "credited": "a2"}, "store": "s9"}))])
    assert db.session.scalars(select(Event)).one().subjects == {
        "agent": {"id": "a1", "credited": "a2"},
        "store": {"id": "s9", "credited": "s9"},
    }


def test_people_grow_with_what_is_said_about_them(ctx: Flask) -> None:
    receive([read(event(who={"attributes": {"plan": "free", "age": 3}, "locale": "pt-BR"}))])
    receive([read(event(who={"attributes": {"plan": "pro", "age": None}, "phone": "+5511912345678"},
                        occurred_at="2026-03-02T11:30:00Z"))])  # fmt: skip
    db.session.rollback()
    person = db.session.scalars(select(Person)).one()
    assert (person.attributes, person.locale) == ({"plan": "pro"}, "pt-BR")
    assert {one.channel: one.address for one in person.contacts} == {
        "sms": "+5511912345678", "email": "c3290756798@example.com",
    }  # fmt: skip


def test_an_event_that_arrives_late_does_not_override_newer_words(ctx: Flask) -> None:
    receive([read(event(who={"attributes": {"plan": "pro"}, "consent": {"any": "denied"}}))])
    late = {"attributes": {"plan": "free", "since": 2019}, "phone": "+5511900000000"}
    receive([read(event(who=late, occurred_at="2026-02-01T00:00:00Z"))])
    db.session.rollback()
    person = db.session.scalars(select(Person)).one()
    assert person.attributes == {"plan": "pro", "since": 2019}
    assert [one.state for one in person.consents] == ["denied"]
    assert "+5511900000000" not in {one.address for one in person.contacts}


def test_events_of_one_batch_are_told_in_the_order_of_their_times(ctx: Flask) -> None:
    newer = event(who={"attributes": {"plan": "pro"}}, occurred_at="2026-03-02T11:30:00Z")
    older = event(who={"attributes": {"plan": "free"}}, occurred_at="2026-03-02T11:00:00Z")
    receive([read(newer), read(older)])
    assert db.session.scalars(select(Person)).one().attributes == {"plan": "pro"}


@pytest.mark.parametrize(("source", "after"), [("sms_stop", "denied"), ("event", "granted")])
def test_a_persons_own_no_outlives_what_systems_say(ctx: Flask, source: str, after: str) -> None:
    receive([read(event(occurred_at="2026-03-01T00:00:00Z"))])
    with unit_of_work() as work:
        person = work.session.scalars(select(Person)).one()
        word = {"person_id": person.id, "channel": "sms", "state": "denied"}
        when = NOON - timedelta(hours=10)
        work.session.add(Consent(id=new_id("cns"), **word, source=source, changed_at=when))
        work.commit()
    receive([read(event(who={"consent": {"sms": "granted"}}))])
    db.session.rollback()
    words = db.session.scalars(select(Consent).where(Consent.channel == "sms")).one()
    assert words.state == after


def test_a_person_can_be_kept_without_an_event(ctx: Flask) -> None:
    def tell(body: dict[str, Any]) -> None:
        person = read_person(body, "c-9")
        assert isinstance(person, IncomingPerson)
        update(person)

    with clock.at(NOON):
        tell({"phone": "+5511987654321", "email": "a@example.com", "attributes": {"a": 1}})
        tell({"phone": None, "attributes": {"b": 2}})
    person = db.session.scalars(select(Person)).one()
    assert person.attributes == {"a": 1, "b": 2}
    assert [one.channel for one in person.contacts] == ["email"]


def test_a_failure_in_the_middle_leaves_nothing(
    ctx: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(people, "insert_or_set", broken)
    with pytest.raises(RuntimeError):
        receive([read(event())])
    monkeypatch.undo()
    assert count(Person) == count(ContactPoint) == count(Event) == 0
    assert statuses(event()) == ["accepted"]


def test_hostile_but_storable_texts_survive(ctx: Flask) -> None:
    text = "Robert'); DROP TABLE events;-- 😀 ‮ \u200b ﷽ \x01"
    receive([read(event(person="'; --", context={"t": text, "k\n": [None, True, 1.5]}))])
    kept = db.session.scalars(select(Event)).one().context
    assert kept == {"t": text, "k\n": [None, True, 1.5]}
