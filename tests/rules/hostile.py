"""A thousand conditions that somebody hostile might save, always the same thousand, and the largest
events that intake lets in. Used by the test of conditions and by `benchmarks/conditions.py`."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from collector.rules.conditions import Facts
from collector.rules.values import MAX_NODES, MAX_TEXT

COUNT = 1_000
SEED = 20260302
TEXTS = ("context.s", "context.t", "person.locale", "context.texts[0]", "subjects.agent.id")
LISTS = ("context.l", "context.texts", "context.deep", "person.attributes.l")
PATTERNS = (
    "(a+)+$", "(a|aa)+b", "(a|a?)+c", ".*.*.*.*.*b", "(a?){30}b", "(a?){1000}b", "([a-z]+)*!",
    "((a{1,100}){1,100}){1,100}", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "a{0,29}b",
    "(.*)(.*)(.*)(.*)[^a]$", "(?:a|b|ab)*c", "[^x]*x[^y]*y", "a*a*a*a*a*a*a*a*b", "(?i)(A+)+B",
    "\\\\p{L}+\\\\p{N}+$", "(" + "a?" * 45 + ")b",
)  # fmt: skip


def facts(kind: str) -> Facts:
    """The largest events: `texts` (long texts), `list` (one long list), `deep` (nested)."""
    long = "a" * MAX_TEXT
    context: dict[str, Any] = {"s": long, "t": long[:-1] + "b", "n": 3, "l": [], "deep": {}}
    context["texts"] = [long] * (MAX_NODES - 20 if kind == "texts" else 3)
    if kind == "list":
        context["l"] = list(range(MAX_NODES - 20))
    if kind == "deep":
        deep: Any = {"a": list(range(60))}
        for _ in range(6):
            deep = {"a": deep, "b": list(range(50))}
        context["deep"] = deep
    return Facts(
        event_type="order.delivered", source="shop",
        occurred_at=datetime(2026, 3, 2, 12, tzinfo=UTC),
        person={"locale": "pt-BR", "attributes": {"l": list(range(MAX_NODES - 10)), "s": long}},
        context=context, subjects={"agent": {"id": long, "credited": "a2"}}, history={},
    )  # fmt: skip


def conditions() -> list[str]:
    """The thousand."""
    chance = random.Random(SEED)
    made: list[str] = []
    while len(made) < COUNT:
        made.append(chance.choice(KINDS)(chance))
    return made


def _nested(chance: random.Random) -> str:
    depth = chance.choice((3, 10, 20, 31, 40, 200, 900))
    way = chance.randrange(4)
    if way == 0:
        return "(" * depth + "context.n > 1" + ")" * depth
    if way == 1:
        return "!" * depth + "(context.n > 1)"
    if way == 2:
        return "[" * depth + "1" + "]" * depth + " == context.l"
    return "true ? " * depth + "true" + " : false" * depth


def _chain(chance: random.Random) -> str:
    sign = chance.choice((" && ", " || ", " + ", " == ", " < "))
    one = chance.choice((*TEXTS, *LISTS, "context.n", "context"))
    joined = sign.join([one] * chance.choice((2, 5, 15, 30, 31, 60, 150)))
    return joined if sign in (" && ", " || ") else f"({joined}) == {chance.choice(TEXTS)}"


def _loop(chance: random.Random) -> str:
    name = chance.choice(("all", "exists", "exists_one", "filter", "map"))
    over = chance.choice((*LISTS, f"({chance.choice(LISTS)} + {chance.choice(LISTS)})", "[1, 2]"))
    body = chance.choice((
        "x == x", "context == context", "x in context.l", "(context.s + context.t).size() > 3",
        "context.s.contains(context.t)", "context.texts == context.texts", "x + x != x",
        "context.l.all(y, x + y >= 0)", "context.s.matches('(a+)+$')", "string(x) != context.s",
        "timestamp(context.s) > event.occurred_at", "person.attributes == context.deep",
        "event.occurred_at.getHours(context.s) > 3", "context.s + context.s + context.s != 'x'",
        "context.l.filter(y, y != x).size() > 3", "bytes(context.s).size() > x",
        "context.s.startsWith(context.s) && context.s.endsWith(context.t)",
    ))  # fmt: skip
    end = ".size() > 3" if name in ("filter", "map") else ""
    once = f"{over}.{name}(x, {body}){end}"
    return " || ".join([once] * chance.choice((1, 1, 2, 3)))


def _pattern(chance: random.Random) -> str:
    pattern = chance.choice(PATTERNS)
    if chance.random() < 0.15:
        return f"context.s.matches({chance.choice(TEXTS)})"
    if chance.random() < 0.1:
        pattern *= 8
    once = f"{chance.choice(TEXTS)}.matches('{pattern}')"
    return " || ".join([once] * chance.choice((1, 1, 2, 3, 12)))


def _huge(chance: random.Random) -> str:
    size = chance.choice((100, 400, 900, 3_000))
    way = chance.randrange(4)
    if way == 0:
        return f"context.s == '{'a' * size}'"
    if way == 1:
        return f"context.n in [{','.join('1' * size)}]"
    if way == 2:
        return f"[{','.join('1' * size)}].{chance.choice(('all', 'exists'))}(x, x in context.l)"
    fields = ", ".join(f"'k{n}': context.s" for n in range(size // 15))
    return "{" + fields + "} == context"


def _confused(chance: random.Random) -> str:
    left, right = (
        chance.choice((
            *TEXTS, *LISTS, "context", "subjects", "event.occurred_at", "null", "1", "1.5", "1u",
            "'x'", "b'x'", "[]", "{}", "true", "type(context)", "duration('1h')", "context.none",
            "9223372036854775807", "-9223372036854775808", "int(context.s)", "1 / 0", "dyn(1)",
            "string(context.l)", "double('nan')", "context['\\u0000']", "__import__('os')",
        ))
        for _ in range(2)
    )  # fmt: skip
    return f"{left} {chance.choice(('==', '<', '+', '&&', 'in', '%', '-', '*', '||'))} {right}"


KINDS: tuple[Callable[[random.Random], str], ...] = (
    _nested, _chain, _loop, _loop, _pattern, _huge, _confused,
)  # fmt: skip
