"""CloudEvents read as events: every part has its place, everything wrong is listed with its own."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from collector.intake.formats.cloudevents import from_headers, read_event
from collector.intake.incoming import IncomingEvent
from collector.intake.outcomes import Refused
from tests.triggers.making import NOON


def cloud_event(**changes: Any) -> dict[str, Any]:
    event = {
        "specversion": "1.0",
        "source": "/shop/eu",
        "id": "o-1-delivered",
        "type": "com.example.order.delivered",
        "time": "2026-03-02T11:00:00Z",
        "datacontenttype": "application/json",
        "data": {
            "person": {"ref": "c-17", "phone": "+5511987654321", "consent": {"any": "granted"}},
            "subjects": {"store": "s9"},
            "context": {"amount": 120.5},
        },
        **changes,
    }
    return {name: value for name, value in event.items() if value is not ...}


def taken(**changes: Any) -> IncomingEvent:
    read = read_event(cloud_event(**changes), "", NOON)
    assert isinstance(read, IncomingEvent), read
    return read


def pointers(raw: Any, at: str = "") -> dict[str, str]:
    read = read_event(raw, at, NOON)
    assert isinstance(read, Refused), read
    return {problem.pointer: problem.code for problem in read.problems}


def test_every_part_has_its_place() -> None:
    event = taken()
    assert event.key == ("/shop/eu", "o-1-delivered")
    assert event.type == "com.example.order.delivered"
    assert event.occurred_at == datetime(2026, 3, 2, 11, tzinfo=UTC)
    assert (event.person.ref, event.person.contacts) == ("c-17", {"sms": "+5511987654321"})
    assert event.subjects == {"store": {"id": "s9", "credited": "s9"}}
    assert event.context == {"amount": 120.5}


def test_the_subject_is_the_person_where_the_data_names_nobody() -> None:
    assert taken(subject="c-18", data={"amount": 3}).person.ref == "c-18"
    named = taken(subject="c-18", data={"person": {"locale": "de"}}).person
    assert (named.ref, named.locale) == ("c-18", "de")


def test_the_subject_is_context_where_the_data_names_the_person() -> None:
    event = taken(subject="order/7")
    assert event.person.ref == "c-17"
    assert event.context == {"amount": 120.5, "subject": "order/7"}


def test_whatever_else_the_data_holds_is_context() -> None:
    data = {
        "person": {"ref": "c-1"},
        "amount": 1,
        "lines": [{"sku": "a"}],
        "context": {"vip": True},
    }
    assert taken(data=data).context == {"amount": 1, "lines": [{"sku": "a"}], "vip": True}


def test_without_a_time_it_happened_now_and_a_repetition_is_still_one() -> None:
    raw = cloud_event(time=...)
    first, later = read_event(raw, "", NOON), read_event(raw, "", NOON + timedelta(hours=1))
    assert isinstance(first, IncomingEvent)
    assert isinstance(later, IncomingEvent)
    assert (first.occurred_at, first.digest()) == (NOON, later.digest())
    assert first.digest() != taken().digest()


def test_what_a_retry_may_change_changes_nothing() -> None:
    plain, traced = taken(), taken(traceparent="00-1-2-01", dataschema="https://example.com/s/2")
    assert plain.digest() == traced.digest()


def test_packed_data_is_the_same_event() -> None:
    packed = base64.b64encode(json.dumps(cloud_event()["data"]).encode()).decode()
    assert taken(data=..., data_base64=packed).digest() == taken().digest()


def test_headers_and_a_body_are_the_same_event() -> None:
    raw = cloud_event(id="größe/1 %", source="/shop/é")
    headers = {
        "Ce-Specversion": "1.0", "CE-Source": "/shop/%C3%A9", "ce-id": "gr%C3%B6%C3%9Fe/1%20%25",
        "ce-type": raw["type"], "ce-time": '"2026-03-02T11:00:00Z"', "ce-other": "1",
        "Content-Type": "application/json; charset=utf-8", "Authorization": "Bearer x",
    }  # fmt: skip
    event = read_event(from_headers(headers, json.dumps(raw["data"]).encode()), "", NOON)
    plain = read_event(raw, "", NOON)
    assert isinstance(event, IncomingEvent), event
    assert isinstance(plain, IncomingEvent)
    assert event.key == ("/shop/é", "größe/1 %")
    assert event.digest() == plain.digest()


def test_everything_wrong_is_listed_at_its_own_place() -> None:
    raw = cloud_event(
        specversion="0.3", time="yesterday", id="", type="two words",
        data={"person": {"ref": "c", "phone": "1"}, "subjects": {"A": "x"}, "a": "\x00"},
    )  # fmt: skip
    assert pointers(raw, "/4") == {
        "/4/specversion": "unsupported_version",
        "/4/time": "bad_time",
        "/4/id": "missing",
        "/4/type": "bad_type",
        "/4/data/person/phone": "bad_phone",
        "/4/data/subjects/A": "bad_role",
        "/4/data/a": "bad_character",
    }


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"data": ..., "subject": ...}, {"/data/person": "missing"}),
        ({"data": [1]}, {"/data": "not_an_object", "/data/person": "missing"}),
        ({"data": "{}"}, {"/data": "not_an_object", "/data/person": "missing"}),
        ({"datacontenttype": "text/xml"}, {"/datacontenttype": "unsupported_data"}),
        ({"data_base64": "e30=!"}, {"/data_base64": "malformed_json"}),
        ({"data_base64": 7}, {"/data_base64": "malformed_json"}),
        ({"data_base64": base64.b64encode(b"[" * 99_999).decode()}, {"/data_base64": ...}),
        ({"data": {"person": 7}, "subject": "c"}, {"/data/person": "not_an_object"}),
        ({"data": {"context": [1]}, "subject": "c"}, {"/data": "not_an_object"}),
        ({"data": {}, "subject": {"ref": "c"}}, {"/data/person/ref": "not_a_text"}),
        ({"time": 7}, {"/time": "bad_time"}),
    ],
)
def test_odd_events_are_refused(changes: dict[str, Any], problem: dict[str, Any]) -> None:
    found = pointers(cloud_event(**changes))
    for pointer, code in problem.items():
        assert code in (..., found[pointer])


@pytest.mark.parametrize("raw", [None, 7, "text", [], [{}]])
def test_what_is_no_object_is_refused(raw: Any) -> None:
    assert pointers(raw, "/0") == {"/0": "not_an_object"}
