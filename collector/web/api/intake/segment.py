"""The Segment tracking API, so that analytics SDKs that are in use already can point here.

Scope `events:write`; the write key is an API key, as the user name of Basic authentication. Reads
messages with `intake/formats/segment.py`, keeps them with `intake/receive`; a worker decides.
As at Segment, a call that can be read is a 200 whatever its messages hold; what became of them is
in the answer and in the log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import structlog
from flask import Response, g, request
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from collector import clock
from collector.errors import InvalidInput, Problem
from collector.intake import receive
from collector.intake.formats import segment
from collector.intake.incoming import MAX_BATCH, IncomingEvent
from collector.intake.outcomes import ACCEPTED, DUPLICATE, Outcome
from collector.model.ids import new_id
from collector.triggers import unheard
from collector.web.api.bodies import read_body, read_json
from collector.web.api.intake import counted, segment_schemas
from collector.web.api.results import STATUS
from collector.web.auth import require_scope
from collector.web.errors import told
from collector.web.jsons import line

# The short names are those under which Segment's mobile and older clients call.
SINGLE = {
    "track": "track", "t": "track", "identify": "identify", "i": "identify", "page": "page",
    "p": "page", "screen": "screen", "s": "screen", "group": "group", "g": "group",
    "alias": "alias", "a": "alias",
}  # fmt: skip
BATCHES = ("batch", "b", "import")

blueprint = Blueprint("segment", __name__, url_prefix="/v1", description="Segment tracking API")
log = structlog.get_logger()


class LeftOutSchema(Schema):
    """A message that was not kept (`rejected`), or values of one that was (`noted`)."""

    index = fields.Integer(required=True, metadata={"description": "its place in the batch"})
    message_id = fields.String(required=True)
    status = fields.String(required=True, metadata=STATUS)
    problems = fields.List(fields.Dict(), required=True)


class AnswerSchema(Schema):
    """`success` says that the call was read; the counts say what became of its messages."""

    success = fields.Boolean(required=True)
    accepted = fields.Integer(required=True)
    duplicates = fields.Integer(required=True)
    rejected = fields.List(fields.Nested(LeftOutSchema), required=True)
    noted = fields.List(fields.Nested(LeftOutSchema), required=True)


def _described(view: Any, body: dict[str, Any], summary: str) -> Any:
    view = require_scope("events:write", basic=True)(counted.counted("segment")(view))
    view = blueprint.response(200, AnswerSchema, description="The call was read.")(view)
    return blueprint.doc(
        summary=summary,
        security=[{"write_key": []}, {"key": []}],
        requestBody=body,
        responses={
            "413": {"description": "The body is too large, also once it is unpacked."},
            "422": {"description": "Not JSON, not an object, or too many messages."},
        },
    )(view)


def post_message() -> Response:
    """One message; the address names the call. See the integration guide for what each means."""
    body = _object(read_json(read_body()))
    call = SINGLE[request.path.rsplit("/", 1)[-1]]
    return _answer(_read([body], call=call, pointers=[""]))


def post_batch() -> Response:
    """Up to 2,500 messages, each with its `type`; `context` and `sentAt` hold for all of them."""
    body = _object(read_json(read_body()))
    batch = body.get("batch")
    if not isinstance(batch, list):
        raise InvalidInput("`batch` must be an array.", code="not_an_array", pointer="/batch")
    if len(batch) > segment.MAX_BATCH:
        raise InvalidInput(
            f"{len(batch)} messages in one call; send at most {segment.MAX_BATCH}.",
            code="batch_too_large",
            pointer="/batch",
        )
    pointers = [f"/batch/{at}" for at in range(len(batch))]
    return _answer(
        _read(batch, pointers=pointers, sent_at=body.get("sentAt"), shared=body.get("context"))
    )


for _name in SINGLE:
    blueprint.route(f"/{_name}", methods=["POST"], endpoint=f"post_{_name}")(
        _described(post_message, segment_schemas.MESSAGE_BODY, f"Segment: {SINGLE[_name]}")
    )
for _name in BATCHES:
    blueprint.route(f"/{_name}", methods=["POST"], endpoint=f"post_{_name}")(
        _described(post_batch, segment_schemas.BATCH_BODY, "Segment: many messages in one call")
    )


def _object(body: Any) -> dict[str, Any]:
    if isinstance(body, dict):
        return body
    raise InvalidInput("The body must be an object.", code="not_an_object")


def _read(messages: Sequence[Any], *, pointers: Sequence[str], **more: Any) -> list[segment.Read]:
    now = clock.now()
    return [
        segment.read_message(raw, pointer, now, fresh_id=lambda: new_id("msg"), **more)
        for raw, pointer in zip(messages, pointers, strict=True)
    ]


def _answer(read: Sequence[segment.Read]) -> Response:
    outcomes: list[Outcome] = []
    for start in range(0, len(read), MAX_BATCH):
        outcomes += receive.receive([one.item for one in read[start : start + MAX_BATCH]])
    counts = Counter(outcome.status for outcome in outcomes)
    rejected = [
        _left_out(at, outcome, outcome.problems)
        for at, outcome in enumerate(outcomes)
        if outcome.problems
    ]
    noted = [
        _left_out(at, outcome, [*read[at].notes, *outcome.notes])
        for at, outcome in enumerate(outcomes)
        if read[at].notes or outcome.notes
    ]
    if rejected or noted:
        # Analytics clients do not look at the answer: whoever runs them finds it here.
        log.warning(
            "segment_messages_left_out",
            key=g.api_key_id,
            rejected=len(rejected),
            noted=len(noted),
            codes=dict(
                Counter(one["code"] for item in rejected + noted for one in item["problems"])
            ),
        )
    tracked = [
        one.item.type
        for one, outcome in zip(read, outcomes, strict=True)
        if isinstance(one.item, IncomingEvent) and outcome.status == ACCEPTED
    ]
    said = unheard.look(kind for kind in tracked if not kind.startswith("segment."))
    counted.count(
        "segment", outcomes, [note for one in read for note in one.notes],
        [said[kind].near for kind in tracked if kind in said],
    )  # fmt: skip
    answer = {
        "success": True,
        "accepted": counts[ACCEPTED],
        "duplicates": counts[DUPLICATE],
        "rejected": rejected,
        "noted": noted,
    }
    return Response(line(answer), mimetype="application/json")


def _left_out(at: int, outcome: Outcome, problems: Sequence[Problem]) -> dict[str, Any]:
    return {
        "index": at,
        "message_id": outcome.sender_id,
        "status": outcome.status,
        "problems": told(problems),
    }
