"""The statements by which PostgreSQL writes the export's lines itself. Pure.

Made from the public schema (`../datasets.py`), so a new column needs nothing here. Used by
`postgres.py`, which says what the marks are for; tests compare every byte with `../files.py`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from collector.exports.cut import Cut
from collector.exports.datasets import Column
from collector.exports.files import RUNS_AFTER_APOSTROPHES

MARK, ODD = b"\x01", b"\x02"
_MARK, _ODD = r"E'\x01'", r"E'\x02'"
# One text column is passed on as it is: no line of JSON holds a control character.
_OPTIONS: Final = {
    "csv": "FORMAT csv, ENCODING 'UTF8'",
    "ndjson": r"FORMAT csv, QUOTE E'\x03', DELIMITER E'\x04', ENCODING 'UTF8'",
}
_TIME = """'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'"""
_FIRST = ", ".join(str(ord(one)) for one in f"'{RUNS_AFTER_APOSTROPHES}")
_RUNS = "E'^''*[" + "".join(f"\\u{ord(one):04x}" for one in RUNS_AFTER_APOSTROPHES) + "]'"
_MOST_ARGUMENTS = 90


def statement(kind: str, cut: Cut) -> str:
    """COPY of these rows, as `csv` or `ndjson`."""
    return (
        f"COPY (SELECT {_selected(kind, cut.columns)} FROM {cut.source()} ORDER BY number)"  # noqa: S608  # names and numbers
        f" TO STDOUT ({_OPTIONS[kind]})"
    )


def json_columns(columns: tuple[Column, ...]) -> int:
    """How many of them stand between marks."""
    return sum(column.type in ("list", "records") for column in columns)


@lru_cache(maxsize=64)
def _selected(kind: str, columns: tuple[Column, ...]) -> str:
    return _line(columns) if kind == "ndjson" else ", ".join(_cells(columns))


def _cells(columns: tuple[Column, ...]) -> list[str]:
    """The last one is a mark alone: the end of the line, whatever stands in the cell before it."""
    return [*map(_cell, columns), _MARK]


def _cell(column: Column) -> str:
    name = f'"{column.stored}"'
    if column.type == "number":
        return _number(name)
    if column.type == "timestamp":
        return _time(name)
    if column.type in ("list", "records"):
        return f"{_MARK} || {name}::text || {_MARK}"
    if column.type == "integer":
        return name
    # The first character is looked at by itself: most texts are done with that.
    return (
        f"CASE WHEN ascii({name}) IN ({_FIRST}) AND {name} ~ {_RUNS} THEN '''' || {name}"
        f" WHEN {name} <> '' THEN {name} END"
    )


def _line(columns: tuple[Column, ...]) -> str:
    """One concatenation of the names and the values, in as few calls as there may be arguments."""
    parts: list[str] = []
    opening = "{"
    for column in columns:
        parts += [f"""'{opening}"{column.name}":'""", _value(column)]
        opening = ","
    parts.append("'}'")
    groups = [parts[at : at + _MOST_ARGUMENTS] for at in range(0, len(parts), _MOST_ARGUMENTS)]
    return " || ".join(f"concat({', '.join(group)})" for group in groups)


def _value(column: Column) -> str:
    name = f'"{column.stored}"'
    if column.type == "text" and column.nullable:
        name = f"nullif({name}, '')"
    if column.type in ("list", "records"):
        return f"{_MARK}, coalesce({name}::text, 'null'), {_MARK}"
    value = {
        "integer": f"{name}::text" if column.nullable else name,
        "number": _number(name),
        "timestamp": f"""'"' || {_time(name)} || '"'""",
        "text": f"to_json({name})",
    }[column.type]
    return f"coalesce({value}, 'null')" if column.nullable else value


def _time(name: str) -> str:
    return f"to_char({name}, {_TIME})"


def _number(name: str) -> str:
    """As Python writes a float where both agree but for `.0`; else marked."""
    return (
        f"CASE WHEN abs({name}) < 1e15 AND {name} = trunc({name}) THEN {name}::text || '.0'"
        f" WHEN abs({name}) < 1e15 AND abs({name}) >= 1e-4 THEN {name}::text"
        f" ELSE {_ODD} || {name}::text || {_ODD} END"
    )
