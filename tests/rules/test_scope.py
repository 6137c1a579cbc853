"""What a rule may measure where: refused when it is saved, with the reason."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from collector.errors import InvalidInput
from collector.rules.apply import apply
from collector.rules.scope import is_interaction
from collector.surveys.apply import apply as apply_surveys
from tests.surveys.definitions import survey
from tests.triggers.making import rule


@pytest.fixture
def surveys(ctx: Flask) -> None:
    apply_surveys([
        survey(), survey("love", "nps"), survey("ease", "ces"),
        *(survey(f"s-{n}") for n in range(4)),
    ])  # fmt: skip


def refused(*rules: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as told:
        apply(rules)
    return [(one.pointer, one.code) for one in told.value.problems]


def test_nps_is_never_about_an_agent(surveys: None) -> None:
    on = {"on": "quarter.started", "survey": "love"}
    assert refused(rule(**on, subject="agent")) == [("/subject", "metric_scope")]
    apply([rule(**on, subject="relationship")])


@pytest.mark.parametrize("event", ["order.delivered", "ticket.solved", "chat:ended", "Call.Ended"])
def test_a_relationship_is_not_measured_at_one_interaction(surveys: None, event: str) -> None:
    assert is_interaction(event)
    assert refused(rule(on=event, survey="love")) == [("/on", "metric_scope")]
    apply([rule(on=event, survey="ease")])


def test_three_surveys_at_one_touchpoint_are_enough(surveys: None) -> None:
    apply([rule(f"r-{n}", survey=f"s-{n}") for n in range(3)])
    apply([rule("same", survey="s-1"), rule("draft", survey="s-3", status="draft")])
    assert refused(rule("fourth", survey="s-3")) == [("/on", "kpi_fatigue")]
    apply([rule("r-0", survey="s-0", status="paused"), rule("fourth", survey="s-3")])
    apply([rule("elsewhere", survey="delivery", on="order.returned")])
