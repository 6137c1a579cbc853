"""Which words of a complaint's tags and topics are a witness of pressure."""

from __future__ import annotations

import pytest

from collector.integrity.engine.subjects.sums import PRESSING


@pytest.mark.parametrize("said", [
    "pressure", "Pressured to give a 10", "pressuring customers", "survey_pressure", "survey",
    "survey_solicitation", "asked about scoring", "offered a gift", "bad rating wanted",
    "begged for five stars", "逼好评", "让我打分", "客服要五星",
])  # fmt: skip
def test_pressure_is_heard(said: str) -> None:
    assert PRESSING.search(said)


@pytest.mark.parametrize("said", [
    "billing", "operating system", "gift card declined", "gift-wrap missing", "underscored",
    "integrating accounts", "late delivery", "fare changed", "餐洒了", "退款",
])  # fmt: skip
def test_other_topics_are_not(said: str) -> None:
    assert not PRESSING.search(said)
