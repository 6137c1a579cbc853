"""How many attributes a person may have, in number and in size, and what is told past that."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from collector.errors import InvalidInput
from collector.intake import attributes
from collector.model.base import unit_of_work
from collector.model.people import Person
from tests.intake.saying import consent, happened, known, put, reached


def many(start: int, number: int, value: Any = "x") -> dict[str, Any]:
    return {f"a{at}": value for at in range(start, start + number)}


def test_twelve_events_of_490_attributes_do_not_make_5880(ctx: Flask) -> None:
    notes = [happened(-60 + at, attributes=many(at * 490, 490)).notes for at in range(12)]
    assert notes[0] == ()
    assert {note.code for found in notes[1:] for note in found} == {"too_many_attributes"}
    assert len(known().attributes) == attributes.MOST
    assert notes[1][0].pointer == "/person/attributes"
    assert notes[1][0].detail.startswith(
        "At most 500 attributes of a person are kept; 480 more were sent."
    )
    assert "null" in notes[1][0].detail


def test_what_is_too_much_costs_an_event_nothing_else(ctx: Flask) -> None:
    happened(-60, attributes=many(0, 490))
    outcome = happened(
        -10, attributes={**many(0, 300, "y"), **many(490, 90)}, email="a@example.com",
        consent={"any": "denied"},
    )  # fmt: skip
    assert (outcome.status, len(outcome.notes)) == ("accepted", 1)
    assert (reached(), consent()) == ({"email": "a@example.com"}, {"any": "denied"})
    assert [known().attributes[name] for name in ("a0", "a299", "a300")] == ["y", "y", "x"]


def test_the_whole_of_the_attributes_has_a_size(ctx: Flask) -> None:
    for at in range(30):
        outcome = happened(-60 + at, attributes={f"a{at}": "é" * 2_000})
    (note,) = outcome.notes
    assert (note.code, len(known().attributes)) == ("attributes_too_large", 16)
    assert "64 KiB" in note.detail
    happened(-5, attributes={"a0": None, "b": "é" * 2_000})
    assert "b" in known().attributes


def test_a_call_that_is_too_much_is_refused_whole(ctx: Flask) -> None:
    put({"attributes": many(0, 490)})
    with pytest.raises(InvalidInput) as refused:
        put({"attributes": many(490, 11), "email": "a@example.com"})
    assert (refused.value.code, refused.value.pointer) == ("too_many_attributes", "/attributes")
    assert reached() == {}
    after = put({"attributes": {**many(490, 11), "a0": None}, "email": "a@example.com"})
    assert len(after.attributes) == 500


def test_whoever_has_too_many_already_can_change_and_take_away(ctx: Flask) -> None:
    happened(-60, attributes={"a": 1})
    with unit_of_work() as work:
        work.session.execute(update(Person).values(attributes=many(0, 5_881), said_at={}))
        work.commit()
    assert happened(-10, attributes={"a0": "y", "a1": None}).notes == ()
    assert happened(-9, attributes={"new": 1}).notes[0].code == "too_many_attributes"
    assert (known().attributes["a0"], len(known().attributes)) == ("y", 5_880)


def test_traces_of_what_was_taken_away_do_not_pile_up(ctx: Flask) -> None:
    for at in range(4):
        happened(-60 + at, attributes=many(at * 400, 400, None))
    traces = known().said_at["attributes"]
    assert (len(traces), "a0" in traces, "a1599" in traces) == (500, False, True)
