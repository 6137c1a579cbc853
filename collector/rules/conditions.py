"""Conditions in CEL (https://cel.dev): compiled and type-checked when saved, cheap and safe to run.

A thin wrapper around cel-expr-python; nothing else imports that. Pure. A condition sees
`event.type`, `event.source`, `event.occurred_at`, `event.quarter_passed` (0 to 1), `person.kind`,
`person.locale`, `person.timezone`, `person.place` (0 to 1, always the same for one person),
`person.attributes`, `context` and `subjects` (`subjects.agent.id`). A field that
is not there means "does not match", and the result names it. Cost is bounded: length, nesting (32),
iterations (10,000), and regular expressions run on RE2, which cannot backtrack. Next: `timing.py`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from cel_expr_python import cel

from collector.errors import InvalidInput
from collector.rules import condition_costs, condition_errors, history_names
from collector.rules.same_value import spelled

MAX_LENGTH = 2_000
INT64 = 1 << 63
PLAIN = frozenset({str, bool, float, type(None)})  # by far the most values
MISSING = re.compile(r'Key not found in map : "(.*)"', re.DOTALL)
UNKNOWN = re.compile(r'No value with name "([a-z_.]+)" found in Activation')

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
    **{f"history.{name}": cel.Type.INT for name in history_names.WHOLE},
    **{f"history.{name}": cel.Type.DOUBLE for name in history_names.SHARES},
}
HISTORY = {name: f"history.{name}" for name in (*history_names.WHOLE, *history_names.SHARES)}
_ENV = cel.NewEnv(variables=VARIABLES)


class BadCondition(InvalidInput):
    """A condition that cannot be used; `offset` is the character at fault, -1 for none."""

    def __init__(self, said: str, offset: int = -1) -> None:
        # A complaint of several lines ends with its caret.
        detail = f"The condition cannot be used: {said.rstrip()}" + ("" if "\n" in said else ".")
        super().__init__(detail, code="bad_condition")
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Result:
    """`matched`, or not: because it is false, or `missing` names the field that is not there, or
    `error` says in general words why it could not be worked out (never with the event's values)."""

    matched: bool
    missing: str = ""
    error: str = ""


MATCHED, NO_MATCH = Result(True), Result(False)


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
        history: Mapping[str, Any] | None = None,
    ) -> None:
        self.size = condition_costs.Size()
        for value in (context, subjects, person.get("attributes", {})):
            self.size.add(value)
        told = {
            "event.type": event_type,
            "event.source": source,
            "event.occurred_at": occurred_at,
            "event.quarter_passed": quarter_passed(occurred_at),
            "person.kind": person.get("kind", ""),
            "person.locale": person.get("locale", ""),
            "person.timezone": person.get("timezone", ""),
            "person.place": sample_position(person.get("ref", "")),
            "person.attributes": _normal(person.get("attributes", {})),
            "context": _normal(context),
            "subjects": _normal(subjects),
        }
        for name, value in (history or {}).items():
            told[HISTORY[name]] = value
        self.told = told
        self.activation = _ENV.Activation(told)


class Expression:
    """A compiled expression. Immutable and safe to share between threads."""

    def __init__(self, source: str, compiled: Any, shape: condition_costs.Shape) -> None:
        self.source, self.shape = source, shape
        self._compiled = compiled

    def value(self, facts: Facts) -> tuple[Any, Result]:
        """The engine's value; where there is none, the result says why. Never raises."""
        if condition_costs.units(self.shape, facts.size) > condition_costs.LIMIT:
            return None, Result(False, error="the event is too large for this condition")
        try:
            value = self._compiled.eval(facts.activation)
        except RuntimeError as error:
            return None, Result(False, error=self._general(str(error), facts))
        if value.type() != cel.Type.ERROR:
            return value, NO_MATCH
        said = str(value.value())
        if found := UNKNOWN.search(said):
            return None, Result(False, missing=found[1])
        if found := MISSING.search(said):
            return None, Result(False, missing=self._path_of(found[1]))
        return None, Result(False, error=self._general(said, facts))

    def text(self, facts: Facts) -> str:
        """The value as a short text, the same for the same thing (`same_value.py`); empty where
        there is none or it is not a single value."""
        value, _ = self.value(facts)
        plain = value.value() if value is not None else None
        return (spelled(plain) or "")[:100] if isinstance(plain, str | int | float) else ""

    def _general(self, said: str, facts: Facts) -> str:
        """What went wrong, with the types of the fields where they are at fault."""
        if "no matching overload" in said.lower():
            return condition_errors.of_types(self.source, facts.told)
        return _general(said)

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
    at = at.astimezone(UTC)
    first, over = _quarter(at.year, (at.month - 1) // 3)
    return (at - first) / (over - first)


@lru_cache(maxsize=400)
def _quarter(year: int, number: int) -> tuple[datetime, datetime]:
    """When the quarter begins and when it is over; `number` from 0."""
    over = datetime(year + number // 3, (number + 1) % 4 * 3 + 1, 1, tzinfo=UTC)
    return datetime(year, number * 3 + 1, 1, tzinfo=UTC), over


def sample_position(ref: str) -> float:
    """Where a person stands among all, from 0 up to 1: evenly spread and always the same.

    Together with `event.quarter_passed` it gives everybody their own day in the quarter. It has
    nothing to do with the place that a rule's `sample` looks at.
    """
    digest = hashlib.sha256(f"place\x1f{ref}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / float(1 << 48)


class Condition(Expression):
    """A compiled expression that is true or false."""

    def evaluate(self, facts: Facts) -> Result:
        """Does it hold? Never raises."""
        value, result = self.value(facts)
        if value is None:
            return result
        holds = value.value()
        if isinstance(holds, bool):
            return MATCHED if holds else result
        return Result(False, error=f"it gives {condition_errors.kind_of(holds)}, not true or false")


def compile_condition(source: str) -> Condition:
    """Raises InvalidInput (`bad_condition`) with line and column of what is wrong."""
    compiled, shape = _compile(source)
    kind = compiled.return_type()
    if kind != cel.Type.BOOL and kind != cel.Type.DYN:
        raise BadCondition(
            f"the condition must be true or false, this gives a {kind.name().lower()}; compare it "
            "with something, such as == 'text' or > 20"
        )
    return Condition(source, compiled, shape)


def compile_expression(source: str) -> Expression:
    """An expression of any type, such as `context.region`. Raises as `compile_condition`."""
    return Expression(source, *_compile(source))


def _compile(source: str) -> tuple[Any, condition_costs.Shape]:
    if len(source) > MAX_LENGTH:
        raise BadCondition(f"the condition is longer than {MAX_LENGTH} characters")
    if "\x00" in source or any("\ud800" <= letter <= "\udfff" for letter in source):
        raise BadCondition("the condition holds a character that cannot be used")
    try:
        shape = condition_costs.shape(source)
        return _ENV.compile(source), shape
    except condition_costs.TooCostly as error:
        raise BadCondition(str(error)) from None
    except RuntimeError as error:
        complaint = condition_errors.of_compiling(source, str(error), VARIABLES)
        raise BadCondition(condition_errors.shown(source, complaint), complaint.offset) from None


def _general(said: str) -> str:
    """The engine's complaint without anything that could be a value of the event."""
    for known in (
        "divide by zero",
        "modulus by zero",
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
    if type(value) in PLAIN:
        return value
    if isinstance(value, dict | Mapping):
        return {str(key): _normal(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_normal(inner) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool) and not -INT64 <= value < INT64:
        return float(value)
    return value
