"""Reads CSV and NDJSON files for the import commands, with the place of every line.

Unusable lines do not stop the reading: they are handed on as problems, so that a command can list
all of them at once.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from collector.errors import InvalidInput, Problem

LISTED = 50  # problems shown before the rest is only counted
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def read(path: Path) -> Iterator[tuple[str, Any | Problem]]:
    """(`file:line`, the line's object or the problem with it) for every line that is not empty.

    By the name: `.csv` is CSV with a header line, anything else is one JSON object a line.
    Empty CSV cells are left out. Raises InvalidInput where the file cannot be read at all.
    """
    try:
        yield from _csv(path) if path.suffix.lower() == ".csv" else _ndjson(path)
    except UnicodeDecodeError:
        raise InvalidInput(
            f"{path.name} is not UTF-8; save it as UTF-8 and try again.", code="unreadable_file"
        ) from None
    except OSError as error:
        raise InvalidInput(
            f"{path.name} cannot be read: {error.strerror}.", code="unreadable_file"
        ) from None


def refusal(what: str, problems: list[Problem], code: str) -> InvalidInput:
    """The error that lists these problems, the first `LISTED` of them."""
    more = len(problems) - LISTED
    shown = problems[:LISTED]
    if more > 0:
        shown = [*shown, Problem("more", f"… and {more:,} more.")]
    count = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
    return InvalidInput(f"{what}; nothing was taken: {count}.", code=code, problems=tuple(shown))


def _ndjson(path: Path) -> Iterator[tuple[str, Any | Problem]]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            bare = line.removeprefix(b"\xef\xbb\xbf").strip()
            if not bare:
                continue
            place = f"{path.name}:{number}"
            try:
                yield place, orjson.loads(bare)
            except orjson.JSONDecodeError:
                yield place, Problem("not_json", "This line is not JSON in UTF-8.", place)


def _csv(path: Path) -> Iterator[tuple[str, Any | Problem]]:
    with path.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text, restkey="", strict=True)
        while True:
            try:
                raw = next(reader, None)
            except csv.Error as error:
                place = f"{path.name}:{reader.line_num}"
                yield place, Problem("not_csv", f"This is not CSV ({error}).", place)
                return
            if raw is None:
                return
            place = f"{path.name}:{reader.line_num}"
            if "" in raw:
                detail = "This line has more cells than the header has columns."
                yield place, Problem("too_many_cells", detail, place)
            else:
                yield place, {key.strip(): cell for key, cell in raw.items() if cell}
