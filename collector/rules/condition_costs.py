"""What a condition may cost at most: counted from its text and the event's size, never timed. Pure.

One unit is about a microsecond of one core. What is costly whatever the event is refused when the
rule is saved (`shape`); what is costly only for a huge event is not evaluated for that event
(`units` against `LIMIT`). Used by `conditions.py`; `benchmarks/conditions.py` measures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

LIMIT = 4_000
MAX_LOOPS = 2
MAX_PATTERNS = 2
MAX_PATTERN = 100
MAX_REPEATS = 30
LOOP_NAMES = ("all", "exists", "exists_one", "filter")
TOKEN = re.compile(
    r"(?P<text>[rRbB]{0,2}(?:\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'))"
    r"|(?P<name>[A-Za-z_]\w*)|(?P<number>\d[\w.]*)|(?P<sign>==|!=|<=|>=|&&|\|\||\S)",
    re.DOTALL,
)
REPEAT = re.compile(r"\{(\d+)(?:,(\d*))?\}")
EQUALS = ("==", "!=", "in")
SIMPLE = ("text", "number")
BOUNDED = ("startsWith", "endsWith")  # looks no further than the text that is written out


class TooCostly(ValueError):
    """Refused when saved; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Shape:
    """`light` and `heavy` count operations, outside loops and inside them: heavy ones take as long
    as the values are large. `items`: the longest list that the text itself may hold."""

    light: tuple[int, int]
    heavy: tuple[int, int]
    filters: int
    patterns: int
    items: int


@dataclass(slots=True)
class Size:
    """How large the values are that a condition sees: the longest text and list, all values."""

    text: int = 0
    items: int = 0
    values: int = 0

    def add(self, value: Any) -> None:
        """Count a value and what it holds."""
        self.values += 1
        if isinstance(value, str):
            if len(value) > self.text:
                self.text = len(value)
        elif isinstance(value, dict | Mapping):
            if len(value) > self.items:
                self.items = len(value)
            for key, inner in value.items():
                if len(str(key)) > self.text:
                    self.text = len(str(key))
                self.add(inner)
        elif isinstance(value, list | tuple):
            self.items = max(self.items, len(value))
            for inner in value:
                self.add(inner)


def shape(source: str) -> Shape:
    """Raises TooCostly for what would be costly whatever the event."""
    tokens = [(str(one.lastgroup), one.group()) for one in TOKEN.finditer(source)]
    loops = _loops(tokens)
    patterns = _patterns(tokens, loops)
    heavy, light = [0, 0], [0, 0]
    for at, (kind, _) in enumerate(tokens):
        inside = any(begin < at < close for _, begin, close in loops)
        if kind in ("sign", "name"):
            light[inside] += 1
            heavy[inside] += _is_heavy(tokens, at)
    return Shape(
        (light[0], light[1]), (heavy[0], heavy[1]), sum(name == "filter" for name, _, _ in loops),
        patterns, sum(text == "," for _, text in tokens) + 1,
    )  # fmt: skip


def _is_heavy(tokens: Sequence[tuple[str, str]], at: int) -> bool:
    """Does this operation take as long as the values are large?"""
    kind, text = tokens[at]
    after = tokens[at + 1 : at + 3]
    if text in EQUALS:
        near = [one[0] for one in (*tokens[max(at - 1, 0) : at], *after[:1])]
        return not set(near) & set(SIMPLE)
    if text == "+":
        return True
    if kind != "name" or after[:1] != [("sign", "(")] or text in (*LOOP_NAMES, "has"):
        return False
    return not (text in BOUNDED and after[1:] and after[1][0] == "text")


def units(shaped: Shape, size: Size) -> float:
    """What evaluating costs at most."""
    values_large = 1 + max(size.text / 400, size.values / 25)
    once = shaped.light[0] * 0.1 + shaped.heavy[0] * values_large
    once += shaped.patterns * (60 + size.text / 4)
    if not shaped.light[1] and not shaped.filters:  # most conditions have no loop
        return once
    items = max(size.items, shaped.items)
    each = shaped.light[1] * 0.1 + shaped.heavy[1] * values_large
    return once + each * items + shaped.filters * items * items / 75


def _loops(tokens: Sequence[tuple[str, str]]) -> list[tuple[str, int, int]]:
    """(name, from, to) of every loop, as places in the list of tokens."""
    found: list[tuple[str, int, int]] = []
    for at, ((_, dot), (_, name)) in enumerate(pairwise(tokens), start=1):
        if dot != "." or at + 1 >= len(tokens) or tokens[at + 1][1] != "(":
            continue
        if name in ("map", "transformList", "transformMap"):
            raise TooCostly(f"{name}() builds lists of any size; use exists(), all() or filter()")
        if name not in LOOP_NAMES:
            continue
        if at >= 2 and tokens[at - 2][1] in (")", "}"):
            raise TooCostly(f"{name}() goes over a field, such as context.items.{name}(…)")
        found.append((name, at, _closing(tokens, at + 1)))
    if len(found) > MAX_LOOPS:
        raise TooCostly(
            f"it uses more than {MAX_LOOPS} of all(), exists(), exists_one() and filter()"
        )
    if any(first[1] < second[1] < first[2] for first, second in pairwise(found)):
        raise TooCostly("one loop inside another takes too long; send what it looks for as a field")
    return found


def _closing(tokens: Sequence[tuple[str, str]], opening: int) -> int:
    depth = 0
    for at in range(opening, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[at][1], 0)
        if not depth:
            return at
    return len(tokens)


def _patterns(tokens: Sequence[tuple[str, str]], loops: Sequence[tuple[str, int, int]]) -> int:
    found = 0
    for at, (kind, name) in enumerate(tokens):
        if kind != "name" or name != "matches" or tokens[at + 1 : at + 2] != [("sign", "(")]:
            continue
        found += 1
        end = _closing(tokens, at + 1)
        given = [one for one in tokens[at + 2 : end] if one[1] not in ("(", ")")]
        last = given[-1:] or [("", "")]
        if last[0][0] != "text" or (len(given) > 1 and given[-2][1] != ","):
            raise TooCostly("matches() takes a pattern written out as a text")
        if any(begin < at < close for _, begin, close in loops):
            raise TooCostly(
                "matches() inside a loop takes too long; use contains() or startsWith()"
            )
        _check_pattern(last[0][1])
    if found > MAX_PATTERNS:
        raise TooCostly(f"it uses matches() more than {MAX_PATTERNS} times")
    return found


def _check_pattern(pattern: str) -> None:
    if len(pattern) > MAX_PATTERN:
        raise TooCostly(f"the pattern is longer than {MAX_PATTERN} characters")
    repeats = 1
    for low, high in REPEAT.findall(pattern):
        repeats *= max(int(low[:4]), int((high or "0")[:4]), 1)
    if repeats > MAX_REPEATS:
        raise TooCostly(f"the pattern repeats more than {MAX_REPEATS} times; use * or +")
