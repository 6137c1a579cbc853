"""PUT and GET /v1/roster: who works where, with which contact points. Scope `roster:write`.

`integrity/inputs/roster/reading.py` says what can be used, `replace` beside it takes it into use,
whole or not at all. Contact points are kept as keyed hashes and are never told back.
"""

from __future__ import annotations

from typing import Any

from flask import g
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from collector.errors import InvalidInput
from collector.integrity.inputs.roster import current, reading, replace
from collector.integrity.inputs.roster.replace import Replaced
from collector.model.audit import author
from collector.web.api.bodies import read_body, read_json
from collector.web.auth import require_scope

TEXT = {"type": "string", "maxLength": 200}
DAY = {"type": ["string", "null"], "format": "date"}
ENTRY: dict[str, Any] = {
    "type": "object",
    "required": ["agent_id"],
    "properties": {
        "agent_id": {**TEXT, "description": "as in the `subjects` of your events"},
        "team_id": TEXT,
        "store_id": TEXT,
        "role": {
            "type": "string", "enum": list(reading.ROLES), "default": reading.AGENT,
            "description": "a supervisor of the team, or of the store where no team is named",
        },
        "staff_contacts": {
            "type": "array", "items": {"type": "string"}, "maxItems": reading.MAX_CONTACTS,
            "description": "phone numbers with country code and mail addresses, in clear; kept as "
            "keyed hashes only",
        },
        "active_from": {**DAY, "description": "first day; empty: always"},
        "active_to": {**DAY, "description": "last day; empty: until further notice"},
    },
    "additionalProperties": False,
}  # fmt: skip
EXAMPLE = [
    {
        "agent_id": "a1", "team_id": "t1", "store_id": "s9",
        "staff_contacts": ["+5511987654321", "bia@shop.example"], "active_from": "2026-01-01",
    },
    {"agent_id": "boss-1", "team_id": "t1", "store_id": "s9", "role": "supervisor"},
]  # fmt: skip
LIST = {"type": "array", "items": ENTRY, "minItems": 1, "maxItems": reading.MAX_ENTRIES}
BODY: dict[str, Any] = {
    "required": True,
    "content": {"application/json": {"schema": LIST, "example": EXAMPLE}},
}

blueprint = Blueprint("roster", __name__, url_prefix="/v1", description="Who works where")


class ReplacedSchema(Schema):
    """What the new roster changed."""

    entries = fields.Integer(required=True)
    listed = fields.Integer(required=True, metadata={"description": "entries that are new"})
    delisted = fields.Integer(required=True, metadata={"description": "entries that are over"})
    unchanged = fields.Integer(required=True)


class StintSchema(Schema):
    """One stint. `contacts` is how many contact points are known, never which."""

    agent_id = fields.String(required=True)
    team_id = fields.String(required=True)
    store_id = fields.String(required=True)
    role = fields.String(required=True, metadata={"enum": list(reading.ROLES)})
    contacts = fields.Integer(required=True)
    active_from = fields.Date(required=True, allow_none=True)
    active_to = fields.Date(required=True, allow_none=True)
    listed_at = fields.DateTime(required=True)


class RosterTotalsSchema(Schema):
    entries = fields.Integer(required=True)
    agents = fields.Integer(required=True)
    teams = fields.Integer(required=True)
    stores = fields.Integer(required=True)
    contacts = fields.Integer(required=True)


class RosterSchema(Schema):
    totals = fields.Nested(RosterTotalsSchema, required=True)
    entries = fields.List(fields.Nested(StintSchema), required=True)


@blueprint.route("/roster", methods=["PUT"])  # type: ignore[untyped-decorator]
@blueprint.doc(  # type: ignore[untyped-decorator]
    summary="Replace the roster",
    security=[{"key": []}],
    requestBody=BODY,
    responses={
        "422": {"description": "Something cannot be used; all is listed, the old roster stays."}
    },
)
@blueprint.response(200, ReplacedSchema)  # type: ignore[untyped-decorator]
@require_scope("roster:write")
def put_roster() -> Replaced:
    """The whole roster, always: who is not in it any more has left. The same one again is no
    change. It is in the log of changes with the name of the key, without its contents.
    """
    body = read_json(read_body())
    if not isinstance(body, list):
        raise InvalidInput("A roster is an array of entries.", code="not_a_list")
    entries = reading.read((f"/{at}", item) for at, item in enumerate(body))
    return replace.replace(entries, author(g.api_key_name))


@blueprint.route("/roster", methods=["GET"])  # type: ignore[untyped-decorator]
@blueprint.doc(summary="What the roster holds", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.response(200, RosterSchema)  # type: ignore[untyped-decorator]
@require_scope("roster:write")
def get_roster() -> dict[str, Any]:
    """Who works where, and how many contact points are known of each; never which."""
    found = current.entries()
    return {"totals": current.totals(found), "entries": found}
