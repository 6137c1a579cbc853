"""POST /v1/events: one event or up to 500, each with its own outcome and the decisions about it.

Scope `events:write`. `incoming.py` reads the call (native JSON or CloudEvents),
`intake/receive` keeps it, `triggers/decide` has it decided, and the answer says what came of it.
Calling twice with the same body is safe.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from collector import clock
from collector.errors import Problem
from collector.intake import receive
from collector.intake.incoming import MAX_BATCH, IncomingEvent
from collector.intake.outcomes import ACCEPTED as KEPT
from collector.intake.outcomes import Outcome, Refused
from collector.triggers import decide, unheard
from collector.triggers.decide import DecisionView
from collector.web.api import results
from collector.web.api.intake import counted, event_schemas, incoming
from collector.web.api.results import ACCEPTED, MIXED, OutcomeSchema
from collector.web.auth import require_scope

blueprint = Blueprint("events", __name__, url_prefix="/v1", description="What happened to whom")


class DecisionSchema(Schema):
    """What one listening rule decided about the event."""

    rule = fields.String(required=True)
    outcome = fields.String(required=True, metadata={"enum": ["invited", "held_back"]})
    reason = fields.String(required=True, metadata={"description": "stable reason code"})
    reason_text = fields.String(required=True, metadata={"description": "the reason in words"})
    invitation = fields.String(metadata={"description": "inv_…, where the person will be asked"})


class ResultSchema(OutcomeSchema):
    """What became of one item. Duplicates report the original decisions."""

    id = fields.String(metadata={"description": "evt_…, our id; absent where nothing was kept"})
    event_id = fields.String(required=True)
    decisions = fields.List(fields.Nested(DecisionSchema))


class ResultsSchema(Schema):
    """One result for each item, in the order of the body."""

    results = fields.List(fields.Nested(ResultSchema), required=True)


@blueprint.route("/events", methods=["POST"])  # type: ignore[untyped-decorator]
@blueprint.doc(  # type: ignore[untyped-decorator]
    summary="Tell what happened",
    security=[{"key": []}],
    requestBody=event_schemas.BODY,
    parameters=[event_schemas.PACKED],
    responses={
        "409": {"description": "A single event whose source and id were used for another one."},
        "413": {"description": "The body is too large; send fewer events at once."},
        "415": {"description": "CloudEvents in another format than JSON, or an unknown packing."},
        "422": {"description": "Not JSON, an empty or too long list, or a single invalid event."},
    },
)
@blueprint.response(ACCEPTED, ResultsSchema, description="Every item was taken, or known already.")  # type: ignore[untyped-decorator]
@blueprint.alt_response(  # type: ignore[untyped-decorator]
    MIXED,
    schema=ResultsSchema,
    description="A list of which some items are invalid or in conflict; the others were taken.",
)
@require_scope("events:write")
@counted.counted("events")
def post_events() -> Response:
    """One event as an object, or up to 500 as an array; native JSON or CloudEvents 1.0.

    CloudEvents come structured (`application/cloudevents+json`), as a batch
    (`application/cloudevents-batch+json`) or binary (`ce-*` headers); anything else is read as
    native JSON. The body may be packed with gzip.

    202 if every item is accepted or a duplicate; 207 if some items of an array could not be taken;
    a single event that cannot be taken is a 422 or 409 problem. An event that no live rule listens
    to is kept as well; a note says so, and which type was meant if one is nearly the same.
    """
    call = incoming.read_call(clock.now())
    outcomes = [_single(call.items[0])] if call.single else receive.receive(call.items)
    ids = [outcome.id for outcome in outcomes if outcome.id]
    decisions = decide.decide_events(ids) if ids else {}
    kinds = [item.type if isinstance(item, IncomingEvent) else "" for item in call.items]
    alone = [
        kind if one.status == KEPT and not decisions.get(one.id) else ""
        for kind, one in zip(kinds, outcomes, strict=True)
    ]
    said = unheard.look(kind for kind in alone if kind)
    counted.count("events", outcomes, unheard=[said[kind].near for kind in alone if kind in said])
    return results.answer(
        [
            _result(
                replace(one, notes=(*one.notes, _placed(said[kind].note, at, call.single)))
                if kind in said
                else one,
                decisions.get(one.id, []),
            )
            for at, (one, kind) in enumerate(zip(outcomes, alone, strict=True))
        ]
    )


def _placed(note: Problem, at: int, single: bool) -> Problem:
    return note if single else replace(note, pointer=f"/{at}{note.pointer}")


def _single(event: IncomingEvent | Refused) -> Outcome:
    more = f" Several events go into an array, at most {MAX_BATCH}."
    return results.single(event, receive.receive, called="event", id_at="/id", more=more)


def _result(outcome: Outcome, decisions: list[DecisionView]) -> dict[str, Any]:
    result = results.shown(outcome, "event_id")
    if outcome.id:
        result["decisions"] = [_decision(view) for view in decisions]
    return result


def _decision(view: DecisionView) -> dict[str, str]:
    shown = {
        "rule": view.rule,
        "outcome": view.outcome,
        "reason": view.reason,
        "reason_text": view.reason_text,
    }
    return {**shown, "invitation": view.invitation_id} if view.invitation_id else shown
