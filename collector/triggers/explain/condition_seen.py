"""A rule's condition with the values that it looks at, for the explanation. Pure.

Values of the event (`event`, `context`, `subjects`) and of the history are shown. Of a person's
attributes only the type is: they may be personal, and whoever may explain need not see them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson

from collector import clock
from collector.rules import condition_errors
from collector.rules.conditions import Facts

ATTRIBUTES: Final = "person.attributes"
LONGEST: Final = 80
NOT_THERE: Final = "not there"


def seen(source: str, facts: Facts, *, at_the_time: bool = False) -> dict[str, str]:
    """Each field of the condition and what it is. `at_the_time`: only what cannot have changed
    since, the event's own fields."""
    values: dict[str, str] = {}
    for path in condition_errors.fields_of(source):
        if at_the_time and not path.startswith(("event", "context", "subjects")):
            continue
        values[path] = _shown(path, condition_errors.value_of(path, facts.told))
    return values


def sentence(source: str, values: Mapping[str, str], outcome: str) -> str:
    r"""`The condition \`context.amount > 100\` does not hold: context.amount is 20.`"""
    listed = ", ".join(f"{path} is {value}" for path, value in values.items())
    brief = " ".join(source.split())
    return f"The condition `{brief}` {outcome}{': ' + listed if listed else ''}."


def _shown(path: str, value: Any) -> str:
    if value is None:
        return NOT_THERE
    if path.startswith(ATTRIBUTES):
        return condition_errors.kind_of(value)
    if hasattr(value, "isoformat"):
        return clock.iso(value)
    text = orjson.dumps(value).decode()
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
