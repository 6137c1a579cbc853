"""Which format a call to POST /v1/events speaks, told by its content type, and what it holds.

Used by `events.py`. CloudEvents' three modes are those of its HTTP binding
(https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md);
everything that does not say it is CloudEvents is read as native JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from collector.intake.formats import cloudevents, native
from collector.intake.incoming import IncomingEvent, read_batch
from collector.intake.outcomes import Refused
from collector.web.api.bodies import read_body, read_json

STRUCTURED, BATCH = "application/cloudevents", "application/cloudevents-batch"


@dataclass(frozen=True, slots=True)
class Call:
    """What came, in order; `single` if it was one event by itself, not a list of one."""

    items: Sequence[IncomingEvent | Refused]
    single: bool


def read_call(now: datetime) -> Call:
    """The request at hand. Raises InvalidInput for a body that cannot be taken at all, and what
    `read_body` raises."""
    kind, _, form = request.mimetype.partition("+")
    if kind in (STRUCTURED, BATCH):
        if form != "json":
            raise UnsupportedMediaType("Of the formats of CloudEvents, JSON is taken.")
        body = read_json(read_body())
        if kind == STRUCTURED:
            return Call([cloudevents.read_event(body, "", now)], single=True)
        if not isinstance(body, list):
            return Call([cloudevents.read_event(None, "", now)], single=True)
        # The format allows an empty batch; it says nothing, and that is no mistake.
        return Call(read_batch(body, cloudevents.read_event, now) if body else [], single=False)
    if "ce-specversion" in request.headers:
        event = cloudevents.from_headers(dict(request.headers), read_body())
        return Call([cloudevents.read_event(event, "", now)], single=True)
    body = read_json(read_body())
    if isinstance(body, list):
        return Call(read_batch(body, native.read_event, now), single=False)
    return Call([native.read_event(body, "", now)], single=True)
