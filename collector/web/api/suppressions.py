"""Suppressions: addresses that are not written to: listed, looked up, lifted with a reason.

Scopes: `suppressions:read` looks, `suppressions:write` lifts. The verbs are in
`invitations/optouts/lift.py`. An address is never in a URL: looking one up is a POST.
"""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from collector.invitations.optouts import lift, suppression_views
from collector.invitations.optouts.suppression_views import SuppressionView, Wanted
from collector.web.api.paging import PageSchema
from collector.web.auth import require_scope

READ, WRITE = "suppressions:read", "suppressions:write"
CHANNELS = ("email", "sms", "webhook", "inapp")
blueprint = Blueprint(
    "suppressions", __name__, url_prefix="/v1", description="Addresses that are not written to"
)


class SuppressionSchema(Schema):
    """One address that is not written to, masked."""

    id = fields.String(required=True, metadata={"description": "sup_…"})
    channel = fields.String(required=True)
    address = fields.String(required=True, metadata={"description": "masked"})
    reason = fields.String(
        required=True,
        metadata={"examples": ["undeliverable", "soft_bounces", "stop", "complaint"]},
    )
    cause = fields.String(required=True, metadata={"examples": ["no_mailbox", "full"]})
    code = fields.String(required=True)
    since = fields.DateTime(required=True)
    sentence = fields.String(required=True, metadata={"description": "the same in words"})
    liftable = fields.String(
        required=True,
        metadata={
            "enum": ["reason", "person_asked"],
            "description": "what lifts it: a reason, or that the person asked for it",
        },
    )


class SuppressionsSchema(Schema):
    suppressions = fields.List(fields.Nested(SuppressionSchema), required=True)


class SuppressionsQuerySchema(PageSchema):
    """Which suppressions."""

    channel = fields.String(load_default="", validate=validate.OneOf(["", *CHANNELS]))
    reason = fields.String(load_default="", validate=validate.Length(max=20))
    cause = fields.String(load_default="", validate=validate.Length(max=40))
    code = fields.String(load_default="", validate=validate.Length(max=40))
    since = fields.AwareDateTime(load_default=None)
    until = fields.AwareDateTime(load_default=None)


class LookupBodySchema(Schema):
    """Whose address."""

    channel = fields.String(required=True, validate=validate.OneOf(CHANNELS))
    address = fields.String(required=True, validate=validate.Length(min=3, max=320))


class LookupSchema(Schema):
    """`suppression` is null for an address that may be written to."""

    suppression = fields.Nested(SuppressionSchema, required=True, allow_none=True)
    failing_days = fields.Integer(
        required=True, metadata={"description": "days on which mail failed since it last arrived"}
    )


class LiftBodySchema(Schema):
    """Who lifts it, and why. Both are kept in the log of changes."""

    by = fields.String(required=True, validate=validate.Length(min=1, max=100))
    reason = fields.String(required=True, validate=validate.Length(min=lift.SHORTEST, max=500))
    person_asked = fields.Boolean(load_default=False)


class LiftManyBodySchema(Schema):
    """Which ones, by whom and why; `dry_run` unless it is said not to be."""

    by = fields.String(required=True, validate=validate.Length(min=1, max=100))
    reason = fields.String(required=True, validate=validate.Length(min=lift.SHORTEST, max=500))
    channel = fields.String(load_default="email", validate=validate.OneOf(CHANNELS))
    cause = fields.String(load_default="", validate=validate.Length(max=40))
    code = fields.String(load_default="", validate=validate.Length(max=40))
    since = fields.AwareDateTime(load_default=None)
    until = fields.AwareDateTime(load_default=None)
    dry_run = fields.Boolean(load_default=True)


class LiftedSchema(Schema):
    count = fields.Integer(required=True)
    dry_run = fields.Boolean(required=True)


@blueprint.route("/suppressions")  # type: ignore[untyped-decorator]
@require_scope(READ)
@blueprint.doc(summary="Addresses that are not written to", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.arguments(SuppressionsQuerySchema, location="query")  # type: ignore[untyped-decorator]
@blueprint.response(200, SuppressionsSchema)  # type: ignore[untyped-decorator]
def get_suppressions(query: dict[str, Any]) -> dict[str, list[SuppressionView]]:
    """The newest first, addresses masked."""
    before, limit = query.pop("before"), query.pop("limit")
    return {"suppressions": suppression_views.page(Wanted(**query), before, limit)}


@blueprint.route("/suppressions/<string:suppression_id>")  # type: ignore[untyped-decorator]
@require_scope(READ)
@blueprint.doc(summary="One of them, explained", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.response(200, SuppressionSchema)  # type: ignore[untyped-decorator]
@blueprint.alt_response(404, description="There is no such suppression.")  # type: ignore[untyped-decorator]
def get_suppression(suppression_id: str) -> SuppressionView:
    """Why, since when, and what lifts it."""
    return suppression_views.get(suppression_id)


@blueprint.route("/suppressions/lookup", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope(READ)
@blueprint.doc(summary="Is this address written to?", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.arguments(LookupBodySchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, LookupSchema)  # type: ignore[untyped-decorator]
def post_lookup(body: dict[str, str]) -> dict[str, Any]:
    """Reads only; a POST because an address does not belong into a URL."""
    return {
        "suppression": suppression_views.of_address(**body),
        "failing_days": suppression_views.failing_days(**body),
    }


@blueprint.route("/suppressions/<string:suppression_id>/lift", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope(WRITE)
@blueprint.doc(  # type: ignore[untyped-decorator]
    summary="Lift one",
    security=[{"key": []}],
    responses={
        "404": {"description": "There is no such suppression."},
        "409": {"description": "The person said no, and the call does not say that they asked."},
    },
)
@blueprint.arguments(LiftBodySchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, LiftedSchema)  # type: ignore[untyped-decorator]
def post_lift(body: dict[str, Any], suppression_id: str) -> dict[str, Any]:
    """The address may be written to from the next ask on."""
    lift.lift(suppression_id, **body)
    return {"count": 1, "dry_run": False}


@blueprint.route("/suppressions/lift", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope(WRITE)
@blueprint.doc(summary="Lift what a misconfiguration suppressed", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.arguments(LiftManyBodySchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, LiftedSchema)  # type: ignore[untyped-decorator]
def post_lift_many(body: dict[str, Any]) -> dict[str, Any]:
    """What a person asked for is never among them. Says how many fit, and does it if told to."""
    by, reason, dry_run = body.pop("by"), body.pop("reason"), body.pop("dry_run")
    return {
        "count": lift.lift_many(Wanted(**body), by, reason, dry_run=dry_run), "dry_run": dry_run
    }  # fmt: skip
