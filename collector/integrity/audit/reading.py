"""Finds and reads the files of an export, NDJSON or CSV; unusable lines are noted, never fatal."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from collector.errors import InvalidInput
from collector.integrity.audit.columns import FILES, SUFFIXES, Columns
from collector.integrity.audit.parse import Dirty, Row, parse

LISTED = 1000
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(slots=True)
class Notes:
    """What could not be read: counts by file and reason, the first `LISTED` as `file:line`."""

    read: dict[str, int] = field(default_factory=dict)
    dirty: dict[str, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def note(self, place: str, reason: str) -> None:
        name = place.partition(":")[0]
        self.dirty[name] = self.dirty.get(name, 0) + 1
        if len(self.lines) < LISTED:
            self.lines.append(f"{place}: {reason}")


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
            f"There is no responses.ndjson (or .jsonl, .csv) in {folder}; it is the one file that "
            "an audit cannot do without.",
            code="no_responses",
        )
    return found


def rows(
    name: str, path: Path, columns: Columns, notes: Notes, progress: Callable[[int], None]
) -> Iterator[Row]:
    """The usable rows of one file; `progress` hears how many bytes were read."""
    renaming = columns.renaming(name)
    number = count = 0
    read = _csv if path.suffix == ".csv" else _ndjson
    for number, raw in read(path, notes, progress):
        if renaming:
            raw = {renaming.get(key, key): value for key, value in raw.items()}
        try:
            row = parse(name, raw)
        except Dirty as error:
            notes.note(f"{path.name}:{number}", str(error))
            continue
        count += 1
        yield row
    notes.read[name] = count


def _ndjson(
    path: Path, notes: Notes, progress: Callable[[int], None]
) -> Iterator[tuple[int, dict[str, Any]]]:
    done = 0
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            done += len(line)
            if number % 2000 == 0:
                progress(done)
            text = line.removeprefix(b"\xef\xbb\xbf").strip()
            if not text:
                continue
            try:
                raw = orjson.loads(text)
            except orjson.JSONDecodeError:
                notes.note(f"{path.name}:{number}", "not JSON")
                continue
            if isinstance(raw, dict):
                yield number, raw
            else:
                notes.note(f"{path.name}:{number}", "not an object")
    progress(done)


def _csv(
    path: Path, notes: Notes, progress: Callable[[int], None]
) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open("rb") as raw_lines:
        text = io.TextIOWrapper(raw_lines, encoding="utf-8-sig", errors="replace", newline="")
        clean = (line.replace("\0", "") for line in text)
        reader = csv.DictReader(clean, restkey="")
        try:
            for count, raw in enumerate(reader):
                if count % 2000 == 0:
                    progress(raw_lines.tell())
                yield reader.line_num, {key.strip(): value for key, value in raw.items() if key}
        except csv.Error as error:
            notes.note(f"{path.name}:{reader.line_num}", f"not CSV ({error}); stopped here")
    progress(path.stat().st_size)
