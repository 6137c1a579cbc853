"""The few rows that PostgreSQL could not write whole: taken apart and put together in Python. Pure.

Numbers at the ends of what a float can be, and texts that hold one of the marks. Used by
`postgres.py`, row by row; costs a hundred times what another row does.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Final

import orjson

from collector.exports.copying.compact import Remembered, plain, words
from collector.exports.copying.postgres_statement import MARK, ODD
from collector.exports.datasets import Column

_ODD_NUMBER: Final = re.compile(rb"\x02([^\x02]*)\x02")
_plain, _words = Remembered(plain), Remembered(words)


def json_row(row: bytes, columns: tuple[Column, ...]) -> bytes:
    """A line of NDJSON. Its own text holds no marks: JSON escapes control characters."""
    del columns  # the line says its own names
    row = _ODD_NUMBER.sub(lambda found: orjson.dumps(float(found[1])), row)
    pieces = row.split(MARK)
    pieces[1::2] = [_plain[one] for one in pieces[1::2]]
    return b"".join(pieces)


def csv_row(row: bytes, columns: tuple[Column, ...]) -> bytes:
    """A line of CSV, read and written again."""
    limit = csv.field_size_limit(len(row) + 1)
    try:
        ((*cells, _end),) = csv.reader([row.decode()])
    finally:
        csv.field_size_limit(limit)
    for at, column in enumerate(columns):
        if column.type in ("list", "records") and cells[at]:
            cells[at] = _words[cells[at].removeprefix(MARK.decode()).removesuffix(MARK.decode())]
        elif column.type == "number" and cells[at].startswith(ODD.decode()):
            cells[at] = repr(float(cells[at].strip(ODD.decode())))
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue().encode()
