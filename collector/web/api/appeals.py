"""Appeals: contesting an answer's verdict, looking at appeals, ruling, withdrawing.

Scopes: `appeals:write` opens, withdraws and looks, and sees families of reasons; `appeals:rule`
rules, and sees the figures. The verbs are in `integrity/appeals/`.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import g
from flask_smorest import Blueprint

from collector.integrity.appeals import open as opening
from collector.integrity.appeals import rule, views
from collector.integrity.appeals.terms import Decision, Opening
from collector.integrity.appeals.withdraw import withdraw
from collector.web.api import repeats
from collector.web.api.appeal_schemas import (
    AppealBodySchema,
    AppealSchema,
    AppealsQuerySchema,
    AppealsSchema,
    RulingBodySchema,
    WithdrawalBodySchema,
)
from collector.web.auth import require_scope

WRITE, RULE = "appeals:write", "appeals:rule"
blueprint = Blueprint(
    "appeals", __name__, url_prefix="/v1", description="Contested answers and findings"
)


@blueprint.route("/responses/<string:response_id>/appeals", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope(WRITE)
@blueprint.doc(  # type: ignore[untyped-decorator]
    summary="Contest an answer",
    security=[{"key": []}],
    parameters=[repeats.PARAMETER],
    responses={
        "404": {"description": "There is no such response."},
        "409": {"description": "An appeal is open already, was ruled on, or nothing is published."},
        "410": {"description": "The time for contesting it is over, or the person took it back."},
    },
)
@blueprint.arguments(AppealBodySchema)  # type: ignore[untyped-decorator]
@blueprint.response(201, AppealSchema)  # type: ignore[untyped-decorator]
def post_appeal(body: dict[str, Any], response_id: str) -> dict[str, Any]:
    """For an agent or a supervisor: the product failed and not the service, the customer did give
    this answer, and so on. While it is open, the exported row says `appeal: open`.
    """
    said = Opening(**body, key=repeats.key(), via=g.api_key_name)
    return shown(opening.against_response(response_id, said))


@blueprint.route("/appeals", methods=["GET"])  # type: ignore[untyped-decorator]
@require_scope(WRITE, RULE)
@blueprint.doc(summary="List appeals", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.arguments(AppealsQuerySchema, location="query")  # type: ignore[untyped-decorator]
@blueprint.response(200, AppealsSchema)  # type: ignore[untyped-decorator]
def get_appeals(query: dict[str, Any]) -> dict[str, Any]:
    """The newest first."""
    found = views.page(
        state=query["state"], about_id=query["about"], by=query["by"], before=query["before"],
        limit=query["limit"], reviewer=reviewing(),
    )  # fmt: skip
    return {"appeals": [_plain(view) for view in found]}


@blueprint.route("/appeals/<string:appeal_id>", methods=["GET"])  # type: ignore[untyped-decorator]
@require_scope(WRITE, RULE)
@blueprint.doc(summary="One appeal", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.response(200, AppealSchema)  # type: ignore[untyped-decorator]
@blueprint.alt_response(404, description="There is no such appeal.")  # type: ignore[untyped-decorator]
def get_appeal(appeal_id: str) -> dict[str, Any]:
    """With `appeals:rule`, the figures behind the verdict as well."""
    return shown(appeal_id)


@blueprint.route("/appeals/<string:appeal_id>/ruling", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope(RULE)
@blueprint.doc(  # type: ignore[untyped-decorator]
    summary="Rule on an appeal",
    security=[{"key": []}],
    parameters=[repeats.PARAMETER],
    responses={
        "403": {"description": "The reviewer is involved; the sentence says how."},
        "404": {"description": "There is no such appeal."},
        "409": {"description": "It is not open any more, or the outcome would change nothing."},
    },
)
@blueprint.arguments(RulingBodySchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, AppealSchema)  # type: ignore[untyped-decorator]
def post_ruling(body: dict[str, Any], appeal_id: str) -> dict[str, Any]:
    """By somebody who is neither the appellant nor the subject nor their supervisor. A ruling is
    the last word about this score: no later judgement by checks takes it back.
    """
    rule.rule(appeal_id, Decision(**body, key=repeats.key(), via=g.api_key_name))
    return shown(appeal_id)


@blueprint.route("/appeals/<string:appeal_id>/withdrawal", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope(WRITE)
@blueprint.doc(  # type: ignore[untyped-decorator]
    summary="Withdraw an appeal",
    security=[{"key": []}],
    responses={
        "403": {"description": "Somebody else opened it."},
        "404": {"description": "There is no such appeal."},
        "409": {"description": "It was ruled on already."},
    },
)
@blueprint.arguments(WithdrawalBodySchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, AppealSchema)  # type: ignore[untyped-decorator]
def post_withdrawal(body: dict[str, Any], appeal_id: str) -> dict[str, Any]:
    """By whoever opened it. Twice is the same as once."""
    withdraw(appeal_id, body["by"], body["reason"], via=g.api_key_name)
    return shown(appeal_id)


def shown(appeal_id: str) -> dict[str, Any]:
    """The appeal as this key may see it."""
    return _plain(views.get(appeal_id, reviewer=reviewing()))


def reviewing() -> bool:
    """May this key see figures?"""
    return RULE in g.api_scopes


def _plain(view: views.AppealView) -> dict[str, Any]:
    body = asdict(view)
    if view.contested is None:
        del body["contested"], body["evidence"]
    elif view.evidence is None:
        del body["evidence"]
    return body
