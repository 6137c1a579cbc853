"""Findings: looking at them, contesting them, ruling on them.

A finding is a statement about how answers were collected, never about a person's honesty. Scopes:
`appeals:rule` looks and rules, `appeals:write` contests. The verbs are in `integrity/appeals/`.
"""

from __future__ import annotations

from typing import Any

from flask import g
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from collector.integrity.appeals import findings
from collector.integrity.appeals import open as opening
from collector.integrity.appeals.findings import FindingView
from collector.integrity.appeals.terms import Opening
from collector.web.api import appeals, repeats
from collector.web.api.appeal_schemas import (
    BY,
    AppealRulingSchema,
    AppealSchema,
    FindingAppealBodySchema,
)
from collector.web.api.obligatory import obligatory
from collector.web.api.paging import PageSchema
from collector.web.auth import require_scope

blueprint = Blueprint(
    "findings", __name__, url_prefix="/v1", description="What looks odd about how answers came"
)


class FindingSchema(Schema):
    """One finding, with its strength, its evidence and its innocent explanations."""

    id = fields.String(required=True, metadata={"description": "fnd_…"})
    state = fields.String(required=True, metadata={"enum": list(findings.STATES)})
    about = fields.String(required=True, metadata={"enum": ["agent", "team", "store"]})
    subject = fields.String(required=True)
    p = fields.Float(
        required=True, metadata={"description": "how often chance alone looks like this"}
    )
    strength = fields.String(required=True, metadata={"description": "the same in words"})
    told = fields.List(
        fields.String(), required=True, metadata={"description": "each piece of evidence in words"}
    )
    families = fields.Dict(required=True, metadata={"description": "family → its p"})
    reasons = fields.List(fields.String(), required=True)
    evidence = fields.List(fields.Raw(), required=True)
    innocent = fields.Dict(required=True, metadata={"description": "code → what else it may be"})
    found_at = fields.DateTime(required=True)
    seen_at = fields.DateTime(required=True)
    checks_version = fields.String(required=True)
    appeal = fields.String(required=True, metadata={"description": "state of the newest appeal"})
    ruling = fields.Nested(AppealRulingSchema, required=True, allow_none=True)


class FindingsSchema(Schema):
    findings = fields.List(fields.Nested(FindingSchema), required=True)


class FindingsQuerySchema(PageSchema):
    """Which findings."""

    state = fields.String(load_default="", validate=validate.OneOf(["", *findings.STATES]))
    subject = fields.String(load_default="", validate=validate.Length(max=200))


class FindingRulingBodySchema(Schema):
    """A ruling on a finding."""

    by = obligatory(**BY)
    outcome = obligatory(enum=["confirmed", "cleared"])
    reason = obligatory(description="in plain words")


@blueprint.route("/findings", methods=["GET"])  # type: ignore[untyped-decorator]
@require_scope(appeals.RULE)
@blueprint.doc(summary="List findings", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.arguments(FindingsQuerySchema, location="query")  # type: ignore[untyped-decorator]
@blueprint.response(200, FindingsSchema)  # type: ignore[untyped-decorator]
def get_findings(query: dict[str, Any]) -> dict[str, list[FindingView]]:
    """The newest first. Work items for reviewers: each needs a ruling before it means anything."""
    return {"findings": findings.page(**query)}


@blueprint.route("/findings/<string:finding_id>", methods=["GET"])  # type: ignore[untyped-decorator]
@require_scope(appeals.RULE)
@blueprint.doc(summary="One finding", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.response(200, FindingSchema)  # type: ignore[untyped-decorator]
@blueprint.alt_response(404, description="There is no such finding.")  # type: ignore[untyped-decorator]
def get_finding(finding_id: str) -> FindingView:
    """With its evidence and its innocent explanations."""
    return findings.get(finding_id)


@blueprint.route("/findings/<string:finding_id>/appeals", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope(appeals.WRITE)
@blueprint.doc(  # type: ignore[untyped-decorator]
    summary="Contest a finding",
    security=[{"key": []}],
    parameters=[repeats.PARAMETER],
    responses={
        "404": {"description": "There is no such finding."},
        "409": {"description": "An appeal is open already or was ruled on, or it is over."},
        "410": {"description": "The time for contesting it is over."},
    },
)
@blueprint.arguments(FindingAppealBodySchema)  # type: ignore[untyped-decorator]
@blueprint.response(201, AppealSchema)  # type: ignore[untyped-decorator]
def post_finding_appeal(body: dict[str, Any], finding_id: str) -> dict[str, Any]:
    """By whoever it is about, or by those who speak for them."""
    said = Opening(**body, key=repeats.key(), via=g.api_key_name)
    return appeals.shown(opening.against_finding(finding_id, said))


@blueprint.route("/findings/<string:finding_id>/ruling", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope(appeals.RULE)
@blueprint.doc(  # type: ignore[untyped-decorator]
    summary="Rule on a finding",
    security=[{"key": []}],
    parameters=[repeats.PARAMETER],
    responses={
        "403": {"description": "The reviewer is involved; the sentence says how."},
        "404": {"description": "There is no such finding."},
        "409": {"description": "An appeal about it is open, or it is not open any more."},
    },
)
@blueprint.arguments(FindingRulingBodySchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, FindingSchema)  # type: ignore[untyped-decorator]
def post_finding_ruling(body: dict[str, Any], finding_id: str) -> FindingView:
    """Confirmed or cleared, by somebody who is not involved, with reasons."""
    findings.rule(finding_id, **body, key=repeats.key(), via=g.api_key_name)
    return findings.get(finding_id)
