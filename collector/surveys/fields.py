"""Checks one object field by field; lists every problem with its place, not only the first. Pure.

Used by the definitions of surveys and rules: `Fields` reads a mapping, `done()` complains about
keys that nobody asked for (with the nearest known one, since most of them are slips of the pen).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from collector.errors import InvalidInput, Problem
from collector.surveys.documents import Locate, Path

KEY = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(slots=True)
class Report:
    """Collects problems; `locate` turns a path into a JSON pointer or `file:line`."""

    locate: Locate
    problems: list[Problem] = field(default_factory=list)
    _seen: set[Path] = field(default_factory=set)

    def add(self, path: Path, detail: str, code: str = "invalid_field") -> None:
        if path not in self._seen:  # one complaint for each place is enough
            self._seen.add(path)
            self.problems.append(Problem(code, detail, self.locate(path)))

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
            report.add(path, f"{self._name()} must be an object with fields.")

    def has(self, name: str) -> bool:
        return self.raw.get(name) is not None

    def text(
        self, name: str, *, most: int = 200, default: str | None = None, key: bool = False
    ) -> str:
        """A text without control characters; required unless there is a default."""
        value = self._get(name, default)
        if not isinstance(value, str):
            if value is not None:
                self.problem(name, f"`{name}` must be a text; put it in quotes.")
            return default or ""
        if key and not KEY.fullmatch(value):
            self.problem(
                name, f"`{name}` must be 1–64 characters of a–z, 0–9, '_', '-', '.', no capitals."
            )
        elif not value.strip() and default is None:
            self.problem(name, f"`{name}` is empty.")
        elif len(value) > most:
            self.problem(name, f"`{name}` is longer than {most} characters.")
        elif CONTROL.search(value):
            self.problem(name, f"`{name}` holds a control character.")
        return value

    def choice(self, name: str, options: Iterable[str], default: str | None = None) -> str:
        listed = list(options)
        value = self._get(name, default)
        if isinstance(value, str) and value in listed:
            return value
        if value is not None:
            self.problem(name, f"`{name}` must be one of: {', '.join(listed)}.")
        return default if default is not None else listed[0]

    def integer(self, name: str, low: int, high: int, default: int) -> int:
        value = self._get(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.problem(name, f"`{name}` must be a whole number from {low} to {high}.")
        return default

    def number(self, name: str, low: float, high: float, default: float) -> float:
        value = self._get(name, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.problem(name, f"`{name}` must be a number from {low:g} to {high:g}.")
        return default

    def boolean(self, name: str, default: bool) -> bool:
        value = self._get(name, default)
        if isinstance(value, bool):
            return value
        self.problem(name, f"`{name}` must be true or false.")
        return default

    def choices(self, name: str, options: Iterable[str]) -> list[str]:
        """A list of different options, at least one, in the order given."""
        listed = list(options)
        value = self._get(name, None)
        if value is None:
            return []
        if not isinstance(value, list) or not value or len(set(map(str, value))) != len(value):
            self.problem(name, f"`{name}` must be a list of different values, at least one.")
            return []
        for at, entry in enumerate(value):
            if entry not in listed:
                self.report.add(
                    (*self.path, name, at), f"`{name}` may hold only: {', '.join(listed)}."
                )
        return [str(entry) for entry in value]

    def inner(self, name: str) -> Fields:
        """The object in `name`; an empty one if it is absent."""
        return Fields(self._get(name, {}), self.report, (*self.path, name))

    def done(self) -> None:
        for name in self.raw:
            if name not in self.known:
                near = difflib.get_close_matches(name, self.known, 1)
                hint = f"; did you mean `{near[0]}`?" if near else f". Known: {self._list()}."
                self.problem(name, f"`{name}` is not a field here{hint}", "unknown_field")

    def problem(self, name: str, detail: str, code: str = "invalid_field") -> None:
        self.report.add((*self.path, name), detail, code)

    def _get(self, name: str, default: Any) -> Any:
        self.known.append(name)
        value = self.raw.get(name)
        if value is None and default is None:
            self.report.add((*self.path, name), f"`{name}` is missing.", "missing_field")
        return default if value is None else value

    def _list(self) -> str:
        return ", ".join(f"`{name}`" for name in self.known)

    def _name(self) -> str:
        return f"`{self.path[-1]}`" if self.path else "The definition"
