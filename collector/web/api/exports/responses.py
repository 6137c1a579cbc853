"""GET /v1/exports/responses: the numbered feed of answers, in the reader's choice of form.

How a page is made: `page.py`. Scope `exports:read`.
"""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from collector.exports.catalog import RESPONSES
from collector.web.api.exports import page
from collector.web.api.exports.page_query import PageQuery
from collector.web.api.exports.page_schemas import ResponsePage, answers
from collector.web.auth import require_scope

blueprint = Blueprint("exports", __name__, url_prefix="/v1", description="What was learnt, to take")


@blueprint.route("/exports/responses")  # type: ignore[untyped-decorator]
@require_scope("exports:read")
@blueprint.arguments(PageQuery, location="query")  # type: ignore[untyped-decorator]
@blueprint.doc(  # type: ignore[untyped-decorator]
    summary="A page of the feed", responses=answers(ResponsePage)
)
def export_responses(query: dict[str, Any]) -> Response:
    """Responses with their judgement, every correction too, in the order of their publication.

    Of several rows about one `response_id` the one with the highest `revision` holds; with
    `shape=current` only that one comes. Numbers have no gaps and are never given again, so a reader
    that remembers its position misses nothing. A position that this feed does not know (a restored
    backup, another service) is answered with 409 and what to do.
    """
    return page.page(RESPONSES, query)


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
    return page.schema(RESPONSES)
