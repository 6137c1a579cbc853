"""What is said now holds now; what was taken away stays away; a no is never dropped in silence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from collector import clock
from collector.intake.formats import cloudevents, segment
from collector.intake.incoming import IncomingEvent
from collector.intake.receive import as_of, receive
from collector.invitations.optouts import optout
from collector.model.base import db, unit_of_work
from collector.model.people import Consent, ContactPoint, Person
from tests.intake.saying import MINUTE, consent, happened, known, put, reached
from tests.triggers.making import NOON


@pytest.mark.parametrize("ahead", [9, 0.05], ids=["nine minutes", "three seconds"])
def test_a_call_now_outdoes_an_event_whose_clock_is_ahead(ctx: Flask, ahead: float) -> None:
    happened(
        ahead, email="old@example.com", consent={"email": "granted"}, locale="de",
        attributes={"plan": "free", "theme": "dark"},
    )  # fmt: skip
    after = put(
        {
            "email": "new@example.com", "consent": {"email": "denied"}, "locale": "pt-BR",
            "attributes": {"plan": "pro", "theme": None},
        },
        NOON + timedelta(seconds=1),
    )  # fmt: skip
    assert after.words["email"].state == "denied"
    assert (after.addresses, after.locale) == ({"email": "new@example.com"}, "pt-BR")
    assert after.attributes == known().attributes == {"plan": "pro"}
    assert (reached(), consent()) == ({"email": "new@example.com"}, {"email": "denied"})


def test_a_call_is_never_older_than_what_another_machine_wrote(ctx: Flask) -> None:
    put({"phone": "+5511987654321", "consent": {"sms": "granted"}}, NOON + 5 * MINUTE)
    after = put({"phone": None, "consent": {"sms": "denied"}}, NOON)
    assert (after.addresses, after.words["sms"].state) == ({}, "denied")
    happened(4, at=NOON + 6 * MINUTE, phone="+5511987654321")
    assert reached() == {"sms": "+5511987654321"}  # of six past noon, which is newer


@pytest.mark.parametrize("ahead", [0, 0.05, 9])
def test_a_denial_inside_an_event_holds_from_its_arrival_on(ctx: Flask, ahead: float) -> None:
    put({"consent": {"any": "granted"}}, NOON - MINUTE)
    happened(9, at=NOON - MINUTE, consent={"any": "granted"})
    assert happened(ahead, consent={"any": "denied"}).notes == ()
    assert consent() == {"any": "denied"}


@pytest.mark.parametrize(("first", "second"), [("granted", "denied"), ("denied", "granted")])
def test_of_one_moment_a_denial_beats_a_grant(ctx: Flask, first: str, second: str) -> None:
    happened(-10, consent={"sms": first})
    happened(-10, consent={"sms": second})
    assert consent() == {"sms": "denied"}


def test_a_denial_that_is_too_old_to_hold_is_told(ctx: Flask) -> None:
    put({"consent": {"sms": "granted"}})
    outcome = happened(-30, at=NOON + MINUTE, consent={"sms": "denied"})
    (note,) = outcome.notes
    assert (note.code, note.pointer) == ("outdated_denial", "/person/consent/sms")
    assert "2026-03-02T12:00:00" in note.detail
    assert (outcome.status, consent()) == ("accepted", {"sms": "granted"})
    assert happened(-30, at=NOON + MINUTE, consent={"sms": "granted"}).notes == ()


def test_events_whose_clock_is_ahead_stay_in_their_order() -> None:
    ahead, more, past = NOON + MINUTE, NOON + 2 * MINUTE, NOON - MINUTE
    times = as_of([more, past, ahead, NOON], NOON)
    assert times[past] == past
    assert times[NOON] == times[ahead] == NOON
    assert timedelta(0) < times[more] - NOON < timedelta(milliseconds=1)


def test_each_attribute_has_a_time_of_its_own(ctx: Flask) -> None:
    happened(-60, attributes={"plan": "free"})
    happened(-10, attributes={"theme": "dark"})
    happened(-30, attributes={"plan": "pro"})
    assert known().attributes == {"plan": "pro", "theme": "dark"}


def test_the_persons_own_fields_have_a_time_each(ctx: Flask) -> None:
    happened(-60, locale="de", kind="customer")
    happened(-10, timezone="Asia/Tokyo")
    happened(-30, locale="pt-BR", kind="employee")
    assert (known().locale, known().kind) == ("pt-BR", "employee")


def test_what_was_said_again_is_as_new_as_that(ctx: Flask) -> None:
    again: dict[str, Any] = {"email": "a@example.com", "consent": {"any": "granted"}}
    happened(-60, **again)
    happened(-10, **again)
    happened(-30, email="b@example.com", consent={"any": "denied"})
    assert (reached(), consent()) == ({"email": "a@example.com"}, {"any": "granted"})
    # Somewhere in between it was another one: it has been this one since then, at the earliest.
    assert known().contacts[0].changed_at == NOON - 10 * MINUTE


@pytest.mark.parametrize("taken_away_by", ["a call", "an event"])
def test_what_was_taken_away_does_not_come_back_by_an_older_word(
    ctx: Flask, taken_away_by: str
) -> None:
    said: dict[str, Any] = {"email": "gone@example.com", "attributes": {"plan": "pro"}}
    happened(-60, **said)
    if taken_away_by == "a call":
        put({"email": None, "attributes": {"plan": None}})
    else:
        happened(0, email=None, attributes={"plan": None})
    happened(-50, **said)
    assert (reached(), known().attributes) == ({}, {})
    happened(0, at=NOON + MINUTE, **said)
    assert (reached(), known().attributes) == ({"email": "gone@example.com"}, {"plan": "pro"})


def test_what_is_taken_away_before_it_was_said_stays_away(ctx: Flask) -> None:
    happened(-10, phone=None, attributes={"plan": None})
    happened(-20, phone="+5511987654321", attributes={"plan": "pro"})
    assert (reached(), known().attributes) == ({}, {})


def test_a_row_from_before_there_were_times_counts_as_of_its_own(ctx: Flask) -> None:
    """As the version before wrote it, and as it goes on writing while it is replaced."""
    happened(-10, email="a@example.com", consent={"any": "granted"}, attributes={"plan": "pro"})
    with unit_of_work() as work:
        work.session.execute(update(Person).values(said_at={}))
        work.commit()
    happened(-20, email="b@example.com", consent={"any": "denied"}, kind="employee",
             attributes={"plan": "free", "theme": "dark"})  # fmt: skip
    assert (reached(), consent()) == ({"email": "a@example.com"}, {"any": "granted"})
    assert (known().attributes, known().kind) == ({"plan": "pro", "theme": "dark"}, "customer")
    happened(-5, email="c@example.com", attributes={"plan": None})
    assert (reached(), known().attributes) == ({"email": "c@example.com"}, {"theme": "dark"})


@pytest.mark.parametrize("minutes", [-90, -10, 0, 9])
def test_no_grant_of_a_system_undoes_what_a_person_said(ctx: Flask, minutes: float) -> None:
    happened(-60, phone="+5511987654321", consent={"sms": "granted"})
    with clock.at(NOON - 30 * MINUTE):
        optout.stop("sms", "+5511987654321", "sms_reply")
    happened(minutes, consent={"sms": "granted"})
    after = put({"consent": {"sms": "granted"}}, NOON + 20 * MINUTE)
    assert (after.words["sms"].state, after.words["sms"].source) == ("denied", "sms_reply")


def test_an_older_denial_of_a_system_does_not_undo_a_persons_own_start(ctx: Flask) -> None:
    happened(-60, phone="+5511987654321", consent={"sms": "denied"})
    with clock.at(NOON - 30 * MINUTE):
        optout.start("sms", "+5511987654321", "sms_reply")
    assert happened(-40, consent={"sms": "denied"}).notes[0].code == "outdated_denial"
    assert consent() == {"sms": "granted"}
    happened(-20, consent={"sms": "denied"})
    assert consent() == {"sms": "denied"}


def test_a_null_trait_of_segment_takes_away(ctx: Flask) -> None:
    def identify(number: int, traits: dict[str, Any], minutes: int) -> None:
        raw = {
            "type": "identify", "userId": "c-1", "messageId": f"m{number}", "traits": traits,
            "timestamp": clock.iso(NOON + minutes * MINUTE),
        }  # fmt: skip
        read = segment.read_message(raw, "/batch/0", NOON, fresh_id=lambda: "x").item
        assert isinstance(read, IncomingEvent), read
        with clock.at(NOON):
            receive([read])

    identify(1, {"email": "gone@example.com", "plan": "pro"}, -60)
    identify(2, {"email": None, "plan": None}, -10)
    identify(3, {"email": "gone@example.com", "plan": "pro"}, -30)
    assert (reached(), known().attributes) == ({}, {})


def test_notes_point_into_the_format_that_was_sent(ctx: Flask) -> None:
    put({"consent": {"any": "granted"}, "attributes": {f"a{at}": at for at in range(500)}})
    time = clock.iso(NOON - MINUTE)
    cloud = {
        "specversion": "1.0", "source": "s", "id": "1", "type": "t", "time": time,
        "subject": "c-1",
        "data": {"person": {"consent": {"any": "denied"}, "attributes": {"new": 1}}},
    }  # fmt: skip
    message = {
        "type": "identify", "userId": "c-1", "messageId": "1", "timestamp": time,
        "traits": {"consent": False, "new": 1},
    }  # fmt: skip
    read = [
        cloudevents.read_event(cloud, "/3", NOON),
        segment.read_message(message, "/batch/4", NOON, fresh_id=lambda: "x").item,
    ]
    with clock.at(NOON + MINUTE):
        found = [{note.pointer for note in one.notes} for one in receive(read)]
    assert found == [
        {"/3/data/person/attributes", "/3/data/person/consent/any"},
        {"/batch/4/traits", "/batch/4/traits/consent/any"},
    ]


def test_nobody_is_left_at_an_address_that_was_withdrawn(ctx: Flask) -> None:
    happened(-60, email="a@example.com", phone="+5511987654321")
    happened(-10, email=None, phone=None)
    db.session.rollback()
    assert db.session.scalars(select(ContactPoint)).all() == []
    assert db.session.scalars(select(Consent)).all() == []
