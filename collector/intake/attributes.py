"""The attributes of a person: each with the time of the newest word about it, and how many. Pure.

What is sent as null is taken away and leaves its time behind, so that an older word that arrives
later does not bring it back. Both are bounded: `MOST` attributes and `LARGEST` bytes a person, past
which nothing new is kept (what is known stays, and can be changed and taken away), and the newest
`MOST` traces of what was taken away. Next: `profile.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from collector.errors import Problem

MOST: Final = 500  # as many as one call can hold
LARGEST: Final = 64 * 1024  # bytes, names and values as JSON
TOO_MANY, TOO_LARGE = "too_many_attributes", "attributes_too_large"
REMEDY: Final = (
    "Send those that are not needed any more as null, which takes them away, and put what belongs "
    "to one event into its `context`."
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known and the time of the newest word that said so; None: it was taken away."""

    value: Any
    at: datetime


def newer(held: Fact | None, value: Any, at: datetime, *, last: bool = False) -> Fact:
    """What holds once this was said of `at`. `last`: it is not older than what is held.

    Of two words of one moment taking away wins, then the greater text: any rule will do that does
    not ask which of them arrived first.
    """
    if held is None:
        return Fact(value, at)
    if last:
        return Fact(value, max(at, held.at))
    if (at, _rank(value)) > (held.at, _rank(held.value)):
        return Fact(value, at)
    return held


def merged(
    known: Mapping[str, Fact], said: Mapping[str, Any], at: datetime, *, last: bool = False
) -> tuple[Mapping[str, Fact], tuple[Problem, ...]]:
    """The attributes after this was said, and what was left out because of the limits."""
    if not said:
        return known, ()
    facts = dict(known)
    live = {name: fact.value for name, fact in known.items() if fact.value is not None}
    number, size = len(live), sum(_size(name, value) for name, value in live.items())
    many, large = [], []
    # What is taken away makes room first; from then on in an order that nobody's JSON decides.
    for name in sorted(said, key=lambda name: (said[name] is not None, name)):
        fact = newer(known.get(name), said[name], at, last=last)
        before = _size(name, live[name]) if name in live else 0
        after = _size(name, fact.value) if fact.value is not None else 0
        more = (fact.value is not None) - (name in live)
        if more > 0 and number >= MOST:
            many.append(name)
        elif after > before and size + after - before > LARGEST:
            large.append(name)
        else:
            facts[name] = fact
            number, size = number + more, size + after - before
    return _bounded(facts), _left_out(len(many), len(large))


def _bounded(facts: dict[str, Fact]) -> dict[str, Fact]:
    gone = [(fact.at, name) for name, fact in facts.items() if fact.value is None]
    for _, name in sorted(gone)[: max(0, len(gone) - MOST)]:
        del facts[name]
    return facts


def _left_out(many: int, large: int) -> tuple[Problem, ...]:
    found = []
    if many:
        what = f"At most {MOST} attributes of a person are kept; {many} more were sent. {REMEDY}"
        found.append(Problem(TOO_MANY, what, "/attributes"))
    if large:
        what = (
            f"At most {LARGEST // 1024} KiB of attributes of a person are kept; {large} went past "
            f"that. {REMEDY}"
        )
        found.append(Problem(TOO_LARGE, what, "/attributes"))
    return tuple(found)


def _size(name: str, value: Any) -> int:
    return len(orjson.dumps({name: value})) - 1


def _rank(value: Any) -> tuple[bool, bytes]:
    return value is None, orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
