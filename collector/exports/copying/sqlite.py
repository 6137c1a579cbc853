"""Lines out of SQLite: it puts each one together itself, which costs less than 35 values a row.

What it cannot say as the export does (JSON in order, numbers, a cell that a spreadsheet would run)
it asks this process for, through functions of the connection. Its JSON functions escape texts as
orjson does; where a version does not, rows go through `../files.py`. Used by `write.py`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from sqlite3 import Connection
from typing import Any, Final

import orjson

from collector import clock
from collector.exports import files
from collector.exports.copying.compact import Remembered, words
from collector.exports.cut import Cut
from collector.exports.datasets import Column

ROWS: Final = 256  # worked on together
_FIRST = ", ".join(str(ord(one)) for one in f"'{files.RUNS_AFTER_APOSTROPHES}")
_WHOLE: Final = len("2026-03-02 12:00:00.000000")  # as SQLAlchemy stores every time
_EVERY_ESCAPE: Final = "".join(map(chr, range(1, 0x100))) + "\u2028\u2029\ufeff\uffff😀"


def lines(connection: Connection, kind: str, cut: Cut) -> Iterator[tuple[int, bytes]]:
    """Blocks of whole lines, each with how many rows it holds."""
    _teach(connection)
    if kind == "csv":
        yield from _csv(connection, cut)
    elif _escapes_alike(connection):
        rows = connection.execute(_query(f"CAST({_line(cut.columns)} AS BLOB)", cut))
        while some := rows.fetchmany(ROWS):
            yield len(some), b"".join(chain.from_iterable(some))
    else:
        for row in raw(connection, cut):
            yield 1, _written(row, cut.columns)


def raw(connection: Connection, cut: Cut) -> Iterator[tuple[Any, ...]]:
    """Rows in the schema's order: times as text in the public form, JSON as its public text."""
    _teach(connection)
    yield from connection.execute(_query(", ".join(map(_plain, cut.columns)), cut))


def _csv(connection: Connection, cut: Cut) -> Iterator[tuple[int, bytes]]:
    rows = connection.execute(_query(", ".join(map(_cell, cut.columns)), cut))
    while some := rows.fetchmany(ROWS):
        out = io.StringIO(newline="")
        csv.writer(out).writerows(some)
        yield len(some), out.getvalue().encode()


def _query(selected: str, cut: Cut) -> str:
    return f"SELECT {selected} FROM {cut.source()} ORDER BY number"  # noqa: S608


def _teach(connection: Connection) -> None:
    known = Remembered(words)
    for name, function in (
        ("collector_json", known.__getitem__),
        ("collector_number", _number),
        ("collector_safe", files.safe_cell),
        ("collector_time", _time),
    ):
        connection.create_function(name, 1, function)


def _escapes_alike(connection: Connection) -> bool:
    (said,) = connection.execute("SELECT json_quote(?)", (_EVERY_ESCAPE,)).fetchone()
    return bool(said == orjson.dumps(_EVERY_ESCAPE).decode())


def _plain(column: Column) -> str:
    name = f'"{column.stored}"'
    if column.type == "text" and column.nullable:
        return f"nullif({name}, '')"
    if column.type == "timestamp":
        return (
            f"CASE WHEN length({name}) = {_WHOLE}"
            f" THEN substr({name}, 1, 10) || 'T' || substr({name}, 12, 12) || 'Z'"
            f" WHEN {name} IS NOT NULL THEN collector_time({name}) END"
        )
    if column.type in ("list", "records"):
        return f"CASE WHEN {name} IS NOT NULL THEN collector_json({name}) END"
    return name


def _cell(column: Column) -> str:
    if column.type != "text":
        return _plain(column)
    name = f'"{column.stored}"'
    return f"CASE WHEN unicode({name}) IN ({_FIRST}) THEN collector_safe({name}) ELSE {name} END"


@lru_cache(maxsize=64)
def _line(columns: tuple[Column, ...]) -> str:
    """Runs of columns as SQLite's own JSON; between them what it would say in another way."""
    parts: list[str] = []
    run: list[str] = []

    def close() -> None:
        if run:
            parts.append(f"trim(json_object({', '.join(run)}), '{{}}')")
            run.clear()

    for column in columns:
        if column.type in ("number", "list", "records"):
            close()
            said = f'collector_number("{column.stored}")'
            value = said if column.type == "number" else f"coalesce({_plain(column)}, 'null')"
            parts.append(f"""'"{column.name}":' || {value}""")
        else:
            run += [f"'{column.name}'", _plain(column)]
            if len(run) >= 60:
                close()
    close()
    return "'{' || " + " || ',' || ".join(parts) + " || '}' || char(10)"


def _number(value: float | None) -> str:
    return orjson.dumps(value).decode()


def _time(text: str) -> str:
    return clock.iso(datetime.fromisoformat(text).replace(tzinfo=UTC))


def _written(row: tuple[Any, ...], columns: tuple[Column, ...]) -> bytes:
    """A line of NDJSON; what is JSON already stays as it is."""
    said = {
        column.name: orjson.Fragment(value)
        if column.type in ("list", "records") and value is not None
        else value
        for column, value in zip(columns, row, strict=True)
    }
    return orjson.dumps(said, option=orjson.OPT_APPEND_NEWLINE)
