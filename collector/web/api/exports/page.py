"""A page of any feed as an answer: its rows in the reader's form, and headers that lead on.

What the addresses of each dataset have in common; `responses.py` and `invitations.py` call it. A
reader remembers its position: the `Collector-Position` header (`position` in JSON) goes into the
next call's `after`. It may read anything twice and misses nothing.
"""

from __future__ import annotations

import codecs
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from collector.errors import InvalidInput
from collector.exports import files, page_span
from collector.exports.catalog import Dataset
from collector.exports.contract import json_schema
from collector.exports.cut import Cut
from collector.exports.position import parse
from collector.model.sql.source import of_app
from collector.web.api.exports.on_the_wire import as_asked
from collector.web.api.exports.page_body import body
from collector.web.api.exports.waiting import waited
from collector.web.jsons import line

NEXT_HEADER = "Collector-Next-After"
POSITION_HEADER = "Collector-Position"
SCHEMA_HEADER = "Collector-Schema"


def page(dataset: Dataset, query: dict[str, Any]) -> Response:
    """The page that `query` (`PageQuery`) asks for."""
    source, kind = of_app(), query["format"]
    if query["bom"] and kind != "csv":
        raise InvalidInput("Only CSV has a byte-order mark; leave bom away.", pointer="/bom")
    wanted = Cut(
        0, 0, dataset.named(query["fields_"]), query["shape"] == "current", query["survey"],
        dataset=dataset,
    )  # fmt: skip
    given = parse(query["after"])

    def look() -> page_span.PageSpan:
        return page_span.find(
            source, given, query["limit"], wanted, query["updated_since"], query["until"]
        )

    span = waited(look, query["wait"])
    made = body(source, span, kind, query["end"])
    answer = Response(codecs.BOM_UTF8 * query["bom"] + made, content_type=files.MEDIA_TYPES[kind])
    if kind != "json":
        name = f"{dataset.name}-{span.end.number}.{kind}"
        answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    answer.headers[POSITION_HEADER] = str(span.end)
    if span.more or query["end"] == "number":
        answer.headers[NEXT_HEADER] = str(span.onward)
    answer.headers[SCHEMA_HEADER] = str(dataset.schema)
    if span.more:  # RFC 8288
        following = {**request.args.to_dict(), "after": str(span.onward)}
        answer.headers["Link"] = f'<{request.path}?{urlencode(following)}>; rel="next"'
    return as_asked(answer, kind)


def schema(dataset: Dataset) -> Response:
    """The contract of a row."""
    answer = Response(line(json_schema(dataset)), content_type="application/schema+json")
    answer.headers[SCHEMA_HEADER] = str(dataset.schema)
    return answer
