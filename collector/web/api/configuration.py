"""/v1/surveys and /v1/rules: what is in use, and changing it by hand. Scopes `rules:…`.

The same objects as the YAML files of `collector rules`. An answer carries an ETag; a change sends
it back as If-Match, so that two who edit at once do not undo each other. The verb is
`rules/change.py`. Who changed what is in `audit.py`.
"""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, g, request
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from collector.model.access import ApiKey
from collector.model.audit import Author, author
from collector.model.base import db
from collector.rules import catalog as rule_catalog
from collector.rules import change
from collector.rules.catalog import RuleView
from collector.rules.definition import STATUSES
from collector.surveys import catalog
from collector.surveys.catalog import Survey
from collector.web.auth import require_scope

blueprint = Blueprint(
    "configuration", __name__, url_prefix="/v1", description="What is asked, and when"
)
SECURITY: list[dict[str, list[str]]] = [{"key": []}]
READ: dict[str, Any] = {"security": SECURITY}
IF_MATCH = {
    "in": "header", "name": "If-Match", "schema": {"type": "string"},
    "description": "the ETag that you read; needed to change what exists, `*` to overwrite it",
}  # fmt: skip
CHANGES: dict[str, Any] = {
    "security": SECURITY,
    "parameters": [IF_MATCH],
    "responses": {
        "409": {"description": "Changed by somebody else (`version_conflict`), or no If-Match."},
        "422": {"description": "The definition cannot be used, or a reason is missing."},
    },
}
REASON = {"description": "why; needed where people are asked by it right now"}


class SurveySchema(Schema):
    """One survey's current version."""

    key = fields.String(required=True)
    version = fields.Integer(required=True)
    metric = fields.String(required=True, metadata={"enum": ["nps", "csat", "ces"]})
    definition = fields.Dict(required=True, metadata={"description": "as in the YAML file"})


class RuleSchema(Schema):
    """One rule's current version, and whether it is live."""

    key = fields.String(required=True)
    version = fields.Integer(required=True)
    status = fields.String(required=True, metadata={"enum": list(STATUSES)})
    definition = fields.Dict(required=True, metadata={"description": "as in the YAML file"})


class SurveysSchema(Schema):
    surveys = fields.List(fields.Nested(SurveySchema), required=True)


class RulesSchema(Schema):
    rules = fields.List(fields.Nested(RuleSchema), required=True)


class ReasonSchema(Schema):
    reason = fields.String(load_default="", metadata=REASON)


class PutSurveySchema(ReasonSchema):
    definition = fields.Dict(required=True, metadata={"description": "as in the YAML file"})


class PutRuleSchema(PutSurveySchema):
    status = fields.String(
        load_default="",
        validate=validate.OneOf(["", *STATUSES]),
        metadata={"description": "draft, live or paused; left out, it stays as it is"},
    )


class StatusSchema(ReasonSchema):
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))


class RollbackSchema(ReasonSchema):
    to = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(min=1),
        metadata={"description": "the version to go back to; left out, the one before this"},
    )  # fmt: skip


@blueprint.route("/surveys")  # type: ignore[untyped-decorator]
@blueprint.doc(summary="All surveys", **READ)  # type: ignore[untyped-decorator]
@blueprint.response(200, SurveysSchema)  # type: ignore[untyped-decorator]
@require_scope("rules:read")
def get_surveys() -> dict[str, Any]:
    """The current version of every survey, sorted by key."""
    return {"surveys": [_survey(one) for one in catalog.current_many().values()]}


@blueprint.route("/surveys/<string:key>")  # type: ignore[untyped-decorator]
@blueprint.doc(summary="One survey", **READ)  # type: ignore[untyped-decorator]
@blueprint.response(200, SurveySchema)  # type: ignore[untyped-decorator]
@require_scope("rules:read")
def get_survey(key: str) -> Response:
    """The current version of one survey; its ETag names it."""
    return _survey_answer(key)


@blueprint.route("/surveys/<string:key>", methods=["PUT"])  # type: ignore[untyped-decorator]
@require_scope("rules:write")
@blueprint.doc(summary="Write a survey", **CHANGES)  # type: ignore[untyped-decorator]
@blueprint.arguments(PutSurveySchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, SurveySchema)  # type: ignore[untyped-decorator]
def put_survey(body: dict[str, Any], key: str) -> Response:
    """A new version if anything differs. A new survey needs no If-Match."""
    change.put_survey(key, body["definition"], seen(), caller(body))
    return _survey_answer(key)


@blueprint.route("/surveys/<string:key>/rollback", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope("rules:write")
@blueprint.doc(summary="Go back to an older version of a survey", **CHANGES)  # type: ignore[untyped-decorator]
@blueprint.arguments(RollbackSchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, SurveySchema)  # type: ignore[untyped-decorator]
def roll_back_survey(body: dict[str, Any], key: str) -> Response:
    """Makes a new version that equals the older one."""
    change.roll_back_survey(key, body["to"], seen() or change.ANY, caller(body))
    return _survey_answer(key)


@blueprint.route("/rules")  # type: ignore[untyped-decorator]
@blueprint.doc(summary="All rules", **READ)  # type: ignore[untyped-decorator]
@blueprint.response(200, RulesSchema)  # type: ignore[untyped-decorator]
@require_scope("rules:read")
def get_rules() -> dict[str, Any]:
    """The current version of every rule, sorted by key."""
    return {"rules": [_rule(one) for one in rule_catalog.all_rules()]}


@blueprint.route("/rules/<string:key>")  # type: ignore[untyped-decorator]
@blueprint.doc(summary="One rule", **READ)  # type: ignore[untyped-decorator]
@blueprint.response(200, RuleSchema)  # type: ignore[untyped-decorator]
@require_scope("rules:read")
def get_rule(key: str) -> Response:
    """The current version of one rule; its ETag names version and status."""
    return _rule_answer(key)


@blueprint.route("/rules/<string:key>", methods=["PUT"])  # type: ignore[untyped-decorator]
@require_scope("rules:write")
@blueprint.doc(summary="Write a rule", **CHANGES)  # type: ignore[untyped-decorator]
@blueprint.arguments(PutRuleSchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, RuleSchema)  # type: ignore[untyped-decorator]
def put_rule(body: dict[str, Any], key: str) -> Response:
    """A new version if anything but the status differs. A new rule begins as a draft."""
    definition = dict(body["definition"])
    status = body["status"] or str(definition.pop("status", ""))
    change.put_rule(key, definition, status, seen(), caller(body))
    return _rule_answer(key)


@blueprint.route("/rules/<string:key>/status", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope("rules:write")
@blueprint.doc(summary="Switch a rule on or off", **CHANGES)  # type: ignore[untyped-decorator]
@blueprint.arguments(StatusSchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, RuleSchema)  # type: ignore[untyped-decorator]
def set_status(body: dict[str, Any], key: str) -> Response:
    """draft → live → paused → live. If-Match is optional here."""
    change.set_status(key, body["status"], seen() or change.ANY, caller(body))
    return _rule_answer(key)


@blueprint.route("/rules/<string:key>/rollback", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope("rules:write")
@blueprint.doc(summary="Go back to an older version of a rule", **CHANGES)  # type: ignore[untyped-decorator]
@blueprint.arguments(RollbackSchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, RuleSchema)  # type: ignore[untyped-decorator]
def roll_back_rule(body: dict[str, Any], key: str) -> Response:
    """Makes a new version that equals the older one; the status stays as it is."""
    change.roll_back_rule(key, body["to"], seen() or change.ANY, caller(body))
    return _rule_answer(key)


def seen() -> str:
    """The version that the caller looked at: If-Match, '' where there is none."""
    if request.if_match.star_tag:
        return change.ANY
    return next(iter(sorted(request.if_match.as_set(include_weak=True))), change.NONE)


def caller(body: dict[str, Any]) -> Author:
    """The name of the key that calls, with the reason given."""
    key = db.session.get(ApiKey, g.api_key_id)
    return author(key.name if key else "", body["reason"])


def _survey_answer(key: str) -> Response:
    survey = catalog.current(key)
    return _tagged(_survey(survey), str(survey.version))


def _rule_answer(key: str) -> Response:
    rule = rule_catalog.get(key)
    return _tagged(_rule(rule), change.rule_tag(rule.version, rule.status))


def _tagged(body: dict[str, Any], tag: str) -> Response:
    answer = Response(current_app.json.dumps(body), mimetype="application/json")
    answer.set_etag(tag)
    return answer


def _survey(survey: Survey) -> dict[str, Any]:
    return {
        "key": survey.key,
        "version": survey.version,
        "metric": survey.metric.key,
        "definition": survey.definition,
    }


def _rule(rule: RuleView) -> dict[str, Any]:
    return {
        "key": rule.key,
        "version": rule.version,
        "status": rule.status,
        "definition": rule.definition,
    }
