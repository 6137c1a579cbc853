"""Why was somebody asked, or not, and when could they be? Reads only; `triggers/explain` answers.

`GET /v1/events/{id}/explain` (scope `rules:read`), `GET /v1/people/{ref}/explain` (`people:read`).
No address, score or comment is in an answer; of a person only the caller's own name for them.
"""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from collector.triggers.explain.event import explain_event
from collector.triggers.explain.person import explain_person
from collector.web.auth import require_scope

blueprint = Blueprint(
    "explain", __name__, url_prefix="/v1", description="Why somebody was asked, or not"
)
SECURITY: list[dict[str, list[str]]] = [{"key": []}]


class EventQuery(Schema):
    source = fields.String(
        load_default="", validate=validate.Length(max=100),
        metadata={"description": "needed where several sources use the same event id"},
    )  # fmt: skip


class PersonQuery(Schema):
    rule = fields.String(
        load_default="", validate=validate.Length(max=64),
        metadata={"description": "one rule, live or not; left out, all live ones"},
    )  # fmt: skip


class GateSchema(Schema):
    """One gate: what it asks, what it answered, and the figures that it saw."""

    gate = fields.String(required=True)
    question = fields.String(required=True)
    result = fields.String(required=True, metadata={"enum": ["pass", "fail", "not_reached"]})
    sentence = fields.String(required=True)
    reason = fields.String(required=True, metadata={"description": "reason code where it failed"})
    figures = fields.Dict(required=True)


class NextSchema(Schema):
    """The earliest moment at which a fitting event would lead to an ask."""

    event_from = fields.String(required=True, allow_none=True)
    ask_at = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True)
    sentence = fields.String(required=True)


class StepSchema(Schema):
    at = fields.String(required=True)
    what = fields.String(required=True)
    sentence = fields.String(required=True)
    planned = fields.Boolean(required=True, metadata={"description": "is still to come"})


class OvertakenSchema(Schema):
    at = fields.String(required=True)
    reason = fields.String(required=True)
    sentence = fields.String(required=True)


class NowSchema(Schema):
    """How the same event would be decided now."""

    outcome = fields.String(required=True)
    reason = fields.String(required=True)
    sentence = fields.String(required=True)
    remedy = fields.String(required=True)
    gates = fields.List(fields.Nested(GateSchema), required=True)
    next_time = fields.Nested(NextSchema, required=True)


class ThenSchema(Schema):
    """What was decided, from what was written down at the time."""

    rule_version = fields.Integer(required=True)
    survey = fields.String(required=True)
    decided_at = fields.String(required=True)
    outcome = fields.String(required=True, metadata={"description": "the one that holds"})
    reason = fields.String(required=True)
    sentence = fields.String(required=True)
    remedy = fields.String(required=True)
    gates = fields.List(fields.Nested(GateSchema), required=True)
    overtaken_by = fields.List(fields.Nested(OvertakenSchema), required=True)
    afterwards = fields.List(fields.Nested(StepSchema), required=True)


class RuleThenNowSchema(Schema):
    rule = fields.String(required=True)
    then = fields.Nested(ThenSchema, required=True, allow_none=True)
    now = fields.Nested(NowSchema, required=True, allow_none=True)


class EventExplainedSchema(Schema):
    id = fields.String(required=True)
    source = fields.String(required=True)
    event_id = fields.String(required=True)
    type = fields.String(required=True)
    occurred_at = fields.String(required=True)
    received_at = fields.String(required=True)
    person = fields.String(required=True, metadata={"description": "your own ref of the person"})
    note = fields.String(required=True)
    rules = fields.List(fields.Nested(RuleThenNowSchema), required=True)


class RuleForPersonSchema(Schema):
    rule = fields.String(required=True)
    rule_version = fields.Integer(required=True)
    status = fields.String(required=True)
    survey = fields.String(required=True)
    on = fields.String(required=True)
    gates = fields.List(fields.Nested(GateSchema), required=True)
    next_time = fields.Nested(NextSchema, required=True)


class RecentSchema(Schema):
    event = fields.String(required=True)
    type = fields.String(required=True)
    occurred_at = fields.String(required=True)
    rule = fields.String(required=True)
    outcome = fields.String(required=True)
    reason = fields.String(required=True)
    sentence = fields.String(required=True)
    decided_at = fields.String(required=True)


class PersonExplainedSchema(Schema):
    person = fields.String(required=True)
    at = fields.String(required=True)
    history = fields.Dict(required=True, metadata={"description": "as conditions see it"})
    rules = fields.List(fields.Nested(RuleForPersonSchema), required=True)
    recent = fields.List(fields.Nested(RecentSchema), required=True)


@blueprint.route("/events/<string:event_id>/explain")  # type: ignore[untyped-decorator]
@require_scope("rules:read")
@blueprint.doc(summary="Why this event led to an ask, or not", security=SECURITY)  # type: ignore[untyped-decorator]
@blueprint.arguments(EventQuery, location="query")  # type: ignore[untyped-decorator]
@blueprint.response(200, EventExplainedSchema)  # type: ignore[untyped-decorator]
def get_event_explained(query: dict[str, Any], event_id: str) -> dict[str, Any]:
    """Every gate of every rule in words: as it was decided, and as it would be now.

    The id is ours (`evt_…`) or your own id of the event.
    """
    return explain_event(event_id, query["source"])


@blueprint.route("/people/<any_text:ref>/explain")  # type: ignore[untyped-decorator]
@require_scope("people:read")
@blueprint.doc(summary="When this person could be asked, and by which rule", security=SECURITY)  # type: ignore[untyped-decorator]
@blueprint.arguments(PersonQuery, location="query")  # type: ignore[untyped-decorator]
@blueprint.response(200, PersonExplainedSchema)  # type: ignore[untyped-decorator]
def get_person_explained(query: dict[str, Any], ref: str) -> dict[str, Any]:
    """Supposes an event that fits each rule's condition now; ends with the newest decisions."""
    return explain_person(ref, query["rule"])
