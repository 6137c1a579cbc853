"""Reading native events: what is understood, what is refused, and where the finger points."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from collector.errors import InvalidInput
from collector.intake.formats.native import read_event, read_person
from collector.intake.incoming import MAX_BATCH, IncomingEvent, IncomingPerson, read_batch
from collector.intake.outcomes import Refused
from tests.triggers.making import NOON, event, read

MISSING = object()


def refused(raw: Any, pointer: str = "") -> list[tuple[str, str]]:
    result = read_event(raw, pointer, NOON)
    assert isinstance(result, Refused)
    return [(one.pointer, one.code) for one in result.problems]


def test_values_come_out_in_their_normal_form() -> None:
    incoming = read(
        event(
            occurred_at="2026-03-02T08:00:00.5-03:00",
            id=17,
            who={"phone": "+55 (11) 98765-4321", "email": "Ana@Example.COM", "locale": "pt_BR"},
            subjects={"agent": {"id": "a1", "credited": "a2"}, "store": "s9", "team": {"id": 7}},
        )
    )
    assert incoming.event_id == "17"
    assert incoming.occurred_at == datetime(2026, 3, 2, 11, 0, 0, 500_000, tzinfo=UTC)
    assert incoming.person.contacts == {"sms": "+5511987654321", "email": "Ana@example.com"}
    assert incoming.person.locale == "pt-BR"
    assert incoming.subjects == {
        "agent": {"id": "a1", "credited": "a2"},
        "store": {"id": "s9", "credited": "s9"},
        "team": {"id": "7", "credited": "7"},
    }


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"source": None}, "/source", "missing"),
        ({"id": ""}, "/id", "missing"),
        ({"id": "x" * 201}, "/id", "too_long"),
        ({"id": "a\x00b"}, "/id", "bad_character"),
        ({"id": "a\ud800b"}, "/id", "bad_character"),
        ({"id": " a"}, "/id", "bad_character"),
        ({"id": {"a": 1}}, "/id", "not_a_text"),
        ({"id": True}, "/id", "not_a_text"),
        ({"type": "order delivered"}, "/type", "bad_type"),
        ({"occurred_at": None}, "/occurred_at", "missing"),
        ({"occurred_at": "2026-03-02T12:00:00"}, "/occurred_at", "bad_time"),
        ({"occurred_at": "2026-02-30T12:00:00Z"}, "/occurred_at", "bad_time"),
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "/occurred_at", "bad_time"),
        ({"occurred_at": 1772452800}, "/occurred_at", "bad_time"),
        ({"occurred_at": "2026-03-02T12:11:00Z"}, "/occurred_at", "in_the_future"),
        ({"who": {"ref": None}}, "/person/ref", "missing"),
        ({"who": {"phone": "11987654321"}}, "/person/phone", "bad_phone"),
        ({"who": {"phone": "+55 99"}}, "/person/phone", "bad_phone"),
        ({"who": {"email": "ana@localhost"}}, "/person/email", "bad_email"),
        ({"who": {"email": "a@b.cn\nBcc: x@y.cn"}}, "/person/email", "bad_character"),
        ({"who": {"kind": "robot"}}, "/person/kind", "unknown_value"),
        ({"who": {"kind": ["customer"]}}, "/person/kind", "unknown_value"),
        ({"who": {"timezone": "Mars/Base"}}, "/person/timezone", "bad_timezone"),
        ({"who": {"timezone": "../../etc/passwd"}}, "/person/timezone", "bad_timezone"),
        ({"who": {"locale": "klingon!"}}, "/person/locale", "bad_locale"),
        ({"who": {"consent": {"sms": "yes"}}}, "/person/consent/sms", "unknown_value"),
        ({"who": {"consent": {"fax": "granted"}}}, "/person/consent/fax", "unknown_field"),
        ({"who": {"attributes": [1]}}, "/person/attributes", "not_an_object"),
        ({"who": {"attributes": {"a/b": "\x00"}}}, "/person/attributes/a~1b", "bad_character"),
        ({"who": {"fone": "1"}}, "/person/fone", "unknown_field"),
        ({"context": {"n": float("nan")}}, "/context/n", "number_out_of_range"),
        ({"context": {"n": 1e300}}, "/context/n", "number_out_of_range"),
        ({"context": {"n": 2**63}}, "/context/n", "number_out_of_range"),
        ({"context": {"a": [{"b": "\ud800"}]}}, "/context/a/0/b", "bad_character"),
        ({"context": {"s": "x" * 4_001}}, "/context/s", "too_long"),
        ({"context": {"l": list(range(600))}}, "/context/l/499", "too_large"),
        ({"contxt": {}}, "/contxt", "unknown_field"),
        ({"subjects": {"Agent X": "a"}}, "/subjects/Agent X", "bad_role"),
        ({"subjects": {"agent": {"credited": "a"}}}, "/subjects/agent/id", "missing"),
        ({"subjects": {"agent": {"id": "a", "x": 1}}}, "/subjects/agent/x", "unknown_field"),
        ({"subjects": "a1"}, "/subjects", "not_an_object"),
    ],
)
def test_what_is_wrong_is_pointed_at(changes: dict[str, Any], pointer: str, code: str) -> None:
    assert refused(event(**changes), "/3") == [("/3" + pointer, code)]


def test_every_problem_is_listed() -> None:
    raw = event(source="", occurred_at="now", who={"phone": "1", "email": "2"}, extra=1)
    assert [pointer for pointer, _ in refused(raw)] == [
        "/source", "/occurred_at", "/person/phone", "/person/email", "/extra",
    ]  # fmt: skip


def test_an_event_needs_somebody_it_happened_to() -> None:
    assert refused({**event(), "person": None}) == [("/person", "missing")]


@pytest.mark.parametrize("raw", [None, 3, "x", [], [[]], True])
def test_what_is_not_an_object_is_refused(raw: Any) -> None:
    assert ("", "not_an_object") in refused(raw) or raw is None


def test_a_deep_value_is_refused_without_harm() -> None:
    deep: Any = {}
    for _ in range(400):
        deep = {"a": deep}
    assert [code for _, code in refused(event(context=deep))] == ["too_deep"]


def test_problems_never_hold_what_was_sent() -> None:
    raw = event(who={"phone": "secret-phone", "email": "secret mail", "locale": "secret!"})
    result = read_event(raw, "", NOON)
    assert isinstance(result, Refused)
    assert "secret" not in json.dumps([one.detail for one in result.problems])


def test_one_bad_item_does_not_sink_the_others() -> None:
    good, bad, other = read_batch([event(), {"id": 1}, event()], read_event, NOON)
    assert isinstance(good, IncomingEvent)
    assert isinstance(other, IncomingEvent)
    assert isinstance(bad, Refused)
    assert all(one.pointer.startswith("/1/") for one in bad.problems)


@pytest.mark.parametrize(("size", "code"), [(0, "empty_batch"), (MAX_BATCH + 1, "batch_too_large")])
def test_a_batch_has_bounds(size: int, code: str) -> None:
    with pytest.raises(InvalidInput) as error:
        read_batch([event()] * size, read_event, NOON)
    assert error.value.code == code


def test_the_digest_tells_a_repetition_from_a_contradiction() -> None:
    raw = event(context={"a": 1, "b": 2})
    reordered = {**raw, "context": {"b": 2, "a": 1}}
    assert read(raw).digest() == read(reordered).digest()
    assert read(raw).digest() != read({**raw, "context": {"a": 1, "b": 3}}).digest()


def test_null_withdraws_a_contact_point_of_a_person() -> None:
    person = read_person({"phone": None, "email": "a@example.com"}, "c-1")
    assert isinstance(person, IncomingPerson)
    assert person.forget == ("sms",)
    assert person.contacts == {"email": "a@example.com"}


def test_a_person_body_may_not_name_somebody_else() -> None:
    assert isinstance(read_person({"ref": "c-1"}, "c-1"), IncomingPerson)
    assert isinstance(read_person({"ref": "c-2"}, "c-1"), Refused)
