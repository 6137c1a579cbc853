"""Stopping: /v1/pause, /v1/resume, the status of a survey, what waits, and calling it off.

Scopes `rules:…`. The verbs are in `invitations/stops/` and `rules/survey_status.py`; the status of
a rule is in `configuration.py`. docs/pausing.md says what each reaches.
"""

from __future__ import annotations

from typing import Any

from flask import request
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from collector.errors import InvalidInput
from collector.invitations.stops import call_off, everything, reach, waiting
from collector.invitations.stops.waiting import Which
from collector.rules import catalog as rule_catalog
from collector.rules import survey_status
from collector.surveys import catalog
from collector.web.api.configuration import ReasonSchema, caller
from collector.web.auth import require_scope

blueprint = Blueprint("stops", __name__, url_prefix="/v1", description="Stopping, and going on")
SECURITY: list[dict[str, list[str]]] = [{"key": []}]
MOST_LISTED = 1_000
REASONLESS = {"422": {"description": "A reason is missing (`reason_required`)."}}
LIMIT = {
    "in": "query", "name": "limit", "schema": {"type": "integer", "maximum": MOST_LISTED},
    "description": f"how many are listed; {waiting.LISTED} if left out",
}  # fmt: skip


class CountSchema(Schema):
    """How many wait: asks that never went out, and what follows those that did."""

    asks = fields.Integer(required=True)
    reminders = fields.Integer(required=True)
    by_channel = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    held = fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True,
        metadata={"description": "those that do not go out now, by reason code"},
    )  # fmt: skip
    due_first = fields.String(required=True, allow_none=True)
    due_last = fields.String(required=True, allow_none=True)


class PauseSchema(Schema):
    """Whether everything is paused, and what waits."""

    paused = fields.Boolean(required=True)
    since = fields.String(required=True, allow_none=True)
    by = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    waiting = fields.Nested(CountSchema, required=True)


class WaitingAskSchema(Schema):
    """One that waits. `what` is ask, or reminder for whatever follows one that went out."""

    id = fields.String(required=True)
    event = fields.String(required=True)
    person = fields.String(required=True)
    rule = fields.String(required=True)
    survey = fields.String(required=True)
    what = fields.String(required=True, metadata={"enum": ["ask", "reminder"]})
    channel = fields.String(required=True)
    due_at = fields.String(required=True)
    until = fields.String(required=True, metadata={"description": "after this it never goes out"})
    held = fields.String(required=True, metadata={"description": "the reason code, or empty"})


class WaitingSchema(Schema):
    waiting = fields.Nested(CountSchema, required=True)
    asks = fields.List(fields.Nested(WaitingAskSchema), required=True)


class CalledOffSchema(Schema):
    """What was called off, and what waits now."""

    called_off = fields.Integer(required=True)
    before = fields.Nested(CountSchema, required=True)
    waiting = fields.Nested(CountSchema, required=True)


class SurveyAndWaitingSchema(Schema):
    key = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": list(survey_status.STATUSES)})
    waiting = fields.Nested(CountSchema, required=True)


class ToSurveyStatusSchema(ReasonSchema):
    status = fields.String(required=True, validate=validate.OneOf(survey_status.STATUSES))


@blueprint.route("/pause", methods=["GET"])  # type: ignore[untyped-decorator]
@require_scope("rules:read")
@blueprint.doc(summary="Is everything paused?", security=SECURITY)  # type: ignore[untyped-decorator]
@blueprint.response(200, PauseSchema)  # type: ignore[untyped-decorator]
def get_pause() -> dict[str, Any]:
    """Since when, by whom and why; and how many asks wait."""
    return _state()


@blueprint.route("/pause", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope("rules:write")
@blueprint.doc(summary="Pause everything", security=SECURITY, responses=REASONLESS)  # type: ignore[untyped-decorator]
@blueprint.arguments(ReasonSchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, PauseSchema)  # type: ignore[untyped-decorator]
def post_pause(body: dict[str, Any]) -> dict[str, Any]:
    """No ask leaves by any channel from now on. Twice is the same as once."""
    everything.pause(caller(body))
    return _state()


@blueprint.route("/resume", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope("rules:write")
@blueprint.doc(summary="Go on after a pause", security=SECURITY)  # type: ignore[untyped-decorator]
@blueprint.arguments(ReasonSchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, PauseSchema)  # type: ignore[untyped-decorator]
def post_resume(body: dict[str, Any]) -> dict[str, Any]:
    """What waits goes out when it is due, unless its time has passed. Twice is the same as once."""
    everything.resume(caller(body))
    return _state()


@blueprint.route("/surveys/<string:key>/status", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope("rules:write")
@blueprint.doc(summary="Pause, retire or resume a survey", security=SECURITY, responses=REASONLESS)  # type: ignore[untyped-decorator]
@blueprint.arguments(ToSurveyStatusSchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, SurveyAndWaitingSchema)  # type: ignore[untyped-decorator]
def set_survey_status(body: dict[str, Any], key: str) -> dict[str, Any]:
    """Paused: what waits is held. Retired: what waits is called off."""
    reach.follow_through([survey_status.set_status(key, body["status"], caller(body))])
    return {"key": key, "status": body["status"], "waiting": _count(Which(survey=key))}


@blueprint.route("/rules/<string:key>/waiting", methods=["GET"])  # type: ignore[untyped-decorator]
@require_scope("rules:read")
@blueprint.doc(summary="The asks of a rule that wait", security=SECURITY, parameters=[LIMIT])  # type: ignore[untyped-decorator]
@blueprint.response(200, WaitingSchema)  # type: ignore[untyped-decorator]
def rule_waiting(key: str) -> dict[str, Any]:
    """Counted, and listed by when they are due."""
    rule_catalog.get(key)
    return _waiting(Which(rule=key))


@blueprint.route("/surveys/<string:key>/waiting", methods=["GET"])  # type: ignore[untyped-decorator]
@require_scope("rules:read")
@blueprint.doc(summary="The asks of a survey that wait", security=SECURITY, parameters=[LIMIT])  # type: ignore[untyped-decorator]
@blueprint.response(200, WaitingSchema)  # type: ignore[untyped-decorator]
def survey_waiting(key: str) -> dict[str, Any]:
    """Counted, and listed by when they are due."""
    catalog.current(key)
    return _waiting(Which(survey=key))


@blueprint.route("/rules/<string:key>/call-off", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope("rules:write")
@blueprint.doc(summary="Call off a rule's waiting asks", security=SECURITY, responses=REASONLESS)  # type: ignore[untyped-decorator]
@blueprint.arguments(ReasonSchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, CalledOffSchema)  # type: ignore[untyped-decorator]
def call_off_rule(body: dict[str, Any], key: str) -> dict[str, Any]:
    """They never go out; the rule stays as it is. Twice is the same as once."""
    rule_catalog.get(key)
    return _called_off(Which(rule=key), body)


@blueprint.route("/surveys/<string:key>/call-off", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope("rules:write")
@blueprint.doc(summary="Call off a survey's waiting asks", security=SECURITY, responses=REASONLESS)  # type: ignore[untyped-decorator]
@blueprint.arguments(ReasonSchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, CalledOffSchema)  # type: ignore[untyped-decorator]
def call_off_survey(body: dict[str, Any], key: str) -> dict[str, Any]:
    """They never go out; the survey stays as it is. Twice is the same as once."""
    catalog.current(key)
    return _called_off(Which(survey=key), body)


def _state() -> dict[str, Any]:
    halt = everything.state()
    told = halt.as_json() if halt else {"since": None, "by": None, "reason": None}
    return {"paused": halt is not None, **told, "waiting": _count(Which())}


def _waiting(which: Which) -> dict[str, Any]:
    said = request.args.get("limit", str(waiting.LISTED))
    if not said.isdecimal() or int(said) > MOST_LISTED:
        raise InvalidInput(
            f"`limit` is a number up to {MOST_LISTED}.", code="bad_limit", pointer="/limit"
        )
    return {"waiting": _count(which), "asks": waiting.listed(which, int(said))}


def _called_off(which: Which, body: dict[str, Any]) -> dict[str, Any]:
    before = _count(which)
    cancelled = call_off.by_hand(which, caller(body))
    return {"called_off": cancelled, "before": before, "waiting": _count(which)}


def _count(which: Which) -> dict[str, Any]:
    return waiting.count(which).as_json()
