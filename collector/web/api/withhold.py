"""POST /v1/events/{id}/withhold: a person says that this customer is not to be asked this time.

Scope `events:write`. The verb is `triggers/withhold.py`; every call leaves a decision with who and
why, which is what keeps cherry-picking visible.
"""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from collector.triggers import withhold
from collector.triggers.withhold import Withheld
from collector.web.api.obligatory import obligatory
from collector.web.auth import require_scope

blueprint = Blueprint(
    "withhold", __name__, url_prefix="/v1", description="Asks that a person withholds"
)


class WithholdSchema(Schema):
    """Why, and who says so."""

    reason = obligatory(enum=list(withhold.REASONS), description="reason code")
    by = obligatory(description="who: an id or a name")
    note = fields.String(load_default="", metadata={"description": "in their own words"})


class HeldSchema(Schema):
    """The decision of one rule that holds from now on."""

    rule = fields.String(required=True)
    outcome = fields.String(required=True, metadata={"enum": ["invited", "held_back"]})
    reason = fields.String(required=True)
    reason_text = fields.String(required=True)


class HeldListSchema(Schema):
    decisions = fields.List(fields.Nested(HeldSchema), required=True)


@blueprint.route("/events/<string:event_id>/withhold", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope("events:write")
@blueprint.doc(summary="Withhold an ask", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.arguments(WithholdSchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, HeldListSchema)  # type: ignore[untyped-decorator]
@blueprint.alt_response(409, description="The ask has gone out already.")  # type: ignore[untyped-decorator]
def post_withhold(body: dict[str, Any], event_id: str) -> dict[str, Any]:
    """Calling twice is the same as calling once."""
    said = Withheld(body["reason"], body["by"], body["note"])
    return {"decisions": withhold.withhold(event_id, said)}
