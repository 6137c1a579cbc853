"""POST /v1/rules/{key}/rehearse: what this rule, or a draft of it, would have done. `rules:read`.

The answer is NDJSON, a line at a time while it runs: `{"progress": …}`, and at the end
`{"report": …}` or `{"error": …}`. Whoever closes the connection ends the run. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import structlog
from flask import Response, stream_with_context
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate
from sqlalchemy.exc import SQLAlchemyError

from collector import clock
from collector.errors import CollectorError
from collector.surveys.documents import Path, json_pointer
from collector.triggers.rehearse import plan, run
from collector.triggers.rehearse.plan import Plan
from collector.web.auth import require_scope
from collector.web.jsons import line

NDJSON = "application/x-ndjson"
blueprint = Blueprint("rehearse", __name__, url_prefix="/v1", description="Rules, tried out")
log = structlog.get_logger()


class RehearsalSchema(Schema):
    """Which events, and with which draft; without a definition the stored rule is rehearsed."""

    definition = fields.Dict(
        load_default=None, metadata={"description": "a draft, as in the YAML file"}
    )
    begins = fields.AwareDateTime(
        data_key="from", required=True, metadata={"description": "events received from here on"}
    )
    ends = fields.AwareDateTime(
        data_key="to", load_default=None, metadata={"description": "and before this; now if absent"}
    )
    segment = fields.String(
        load_default="", validate=validate.Length(max=400),
        metadata={"description": "what to split by, in CEL, such as context.region"},
    )  # fmt: skip


class LineSchema(Schema):
    """One line of the answer: one of the three."""

    progress = fields.Dict(metadata={"description": "done, total, invited"})
    report = fields.Dict(metadata={"description": "the last line of a run that came to its end"})
    error = fields.Dict(metadata={"description": "the last line of a run that did not"})


@blueprint.route("/rules/<string:key>/rehearse", methods=["POST"])  # type: ignore[untyped-decorator]
@require_scope("rules:read")
@blueprint.doc(summary="Rehearse a rule over recorded events", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.arguments(RehearsalSchema)  # type: ignore[untyped-decorator]
@blueprint.response(200, LineSchema, content_type=NDJSON)  # type: ignore[untyped-decorator]
def post_rehearsal(body: dict[str, Any], key: str) -> Response:
    """Streams progress and then the report: who would be invited, who not and why, over which
    channels, at what price, and what differs from the rule as it is. A draft that cannot be used is
    a 422 before anything runs."""
    ready = plan.prepare(
        key,
        {**body["definition"], "key": key} if body["definition"] is not None else None,
        clock.aware(body["begins"]),
        clock.aware(body["ends"]) if body["ends"] else None,
        body["segment"],
        locate=_in_body,
    )
    return Response(stream_with_context(_lines(ready)), mimetype=NDJSON)


def _lines(ready: Plan) -> Generator[str, None, None]:
    """The headers are out by now, so what goes wrong here is told in the last line."""
    try:
        for step in run.rehearse(ready):
            if isinstance(step, run.Report):
                yield _line({"report": step.body})
            else:
                yield _line({"progress": {
                    "done": step.done, "total": step.total, "invited": step.invited,
                }})  # fmt: skip
    except CollectorError as error:
        yield _line({"error": {"code": error.code, "detail": error.detail}})
    except SQLAlchemyError as error:
        log.error("rehearsal_failed", kind=type(error).__name__)
        yield _line({"error": {"code": "unavailable", "detail": "the database is away; try again"}})


def _line(value: dict[str, Any]) -> str:
    return line(value)


def _in_body(path: Path, offset: int = -1, /) -> str:
    return "/definition" + json_pointer(path)
