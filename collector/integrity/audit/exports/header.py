"""Finds the header of a table: title lines may stand above it, further header rows below. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from collector.integrity.audit.exports.presets import NAMES, PRESETS, plain

LOOKED_AT = 20
MORE_ROWS = 3
KNOWN = frozenset(
    {name for names in NAMES.values() for name in names}
    | {name for preset in PRESETS.values() for name in preset.marks}
)
_SUBHEADS = frozenset(("response", "openendedresponse", "otherpleasespecify", "rating"))
_DATA = re.compile(r"^[\d\s.,:/%+-]+$")


@dataclass(frozen=True, slots=True)
class Header:
    """`names`: one for each column, different from each other. `texts`: all that the header rows
    say of a column. `first`: the position of the first row of data; `title`: lines above.
    """

    names: tuple[str, ...]
    texts: tuple[str, ...]
    first: int
    title: int = 0
    more: int = 0


def find(rows: Sequence[Sequence[Any]], asked: Collection[str] = ()) -> Header | None:
    """The header among the first rows of a file. `asked`: names that it must have, if any does."""
    rows = rows[:LOOKED_AT]
    wide = max((_filled(row) for row in rows), default=0)
    best, most = None, -1
    wanted = {plain(name) for name in asked}
    for at, row in enumerate(rows):
        if _filled(row) < max(2 if wide > 1 else 1, 0.5 * wide) or not _is_text(row):
            continue
        have = {plain(cell) for cell in row if cell != ""}
        score = 10 * len(have & wanted) + len(have & KNOWN)
        if score > most:
            best, most = at, score
    if best is None:
        return None
    more = _more_rows(rows, best)
    columns = len(rows[best])
    texts = [
        " ".join(dict.fromkeys(
            str(row[column]) for row in rows[best : best + 1 + more]
            if column < len(row) and row[column] != ""
            and not str(row[column]).startswith('{"ImportId"')
        )) for column in range(columns)
    ]  # fmt: skip
    return Header(_different(rows[best]), tuple(texts), best + 1 + more, best, more)


def _filled(row: Sequence[Any]) -> int:
    return sum(cell != "" for cell in row)


def _is_text(row: Sequence[Any]) -> bool:
    """Is there hardly a number or a time in it?"""
    data = sum(
        not isinstance(cell, str) or bool(_DATA.match(cell)) for cell in row if cell != ""
    )  # fmt: skip
    return data <= 0.2 * _filled(row)


def _more_rows(rows: Sequence[Sequence[Any]], header: int) -> int:
    """How many further header rows there are: Qualtrics' two, SurveyMonkey's one."""
    for more in range(MORE_ROWS, 0, -1):
        row = rows[header + more] if header + more < len(rows) else ()
        if any(str(cell).startswith('{"ImportId"') for cell in row):
            return more
    row = rows[header + 1] if header + 1 < len(rows) else ()
    cells = [plain(cell) for cell in row if cell != ""]
    if cells and sum(cell in _SUBHEADS for cell in cells) >= 0.5 * len(cells):
        return 1
    return 0


def _different(row: Sequence[Any]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    found = []
    for at, cell in enumerate(row, 1):
        name = str(cell) if cell != "" else f"column {at}"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)
