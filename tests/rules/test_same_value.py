"""The same value as number or as text is the same thing; what looks alike and is not, is not."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.rules.same_value import same, spelled

BIG = 12345678901234567890123


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (7, "7"), (7.0, 7), (7.0, "7"), (0.5, "0.5"), (-0.0, 0),
        (BIG, str(BIG)), (1e21, "1000000000000000000000"), (1e-7, "0.0000001"),
        (True, "true"), (" A-7 ", "A-7"), ("Zoe\u0308", "Zo\u00eb"),
        ([7, "a"], ["7", "a"]), ({"id": 7, "n": "x"}, {"n": "x", "id": "7"}),
    ],
)  # fmt: skip
def test_these_are_the_same(one: Any, other: Any) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (7, "07"), ("7", "7.0"), ("1.1", "1.10"), (True, 1), (True, "True"), ("ab", "Ab"),
        (BIG, BIG + 1), (None, "None"), (None, None), ("", ""), (" ", ""), ([7], "[7]"),
        ([7], '["7"]'), (["a", "b"], ["b", "a"]), (0.1 + 0.2, 0.3),
    ],
)  # fmt: skip
def test_these_are_not(one: Any, other: Any) -> None:
    assert not same(one, other)


@given(st.one_of(st.integers(), st.booleans()))
def test_a_number_is_the_same_as_its_json(value: int) -> None:
    assert same(value, json.dumps(value))


@given(st.text())
def test_the_spelling_of_a_text_is_its_own_spelling(value: str) -> None:
    said = spelled(value)
    assert said is None or spelled(said) == said
    assert same(value, unicodedata.normalize("NFD", value)) == (said is not None)
