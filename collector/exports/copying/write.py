"""An export as one file: `write` for the whole of it, `page` for one of the feed's pages.

Which rows: those of a `Cut` (`../cut.py`), in the feed's order. Numbers have no gaps, so a page is
a range of them, found by its ends, and costs the same wherever it lies.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from itertools import chain
from typing import IO, Any, Final

from collector.errors import InvalidInput
from collector.exports import files
from collector.exports.copying import arrow, postgres, sqlite
from collector.exports.cut import Cut
from collector.model.sql.source import Source

PAGE: Final = 16_384  # rows in a transaction
Progress = Callable[[int], None]


def write(
    source: Source,
    kind: str,
    out: IO[bytes],
    cut: Cut,
    progress: Progress | None = None,
) -> int:
    """Write the rows as `kind` (`files.FORMATS`). Returns how many; tells `progress` often.

    Raises InvalidInput for another format, Unavailable where the extra `lake` is not installed.
    """
    if kind not in files.FORMATS:
        raise files.unknown_format(kind)
    if kind in files.COLUMNAR:
        return arrow.write(_tables(source, cut), out, progress, cut.columns, kind, cut.dataset)
    if kind == "csv":
        out.write(files.csv_header(cut.columns))
    count = 0
    with closing(_lines(source, kind, cut)) as lines:
        for rows, block in lines:
            out.write(block)
            count += rows
            if progress is not None:
                progress(count)
    return count


def page(source: Source, kind: str, cut: Cut) -> bytes:
    """A page of the feed as `ndjson` or `csv`."""
    if kind not in ("ndjson", "csv"):
        raise InvalidInput(f"'{kind}' is not a form of lines.", pointer="/format")
    made = b"".join(block for _, block in _lines(source, kind, cut))
    return files.csv_header(cut.columns) + made if kind == "csv" else made


def _lines(source: Source, kind: str, cut: Cut) -> Generator[tuple[int, bytes], None, None]:
    take: Any = postgres.lines if source.postgres else sqlite.lines
    for part in cut.pages(PAGE):
        with source.reading() as connection:
            yield from take(connection, kind, part)


def _tables(source: Source, cut: Cut) -> Iterator[Any]:
    if source.postgres:
        return arrow.from_postgres(source.address, cut)
    return arrow.from_values(chain.from_iterable(_values(source, cut)), cut.columns)


def _values(source: Source, cut: Cut) -> Iterator[list[tuple[Any, ...]]]:
    for part in cut.pages(PAGE):
        with source.reading() as connection:
            yield list(sqlite.raw(connection, part))
