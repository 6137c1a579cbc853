"""When two values that came from outside are the same thing: one spelling to compare by. Pure.

One system sends an order as 7, another as "7"; one as 7.0, since its column is a float. Wherever
values of events are compared, or counted by, it is in this spelling:

- a number is its shortest decimal text: 7, 7.0 and 7e0 are "7", 0.50 is "0.5", however large;
- a truth value is `true` or `false`;
- a text is itself, in Unicode's composed form (NFC) and without spaces around it. It is never read
  as a number: "07" and "7.0" are other texts than "7", as "Ab" is another than "ab";
- nothing, and a text of nothing but spaces, says nothing;
- a list or an object is compared by what is in it, in these spellings; the order of fields is none.

Conditions (`conditions.py`) are CEL, which is typed, and are not changed by this: there a number is
never equal to a text.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from typing import Any


def spelled(value: Any) -> str | None:
    """The spelling of this value; None where it says nothing."""
    if value is None:
        return None
    if isinstance(value, str):
        return text(value) or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number(value)
    # A list or an object is never the same as a text, not even as its own JSON.
    return "\x00" + json.dumps(_inner(value), sort_keys=True, ensure_ascii=False)


def same(one: Any, other: Any) -> bool:
    """Whether both say something, and the same."""
    said = spelled(one)
    return said is not None and said == spelled(other)


def fields(values: Mapping[str, Any]) -> dict[str, str | None]:
    """Each of these in its spelling; an empty text is kept apart from nothing."""
    return {name: "" if value == "" else spelled(value) for name, value in values.items()}


def text(value: str) -> str:
    """A text as it is compared: composed, without spaces around it."""
    return unicodedata.normalize("NFC", value).strip()


def number(value: float) -> str:
    """The shortest decimal text of a number: no exponent, no zeros behind the point."""
    if isinstance(value, float):
        if not isfinite(value):
            return str(value)
        if not value.is_integer():
            return format(Decimal(repr(value)), "f")
    return str(int(value))


def _inner(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {text(str(key)): _inner(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_inner(inner) for inner in value]
    return spelled(value)
