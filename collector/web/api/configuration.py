"""GET /v1/surveys and /v1/rules: what is in use now. Scope `rules:read`.

Writing goes through files (`commands/configuration.py`), which can be reviewed.
"""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from collector.surveys import catalog
from collector.surveys.catalog import Survey
from collector.triggers import rule_catalog
from collector.triggers.rule_catalog import RuleView
from collector.web.auth import require_scope

blueprint = Blueprint(
    "configuration", __name__, url_prefix="/v1", description="What is asked, and when"
)
SECURITY: list[dict[str, list[str]]] = [{"key": []}]


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
    status = fields.String(required=True, metadata={"enum": ["draft", "live", "paused"]})
    definition = fields.Dict(required=True, metadata={"description": "as in the YAML file"})


class SurveysSchema(Schema):
    surveys = fields.List(fields.Nested(SurveySchema), required=True)


class RulesSchema(Schema):
    rules = fields.List(fields.Nested(RuleSchema), required=True)


@blueprint.route("/surveys")  # type: ignore[untyped-decorator]
@blueprint.doc(summary="All surveys", security=SECURITY)  # type: ignore[untyped-decorator]
@blueprint.response(200, SurveysSchema)  # type: ignore[untyped-decorator]
@require_scope("rules:read")
def get_surveys() -> dict[str, Any]:
    """The current version of every survey, sorted by key."""
    return {"surveys": [_survey(one) for one in catalog.current_many().values()]}


@blueprint.route("/surveys/<string:key>")  # type: ignore[untyped-decorator]
@blueprint.doc(summary="One survey", security=SECURITY)  # type: ignore[untyped-decorator]
@blueprint.response(200, SurveySchema)  # type: ignore[untyped-decorator]
@require_scope("rules:read")
def get_survey(key: str) -> dict[str, Any]:
    """The current version of one survey."""
    return _survey(catalog.current(key))


@blueprint.route("/rules")  # type: ignore[untyped-decorator]
@blueprint.doc(summary="All rules", security=SECURITY)  # type: ignore[untyped-decorator]
@blueprint.response(200, RulesSchema)  # type: ignore[untyped-decorator]
@require_scope("rules:read")
def get_rules() -> dict[str, Any]:
    """The current version of every rule, sorted by key."""
    return {"rules": [_rule(one) for one in rule_catalog.all_rules()]}


@blueprint.route("/rules/<string:key>")  # type: ignore[untyped-decorator]
@blueprint.doc(summary="One rule", security=SECURITY)  # type: ignore[untyped-decorator]
@blueprint.response(200, RuleSchema)  # type: ignore[untyped-decorator]
@require_scope("rules:read")
def get_rule(key: str) -> dict[str, Any]:
    """The current version of one rule."""
    return _rule(rule_catalog.get(key))


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
