"""Rows as NDJSON, CSV, Parquet and Arrow, one by one, and files that are replaced atomically.

The reference for `copying/`, which writes the same bytes many times faster where the rows are those
of the database; for rows that come from anywhere else it is the writer.

CSV cells are safe to open in a spreadsheet: text that begins with one of = + - @, their full-width
forms, tab, CR or LF could run as a formula, so it gets a leading apostrophe (OWASP, "CSV
Injection"). It can be undone: `plain_cell`. Parquet and Arrow need the extra `lake`.
"""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import orjson

from collector.errors import InvalidInput
from collector.exports.datasets import RESPONSES, Column, public

if TYPE_CHECKING:
    from collector.exports.feed import Row

FORMATS = ("ndjson", "csv", "parquet", "arrow")
COLUMNAR = ("parquet", "arrow")
MEDIA_TYPES = {
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "arrow": "application/vnd.apache.arrow.stream",
}
# What makes a cell run in some spreadsheet, also behind apostrophes; the hyphen last, for classes.
RUNS_AFTER_APOSTROPHES = "=+@＝＋－＠\t\r\n-"
_RUNS = re.compile(f"'*[{RUNS_AFTER_APOSTROPHES}]")
Progress = Callable[[int], None]
Columns = tuple[Column, ...]


def write(
    rows: Iterable[Row],
    kind: str,
    out: IO[bytes],
    progress: Progress | None = None,
    columns: tuple[Column, ...] = RESPONSES,
) -> int:
    """Write `rows` as `kind` (`FORMATS`). Returns how many; tells `progress` on the way.

    Raises InvalidInput for another format, Unavailable where the extra `lake` is not installed.
    """
    if kind not in FORMATS:
        raise unknown_format(kind)
    counted = _Counted(rows, progress, columns)
    if kind in COLUMNAR:
        from collector.exports.copying import arrow  # which writes whole exports too

        arrow.write(arrow.from_rows(counted, columns), out, columns=columns, kind=kind)
    else:
        {"ndjson": _ndjson, "csv": _csv}[kind](counted, out, columns)
    counted.tell()
    return counted.count


def csv_header(columns: tuple[Column, ...] = RESPONSES) -> bytes:
    """The first line of a CSV file."""
    return (",".join(column.name for column in columns) + "\r\n").encode()


def unknown_format(kind: str) -> InvalidInput:
    """What to say of a format that is none."""
    return InvalidInput(
        f"'{kind}' is not a format; choose one of {', '.join(FORMATS)}.", pointer="/format"
    )


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of `path` once it is whole and on disk; else `path` stays."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def safe_cell(text: str) -> str:
    """`text` as a CSV cell that no spreadsheet runs: `=1+1` becomes `'=1+1`."""
    return f"'{text}" if _RUNS.match(text) else text


def plain_cell(cell: str) -> str:
    """What `safe_cell` was given."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell


class _Counted:
    """Public rows in passing, counted; `progress` hears of every thousand."""

    def __init__(
        self, rows: Iterable[Row], progress: Progress | None, columns: tuple[Column, ...]
    ) -> None:
        self._rows = rows
        self._columns = columns
        self._progress = progress
        self.count = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self._rows:
            yield public(row, self._columns)
            self.count += 1
            if self.count % 1000 == 0:
                self.tell()

    def tell(self) -> None:
        if self._progress is not None:
            self._progress(self.count)


def _ndjson(rows: Iterable[dict[str, Any]], out: IO[bytes], _columns: Columns) -> None:
    for row in rows:
        out.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _csv(rows: Iterable[dict[str, Any]], out: IO[bytes], columns: Columns) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    text.write(csv_header(columns).decode())
    for row in rows:
        writer.writerow(_cell(row[column.name]) for column in columns)
    text.detach()


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        value = orjson.dumps(value).decode()
    return safe_cell(value) if isinstance(value, str) else value
