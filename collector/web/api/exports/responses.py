"""GET /v1/exports/responses: the numbered feed, a page at a time, in the reader's choice of form.

A reader remembers its position: the `Collector-Position` header (`position` in JSON) goes into the
next call's `after`. It may read anything twice and misses nothing. Scope `exports:read`.
"""

from __future__ import annotations

import codecs
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from flask_smorest import Blueprint

from collector.errors import InvalidInput
from collector.exports import files, page_span
from collector.exports.contract import json_schema
from collector.exports.cut import Cut, columns_named
from collector.exports.datasets import SCHEMA
from collector.exports.position import parse
from collector.model.sql.source import of_app
from collector.web.api.exports.on_the_wire import as_asked
from collector.web.api.exports.page_body import body
from collector.web.api.exports.page_query import PageQuery
from collector.web.api.exports.page_schemas import ANSWERS
from collector.web.api.exports.waiting import waited
from collector.web.auth import require_scope
from collector.web.jsons import line

NEXT_HEADER = "Collector-Next-After"
POSITION_HEADER = "Collector-Position"
SCHEMA_HEADER = "Collector-Schema"

blueprint = Blueprint("exports", __name__, url_prefix="/v1", description="What was learnt, to take")


@blueprint.route("/exports/responses")  # type: ignore[untyped-decorator]
@require_scope("exports:read")
@blueprint.arguments(PageQuery, location="query")  # type: ignore[untyped-decorator]
@blueprint.doc(summary="A page of the feed", responses=ANSWERS)  # type: ignore[untyped-decorator]
def export_responses(query: dict[str, Any]) -> Response:
    """Responses with their judgement, every correction too, in the order of their publication.

    Of several rows about one `response_id` the one with the highest `revision` holds; with
    `shape=current` only that one comes. Numbers have no gaps and are never given again, so a reader
    that remembers its position misses nothing. A position that this feed does not know (a restored
    backup, another service) is answered with 409 and what to do.
    """
    source, kind = of_app(), query["format"]
    if query["bom"] and kind != "csv":
        raise InvalidInput("Only CSV has a byte-order mark; leave bom away.", pointer="/bom")
    wanted = Cut(
        0, 0, columns_named(query["fields_"]), query["shape"] == "current", query["survey"]
    )
    given = parse(query["after"])

    def look() -> page_span.PageSpan:
        return page_span.find(
            source, given, query["limit"], wanted, query["updated_since"], query["until"]
        )

    span = waited(look, query["wait"])
    made = body(source, span, kind, query["end"])
    answer = Response(codecs.BOM_UTF8 * query["bom"] + made, content_type=files.MEDIA_TYPES[kind])
    if kind != "json":
        name = f"responses-{span.end.number}.{kind}"
        answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    answer.headers[POSITION_HEADER] = str(span.end)
    if span.more or query["end"] == "number":
        answer.headers[NEXT_HEADER] = str(span.onward)
    answer.headers[SCHEMA_HEADER] = str(SCHEMA)
    if span.more:  # RFC 8288
        following = {**request.args.to_dict(), "after": str(span.onward)}
        answer.headers["Link"] = f'<{request.path}?{urlencode(following)}>; rel="next"'
    return as_asked(answer, kind)


@blueprint.route("/exports/responses/schema")  # type: ignore[untyped-decorator]
@require_scope("exports:read")
@blueprint.doc(summary="What a row of the feed looks like")  # type: ignore[untyped-decorator]
@blueprint.alt_response(  # type: ignore[untyped-decorator]
    200, schema={"type": "object"}, content_type="application/schema+json", success=True
)
def export_responses_schema() -> Response:
    """The contract of a row, as JSON Schema. Within a version, columns are only added at the end.

    The version is in `version`, and in the header `Collector-Schema` of every page.
    """
    answer = Response(line(json_schema()), content_type="application/schema+json")
    answer.headers[SCHEMA_HEADER] = str(SCHEMA)
    return answer
