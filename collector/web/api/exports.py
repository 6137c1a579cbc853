"""GET /v1/exports/responses: the numbered feed, a page at a time, in the reader's choice of form.

A reader remembers one number: the `Collector-Next-After` header (also `next` in JSON) goes into the
next call's `after`. It may read anything twice and misses nothing. Scope `exports:read`.
"""

from __future__ import annotations

import io
from typing import Any

from flask import Response, request, url_for
from flask_smorest import Blueprint
from marshmallow import EXCLUDE, Schema, fields, validate

from collector.exports import feed, files
from collector.exports.copying.write import page
from collector.exports.datasets import RESPONSES, Column
from collector.exports.feed import Span
from collector.model.sql.source import of_app
from collector.web.auth import require_scope

NEXT_HEADER = "Collector-Next-After"
LIMIT = 1_000
MAX_LIMIT = 10_000
MAX_NUMBER = 2**63 - 1
FIELDS = {
    "integer": fields.Integer,
    "number": fields.Float,
    "text": fields.String,
    "timestamp": fields.DateTime,
    "list": fields.List,
    "object": fields.Dict,
}

blueprint = Blueprint("exports", __name__, url_prefix="/v1", description="What was learnt, to take")


class PageQuery(Schema):
    """Which page, and how it should look."""

    class Meta:
        unknown = EXCLUDE

    after = fields.Integer(
        load_default=0,
        validate=validate.Range(0, MAX_NUMBER),
        metadata={"description": "the last number that you read; 0 for the start"},
    )
    limit = fields.Integer(
        load_default=LIMIT,
        validate=validate.Range(1, MAX_LIMIT),
        metadata={"description": "rows at most"},
    )
    format = fields.String(
        load_default="json",
        validate=validate.OneOf(("json", *files.FORMATS)),
        metadata={"description": "form of the answer"},
    )


def _field(column: Column) -> fields.Field[Any]:
    unit = f" ({column.unit})" if column.unit else ""
    arguments: dict[str, Any] = {
        "allow_none": column.nullable,
        "required": True,
        "metadata": {"description": column.meaning + unit},
    }
    kind = FIELDS[column.type]
    return kind(fields.String(), **arguments) if kind is fields.List else kind(**arguments)


ResponseRow = Schema.from_dict({c.name: _field(c) for c in RESPONSES}, name="ResponseRow")


class ResponsePage(Schema):
    """A page of the feed."""

    rows = fields.List(fields.Nested(ResponseRow), required=True)
    next = fields.Integer(
        required=True, metadata={"description": "give this as `after` in the next call"}
    )
    more = fields.Boolean(
        required=True, metadata={"description": "false: you have read all there is for now"}
    )


@blueprint.route("/exports/responses")  # type: ignore[untyped-decorator]
@require_scope("exports:read")
@blueprint.arguments(PageQuery, location="query")  # type: ignore[untyped-decorator]
@blueprint.alt_response(200, schema=ResponsePage, success=True)  # type: ignore[untyped-decorator]
def export_responses(query: dict[str, Any]) -> Response:
    """Responses with their judgement, every correction too, in the order of their publication.

    Of several rows about one `response_id` the one with the highest `revision` holds. Numbers have
    no gaps and are never given again, so a reader that remembers the last one misses nothing.
    """
    span, kind = feed.span(query["after"], query["limit"]), query["format"]
    answer = Response(_body(span, kind), content_type=files.MEDIA_TYPES[kind])
    if kind != "json":
        answer.headers["Content-Disposition"] = f"attachment; filename=responses-{span.last}.{kind}"
    answer.headers[NEXT_HEADER] = str(span.last)
    if span.more:  # RFC 8288
        following = url_for(
            request.endpoint or "", after=span.last, limit=query["limit"], format=kind
        )
        answer.headers["Link"] = f'<{following}>; rel="next"'
    return answer


def _body(span: Span, kind: str) -> bytes:
    if kind == "parquet":
        out = io.BytesIO()
        files.write(feed.stream(span.after, span.last), kind, out)
        return out.getvalue()
    if kind == "csv":
        return page(of_app(), kind, span.after, span.last)
    lines = page(of_app(), "ndjson", span.after, span.last)
    if kind == "ndjson":
        return lines
    more = b"true" if span.more else b"false"  # a line holds no line end of its own
    return b'{"rows":[%b],"next":%d,"more":%b}\n' % (
        lines[:-1].replace(b"\n", b","),
        span.last,
        more,
    )
