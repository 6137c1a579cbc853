"""/v1/surveys and /v1/rules: what is in use, and changing it by hand. Scopes `rules:…`.

The same objects as the YAML files of `collector rules`. An answer carries an ETag; a change sends
it back as If-Match, so that two who edit at once do not undo each other. The verb is
`rules/change.py`. Who changed what is in `audit.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, g, request
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from collector.errors import Problem
from collector.invitations import deployment
from collector.invitations.stops import reach, waiting
from collector.invitations.stops.waiting import Which
from collector.model.access import ApiKey
from collector.model.audit import Author, author
from collector.model.base import db
from collector.rules import catalog as rule_catalog
from collector.rules import change, stops
from collector.rules import definition as rule_definition
from collector.rules.definition import STATUSES
from collector.surveys import catalog
from collector.surveys import definitions as survey_definitions
from collector.surveys.versions import Change
from collector.web.auth import require_scope
from collector.web.jsons import line

blueprint = Blueprint(
    "configuration", __name__, url_prefix="/v1", description="What is asked, and when"
)
SECURITY: list[dict[str, list[str]]] = [{"key": []}]
View = TypeVar("View", bound=Callable[..., Any])
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


class VersionSchema(Schema):
    key = fields.String(required=True)
    version = fields.Integer(required=True)
    definition = fields.Dict(required=True, metadata={"description": "as in the YAML file"})


class WarningSchema(Schema):
    """Something that is allowed but surely not meant."""

    code = fields.String(required=True)
    detail = fields.String(required=True, metadata={"description": "what it is, in words"})
    pointer = fields.String(required=True, metadata={"description": "RFC 6901, in the definition"})


class WarnedSchema(Schema):
    warnings = fields.List(
        fields.Nested(WarningSchema),
        metadata={"description": "what is allowed but surely not meant, here and now"},
    )


class SurveySchema(VersionSchema):
    """One survey's current version."""

    metric = fields.String(
        required=True, attribute="metric.key", metadata={"enum": ["nps", "csat", "ces"]}
    )
    status = fields.Function(
        lambda survey: stops.of_surveys().get(survey.key, stops.LIVE),
        metadata={"type": "string", "enum": ["live", "paused", "retired"]},
    )


class RuleSchema(VersionSchema):
    """One rule's current version, and whether it is live."""

    status = fields.String(required=True, metadata={"enum": list(STATUSES)})
    waiting = fields.Dict(
        metadata={"description": "after a change: the asks that wait, as in `/rules/{key}/waiting`"}
    )


class WarnedSurveySchema(SurveySchema, WarnedSchema):
    """One survey's current version, with warnings."""


class WarnedRuleSchema(RuleSchema, WarnedSchema):
    """One rule's current version, whether it is live, and warnings."""


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
        metadata={"description": "draft, live, paused or retired; left out, it stays as it is"},
    )


class StatusSchema(ReasonSchema):
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))


class RollbackSchema(ReasonSchema):
    to = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(min=1),
        metadata={"description": "the version to go back to; left out, the one before this"},
    )  # fmt: skip


def _reads(address: str, summary: str, answers: type[Schema]) -> Callable[[View], View]:
    """The view at this address shows what is in use."""
    return _address(address, "GET", "rules:read", summary, answers, {"security": SECURITY})


def _changes(
    address: str, method: str, summary: str, takes: type[Schema], answers: type[Schema]
) -> Callable[[View], View]:
    """The view at this address changes it, and is given the body first."""

    def wrap(view: View) -> View:
        taking: View = blueprint.arguments(takes)(view)
        return _address(address, method, "rules:write", summary, answers, CHANGES)(taking)

    return wrap


def _address(
    address: str, method: str, scope: str, summary: str, answers: type[Schema], doc: dict[str, Any]
) -> Callable[[View], View]:
    def wrap(view: View) -> View:
        told = blueprint.doc(summary=summary, **doc)(blueprint.response(200, answers)(view))
        routed: View = blueprint.route(address, methods=[method])(require_scope(scope)(told))
        return routed

    return wrap


@_reads("/surveys", "All surveys", SurveysSchema)
def get_surveys() -> dict[str, Any]:
    """The current version of every survey, sorted by key."""
    return {"surveys": list(catalog.current_many().values())}


@_reads("/surveys/<string:key>", "One survey", WarnedSurveySchema)
def get_survey(key: str) -> Response:
    """The current version of one survey; its ETag names it."""
    return _survey_answer(key)


@_changes("/surveys/<string:key>", "PUT", "Write a survey", PutSurveySchema, WarnedSurveySchema)
def put_survey(body: dict[str, Any], key: str) -> Response:
    """A new version if anything differs. A new survey needs no If-Match."""
    change.put_survey(key, body["definition"], seen(), caller(body))
    return _survey_answer(key)


@_changes(
    "/surveys/<string:key>/rollback",
    "POST",
    "Go back to an older version of a survey",
    RollbackSchema,
    WarnedSurveySchema,
)
def roll_back_survey(body: dict[str, Any], key: str) -> Response:
    """Makes a new version that equals the older one."""
    change.roll_back_survey(key, body["to"], seen() or change.ANY, caller(body))
    return _survey_answer(key)


@_reads("/rules", "All rules", RulesSchema)
def get_rules() -> dict[str, Any]:
    """The current version of every rule, sorted by key."""
    return {"rules": rule_catalog.all_rules()}


@_reads("/rules/<string:key>", "One rule", WarnedRuleSchema)
def get_rule(key: str) -> Response:
    """The current version of one rule; its ETag names version and status."""
    return _rule_answer(key)


@_changes("/rules/<string:key>", "PUT", "Write a rule", PutRuleSchema, WarnedRuleSchema)
def put_rule(body: dict[str, Any], key: str) -> Response:
    """A new version if anything but the status differs. A new rule begins as a draft."""
    definition = dict(body["definition"])
    status = body["status"] or str(definition.pop("status", ""))
    changed = change.put_rule(key, definition, status, seen(), caller(body))
    return _rule_answer(key, changed)


@_changes(
    "/rules/<string:key>/status", "POST", "Switch a rule on or off", StatusSchema, WarnedRuleSchema
)
def set_rule_status(body: dict[str, Any], key: str) -> Response:
    """draft → live → paused → live, or retired. If-Match is optional here.

    Paused: what waits is held. Retired: what waits is called off. `waiting` says how many are left.
    """
    changed = change.set_status(key, body["status"], seen() or change.ANY, caller(body))
    return _rule_answer(key, changed)


@_changes(
    "/rules/<string:key>/rollback",
    "POST",
    "Go back to an older version of a rule",
    RollbackSchema,
    WarnedRuleSchema,
)
def roll_back_rule(body: dict[str, Any], key: str) -> Response:
    """Makes a new version that equals the older one; the status stays as it is."""
    changed = change.roll_back_rule(key, body["to"], seen() or change.ANY, caller(body))
    return _rule_answer(key, changed)


def seen() -> str:
    """The version that the caller looked at: If-Match, '' where there is none."""
    if request.if_match.star_tag:
        return change.ANY
    # An empty tag, which werkzeug reads as None, is the name of no version.
    tags = [tag or '""' for tag in request.if_match.as_set(include_weak=True)]
    return min(tags, default=change.NONE)


def caller(body: dict[str, Any]) -> Author:
    """The name of the key that calls, with the reason given."""
    key = db.session.get(ApiKey, g.api_key_id)
    return author(key.name if key else "", body["reason"])


def _survey_answer(key: str) -> Response:
    survey = catalog.current(key)
    whole = survey_definitions.check(dict(survey.definition))
    said = deployment.warnings_of_survey(whole)
    return _tagged({**SurveySchema().dump(survey), **_warned(said)}, str(survey.version))


def _rule_answer(key: str, changed: Change | None = None) -> Response:
    """The rule; after a change also how many of its asks wait, once the change has reached them."""
    rule = rule_catalog.get(key)
    body = RuleSchema().dump(rule)
    if changed is not None:
        reach.follow_through([changed])
        body["waiting"] = waiting.count(Which(rule=key)).as_json()
    whole = rule_definition.check({**rule.definition, "status": rule.status})
    asked = catalog.current_many([whole["survey"]]).get(whole["survey"])
    said = deployment.warnings_of_rule(whole, asked.definition if asked else None)
    return _tagged({**body, **_warned(said)}, change.rule_tag(rule.version, rule.status))


def _warned(said: list[Problem]) -> dict[str, Any]:
    body: dict[str, Any] = WarnedSchema().dump({"warnings": said})
    return body


def _tagged(body: dict[str, Any], tag: str) -> Response:
    answer = Response(line(body), mimetype="application/json")
    answer.set_etag(tag)
    return answer
