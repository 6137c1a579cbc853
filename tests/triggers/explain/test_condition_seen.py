"""The explanation shows a condition with what it looked at; a type that does not fit is named."""

from __future__ import annotations

from typing import Any

import pytest

from collector.triggers import decide
from collector.triggers.explain.event import explain_event
from tests.triggers.conftest import PutToUse
from tests.triggers.making import event, rule
from tests.triggers.test_reason_codes import noon, send_in

__all__ = ["noon"]


def gate(id: str, when: str) -> dict[str, Any]:
    (told,) = explain_event(id)["rules"]
    (line,) = [one for one in told[when]["gates"] if one["gate"] == "condition"]
    found: dict[str, Any] = line
    return found


@pytest.mark.parametrize(
    ("when", "context", "sentence"),
    [
        (
            "context.amount > 100", {"amount": 20},
            "The condition `context.amount > 100` does not hold: context.amount is 20.",
        ),
        (
            "context.amount > 100", {"amount": 120.5},
            "The condition `context.amount > 100` holds: context.amount is 120.5.",
        ),
        (
            "context.region == 'north'", {},
            "The condition `context.region == 'north'` does not hold: "
            "context.region is not there.",
        ),
        (
            "context['a b'] == 'x' && event.type == 'context.y'", {"a b": "y"},
            "The condition `context['a b'] == 'x' && event.type == 'context.y'` does not hold: "
            "context['a b'] is \"y\", event.type is \"order.delivered\".",
        ),
    ],
)  # fmt: skip
def test_condition_and_values_are_told(
    noon: None, in_use: PutToUse, when: str, context: dict[str, Any], sentence: str
) -> None:
    in_use(rule(when=when))
    (id,) = send_in(event(context=context))
    for moment in ("then", "now"):
        line = gate(id, moment)
        assert line["sentence"] == sentence
        assert line["figures"]["when"] == when


@pytest.mark.parametrize(
    ("when", "context", "error"),
    [
        (
            "context.amount > 100", {"amount": "a secret"},
            "context.amount is a text, and the condition takes it for a number "
            "(send it as a number, or write double(context.amount))",
        ),
        (
            "context.order.startsWith('A')", {"order": 7}, "context.order is a number",
        ),
        (
            "context.a > context.b", {"a": [1], "b": {"c": 1}},
            "context.a is a list; context.b is an object",
        ),
        ("context.name", {"name": "a secret"}, "it gives a text, not true or false"),
    ],
)  # fmt: skip
def test_a_type_that_does_not_fit_is_named_without_the_value(
    noon: None, in_use: PutToUse, when: str, context: dict[str, Any], error: str
) -> None:
    in_use(rule(when=when))
    (id,) = send_in(event(context=context))
    (view,) = decide.recorded([id])[id]
    assert view.reason == "condition_error"
    assert error in view.facts["error"]
    assert "a secret" not in str(view.facts)
    assert error in gate(id, "then")["sentence"]


def test_of_a_persons_attributes_only_the_type_is_told(noon: None, in_use: PutToUse) -> None:
    in_use(rule(when="person.attributes.note == 'x'"))
    (id,) = send_in(event(who={"attributes": {"note": "a secret"}}))
    assert gate(id, "now")["figures"]["values"] == {"person.attributes.note": "a text"}
    assert "a secret" not in str(explain_event(id))
