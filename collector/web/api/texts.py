"""GET /v1/texts: what people texted that no question could take. Scope `people:read`. Reads only.

The list is that of `answers/text_list.py`; `collector texts seen` takes one off it.
"""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from collector.answers import text_list
from collector.answers.text_list import Unplaced
from collector.web.api.paging import PageSchema
from collector.web.auth import require_scope

blueprint = Blueprint("texts", __name__, url_prefix="/v1", description="Texts without a question")


class QuerySchema(PageSchema):
    everything = fields.Boolean(
        load_default=False, metadata={"description": "those that somebody has seen, too"}
    )


class TextSchema(Schema):
    """One text, in its sender's words."""

    id = fields.String(required=True)
    at = fields.DateTime(required=True)
    number = fields.String(required=True, metadata={"description": "its last four digits"})
    words = fields.String(required=True)
    kind = fields.String(required=True, metadata={"examples": ["words", "score", "unclear"]})
    about = fields.String(
        required=True, allow_none=True,
        metadata={"description": "the invitation that could not be answered any more, if any"},
    )  # fmt: skip
    seen_at = fields.DateTime(required=True, allow_none=True)


class TextsSchema(Schema):
    texts = fields.List(fields.Nested(TextSchema), required=True)


@blueprint.route("/texts")  # type: ignore[untyped-decorator]
@require_scope("people:read")
@blueprint.doc(summary="Texts that no question could take", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.arguments(QuerySchema, location="query")  # type: ignore[untyped-decorator]
@blueprint.response(200, TextsSchema)  # type: ignore[untyped-decorator]
def get_texts(query: dict[str, Any]) -> dict[str, list[Unplaced]]:
    """The newest first: what came after the time of every question, or from an unknown number."""
    return {"texts": text_list.page(**query)}
