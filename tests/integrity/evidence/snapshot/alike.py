"""Are two states the same, to the last bit, the last order and the last thing that is shared?"""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict, deque
from types import MemberDescriptorType
from typing import Any

PLAIN = (type(None), bool, int, str, bytes)


def differences(one: Any, other: Any) -> list[str]:
    """Where they differ; empty where they do not. Walks whatever objects are made of by itself."""
    found: list[str] = []
    partners: dict[int, int] = {}
    walked: set[int] = set()
    waiting: list[tuple[str, Any, Any]] = [("", one, other)]
    while waiting and len(found) < 5:
        place, left, right = waiting.pop()
        if type(left) is not type(right):
            found.append(f"{place}: {type(left).__name__}, {type(right).__name__}")
        elif isinstance(left, PLAIN):
            if left != right:
                found.append(f"{place}: {left!r}, {right!r}")
        elif isinstance(left, float):
            if struct.pack("d", left) != struct.pack("d", right):
                found.append(f"{place}: {left!r}, {right!r}")
        else:
            # What nobody can change may be one thing or two.
            shared = isinstance(left, tuple | frozenset) or (
                partners.setdefault(id(left), id(right)) == id(right)
            )
            if not shared:
                found.append(f"{place}: shared in one of them only")
            if id(left) not in walked:
                walked.add(id(left))
                waiting += _parts(place, left, right, found)
    return found


def _parts(place: str, left: Any, right: Any, found: list[str]) -> list[tuple[str, Any, Any]]:
    if isinstance(left, dict):
        factory = getattr(left, "default_factory", None), getattr(right, "default_factory", None)
        if factory[0] is not factory[1] or list(left) != list(right):
            found.append(f"{place}: keys, their order or their factory")
        return [(f"{place}[{key!r}]", left[key], right[key]) for key in left if key in right] + [
            (f"{place} key", a, b) for a, b in zip(left, right, strict=False)
        ]
    if isinstance(left, set | frozenset | array):
        if left != right:
            found.append(f"{place}: {left!r}, {right!r}")
        return []
    if isinstance(left, list | tuple | deque):
        if len(left) != len(right) or getattr(left, "maxlen", 0) != getattr(right, "maxlen", 0):
            found.append(f"{place}: length")
        return [(f"{place}[{n}]", a, b) for n, (a, b) in enumerate(zip(left, right, strict=False))]
    parts = [("__dict__", vars(left), vars(right))] if hasattr(left, "__dict__") else []
    for cls in type(left).__mro__:
        for name, member in vars(cls).items():
            if isinstance(member, MemberDescriptorType):
                parts.append((name, getattr(left, name, "unset"), getattr(right, name, "unset")))
    assert parts, f"{place}: what is a {type(left)} made of?"
    return [(f"{place}.{name}", a, b) for name, a, b in parts]


def some_of_everything() -> dict[str, Any]:
    """What the engine does not hold today, and might tomorrow."""
    shared: list[Any] = [1, "one"]
    deep = ((1, ("two", (3.5, None))), shared)
    rows: defaultdict[str, list[int]] = defaultdict(list)
    rows["a"].append(1)
    numbers: list[Any] = [0, -1, 127, 128, -129, 1 << 40, -(1 << 62), (1 << 63) - 1]
    return {
        "shared": (shared, shared), "deep": deep, "again": deep[0], "rows": rows,
        "numbers": numbers,
        "big": [1 << 64, -(1 << 90)], "floats": [0.0, -0.0, float("inf"), float("nan"), 5e-324],
        "mixed": [None, True, 1, 1.0, "1", b"1", (), [], {}, set()], "bytes": [b"", b"\0x"],
        "texts": ["", "\0", "a\0b", "\ud800", "é", "逼", "🙂"], "queue": deque([1, 2], maxlen=2),
        "sets": ({1, 2}, frozenset({("a", 1)})), "arrays": (array("d", [0.1]), array("b")),
        "by_pair": {("a", 1): {2: "x"}, ("b", frozenset({1})): shared}, "empty": [],
    }  # fmt: skip
