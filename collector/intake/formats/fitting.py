"""Cuts what analytics clients send until it can be kept, and notes each cut. Pure.

Such clients do not look at the answer, so a message that is refused is lost. Nothing is invented:
a value is kept, shortened, or left out. Who it happened to and which call it was are never cut,
because half of an id is another id. Used by `segment.py`; the bounds are those of
`rules/values.py`.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from collector.rules.values import (
    CONTROL,
    INT64,
    MAX_DEPTH,
    MAX_NODES,
    MAX_TEXT,
    UNSTORABLE,
    Problems,
    escape,
)

MAX_KEY: Final = 100
MOST_NOTES: Final = 20  # of one bag; a broken client would be told of every value
PUT_IN: Final = "\ufffd"  # Unicode's own sign for what could not be shown


def line(value: Any, pointer: str, notes: Problems) -> Any:
    """An id or a name: without spaces around it and without control characters.

    Whole numbers become texts, because ids often are numbers. What is no text is given back as it
    is, for its reader to refuse.
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < INT64:
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return value
    clean = CONTROL.sub("", value).strip()
    if clean != value:
        notes.add(pointer, "bad_character", "Spaces around it or control characters were cut off.")
    return clean


def message_id(value: Any, pointer: str, most: int, notes: Problems) -> str:
    """An idempotency key; a longer one is replaced by a digest of itself, "" stands for none."""
    clean = line(value, pointer, notes)
    if not isinstance(clean, str):
        if value is not None:
            notes.add(pointer, "not_a_text", "This must be a text; the message got another id.")
        return ""
    if len(clean) <= most:
        return clean
    notes.add(
        pointer, "too_long", f"This is longer than {most} characters; a digest of it is the id."
    )
    return "long-" + hashlib.sha256(clean.encode()).hexdigest()[:32]


def bag(value: Any, pointer: str, notes: Problems) -> dict[str, Any]:
    """An object of any JSON within the bounds of `Problems.bag`. `[]` is PHP's empty object."""
    if value is None or value == []:
        return {}
    if not isinstance(value, dict):
        notes.add(pointer, "not_an_object", "This must be an object; it was left out.")
        return {}
    found = Problems()
    clean = _values(value, pointer, 1, found)
    room = _Room(MAX_NODES)
    kept = room.members(clean)
    notes.found += found.found[:MOST_NOTES]
    if room.cut:
        notes.add(
            pointer,
            "too_large",
            f"At most {MAX_NODES} values are kept; {room.cut} were left out, the largest parts "
            "first cut short.",
        )
    return kept


def _values(value: Mapping[str, Any], pointer: str, depth: int, found: Problems) -> dict[str, Any]:
    kept = {}
    for key, inner in value.items():
        at = f"{pointer}/{escape(key)}"
        if len(key) > MAX_KEY or UNSTORABLE.search(key):
            found.add(
                at, "bad_name", f"A name has at most {MAX_KEY} characters that can be kept; "
                "this value was left out.",
            )  # fmt: skip
            continue
        kept[key] = _value(inner, at, depth, found)
    return kept


def _value(value: Any, pointer: str, depth: int, found: Problems) -> Any:
    if isinstance(value, str):
        return _text(value, pointer, found)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return _number(value, pointer, found)
    if depth >= MAX_DEPTH and value:
        found.add(pointer, "too_deep", f"At most {MAX_DEPTH} levels are kept; this was left out.")
        return None
    if isinstance(value, list):
        return [
            _value(inner, f"{pointer}/{at}", depth + 1, found) for at, inner in enumerate(value)
        ]
    return _values(value, pointer, depth + 1, found)


def _text(text: str, pointer: str, found: Problems) -> str:
    if UNSTORABLE.search(text):
        found.add(pointer, "bad_character", "NUL and half surrogate pairs were replaced.")
        text = UNSTORABLE.sub(PUT_IN, text)
    if len(text) > MAX_TEXT:
        found.add(pointer, "too_long", f"Only the first {MAX_TEXT} characters were kept.")
        text = text[:MAX_TEXT]
    return text


def _number(number: float, pointer: str, found: Problems) -> float | str | None:
    if -INT64 <= number < INT64:  # never true of NaN
        return number
    if isinstance(number, float) and not math.isfinite(number):
        found.add(pointer, "number_out_of_range", "This is no number; it was left out.")
        return None
    found.add(pointer, "number_out_of_range", "This does not fit in 64 bits; it is kept as text.")
    try:
        return str(number)[:MAX_TEXT]
    except ValueError:  # Python writes out no number of more than 4,300 digits
        return hex(int(number))[:MAX_TEXT]


@dataclass(slots=True)
class _Room:
    """How many values can still be kept, and how many were not.

    Plain values come before objects and lists and small ones of these before large ones, so that a
    long list of products does not push out the order's number that stands behind it.
    """

    left: int
    cut: int = 0

    def members(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """As many members as fit, in the order in which they came."""
        kept: dict[str, Any] = {}
        for key in sorted(value, key=lambda key: _size(value[key])):
            if self.left > 0:
                kept[key] = self._whole(value[key])
            else:
                self.cut += _size(value[key])
        return {key: kept[key] for key in value if key in kept}

    def _whole(self, value: Any) -> Any:
        self.left -= 1
        if isinstance(value, dict):
            return self.members(value)
        return self._elements(value) if isinstance(value, list) else value

    def _elements(self, value: list[Any]) -> list[Any]:
        """The first elements, each whole; the very first one at least in part."""
        kept: list[Any] = []
        for at, inner in enumerate(value):
            if self.left <= 0 or (at and _size(inner) > self.left):
                self.cut += sum(map(_size, value[at:]))
                break
            kept.append(self._whole(inner))
        return kept


def _size(value: Any) -> int:
    """How many values this is, as `Problems.bag` counts them."""
    if isinstance(value, dict):
        return 1 + sum(map(_size, value.values()))
    return 1 + sum(map(_size, value)) if isinstance(value, list) else 1


_DIGITS: Final = re.compile(r"[0-9]{9,17}(\.[0-9]+)?")


def epoch_number(value: Any) -> float | None:
    """A time as a number, as some clients write it; None where it is none."""
    if isinstance(value, str) and _DIGITS.fullmatch(value.strip()):
        return float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < INT64 else None
