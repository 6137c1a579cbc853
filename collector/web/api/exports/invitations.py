"""GET /v1/exports/invitations: who was asked and what became of it, the denominators.

How a page is made: `page.py`. Scope `exports:read`.
"""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from collector.exports.catalog import INVITATIONS
from collector.web.api.exports import page
from collector.web.api.exports.page_query import PageQuery
from collector.web.api.exports.page_schemas import InvitationPage, answers
from collector.web.auth import require_scope

blueprint = Blueprint(
    "invitations", __name__, url_prefix="/v1", description="What was learnt, to take"
)


@blueprint.route("/exports/invitations")  # type: ignore[untyped-decorator]
@require_scope("exports:read")
@blueprint.arguments(PageQuery, location="query")  # type: ignore[untyped-decorator]
@blueprint.doc(  # type: ignore[untyped-decorator]
    summary="A page of the feed of invitations", responses=answers(InvitationPage)
)
def export_invitations(query: dict[str, Any]) -> Response:
    """Invitations with what became of each, by channel too, in the order of their publication.

    A change of any of it (it went out, arrived, was answered, lapsed, was called off, erased) is a
    row of its own; of several about one `invitation_id` the one with the highest `revision` holds;
    with `shape=current` only that one comes. A feed of its own: its positions are not those of
    responses, and are refused there (409).
    """
    return page.page(INVITATIONS, query)


@blueprint.route("/exports/invitations/schema")  # type: ignore[untyped-decorator]
@require_scope("exports:read")
@blueprint.doc(summary="What a row of the feed of invitations looks like")  # type: ignore[untyped-decorator]
@blueprint.alt_response(  # type: ignore[untyped-decorator]
    200, schema={"type": "object"}, content_type="application/schema+json", success=True
)
def export_invitations_schema() -> Response:
    """The contract of a row, as JSON Schema. Within a version, columns are only added at the end.

    The version is in `version`, and in the header `Collector-Schema` of every page.
    """
    return page.schema(INVITATIONS)
