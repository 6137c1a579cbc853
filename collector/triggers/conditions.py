"""Conditions in CEL (https://cel.dev): compiled and type-checked when saved, cheap and safe to run.

A thin wrapper around cel-expr-python; nothing else imports that. Pure. A condition sees
`event.type`, `event.source`, `event.occurred_at`, `event.quarter_passed` (0 to 1), `person.kind`,
`person.locale`, `person.timezone`, `person.place` (0 to 1, always the same for one person),
`person.attributes`, `context` and `subjects` (`subjects.agent.id`). A field that
is not there means "does not match", and the result names it. Cost is bounded: length, nesting (32),
iterations (10,000), and regular expressions run on RE2, which cannot backtrack. Next: `gates.py`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cel_expr_python import cel

from collector.errors import InvalidInput

MAX_LENGTH = 2_000
MAX_LOOPS = 2
INT64 = 1 << 63
POSITION = re.compile(r"<input>:(-?\d+):(-?\d+):\s*(.*)")
MISSING = re.compile(r'Key not found in map : "(.*)"', re.DOTALL)
LOOP = re.compile(r"\.\s*(all|exists|exists_one|map|filter)\s*\(")
LITERAL = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")

_TEXT_TO_ANY = cel.Type.Map(cel.Type.STRING, cel.Type.DYN)
VARIABLES = {
    "event.type": cel.Type.STRING,
    "event.source": cel.Type.STRING,
    "event.occurred_at": cel.Type.TIMESTAMP,
    "event.quarter_passed": cel.Type.DOUBLE,
    "person.kind": cel.Type.STRING,
    "person.locale": cel.Type.STRING,
    "person.timezone": cel.Type.STRING,
    "person.place": cel.Type.DOUBLE,
    "person.attributes": _TEXT_TO_ANY,
    "context": _TEXT_TO_ANY,
    "subjects": cel.Type.Map(cel.Type.STRING, cel.Type.Map(cel.Type.STRING, cel.Type.STRING)),
}
_ENV = cel.NewEnv(variables=VARIABLES)


@dataclass(frozen=True, slots=True)
class Result:
    """`matched`, or not: because it is false, or `missing` names the field that is not there, or
    `error` says in general words why it could not be worked out (never with the event's values)."""

    matched: bool
    missing: str = ""
    error: str = ""


class Facts:
    """What conditions look at, put into the engine once and shared by all rules of an event."""

    def __init__(
        self,
        *,
        event_type: str,
        source: str,
        occurred_at: datetime,
        person: Mapping[str, Any],
        context: Mapping[str, Any],
        subjects: Mapping[str, Mapping[str, str]],
    ) -> None:
        self.activation = _ENV.Activation(
            {
                "event.type": event_type,
                "event.source": source,
                "event.occurred_at": occurred_at,
                "event.quarter_passed": quarter_passed(occurred_at),
                "person.kind": person.get("kind", ""),
                "person.locale": person.get("locale", ""),
                "person.timezone": person.get("timezone", ""),
                "person.place": place_of(person.get("ref", "")),
                "person.attributes": _normal(person.get("attributes", {})),
                "context": _normal(context),
                "subjects": _normal(subjects),
            }
        )


class Condition:
    """A compiled condition. Immutable and safe to share between threads."""

    def __init__(self, source: str, compiled: Any) -> None:
        self.source = source
        self._compiled = compiled

    def evaluate(self, facts: Facts) -> Result:
        """Does it hold? Never raises."""
        try:
            value = self._compiled.eval(facts.activation)
        except RuntimeError as error:
            return Result(False, error=_general(str(error)))
        if value.type() == cel.Type.BOOL:
            return Result(bool(value.value()))
        said = str(value.value())
        if found := MISSING.search(said):
            return Result(False, missing=self._path_of(found[1]))
        return Result(False, error=_general(said))

    def _path_of(self, field: str) -> str:
        """The field as the rule writes it: the engine knows only its last part."""
        name = re.escape(field)
        written = re.search(rf"[A-Za-z_][\w.]*\.{name}(?!\w)", self.source)
        if written:
            return written[0]
        keyed = re.search(rf"([A-Za-z_][\w.]*)\[(['\"]){name}\2\]", self.source)
        # A key that was computed could be somebody's name: it stays out of the ledger.
        return f"{keyed[1]}.{field}" if keyed else "a field with a computed name"


def quarter_passed(at: datetime) -> float:
    """How much of the quarter (UTC) has passed, from 0 up to 1."""
    first = datetime(at.year, at.month - (at.month - 1) % 3, 1, tzinfo=UTC)
    over = datetime(at.year + at.month // 10, (first.month + 2) % 12 + 1, 1, tzinfo=UTC)
    return (at.astimezone(UTC) - first) / (over - first)


def place_of(ref: str) -> float:
    """Where a person stands among all, from 0 up to 1: evenly spread and always the same.

    Together with `event.quarter_passed` it gives everybody their own day in the quarter. It has
    nothing to do with the place that a rule's `sample` looks at.
    """
    digest = hashlib.sha256(f"place\x1f{ref}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / float(1 << 48)


def compile_condition(source: str) -> Condition:
    """Raises InvalidInput (`bad_condition`) with line and column of what is wrong."""
    if len(source) > MAX_LENGTH:
        raise _bad(f"the condition is longer than {MAX_LENGTH} characters")
    if "\x00" in source or any("\ud800" <= letter <= "\udfff" for letter in source):
        raise _bad("the condition holds a character that cannot be used")
    loops = LOOP.findall(LITERAL.sub('""', source))
    if "map" in loops:
        raise _bad("map() builds lists of any size; use exists(), all() or filter()")
    if len(loops) > MAX_LOOPS:
        raise _bad(f"it uses more than {MAX_LOOPS} of all(), exists(), exists_one() and filter()")
    try:
        compiled = _ENV.compile(source)
    except RuntimeError as error:
        raise _bad(_first_complaint(str(error))) from None
    kind = compiled.return_type()
    if kind != cel.Type.BOOL and kind != cel.Type.DYN:
        raise _bad(f"the condition must be true or false, this gives a {kind.name().lower()}")
    return Condition(source, compiled)


def _bad(said: str) -> InvalidInput:
    return InvalidInput(f"The condition cannot be used: {said}.", code="bad_condition")


def _first_complaint(said: str) -> str:
    found = POSITION.search(said)
    if found is None:
        return "it is too deeply nested" if "recursion" in said.lower() else "it is not valid CEL"
    line, column, complaint = int(found[1]), int(found[2]), found[3]
    complaint = complaint.removesuffix(" (in container '')").split(" [INVALID_ARGUMENT]")[0]
    if line < 0:
        return complaint.rstrip(".")
    if "undeclared reference" in complaint:
        complaint += f"; known are {', '.join(VARIABLES)}"
    return f"line {line}, column {column}: {complaint}"


def _general(said: str) -> str:
    """The engine's complaint without anything that could be a value of the event."""
    for known in (
        "divide by zero",
        "modulus by zero",
        "No matching overloads",
        "Iteration budget exceeded",
        "overflow",
        "out of range",
        "invalid timestamp",
        "index out of bounds",
        "No such key",
    ):
        if known.lower() in said.lower():
            return known[0].lower() + known[1:]
    return "the values do not fit the condition"


def _normal(value: Any) -> Any:
    """Only what the engine takes: PostgreSQL gives large floats back as integers of any size."""
    if isinstance(value, Mapping):
        return {str(key): _normal(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_normal(inner) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool) and not -INT64 <= value < INT64:
        return float(value)
    return value
