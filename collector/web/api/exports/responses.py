"""GET /v1/exports/responses: the numbered feed, a page at a time, in the reader's choice of form.

A reader remembers one number: the `Collector-Next-After` header (also `next` in JSON) goes into the
next call's `after`. It may read anything twice and misses nothing. Scope `exports:read`.
"""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask_smorest import Blueprint

from collector.exports import feed, files
from collector.exports.contract import json_schema
from collector.exports.cut import Cut
from collector.exports.datasets import SCHEMA
from collector.model.sql.source import of_app
from collector.web.api.exports.page_body import body
from collector.web.api.exports.page_query import PageQuery
from collector.web.api.exports.page_schemas import ResponsePage
from collector.web.auth import require_scope
from collector.web.jsons import line

NEXT_HEADER = "Collector-Next-After"
SCHEMA_HEADER = "Collector-Schema"

blueprint = Blueprint("exports", __name__, url_prefix="/v1", description="What was learnt, to take")


@blueprint.route("/exports/responses")  # type: ignore[untyped-decorator]
@require_scope("exports:read")
@blueprint.arguments(PageQuery, location="query")  # type: ignore[untyped-decorator]
@blueprint.alt_response(200, schema=ResponsePage, success=True)  # type: ignore[untyped-decorator]
def responses(query: dict[str, Any]) -> Response:
    """Responses with their judgement, every correction too, in the order of their publication.

    Of several rows about one `response_id` the one with the highest `revision` holds. Numbers have
    no gaps and are never given again, so a reader that remembers the last one misses nothing.
    """
    span, kind = feed.span(query["after"], query["limit"]), query["format"]
    cut = Cut(span.after, span.last)
    answer = Response(
        body(of_app(), cut, kind, span.last, span.more), content_type=files.MEDIA_TYPES[kind]
    )
    if kind != "json":
        answer.headers["Content-Disposition"] = f"attachment; filename=responses-{span.last}.{kind}"
    answer.headers[NEXT_HEADER] = str(span.last)
    answer.headers[SCHEMA_HEADER] = str(SCHEMA)
    if span.more:  # RFC 8288
        following = url_for(
            request.endpoint or "", after=span.last, limit=query["limit"], format=kind
        )
        answer.headers["Link"] = f'<{following}>; rel="next"'
    return answer


@blueprint.route("/exports/responses/schema")  # type: ignore[untyped-decorator]
@require_scope("exports:read")
@blueprint.alt_response(200, schema={"type": "object"}, success=True)  # type: ignore[untyped-decorator]
def responses_schema() -> Response:
    """The contract of a row, as JSON Schema. Within a version, columns are only added at the end.

    The version is in `version`, and in the header `Collector-Schema` of every page.
    """
    answer = Response(line(json_schema()), content_type="application/schema+json")
    answer.headers[SCHEMA_HEADER] = str(SCHEMA)
    return answer
