"""GET /v1/kpis: raw and cleaned KPIs with what they rest on. Scope `exports:read`.

Reads parameters, calls `exports/kpi_query.py`; docs/integrity/kpis.md explains each figure.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields, validate

from collector import clock
from collector.exports.kpi_figures import GROUPINGS, LEAST
from collector.exports.kpi_parameters import wanted
from collector.exports.kpi_query import table
from collector.surveys.metrics import METRICS
from collector.web.auth import require_scope

blueprint = Blueprint("kpis", __name__, url_prefix="/v1", description="What the answers amount to")
LONGEST = 100


class KpiQuery(Schema):
    """Which figures. Every parameter is optional; a misspelt one is refused, not ignored."""

    survey = fields.String(
        load_default="", validate=validate.Length(max=LONGEST),
        metadata={"description": "key of one survey; without it, every survey"},
    )  # fmt: skip
    by = fields.String(
        load_default="", validate=validate.OneOf(("", *GROUPINGS)),
        metadata={"description": "a line for each; of subjects, who did the work"},
    )  # fmt: skip
    since = fields.String(
        load_default="", data_key="from", validate=validate.Length(max=LONGEST),
        metadata={"description": "interactions from this day (UTC) or time on"},
    )  # fmt: skip
    until = fields.String(
        load_default="", data_key="to", validate=validate.Length(max=LONGEST),
        metadata={"description": "interactions before this day (UTC) or time"},
    )  # fmt: skip
    segment = fields.String(
        load_default="", validate=validate.Length(max=LONGEST),
        metadata={
            "description": "what weights for non-response go by: store (the default), team, agent, "
            "event_type, rule, or context.… for a field of the events' context"
        },
    )  # fmt: skip


def _number(meaning: str) -> fields.Float:
    return fields.Float(required=True, allow_none=True, metadata={"description": meaning})


def _count(meaning: str, **more: Any) -> fields.Integer:
    return fields.Integer(required=True, metadata={"description": meaning}, **more)


class KpiRow(Schema):
    """One survey, or one group of it. Values are in `unit`, null where nothing may be said."""

    survey = fields.String(required=True)
    metric = fields.String(required=True, validate=validate.OneOf(tuple(METRICS)))
    unit = fields.String(required=True, metadata={"description": "points (NPS) or percent"})
    group = fields.String(
        required=True, allow_none=True,
        metadata={"description": "which team, store …; null: all, or the events do not say"},
    )  # fmt: skip
    raw = _number("every score once, whatever its verdict")
    cleaned = _number("every score with its weight; rejected ones have none")
    low = _number("lower end of the cleaned value's 95 % interval")
    high = _number("upper end of it")
    if_suspect_counts = _number("the cleaned value if everything suspect counted whole")
    if_suspect_does_not = _number("the cleaned value if nothing suspect counted")
    represented = _number(
        "the cleaned value with each segment as large as its eligible interactions"
    )
    represented_effective_n = _number("effective number of answers behind `represented`")
    uncovered = _number("share of the eligible interactions in segments without an answer")
    n = _count("answers that count")
    effective_n = _number("as many equal answers would say as much")
    eligible = _count("interactions that the survey is about", allow_none=True)
    invited = _count("of these, invited")
    delivered = _count("of these, handed over to the person's channel")
    answered = _count("answers with a score, rejected ones too")
    rejected = _count("of these, rejected", allow_none=True)
    suspect = _count("of these, suspect", allow_none=True)
    share_rejected = _number("rejected of answered, 0 to 1")
    share_suspect = _number("suspect of answered, 0 to 1")
    response_rate = _number("answered of delivered")
    coverage = _number("answered of eligible")
    withheld = fields.String(
        required=True,
        metadata={
            "description": "why there are no values: too_few (an agent under the minimum), "
            "out_of_scope (the metric may not judge an agent); else empty"
        },
    )


class KpiTable(Schema):
    """The figures, and what they were asked for."""

    rows = fields.List(fields.Nested(KpiRow), required=True)
    by = fields.String(required=True, allow_none=True)
    segment = fields.String(required=True)
    since = fields.String(required=True, allow_none=True, data_key="from")
    until = fields.String(required=True, allow_none=True, data_key="to")
    agent_least = fields.Float(
        required=True, metadata={"description": "effective answers under which no agent is shown"}
    )


@blueprint.route("/kpis")  # type: ignore[untyped-decorator]
@require_scope("exports:read")
@blueprint.arguments(KpiQuery, location="query", unknown=RAISE)  # type: ignore[untyped-decorator]
@blueprint.response(200, KpiTable)  # type: ignore[untyped-decorator]
def get_kpis(query: dict[str, Any]) -> dict[str, Any]:
    """Raw and cleaned KPIs side by side, with interval, bounds, denominators and coverage.

    They are computed from the rows of `/v1/exports/responses` and the ledger of who was asked, so
    whoever has these can compute them again. Do not rank groups whose intervals overlap.
    """
    asked = wanted(query["survey"], query["by"], query["segment"], query["since"], query["until"])
    return {
        "rows": [asdict(row) for row in table(asked)],
        "by": asked.by,
        "segment": asked.segment,
        "since": clock.iso(asked.start) if asked.start else None,
        "until": clock.iso(asked.end) if asked.end else None,
        "agent_least": LEAST["agent"],
    }
