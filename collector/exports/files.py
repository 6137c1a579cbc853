"""The feed as files: NDJSON, CSV and Parquet, streamed with bounded memory, replaced atomically.

CSV cells are safe to open in a spreadsheet: text that begins with one of = + - @, their full-width
forms, tab, CR or LF could run as a formula, so it gets a leading apostrophe (OWASP, "CSV
Injection"). It can be undone: `plain_cell`. Used by the API and `collector export`. Parquet needs
the extra `lake`.
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
from typing import IO, Any

import orjson

from collector.errors import InvalidInput, Unavailable
from collector.exports.datasets import RESPONSES, public
from collector.exports.feed import Row

FORMATS = ("ndjson", "csv", "parquet")
MEDIA_TYPES = {
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
PARQUET_TYPES = {
    "integer": "BIGINT",
    "number": "DOUBLE",
    "text": "VARCHAR",
    "timestamp": "TIMESTAMPTZ",
    "list": "VARCHAR[]",
    "object": "VARCHAR",  # JSON text: readers differ too much in what they make of other types
}
PARQUET_MEMORY = "128MB"
_RUNS = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
Progress = Callable[[int], None]


def write(rows: Iterable[Row], kind: str, out: IO[bytes], progress: Progress | None = None) -> int:
    """Write `rows` as `kind` (ndjson, csv, parquet). Returns how many; tells `progress` on the way.

    Raises InvalidInput for another format, Unavailable where Parquet's extra is not installed.
    """
    if kind not in FORMATS:
        raise InvalidInput(
            f"'{kind}' is not a format; choose one of {', '.join(FORMATS)}.", pointer="/format"
        )
    counted = _Counted(rows, progress)
    {"ndjson": _ndjson, "csv": _csv, "parquet": _parquet}[kind](counted, out)
    counted.tell()
    return counted.count


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

    def __init__(self, rows: Iterable[Row], progress: Progress | None) -> None:
        self._rows = rows
        self._progress = progress
        self.count = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self._rows:
            yield public(row)
            self.count += 1
            if self.count % 1000 == 0:
                self.tell()

    def tell(self) -> None:
        if self._progress is not None:
            self._progress(self.count)


def _ndjson(rows: Iterable[dict[str, Any]], out: IO[bytes]) -> None:
    for row in rows:
        out.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _csv(rows: Iterable[dict[str, Any]], out: IO[bytes]) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(column.name for column in RESPONSES)
    for row in rows:
        writer.writerow(_cell(row[column.name]) for column in RESPONSES)
    text.detach()


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        value = orjson.dumps(value).decode()
    return safe_cell(value) if isinstance(value, str) else value


def _parquet(rows: Iterable[dict[str, Any]], out: IO[bytes]) -> None:
    """By way of a temporary NDJSON file: DuckDB reads it in bulk, in memory that it is told."""
    try:
        import duckdb  # heavy and optional
    except ImportError as error:
        raise Unavailable(
            "Parquet needs DuckDB; install the extra: pip install 'collector[lake]'",
            code="parquet_unavailable",
        ) from error
    columns = ", ".join(f"{column.name}: '{PARQUET_TYPES[column.type]}'" for column in RESPONSES)
    with tempfile.TemporaryDirectory(prefix="collector-parquet-") as folder:
        lines, made = Path(folder, "rows.ndjson"), Path(folder, "rows.parquet")
        with lines.open("wb") as between:
            _ndjson(map(_flat, rows), between)
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": PARQUET_MEMORY,
            "threads": 1,
            "temp_directory": folder,
        }
        with duckdb.connect(config=settings) as engine:
            engine.execute(
                f"COPY (FROM read_json({_literal(lines)}, format = 'newline_delimited', "
                f"columns = {{{columns}}})) TO {_literal(made)} (FORMAT parquet, COMPRESSION zstd)"
            )
        with made.open("rb") as whole:
            while block := whole.read(1 << 20):
                out.write(block)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: orjson.dumps(value).decode() if isinstance(value, dict) else value
        for name, value in row.items()
    }


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
