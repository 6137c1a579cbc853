"""Checks one object field by field; lists every problem with its place, not only the first. Pure.

Used by the definitions of surveys and rules: `Fields` reads a mapping, `done()` complains about
keys that nobody asked for (with the nearest known one, since most of them are slips of the pen).
Every reader is told what its field is `about`; the report keeps that with what the field takes, and
the pages about fields are made of it (`told.py`). What to write instead: `near_misses.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from collector.errors import InvalidInput, Problem
from collector.surveys import near_misses
from collector.surveys.documents import Locate, Path
from collector.surveys.told import Told

KEY = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
WHOLE = -1  # a problem with a whole value, not with one character of it


@dataclass(slots=True)
class Report:
    """Collects problems; `locate` turns a path into a JSON pointer or `file:line`. `told` is every
    field that was asked for."""

    locate: Locate
    problems: list[Problem] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    _seen: set[Path] = field(default_factory=set)

    def add(
        self, path: Path, detail: str, code: str = "invalid_field", offset: int = WHOLE
    ) -> None:
        """`offset`: at which character of the text at `path`."""
        if path not in self._seen:  # one complaint for each place is enough
            self._seen.add(path)
            self.problems.append(Problem(code, detail, self.locate(path, offset)))

    def raise_if_any(self, what: str) -> None:
        """Raises InvalidInput with every problem; its own pointer is the first one's."""
        if self.problems:
            first = self.problems[0]
            raise InvalidInput(
                f"{what} cannot be used as it is: {first.detail}",
                code="invalid_definition",
                pointer=first.pointer,
                problems=tuple(self.problems),
            )


class Fields:
    """Reads the fields of one mapping. Every reader returns a usable value even after a problem."""

    def __init__(self, raw: Any, report: Report, path: Path = ()) -> None:
        self.report, self.path = report, path
        self.raw: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
        self.known: list[str] = []
        if not isinstance(raw, Mapping):
            shown = f"{self._name()} must be an object with fields"
            report.add(path, f"{shown}{near_misses.of_object(raw)}.")

    def has(self, name: str) -> bool:
        return self.raw.get(name) is not None

    def text(
        self,
        name: str,
        *,
        about: str,
        most: int = 200,
        default: str | None = None,
        key: bool = False,
        takes: str = "",
    ) -> str:
        """A text without control characters; required unless there is a default."""
        kind = "1–64 of a–z, 0–9, `_`, `-`, `.`" if key else f"text, at most {most}"
        value = self._get(name, default, takes or kind, about)
        if not isinstance(value, str):
            if value is not None:
                how = near_misses.of_text(value)
                self.problem(name, f"`{name}` must be a text; {how}.")
            return default or ""
        if key and not KEY.fullmatch(value):
            self.problem(
                name,
                f"`{name}` must be 1–64 characters of a–z, 0–9, '_', '-', '.', no capitals"
                f"{near_misses.of_key(value, KEY)}.",
            )
        elif not value.strip() and default is None:
            self.problem(name, f"`{name}` is empty.")
        elif len(value) > most:
            self.problem(name, f"`{name}` is longer than {most} characters ({len(value)}).")
        elif found := CONTROL.search(value):
            self.problem(name, f"`{name}` holds a control character.", offset=found.start())
        return value

    def choice(
        self, name: str, options: Iterable[str], *, about: str, default: str | None = None
    ) -> str:
        listed = list(options)
        takes = " or ".join(f"`{one}`" for one in listed if one)
        value = self._get(name, default, takes, about)
        if isinstance(value, str) and value in listed:
            return value
        if value is not None:
            shown = ", ".join(one for one in listed if one)
            near = near_misses.of_word(value, listed)
            self.problem(name, f"`{name}` must be one of: {shown}{near}.")
        return default if default is not None else listed[0]

    def integer(self, name: str, low: int, high: int, default: int, *, about: str) -> int:
        value = self._get(name, default, f"whole number, {low} to {high}", about)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        near = near_misses.of_integer(value, low, high)
        self.problem(name, f"`{name}` must be a whole number from {low} to {high}{near}.")
        return default

    def number(self, name: str, low: float, high: float, default: float, *, about: str) -> float:
        value = self._get(name, default, f"number, {low:g} to {high:g}", about)
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return value
        near = near_misses.of_share(value, low, high)
        self.problem(name, f"`{name}` must be a number from {low:g} to {high:g}{near}.")
        return default

    def boolean(self, name: str, default: bool, *, about: str) -> bool:
        value = self._get(name, default, "`true` or `false`", about)
        if isinstance(value, bool):
            return value
        self.problem(name, f"`{name}` must be true or false{near_misses.of_boolean(value)}.")
        return default

    def choices(
        self,
        name: str,
        options: Iterable[str],
        *,
        about: str,
        default: tuple[str, ...] | None = None,
    ) -> list[str]:
        """A list of different options, in the order given; at least one where nothing else is said
        by `default`, which an empty list stands for too."""
        listed = list(options)
        takes = "list of " + ", ".join(f"`{one}`" for one in listed)
        given = None if default is None else list(default)
        value = self._get(name, given, takes, about)
        if value is None or (value == [] and given is not None):
            return given or []
        if not isinstance(value, list) or not value or len(set(map(str, value))) != len(value):
            near = near_misses.of_list(value, listed)
            self.problem(name, f"`{name}` must be a list of different values, at least one{near}.")
            return given or []
        for at, entry in enumerate(value):
            if entry not in listed:
                near = near_misses.of_word(entry, listed)
                self.report.add(
                    (*self.path, name, at), f"`{name}` may hold only: {', '.join(listed)}{near}."
                )
        return [str(entry) for entry in value]

    def inner(self, name: str, *, about: str) -> Fields:
        """The object in `name`; an empty one if it is absent."""
        return Fields(self._get(name, {}, "fields of its own", about), self.report, self.at(name))

    def tell(self, name: str, takes: str, default: str, about: str) -> None:
        """A field that is read by other means than the readers here."""
        if name not in self.known:
            self.known.append(name)
            self.report.told.append(Told(self.at(name), takes, default, about))

    def done(self) -> None:
        for name in self.raw:
            if name not in self.known:
                self.problem(
                    name,
                    near_misses.of_field(name, self.known, self.path, self.report.told),
                    "unknown_field",
                )

    def problem(
        self, name: str, detail: str, code: str = "invalid_field", offset: int = WHOLE
    ) -> None:
        self.report.add(self.at(name), detail, code, offset)

    def at(self, name: str) -> Path:
        return (*self.path, name)

    def _get(self, name: str, default: Any, takes: str, about: str) -> Any:
        self.tell(name, takes, "" if default is None else _shown(default), about)
        value = self.raw.get(name)
        if value is None and default is None:
            self.report.add(self.at(name), f"`{name}` is missing.", "missing_field")
        return default if value is None else value

    def _name(self) -> str:
        return f"`{self.path[-1]}`" if self.path else "The definition"


def _shown(default: Any) -> str:
    """A default as YAML writes it; nothing for "none"."""
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, list):
        return f"[{', '.join(default)}]"
    return "" if default == {} else str(default)
