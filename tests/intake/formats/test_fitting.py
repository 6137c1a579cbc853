"""What analytics clients send is cut to fit, and each cut is noted."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.intake.formats import fitting
from collector.intake.formats.native import read_event
from collector.intake.incoming import IncomingEvent
from collector.rules.values import MAX_NODES, Problems
from tests.intake.formats.test_segment import message, read, taken
from tests.triggers.making import NOON

TEXTS = st.text(st.characters(exclude_categories=()), max_size=60)  # half surrogate pairs too
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(TEXTS, inner, max_size=8),
    max_leaves=40,
)


def notes_of(raw: Any) -> dict[str, str]:
    seen = read(raw)
    assert isinstance(seen.item, IncomingEvent), seen.item
    return {note.pointer: note.code for note in seen.notes}


@pytest.mark.parametrize(
    ("raw", "notes"),
    [
        (message(properties=[]), {}),  # PHP's empty object
        (message(properties=[1]), {"/properties": "not_an_object"}),
        (message(properties="x"), {"/properties": "not_an_object"}),
        (message("identify", traits=[]), {}),
        (message(properties={"a": "x" * 4_100}), {"/properties/a": "too_long"}),
        (message(properties={"a": "b\x00c"}), {"/properties/a": "bad_character"}),
        (message("identify", traits={"a": "\ud800"}), {"/traits/a": "bad_character"}),
        (message(properties={"a": 1 << 70}), {"/properties/a": "number_out_of_range"}),
        (message(properties={"a": math.nan}), {"/properties/a": "number_out_of_range"}),
        (message(properties={"n" * 101: 1}), {f"/properties/{'n' * 100}": "bad_name"}),
        (message(userId="c-17 "), {"/userId": "bad_character"}),
        (message(userId=42.0), {}),
        (message(messageId="x" * 201), {"/messageId": "too_long"}),
        (message(messageId={"a": 1}), {"/messageId": "not_a_text"}),
        (message(messageId=" m-1\n"), {"/messageId": "bad_character"}),
        (message(event=7), {}),
        (message(event="Order " * 40), {"/event": "too_long"}),
        (message(context=[1]), {"/context": "not_an_object"}),
        (message(context={"subjects": {"A": "x"}}), {"/context/subjects/A": "bad_role"}),
        (message(context={"subjects": {"agent": {}}}), {"/context/subjects/agent/id": "missing"}),
        (message(context={"subjects": [7]}), {"/context/subjects": "not_an_object"}),
        (message(timestamp="yesterday"), {"/timestamp": "bad_time"}),
        (message(timestamp="1970-01-01T00:00:05Z"), {"/timestamp": "bad_time"}),
        (message(timestamp="2027-01-01T00:00:00Z"), {"/timestamp": "in_the_future"}),
        (message(timestamp="2026-03-02T11:00:00"), {"/timestamp": "no_offset"}),
    ],
)
def test_a_message_is_kept_and_what_was_cut_is_noted(raw: Any, notes: dict[str, str]) -> None:
    assert notes_of(raw) == notes


def test_a_person_with_a_space_behind_the_id_is_the_person_without() -> None:
    assert taken(message(userId="c-17 ")).person.ref == "c-17"
    assert taken(message(userId="\tc-17\r\n")).person.ref == "c-17"


def test_a_long_order_keeps_its_number_and_its_first_products_whole() -> None:
    product = {f"field_{at}": f"value {at}" for at in range(10)}
    sent = {"products": [dict(product) for _ in range(50)], "order_id": "o-1", "total": 12.5}
    seen = read(message(properties=sent))
    assert isinstance(seen.item, IncomingEvent)
    kept = seen.item.context
    assert list(kept) == ["products", "order_id", "total"]
    assert (kept["order_id"], kept["total"]) == ("o-1", 12.5)
    assert len(kept["products"]) == 45  # 3 + 45 × 11 = 498 of 500 values
    assert all(one == product for one in kept["products"])
    (note,) = seen.notes
    assert (note.pointer, note.code) == ("/properties", "too_large")
    assert "55 were left out" in note.detail


def test_a_clock_that_was_never_set_is_corrected_by_the_time_of_sending() -> None:
    raw = message(timestamp="1970-01-01T00:00:05Z", sentAt="1970-01-01T00:00:09Z")
    seen = read(raw)
    assert isinstance(seen.item, IncomingEvent)
    assert (seen.item.occurred_at, seen.notes) == (NOON - timedelta(seconds=4), ())


@pytest.mark.parametrize(
    "written",
    [
        1772449200, 1772449200000, 1772449200000000, "1772449200", "1772449200.0",
        "2026-03-02T11:00:00Z", "2026-03-02T12:00:00+01:00", "2026-03-02 11:00:00.000Z",
        "Mon, 02 Mar 2026 11:00:00 GMT", "20260302T110000Z",
    ],
)  # fmt: skip
def test_one_moment_in_the_ways_in_which_clients_write_it(written: Any) -> None:
    seen = read(message(timestamp=written))
    assert isinstance(seen.item, IncomingEvent)
    assert seen.item.occurred_at == datetime(2026, 3, 2, 11, tzinfo=UTC)
    assert seen.notes == ()


def test_an_event_without_a_usable_time_happened_when_it_came() -> None:
    assert taken(message(timestamp="soon")).occurred_at == NOON


def test_a_digest_stands_for_an_id_that_is_too_long() -> None:
    one, other = "x" * 300, "x" * 299 + "y"
    assert taken(message(messageId=one)).event_id == taken(message(messageId=one)).event_id
    assert taken(message(messageId=one)).event_id != taken(message(messageId=other)).event_id


@given(VALUES)
@settings(max_examples=300, deadline=None)
def test_whatever_the_values_are_the_message_is_kept(value: Any) -> None:
    """And what is kept is fit to be stored: the strict reader finds nothing wrong with it."""
    raw = message(
        properties=value, traits=value, timestamp=value, messageId=value, sentAt=value,
        context={"traits": value, "subjects": value, "locale": value, "timezone": value},
    )  # fmt: skip
    for call in ("track", "identify", "group", "page"):
        event = taken({**raw, "type": call, "groupId": value, "name": value})
        again = {
            "source": event.source, "id": event.event_id, "type": event.type,
            "occurred_at": event.occurred_at.isoformat(), "context": event.context,
            "person": {"ref": event.person.ref, "attributes": event.person.attributes},
            "subjects": event.subjects,
        }  # fmt: skip
        assert isinstance(read_event(json.loads(json.dumps(again)), "", NOON), IncomingEvent)


@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=8))
@settings(max_examples=200, deadline=None)
def test_a_bag_that_the_strict_reader_takes_is_not_touched(value: dict[str, Any]) -> None:
    strict = Problems()
    kept = strict.bag(value, "")
    notes = Problems()
    fitted = fitting.bag(value, "", notes)
    if not strict.found:
        assert (fitted, notes.found) == (kept, [])
    else:
        assert notes.found


@given(st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 9)), max_size=400))
@settings(max_examples=60, deadline=None)
def test_no_bag_holds_more_than_the_bound(products: list[dict[str, int]]) -> None:
    notes = Problems()
    kept = fitting.bag({"products": products, "id": 7}, "", notes)
    assert kept["id"] == 7
    size = 2 + sum(1 + len(one) for one in kept["products"])
    assert size <= MAX_NODES
    assert kept["products"] == products[: len(kept["products"])]
    assert bool(notes.found) == (kept["products"] != products)
