"""What is not known is neither equal nor different, wherever two answers are compared."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from collector.integrity.engine.combine import CLEAN, REJECTED
from collector.integrity.engine.records import Case
from collector.integrity.engine.unknown import agree, differ
from tests.integrity.engine.conftest import HOUR, START, answer, judge
from tests.integrity.engine.quarter import quiet
from tests.integrity.engine.test_properties import companies

HONEST = [answer(number) for number in range(400)]
MAYBE = ("device", "ip", "net", "client", "contact", "on_file", "customer", "comment", "channel",
         "opened", "sent", "occurred", "seconds", "cases_then", "cases_later", "event",
         "locale", "reason")  # fmt: skip
words = st.sampled_from([None, "", "a", "b"])


@given(words, words)
def test_the_unknown_neither_agrees_nor_differs(one: str | None, other: str | None) -> None:
    assert not (agree(one, other) and differ(one, other))
    assert agree(one, other) == agree(other, one)
    assert differ(one, other) == differ(other, one)
    if not one or not other:
        assert not agree(one, other)
        assert not differ(one, other)


def posted_twice(seconds: float, **second: object) -> str:
    """What becomes of the second of two posts to one link."""
    first = HONEST[5]
    again = replace(first, id="R999999", answered=first.answered + seconds, **second)  # type: ignore[arg-type]
    said = judge([*HONEST, again])
    assert said[first.id].verdict == CLEAN
    return said["R999999"].verdict


@pytest.mark.parametrize("missing", [
    {"device": None}, {"client": None}, {"ip": None}, {"device": None, "client": None},
    {"device": None, "ip": None}, {"client": None, "ip": None},
    {"device": None, "client": None, "ip": None, "net": None},
])  # fmt: skip
def test_a_double_press_is_one_answer_whatever_is_missing_of_the_second(
    missing: dict[str, None],
) -> None:
    assert posted_twice(3, **missing) == REJECTED


@pytest.mark.parametrize("other", [
    {"device": "another phone"}, {"client": "another browser"},
    {"device": "another phone", "client": None}, {"score": 1.0},
    {"device": None, "client": None, "ip": "elsewhere"},
])  # fmt: skip
def test_another_hand_or_another_score_is_no_double_press(other: dict[str, object]) -> None:
    assert posted_twice(3, **other) == CLEAN


def test_what_was_queued_is_posted_again_with_the_same_words_by_the_same_phone() -> None:
    assert posted_twice(40 * 60) == REJECTED
    assert posted_twice(40 * 60, comment="and another thing, it was late") == CLEAN
    assert posted_twice(40 * 60, device=None) == CLEAN


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(companies(), st.sampled_from(["device", "ip", "net"]))
def test_a_place_that_is_not_known_ties_nobody_together(cases: list[Case], field: str) -> None:
    """None in all of an agent's answers is as good as places of which nobody shares one."""

    def change(value: str | None) -> list[Case]:
        return [
            replace(c, **{field: value and f"{value} {n}"}) if c.agent == "A1" else c
            for n, c in enumerate(cases)
        ]

    alone, none = judge(change("place")), judge(change(None))
    for case in cases:
        first, second = alone[case.id], none[case.id]
        # A double post is known by what agrees, which may be fewer things now.
        if case.agent == "A1" and "DUPLICATE" not in second.evidence:
            assert second.p <= first.p + 0.02


@pytest.mark.parametrize("field", MAYBE)
@pytest.mark.parametrize("share", [0.1, 0.5, 1.0])
def test_honest_answers_stay_clean_without_any_one_field(field: str, share: float) -> None:
    random = Random(7)
    without = [replace(c, **{field: None}) if random.random() < share else c for c in quiet(12)]
    assert {v.verdict for v in judge(without).values()} == {CLEAN}


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.5])
def test_phones_without_an_id_are_not_one_phone(share: float) -> None:
    many = [
        answer(1000 + n, agent="A3", score=5.0, answered=START + 9 * n * HOUR,
               device=None if n < share * 40 else f"phone {n}")
        for n in range(40)
    ]  # fmt: skip
    said = judge([*HONEST, *many])
    assert not [c for c in many if said[c.id].verdict == REJECTED]
