"""GET /v1/audit: who changed what, when and why: surveys, rules, the roster, appeals, findings.

Scope `rules:read`. Reads only.
"""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from collector.surveys import history
from collector.surveys.history import Entry
from collector.web.api.paging import PageSchema
from collector.web.auth import require_scope

blueprint = Blueprint("audit", __name__, url_prefix="/v1", description="Who changed what, and why")


class QuerySchema(PageSchema):
    kind = fields.String(load_default="", validate=validate.OneOf(["", *history.KINDS]))
    key = fields.String(load_default="", validate=validate.Length(max=64))


class EntrySchema(Schema):
    """One change. `number` counts the changes of this object without gaps."""

    id = fields.String(required=True)
    at = fields.DateTime(required=True)
    kind = fields.String(required=True, metadata={"enum": list(history.KINDS)})
    key = fields.String(required=True)
    number = fields.Integer(required=True)
    action = fields.String(
        required=True, metadata={"examples": ["created", "changed", "status", "opened", "upheld"]}
    )
    version = fields.Integer(required=True, metadata={"description": "the version that held then"})
    by = fields.String(
        required=True, metadata={"description": "who: an id or a name, or the name of the key"}
    )
    reason = fields.String(required=True)
    details = fields.Dict(
        required=True, metadata={"description": "what differs, or what it is about"}
    )


class EntriesSchema(Schema):
    entries = fields.List(fields.Nested(EntrySchema), required=True)


@blueprint.route("/audit")  # type: ignore[untyped-decorator]
@require_scope("rules:read")
@blueprint.doc(summary="The log of changes", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.arguments(QuerySchema, location="query")  # type: ignore[untyped-decorator]
@blueprint.response(200, EntriesSchema)  # type: ignore[untyped-decorator]
def get_audit(query: dict[str, Any]) -> dict[str, list[Entry]]:
    """The newest first. Nothing is ever changed or taken out of it."""
    return {"entries": history.page(**query)}
