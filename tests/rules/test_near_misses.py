"""A complaint says what was meant and how it is written: spans, shares, words, YAML, conditions."""

from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.errors import InvalidInput
from collector.rules import condition_errors
from collector.rules.conditions import compile_condition
from collector.rules.definition import check
from collector.surveys import documents
from tests.triggers.making import rule


def complaint(raw: Any, at: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        check(raw)
    return next(one.detail for one in caught.value.problems if one.pointer == at)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        (90, "write 90s, 90m, 90h or 90d"), ("90", "write 90s, 90m, 90h or 90d"), (0, "write 0s"),
        ("90min", "write 90m"), ("1 hour", "write 1h"), ("1h30m", "write 90m"),
        ("2 days", "write 2d"), ("1w", "write 7d"), ("0.5h", "write 30m"), ("PT1H30M", "write 90m"),
        ("P1D", "write 1d"), ("1H", "write 1h"), ("P1M", "write days"), ("1 month", "write days"),
        ("120d", "this is longer"), ("-1h", "cannot be negative"), ("soon", "such as 2h"),
        (True, "such as 2h"), ([1], "such as 2h"), ("1h later", "such as 2h"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["delay", "expires_after", "reminder_after"])
def test_a_span_in_another_form_is_told_in_the_right_one(
    name: str, written: Any, instead: str
) -> None:
    assert instead in complaint(rule(**{name: written}), f"/{name}")


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("50%", "write 0.5"), ("50 %", "write 0.5"), (50, "write 0.5"), ("0,5", "write 0.5"),
        ("0.5", "without quotes"), ("1/2", "write 0.5"), ("12.5 percent", "write 0.125"),
        (200, "is more"), ("half", "from 0 to 1."), (True, "from 0 to 1."), (-1, "from 0 to 1"),
    ],
)  # fmt: skip
def test_a_share_in_another_form_is_told_in_the_right_one(written: Any, instead: str) -> None:
    assert instead in complaint(rule(sample=written), "/sample")


@pytest.mark.parametrize(
    ("changes", "at", "said"),
    [
        ({"channels": "sms"}, "/channels", "write [sms]"),
        ({"channels": "sms, email"}, "/channels", "write [sms, email]"),
        ({"channels": ["SMS"]}, "/channels/0", "did you mean `sms`"),
        ({"channels": ["mail"]}, "/channels/0", "did you mean `email`"),
        ({"channels": ["sms", "sms"]}, "/channels", "sms stands there twice"),
        ({"cancel_on": "order.returned"}, "/cancel_on", "write [order.returned]"),
        ({"status": "Live"}, "/status", "did you mean `live`"),
        ({"status": True}, "/status", "YAML reads this as true"),
        ({"survey": 7}, "/survey", 'in quotes: "7"'),
        ({"key": "Order Delivered"}, "/key", "write `order-delivered`"),
        ({"priority": "5"}, "/priority", "write 5, without quotes"),
        ({"caps": {"global_days": "30d"}}, "/caps/global_days", "write 30, without quotes or unit"),
        ({"quiet_hours": {"sms": False}}, "/quiet_hours/sms", "write none"),
        ({"quiet_hours": {"sms": "no"}}, "/quiet_hours/sms", "write none"),
        ({"quiet_hours": {"sms": 1260}}, "/quiet_hours/sms", "1260"),
        ({"quiet_hours": {"sms": "9pm-8am"}}, "/quiet_hours/sms", "write 21:00-08:00"),
        ({"quiet_hours": {"sms": "21-8"}}, "/quiet_hours/sms", "write 21:00-08:00"),
        ({"quiet_hours": {"sms": "21:00-24:00"}}, "/quiet_hours/sms", "write 21:00-00:00"),
        ({"true": "x"}, "/true", "`on:` was read as a truth value"),
        ({"True": "x"}, "/True", "`on:` was read as a truth value"),
        ({"global_days": 3}, "/global_days", "written as `caps.global_days`"),
        ({"condition": "x"}, "/condition", "did you mean `when`"),
        ({"cap": {}}, "/cap", "did you mean `caps`"),
        ({"not_before": "1.11.2026"}, "/not_before", "year, month, day"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(changes: dict[str, Any], at: str, said: str) -> None:
    assert said in complaint(rule(**changes), at)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("when: !(context.a)\n", "`!` at the beginning is a tag"),
        ("when: !context.a\n", "`!` at the beginning is a tag"),
        ("a: !!str 5\n", "`!` at the beginning is a tag"),
        ("when: *foo\n", "alias"),
        ('when: "x" == context.a\n', "single quotes"),
        ('when: context.a == "x: y"\n', "second colon"),
        ("key: a\n\tb: 1\n", "a tab stands here"),
        ("when: %x\n", "cannot begin with this character"),
        ("a: 1\n---\nb: 2\n", "one object"),
        ("a: [1\n", "not closed"),
        ("a: 'x\n", "not closed"),
        ("key: a\n b: 1\n", "not indented"),
        ("key: a\nkey: b\n", "duplicate key"),
    ],
)
def test_a_trap_of_yaml_is_told_in_words(text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match="not usable YAML") as caught:
        documents.read("rules/x.yaml", text)
    assert said in caught.value.detail


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("context.a > 1 and context.b", "write && instead of and"),
        ("context.a > 1 or context.b", "write || instead of or"),
        ("context.a > 1 AND context.b", "write && instead of AND"),
        ("not context.a", "write ! instead of not"),
        ("context.a = 1", "write == to compare"),
        ("context.a === 1", "write == instead of ==="),
        ("context.a <> 1", "write != instead of <>"),
        ("context.a & context.b", "write && instead of &"),
        ("context.a == True", "write true instead of True"),
        ("context.a == None", "write null instead of None"),
        ("context.a == “x”", "write ' or \" instead of “"),
        ("context.a == 'x", "not closed with '"),
        ("(context.a == 1", "a bracket ( is not closed"),
        ("context.a in ['x'", "a bracket [ is not closed"),
        ("context.a >", "something is missing after >"),
        ("context.a > 20%", "write 0.2 for 20 %"),
        ("context.a LIKE 'x'", "context.field.contains('text')"),
        ("context.a.contain('x')", "did you mean contains()"),
        ("context.a.startswith('x')", "did you mean startsWith()"),
        ("contxt.a > 1", "did you mean context.a"),
        ("event.typ == 'x'", "did you mean event.type"),
        ("amount > 1", "context.amount"),
        ("event.type == 3", "a text and a whole number"),
        ("event.occurred_at > '2026-01-01'", "write timestamp("),
        ("if context.a", "take `if` away"),
        ("event.type", "compare it with something"),
    ],
)
def test_a_condition_that_cannot_be_read_is_told_in_words(source: str, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        compile_condition(source)
    assert said in caught.value.detail
    for engine in ("mismatched", "extraneous", "EOF", "overload", "recognition", "container"):
        assert engine not in caught.value.detail


SHAPES = {
    "plain": ("when: {}\n", "context.a > 1 and x"),
    "quoted": ("when: '{}'\n", "context.a == ''x'' and x"),
    "double": ('when: "{}"\n', "context.a == 'x' and x"),
    "folded": ("when: >\n  context.b > 2 &&\n  {}\n", "context.a > 1 and x"),
    "literal": ("when: |\n  context.b > 2 &&\n    {}\n", "context.a > 1 and x"),
    "stripped": ("when: >-\n\n  context.b > 2 &&\n  {}\n", "context.a > 1 and x"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_place_of_a_mistake_is_that_in_the_file(shape: str) -> None:
    before = "key: k\non: a.b\nsurvey: s\nchannels: [sms]\n"
    frame, source = SHAPES[shape]
    text = before + frame.replace("{}", source)
    row = next(number for number, line in enumerate(text.splitlines()) if " and " in line)
    column = text.splitlines()[row].index(" and ") + 2
    document = documents.read("rules/x.yaml", text)
    with pytest.raises(InvalidInput) as caught:
        check(document.value, document.locate)
    (problem,) = caught.value.problems
    assert problem.pointer == f"rules/x.yaml:{row + 1}:{column}"
    caret = problem.detail.splitlines()
    assert caret[-2][caret[-1].index("^") :].startswith("and")


@given(st.text(string.printable + "äé“”中", max_size=60))
@settings(max_examples=200, deadline=None)
def test_whatever_is_written_is_answered_without_the_engines_words(source: str) -> None:
    said = ""
    try:
        compile_condition(source)
    except InvalidInput as error:
        said = error.detail
    assert "<input>" not in said
    assert "INVALID_ARGUMENT" not in said


def test_the_fields_of_a_condition_are_those_outside_of_texts() -> None:
    source = "context.a == 'context.b' && context['c d'] > 1 && event.type.contains('x')"
    assert condition_errors.fields_of(source) == ["context.a", "context['c d']", "event.type"]
