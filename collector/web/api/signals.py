"""POST /v1/signals: independent evidence about interactions, one or up to 500. Scope
`signals:write`.

`integrity/inputs/signals/reading.py` says what can be used, `receive` beside it keeps it and has
the answers concerned judged again. Calling twice with the same body is safe.
"""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from collector import clock
from collector.errors import InvalidInput
from collector.intake.outcomes import Outcome
from collector.integrity.inputs.signals import receive
from collector.integrity.inputs.signals.reading import (
    KNOWN,
    MAX_TAG,
    MAX_TAGS,
    MAX_WORD,
    read,
)
from collector.integrity.inputs.signals.receive import MAX_BATCH
from collector.web.api import results
from collector.web.api.bodies import read_body, read_json
from collector.web.api.intake import counted
from collector.web.api.results import ACCEPTED, MIXED, OutcomeSchema
from collector.web.auth import require_scope

SIGNAL: dict[str, Any] = {
    "type": "object",
    "required": ["signal_id", "type", "at"],
    "properties": {
        "source": {"type": "string", "maxLength": 100, "description": "which system says so"},
        "signal_id": {
            "type": "string", "maxLength": 200, "description": "unique within the source",
        },
        "type": {
            "type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$", "examples": list(KNOWN),
            "description": f"the checks look at {', '.join(KNOWN)}; other words are kept",
        },
        "at": {"type": "string", "format": "date-time", "description": "when it happened"},
        "event_source": {
            "type": "string", "maxLength": 100,
            "description": "the event's `source`; default: the signal's",
        },
        "event_id": {"type": "string", "maxLength": 200, "description": "the event's own `id`"},
        "agent_id": {
            "type": "string", "maxLength": 200,
            "description": "who did the work; needed where no event is named",
        },
        "value": {
            "type": ["number", "string", "null"], "maxLength": MAX_WORD,
            "description": "a number on your own scale, such as a QA mark; or a topic in words, "
            "which is kept as a tag",
        },
        "tags": {
            "type": "array", "items": {"type": "string", "maxLength": MAX_TAG},
            "maxItems": MAX_TAGS, "description": "such as survey_solicitation, pressure",
        },
    },
    "additionalProperties": False,
}  # fmt: skip
EXAMPLE = {
    "source": "helpdesk", "signal_id": "k-77", "type": "complaint", "at": "2026-03-02T15:00:00Z",
    "event_source": "shop", "event_id": "o-1-delivered", "agent_id": "a1", "value": 1, "tags": [],
}  # fmt: skip
BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {
                "oneOf": [
                    SIGNAL,
                    {"type": "array", "items": SIGNAL, "minItems": 1, "maxItems": MAX_BATCH},
                ]
            },
            "example": EXAMPLE,
        }
    },
}

blueprint = Blueprint(
    "signals", __name__, url_prefix="/v1", description="Independent evidence about interactions"
)


class SignalResultSchema(OutcomeSchema):
    """What became of one signal."""

    id = fields.String(metadata={"description": "sig_…, our id; absent where nothing was kept"})
    signal_id = fields.String(required=True)


class SignalResultsSchema(Schema):
    """One result for each signal, in the order of the body."""

    results = fields.List(fields.Nested(SignalResultSchema), required=True)


@blueprint.route("/signals", methods=["POST"])  # type: ignore[untyped-decorator]
@blueprint.doc(  # type: ignore[untyped-decorator]
    summary="Tell what independent sources say about an interaction",
    security=[{"key": []}],
    requestBody=BODY,
    responses={
        "409": {"description": "A single signal whose source and id were used for another one."},
        "413": {"description": "The body is too large; send fewer signals at once."},
        "422": {"description": "Not JSON, an empty or too long list, or a single invalid signal."},
    },
)
@blueprint.response(  # type: ignore[untyped-decorator]
    ACCEPTED, SignalResultsSchema, description="Every signal was taken, or known already."
)
@blueprint.alt_response(  # type: ignore[untyped-decorator]
    MIXED,
    schema=SignalResultsSchema,
    description="A list of which some signals are invalid or in conflict; the others were taken.",
)
@require_scope("signals:write")
@counted.counted("signals")
def post_signals() -> Response:
    """One signal as an object, or up to 500 as an array. May be packed with gzip.

    A signal names an interaction (`event_source`, `event_id`), an agent, or both. It may come
    before the event does. Answers about the interaction are judged again at once, and a changed
    verdict leaves as a revision; a signal that names only an agent is looked at in the next night.
    """
    outcomes = _received(read_json(read_body()))
    counted.count("signals", outcomes)
    return results.answer([results.shown(one, "signal_id") for one in outcomes])


def _received(body: Any) -> list[Outcome]:
    now = clock.now()
    if not isinstance(body, list):
        return [
            results.single(
                read(body, "", now), receive.receive, called="signal", id_at="/signal_id"
            )
        ]
    if not body:
        raise InvalidInput("The list of signals is empty.", code="empty_batch")
    if len(body) > MAX_BATCH:
        raise InvalidInput(
            f"{len(body)} signals in one call; send at most {MAX_BATCH}.", code="batch_too_large"
        )
    return receive.receive([read(item, f"/{at}", now) for at, item in enumerate(body)])
