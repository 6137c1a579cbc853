"""Segment's messages read as events: who, what, when, and what is left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from collector.intake.formats.segment import Read, read_message, type_of
from collector.intake.incoming import IncomingEvent
from collector.intake.outcomes import Refused
from tests.triggers.making import NOON


def message(call: str = "track", **changes: Any) -> dict[str, Any]:
    raw = {
        "type": call,
        "messageId": "m-1",
        "userId": "c-17",
        "timestamp": "2026-03-02T11:00:00.000Z",
        **({"event": "Order Delivered", "properties": {"amount": 9}} if call == "track" else {}),
        **changes,
    }
    return {name: value for name, value in raw.items() if value is not ...}


def read(raw: Any, now: datetime = NOON, **more: Any) -> Read:
    return read_message(raw, "", now, fresh_id=lambda: "fresh", **more)


def taken(raw: Any, **more: Any) -> IncomingEvent:
    item = read(raw, **more).item
    assert isinstance(item, IncomingEvent), item
    return item


def pointers(raw: Any, **more: Any) -> dict[str, str]:
    item = read(raw, **more).item
    assert isinstance(item, Refused), item
    return {problem.pointer: problem.code for problem in item.problems}


def test_a_tracked_event_keeps_its_id_name_time_and_properties() -> None:
    event = taken(message())
    assert event.key == ("segment", "m-1")
    assert (event.type, event.context) == ("order.delivered", {"amount": 9})
    assert event.occurred_at == datetime(2026, 3, 2, 11, tzinfo=UTC)
    assert event.person.ref == "c-17"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Order Completed", "order.completed"),
        ("order.completed", "order.completed"),
        ("  Signed Up! ", "signed.up"),
        ("order_completed", "order_completed"),
        ("订单 完成", "订单.完成"),
        ("Ticket #Solved", "ticket.solved"),
    ],
)
def test_the_name_becomes_a_type_that_a_rule_can_hear(name: str, kind: str) -> None:
    assert type_of(name) == kind
    assert taken(message(event=name)).type == kind


def test_the_person_comes_from_the_traits() -> None:
    traits = {
        "email": "Ana@Example.com", "phone": "+55 11 98765-4321", "locale": "pt_BR",
        "timezone": "America/Sao_Paulo", "name": "Ana", "plan": "pro", "kind": "employee",
        "consent": {"sms": True, "email": "denied"},
    }  # fmt: skip
    for raw in (message("identify", traits=traits), message(context={"traits": traits})):
        who = taken(raw).person
        assert (who.ref, who.kind, who.locale) == ("c-17", "employee", "pt-BR")
        assert who.timezone == "America/Sao_Paulo"
        assert who.contacts == {"sms": "+5511987654321", "email": "Ana@example.com"}
        assert who.attributes == {"name": "Ana", "plan": "pro"}
        assert who.consent == {"sms": "granted", "email": "denied"}


def test_locale_and_zone_of_the_context_count_and_traits_come_first() -> None:
    context = {"locale": "de-DE", "timezone": "Europe/Berlin", "traits": {"locale": "de-AT"}}
    who = taken(message(context=context)).person
    assert (who.locale, who.timezone) == ("de-AT", "Europe/Berlin")


def test_the_batchs_context_holds_for_messages_that_say_nothing_else() -> None:
    shared = {"locale": "de", "traits": {"plan": "pro"}}
    assert taken(message(), shared=shared).person.locale == "de"
    assert taken(message(context={"locale": "fr"}), shared=shared).person.locale == "fr"


@pytest.mark.parametrize(("said", "kept"), [(True, "granted"), ("denied", "denied")])
def test_one_word_of_consent_is_for_all_channels(said: Any, kept: str) -> None:
    assert taken(message("identify", traits={"consent": said})).person.consent == {"any": kept}


def test_values_that_cannot_be_used_are_left_out_and_noted() -> None:
    traits = {"phone": "555-1234", "email": "nobody", "locale": "?", "timezone": "Mars/Olympus",
              "consent": {"fax": True, "sms": "perhaps"}, "plan": "pro"}  # fmt: skip
    seen = read(message("identify", traits=traits))
    assert isinstance(seen.item, IncomingEvent)
    assert (seen.item.person.contacts, seen.item.person.consent) == ({}, {})
    assert seen.item.person.attributes == {"plan": "pro"}
    assert [note.pointer for note in seen.notes] == [
        "/traits/phone", "/traits/email", "/traits/locale", "/traits/timezone",
        "/traits/consent/fax", "/traits/consent/sms",
    ]  # fmt: skip


def test_somebody_anonymous_is_not_mixed_up_with_a_user_of_that_name() -> None:
    assert taken(message(userId=..., anonymousId="c-17")).person.ref == "anonymous:c-17"
    assert taken(message(anonymousId="a-1")).person.ref == "c-17"
    assert taken(message(userId=42)).person.ref == "42"


@pytest.mark.parametrize(
    ("raw", "kind", "context"),
    [
        (message("page", name="Home", category="Docs", properties={"path": "/"}), "segment.page",
         {"name": "Home", "category": "Docs", "path": "/"}),
        (message("screen", name="Cart"), "segment.screen", {"name": "Cart"}),
        (message("identify", traits={"plan": "pro"}), "segment.identify", {}),
        (message("group", groupId="g-1", traits={"seats": 5}), "segment.group", {"seats": 5}),
        (message("alias", previousId="a-1"), "segment.alias", {"previous_id": "a-1"}),
    ],
)  # fmt: skip
def test_the_other_calls_are_events_of_their_own_types(
    raw: dict[str, Any], kind: str, context: dict[str, Any]
) -> None:
    event = taken(raw)
    assert (event.type, event.context) == (kind, context)


def test_a_group_is_an_attribute_of_the_person_and_its_traits_are_not() -> None:
    assert taken(message("group", groupId="g-1", traits={"plan": "x"})).person.attributes == {
        "group_id": "g-1"
    }


def test_subjects_come_in_the_context() -> None:
    event = taken(message(context={"subjects": {"agent": "a1"}}))
    assert event.subjects == {"agent": {"id": "a1", "credited": "a1"}}


def test_network_addresses_and_devices_are_not_kept() -> None:
    context = {"ip": "203.0.113.7", "device": {"id": "d"}, "userAgent": "x", "library": {"name": 1}}
    event = taken(message(context=context))
    assert (event.context, event.person.attributes) == ({"amount": 9}, {})


def test_a_wrong_clock_is_corrected_by_the_time_of_sending() -> None:
    """The sender's clock is a day slow: it happened 5 s before it was sent, so 5 s ago."""
    raw = message(timestamp="2026-03-01T12:00:00Z")
    assert taken(raw, sent_at="2026-03-01T12:00:05Z").occurred_at == NOON - timedelta(seconds=5)
    own = {**raw, "sentAt": "2026-03-01T12:00:07Z"}
    assert taken(own, sent_at="2026-03-01T12:00:05Z").occurred_at == NOON - timedelta(seconds=7)
    original = {**raw, "originalTimestamp": "2026-03-01T11:59:00Z"}
    assert taken(original, sent_at="2026-03-01T12:00:00Z").occurred_at == NOON - timedelta(
        minutes=1
    )


def test_an_import_of_the_past_stays_in_the_past() -> None:
    at = taken(
        message(timestamp="2025-03-02T12:00:00Z"), sent_at="2026-03-02T11:59:59Z"
    ).occurred_at
    assert at == datetime(2025, 3, 2, 12, 0, 1, tzinfo=UTC)


def test_a_time_that_segment_corrected_is_not_corrected_again() -> None:
    raw = message(
        timestamp="2026-03-02T11:30:00Z", originalTimestamp="2026-03-02T08:00:00Z",
        sentAt="2026-03-02T08:00:01Z", receivedAt="2026-03-02T11:30:01Z",
    )  # fmt: skip
    assert taken(raw).occurred_at == datetime(2026, 3, 2, 11, 30, tzinfo=UTC)


def test_a_repetition_is_one_though_it_is_sent_later() -> None:
    first = taken(message(), sent_at="2026-03-02T11:59:00Z")
    later = taken(message(), sent_at="2026-03-02T12:07:00Z", now=NOON + timedelta(minutes=9))
    assert first.occurred_at != later.occurred_at
    assert first.digest() == later.digest()
    other = taken(message(timestamp="2026-03-02T11:00:01.000Z"), sent_at="2026-03-02T11:59:00Z")
    assert other.digest() != first.digest()


def test_without_an_id_the_same_message_and_time_is_the_same_event() -> None:
    raw = message(messageId=...)
    one, same = taken(raw), taken({**raw, "sentAt": "2026-03-02T11:00:02Z"})
    assert one.event_id == same.event_id != taken({**raw, "properties": {}}).event_id
    assert taken(message(messageId=..., timestamp=...)).event_id == "fresh"


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (7, {"": "not_an_object"}),
        ({}, {"/type": "unknown_call", "/userId": "missing"}),
        (message("fly"), {"/type": "unknown_call"}),
        (message(event=...), {"/event": "missing"}),
        (message(event="!?"), {"/event": "missing"}),
        (message(userId=...), {"/userId": "missing"}),
        (message(userId={"a": 1}), {"/userId": "not_a_text"}),
        (message(userId="x" * 201), {"/userId": "too_long"}),
        (message(userId=" \x00 "), {"/userId": "missing"}),
    ],
)
def test_what_names_nobody_no_call_or_no_event_is_refused(
    raw: Any, problem: dict[str, str]
) -> None:
    assert pointers(raw) == problem


@pytest.mark.parametrize("sent_at", ["soon", "0001-01-01T00:00:00+14:00", {}, True])
def test_an_unusable_time_of_sending_corrects_nothing(sent_at: Any) -> None:
    seen = read(message(), sent_at=sent_at)
    assert isinstance(seen.item, IncomingEvent)
    assert seen.item.occurred_at == datetime(2026, 3, 2, 11, tzinfo=UTC)
