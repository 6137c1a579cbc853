"""A page of the feed as bytes, in each form. The database writes the lines (`exports/copying/`)."""

from __future__ import annotations

import io

from collector.exports.copying import write
from collector.exports.cut import Cut
from collector.exports.datasets import SCHEMA
from collector.model.sql.source import Source


def body(source: Source, cut: Cut, kind: str, next_number: int, more: bool) -> bytes:
    """The rows of `cut` as `kind`; JSON says beside them how to go on."""
    if kind == "parquet":
        out = io.BytesIO()
        write.write(source, kind, out, cut)
        return out.getvalue()
    if kind == "csv":
        return write.page(source, kind, cut)
    lines = write.page(source, "ndjson", cut)
    if kind == "ndjson":
        return lines
    # A line holds no line end of its own.
    return b'{"rows":[%b],"next":%d,"more":%b,"schema":%d}\n' % (
        lines[:-1].replace(b"\n", b","),
        next_number,
        b"true" if more else b"false",
        SCHEMA,
    )
