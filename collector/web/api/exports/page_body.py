"""A page of the feed as bytes, in each form. The database writes the lines (`exports/copying/`)."""

from __future__ import annotations

import io

import orjson

from collector.exports import files
from collector.exports.copying import write
from collector.exports.page_span import PageSpan
from collector.model.sql.source import Source


def body(source: Source, span: PageSpan, kind: str, end: str) -> bytes:
    """The rows of the page as `kind`; JSON says beside them how to go on."""
    cut = span.cut
    if kind in files.COLUMNAR:
        out = io.BytesIO()
        write.write(source, kind, out, cut)
        return out.getvalue()
    if kind == "csv":
        return write.page(source, kind, cut)
    lines = write.page(source, "ndjson", cut)
    if kind == "ndjson":
        return lines
    onward = {
        "next": _next(span, end),
        "position": str(span.end),
        "more": span.more,
        "schema": cut.dataset.schema,
    }
    # A line holds no line end of its own.
    rows = lines[:-1].replace(b"\n", b",")
    return b'{"rows":[%b],%b\n' % (rows, orjson.dumps(onward)[1:])


def _next(span: PageSpan, end: str) -> int | str | None:
    if end == "null":
        return str(span.onward) if span.more else None
    return span.end.number
