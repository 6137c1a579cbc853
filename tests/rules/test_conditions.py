"""Conditions: checked when saved, harmless when run."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from collector.errors import InvalidInput
from collector.rules.conditions import Facts, Result, compile_condition


def facts(**changes: Any) -> Facts:
    values: dict[str, Any] = {
        "event_type": "order.delivered",
        "source": "shop",
        "occurred_at": datetime(2026, 3, 2, 12, tzinfo=UTC),
        "person": {"kind": "customer", "locale": "pt-BR", "attributes": {"vip": True, "n": None}},
        "context": {
            "amount": 150,
            "rate": 0.5,
            "items": [{"sku": "a"}],
            "name": "好评",
            "huge": 2**70,
        },
        "subjects": {"agent": {"id": "a1", "credited": "a2"}},
        "history": {
            "last_asked_days": 40,
            "answered_share": 0.25,
            "ignored_in_a_row": 3,
            "answered_total": 0,
        },
        **changes,
    }
    return Facts(**values)


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("context.amount > 100", Result(True)),
        ("context.amount > 100.5 && person.attributes.vip", Result(True)),
        ("event.type == 'order.delivered' && event.source == 'shop'", Result(True)),
        ("event.occurred_at.getHours('Asia/Shanghai') == 20", Result(True)),
        ("context.name.size() == 2", Result(True)),
        ("context.huge > 5", Result(True)),
        ("subjects.agent.credited == 'a2'", Result(True)),
        ("context.items.exists(one, one.sku == 'a')", Result(True)),
        ("person.attributes.n == null", Result(True)),
        ("has(context.coupon) && context.coupon == 'x'", Result(False)),
        ("context.coupon == 'x'", Result(False, missing="context.coupon")),
        ("subjects.team.id == 't'", Result(False, missing="subjects.team")),
        ("context['coupon'] == 'x'", Result(False, missing="context.coupon")),
        ("context[context.name] == 1", Result(False, missing="a field with a computed name")),
        ("context.coupon == 'x' || context.amount == 150", Result(True)),
        ("context.amount / 0 == 1", Result(False, error="divide by zero")),
        (
            "context.amount > 'x'",
            Result(
                False,
                error="the types do not fit: context.amount is a number, and the condition takes "
                "it for a text (send it as a text, or write string(context.amount))",
            ),
        ),
        ("context.name", Result(False, error="it gives a text, not true or false")),
        ("history.last_asked_days > 30", Result(True)),
        ("history.answered_share < 0.5 && history.ignored_in_a_row >= 2", Result(True)),
        ("history.last_score.csat <= 2", Result(False, missing="history.last_score.csat")),
        ("history.answered_total == 0 || history.last_score.csat > 3", Result(True)),
    ],
)
def test_a_condition_matches_or_says_why_not(source: str, result: Result) -> None:
    assert compile_condition(source).evaluate(facts()) == result


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "contxt.amount > 1",
            "line 1, column 1: `contxt.amount` is not known; did you mean context.amount",
        ),
        ("context.a > 1 &&\n  event.kind == 'x'", "line 2, column 3: `event.kind`"),
        ("context.amount >", "line 1, column 17: something is missing after >"),
        ("event.type == 3", "a text and a whole number do not go together with =="),
        ("history.last_asked_days == 'long'", "a whole number and a text do not"),
        ("history.last_score.cast > 3", "did you mean history.last_score.csat"),
        ("event.type", "must be true or false, this gives a string"),
        ("event.occurred_at > 3", "write timestamp("),
        ("__class__ == 1", "`__class__` is not known"),
        ("context.a == '\x00'", "cannot be used"),
        ("context.a == '\ud800'", "cannot be used"),
        ("context.a == '" + "x" * 2_000 + "'", "longer than 2000"),
        ("(" * 50 + "true" + ")" * 50, "deeply nested"),
        ("context.l.map(x, x).size() > 1", "map()"),
        ("[1].all(a, true) && [1].all(b, true) && [1].all(c, true)", "more than 2"),
        ("context.l.all(a, context.l.all(b, a + b >= 0))", "one loop inside another"),
        ("(context.l + context.l).all(a, a > 0)", "goes over a field"),
        ("context.s.matches(context.t)", "written out"),
        ("context.s.matches('a' + context.t)", "written out"),
        ("context.s.matches('((a{1,9}){1,9}){1,9}')", "repeats more than 30"),
        ("context.l.all(a, a.matches('x'))", "matches() inside a loop"),
    ],
)
def test_a_bad_condition_is_refused_when_saved(source: str, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        compile_condition(source)
    assert said in refused.value.detail
    assert refused.value.code == "bad_condition"


@pytest.mark.parametrize(
    "source",
    [
        "context.s.matches('(a+)+$')",
        "context.s.matches('(a|aa)+b')",
        "context.l.exists(a, context.s.contains('b'))",
    ],
)
def test_a_hostile_condition_ends_soon(source: str) -> None:
    condition = compile_condition(source)
    hostile = facts(context={"l": list(range(450)), "s": "a" * 4_000})
    started = time.thread_time()
    condition.evaluate(hostile)
    assert time.thread_time() - started < 0.5


def test_the_ledger_never_learns_values_from_an_error() -> None:
    result = compile_condition("timestamp(context.name) > event.occurred_at").evaluate(
        facts(context={"name": "ana@example.com"})
    )
    assert not result.matched
    assert "ana" not in result.error + result.missing


def test_one_compiled_condition_serves_many_threads() -> None:
    condition = compile_condition("context.amount > 100")
    wrong: list[int] = []

    def run(amount: int) -> None:
        for _ in range(300):
            if condition.evaluate(facts(context={"amount": amount})).matched != (amount > 100):
                wrong.append(amount)

    threads = [threading.Thread(target=run, args=(amount,)) for amount in (99, 100, 101, 102)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
