"""Finds and reads the files of an export; unusable lines are noted, never fatal.

What kind of file each is, and what its columns mean, is in `understanding.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from collector.errors import InvalidInput
from collector.integrity.audit.columns import FILES, SUFFIXES
from collector.integrity.audit.exports import previews
from collector.integrity.audit.parse import Dirty, Row, Unanswered, parse
from collector.integrity.audit.understanding import Understood, cells_of

MUCH = 0.01
OF_TYPE_FROM = 2
SHOWN = 40


@dataclass(slots=True)
class Kind:
    """Lines of one file that cannot be used for one reason, with the first as an example."""

    file: str
    reason: str
    first: int
    value: str = ""
    count: int = 0

    def __str__(self) -> str:
        lines = "1 line" if self.count == 1 else f"{self.count:,} lines"
        if not self.first:
            return f"{self.file}: {lines} {self.reason}"
        where = f"line {self.first}" if self.count == 1 else f"the first is line {self.first}"
        # A cell that may be an address is no example to show.
        shown = f": {self.value}" if self.value and "@" not in self.value else ""
        return f"{self.file}: {lines}: {self.reason} ({where}{shown[:SHOWN]})"


@dataclass(slots=True)
class Notes:
    """What was read and what could not be, by file (`responses`), and by type of signal: used and
    lost. `astray`: signals, by type, of cases that no other file knows.
    """

    read: dict[str, int] = field(default_factory=dict)
    dirty: dict[str, int] = field(default_factory=dict)
    kinds: dict[tuple[str, str], Kind] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    unanswered: int = 0
    types: dict[str, list[int]] = field(default_factory=dict)
    astray: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    again: dict[str, int] = field(default_factory=dict)

    def note(self, name: str, path: Path, line: int, reason: str, value: str = "") -> None:
        """A line that cannot be used."""
        self.dirty[name] = self.dirty.get(name, 0) + 1
        kind = self.kinds.setdefault(
            (name, reason), Kind(path.name, reason, line, " ".join(value.split()))
        )
        kind.count += 1

    def repeated(self, name: str, path: Path, count: int) -> None:
        """So many of the lines that were read repeat an id that came before."""
        if count > 0:
            self.again[name] = count  # said once already, so nothing of it is lost
            self.read[name] -= count
            self.dirty[name] = self.dirty.get(name, 0) + count
            reason = "repeat an id that came before; left out"
            self.kinds[name, reason] = Kind(path.name, reason, 0, count=count)

    def add(self, others: Notes) -> None:
        """What was noted of another file."""
        for mine, theirs in (
            (self.read, others.read), (self.dirty, others.dirty), (self.kinds, others.kinds),
            (self.left_out, others.left_out), (self.types, others.types),
            (self.again, others.again),
        ):  # fmt: skip
            mine.update(theirs)  # type: ignore[arg-type]  # the same field of both
        self.unanswered += others.unanswered

    @property
    def lines(self) -> list[str]:
        """The reasons, the commonest first."""
        return [str(kind) for kind in sorted(self.kinds.values(), key=lambda k: -k.count)]

    def all_lines(self, name: str) -> int:
        """How many lines the file has, header and blank ones aside."""
        others = self.unanswered + sum(self.left_out.values()) if name == "responses" else 0
        return self.read.get(name, 0) + self.dirty.get(name, 0) + others

    def losses(self) -> list[str]:
        """Files of which more than a hundredth, and types of which all, could not be used."""
        found = []
        for name, count in self.dirty.items():
            lost = count - self.again.get(name, 0)
            whole = self.all_lines(name)
            if lost > MUCH * whole:
                found.append(
                    f"{lost:,} of {whole:,} lines of {name} ({100 * lost / whole:.1f} %) could "
                    "not be used"
                )
        for kind, (used, lost) in sorted(self.types.items()):
            if not used and lost >= OF_TYPE_FROM:
                found.append(f"none of the {lost:,} signals of type {kind[:SHOWN]} could be used")
            elif used >= OF_TYPE_FROM and self.astray.get(kind) == used:
                found.append(
                    f"none of the {used:,} signals of type {kind[:SHOWN]} names an event_id that "
                    "is in events or invitations, so they say nothing"
                )
        return found

    def counted(self) -> str:
        """Lines used of lines sent, by file and by type of signal; empty for one file alone."""
        if len(self.read) < 2:
            return ""
        types = ", ".join(
            f"{kind[:SHOWN]} {used:,} of {used + lost:,}"
            for kind, (used, lost) in sorted(self.types.items())
        )
        return ", ".join(
            f"{name} {used:,} of {self.all_lines(name):,}"
            + (f" ({types})" if name == "signals" and types else "")
            for name, used in self.read.items()
        )


def locate(folder: Path) -> dict[str, Path]:
    """The files that are there, by name. Raises InvalidInput where there are no responses."""
    if folder.is_file():
        return {"responses": folder}
    found = {}
    for name in FILES:
        for suffix in SUFFIXES:
            path = folder / f"{name}{suffix}"
            if path.is_file():
                found[name] = path
                break
    if "responses" not in found:
        raise InvalidInput(
            f"There is no responses.ndjson (or .jsonl, .csv, .xlsx) in {folder}; it is the one "
            "file that an audit cannot do without. A tool's export can be named as it is: "
            "collector audit answers.csv --out audit/",
            code="no_responses",
        )
    return found


def rows(
    known: Understood, notes: Notes, progress: Callable[[int], None] = lambda done: None
) -> Iterator[Row]:
    """The usable rows of one file; `progress` hears how many bytes were read."""
    name, count = known.file, 0
    for number, raw in cells_of(known, progress):
        if isinstance(raw, str):
            notes.note(name, known.path, number, raw)
            continue
        row = _row(known, notes, number, raw)
        if row is not None:
            count += 1
            yield row
    notes.read[name] = count


def _row(known: Understood, notes: Notes, number: int, raw: dict[str, Any]) -> Row | None:
    name = known.file
    if why := previews.why(raw, known.previews, numbered=known.numbered_status):
        notes.left_out[why] = notes.left_out.get(why, 0) + 1
        return None
    given = known.fields_of(number, raw)
    kind = str(given.get("type") or "").lower() if name == "signals" else ""
    used = notes.types.setdefault(kind, [0, 0]) if kind else [0, 0]
    try:
        row = parse(name, given, known.rules)
    except Unanswered:
        notes.unanswered += 1
        return None
    except Dirty as error:
        used[1] += 1
        notes.note(name, known.path, number, str(error), error.value)
        return None
    used[0] += 1
    return row
