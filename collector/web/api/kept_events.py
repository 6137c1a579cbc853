"""GET /v1/events/{id}: one event as it is kept. Scope `people:read`, since it may say much of one.

What was decided about it: `explain.py`. What is kept of it once its person was erased:
`exports/pii_fields.py`.
"""

from __future__ import annotations

from typing import Any, cast

from flask_smorest import Blueprint
from marshmallow import Schema, fields
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock
from collector.model.base import db
from collector.model.people import Person
from collector.triggers.find_event import find_event
from collector.web.api.explain import EventQuery
from collector.web.auth import require_scope

blueprint = Blueprint("kept_events", __name__, url_prefix="/v1", description="Events as kept")


class SubjectSchema(Schema):
    """Who did the work, and to whom it is credited."""

    id = fields.String(required=True)
    credited = fields.String(required=True)


class EventSchema(Schema):
    """One event as it is kept."""

    id = fields.String(required=True, metadata={"description": "evt_…, ours"})
    source = fields.String(required=True)
    event_id = fields.String(required=True, metadata={"description": "its sender's own id"})
    type = fields.String(required=True)
    person = fields.String(required=True, metadata={"description": "your own ref of the person"})
    occurred_at = fields.String(required=True)
    received_at = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": ["new", "decided"]})
    context = fields.Dict(required=True)
    subjects = fields.Dict(keys=fields.String(), values=fields.Nested(SubjectSchema), required=True)


@blueprint.route("/events/<string:event_id>")  # type: ignore[untyped-decorator]
@require_scope("people:read")
@blueprint.doc(summary="One event as it is kept", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.arguments(EventQuery, location="query")  # type: ignore[untyped-decorator]
@blueprint.response(200, EventSchema)  # type: ignore[untyped-decorator]
@blueprint.alt_response(404, description="There is no such event.")  # type: ignore[untyped-decorator]
def get_event(query: dict[str, Any], event_id: str) -> dict[str, Any]:
    """The id is ours (`evt_…`) or your own id of the event."""
    session = cast(Session, db.session())
    event = find_event(session, event_id, query["source"])
    ref = session.scalars(select(Person.ref).where(Person.id == event.person_id)).one()
    return {
        "id": event.id,
        "source": event.source,
        "event_id": event.event_id,
        "type": event.type,
        "person": ref,
        "occurred_at": clock.iso(event.occurred_at),
        "received_at": clock.iso(event.received_at),
        "status": event.status,
        "context": event.context,
        "subjects": event.subjects,
    }
