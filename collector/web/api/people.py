"""/v1/people/{ref}: what you know of a person, apart from any event; what we know; and their end.

PUT (scope `people:write`) reads the body with `intake/formats/native` and keeps it with
`intake/update_person`; GET (`people:read`) tells it; DELETE (`people:erase`) erases the person
(`exports/erase_person`).
"""

from __future__ import annotations

from typing import Any

from flask import g
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from collector.errors import InvalidInput
from collector.exports.erase_person import erase_person
from collector.intake import update_person
from collector.intake.formats import native
from collector.intake.known import known
from collector.intake.outcomes import Refused
from collector.intake.profile import Profile
from collector.model.access import ApiKey
from collector.model.audit import author
from collector.model.base import db
from collector.web.api.bodies import read_body, read_json
from collector.web.api.intake import event_schemas
from collector.web.api.intake.counted import counted
from collector.web.auth import require_scope

blueprint = Blueprint("people", __name__, url_prefix="/v1", description="Who may be asked, and how")


class ConsentSchema(Schema):
    """What was said about being asked on one channel."""

    state = fields.String(required=True, metadata={"enum": ["granted", "denied"]})
    source = fields.String(required=True, metadata={"description": "who said so"})
    at = fields.DateTime(required=True)


class PersonSchema(Schema):
    """All that is known of the person after the call."""

    id = fields.String(required=True)
    ref = fields.String(required=True)
    kind = fields.String(required=True)
    locale = fields.String(required=True)
    timezone = fields.String(required=True)
    phone = fields.String(required=True, allow_none=True)
    email = fields.String(required=True, allow_none=True)
    attributes = fields.Dict(keys=fields.String(), required=True)
    consent = fields.Dict(keys=fields.String(), values=fields.Nested(ConsentSchema), required=True)


class ErasedSchema(Schema):
    """What became of a person."""

    id = fields.String(required=True, metadata={"description": "per_…, ours; leads to nobody now"})
    answers = fields.Integer(
        required=True, metadata={"description": "how many answers were taken back by this call"}
    )


@blueprint.route("/people/<any_text:ref>", methods=["PUT"])  # type: ignore[untyped-decorator]
@blueprint.doc(  # type: ignore[untyped-decorator]
    summary="Create a person or bring them up to date",
    security=[{"key": []}],
    requestBody=event_schemas.PERSON_BODY,
    responses={"422": {"description": "Something in the body cannot be used; all is listed."}},
)
@blueprint.response(200, PersonSchema)  # type: ignore[untyped-decorator]
@require_scope("people:write")
@counted("people")
def put_person(ref: str) -> dict[str, Any]:
    """What is given is kept, what is not given stays as it is; the same call twice is one call.

    `null` for `phone` or `email` withdraws the contact point, `null` for an attribute removes it.
    What is said here counts as of now: nothing older that arrives later overrides it, and the
    answer says what holds. At most 500 attributes and 64 KiB of them are kept for each person.
    A person's own "no" (STOP, unsubscribe) is not overridden by `granted` from here.
    """
    person = native.read_person(read_json(read_body()), ref)
    if isinstance(person, Refused):
        raise InvalidInput(
            "The person cannot be kept like this; everything wrong is listed in `errors`.",
            code="invalid_person",
            pointer=person.problems[0].pointer,
            problems=person.problems,
        )
    return _told(update_person.update(person))


@blueprint.route("/people/<any_text:ref>", methods=["GET"])  # type: ignore[untyped-decorator]
@require_scope("people:read")
@blueprint.doc(summary="What is known of a person", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.response(200, PersonSchema)  # type: ignore[untyped-decorator]
@blueprint.alt_response(404, description="There is no such person.")  # type: ignore[untyped-decorator]
def get_person(ref: str) -> dict[str, Any]:
    """As `PUT` tells it. When and why they are asked: `GET /v1/people/{ref}/explain`."""
    return _told(known(ref))


@blueprint.route("/people/<any_text:ref>", methods=["DELETE"])  # type: ignore[untyped-decorator]
@require_scope("people:erase")
@blueprint.doc(summary="Erase a person", security=[{"key": []}])  # type: ignore[untyped-decorator]
@blueprint.response(200, ErasedSchema)  # type: ignore[untyped-decorator]
@blueprint.alt_response(404, description="Never known, or erased before.")  # type: ignore[untyped-decorator]
@blueprint.alt_response(409, description="A message is being handed over to them; call again.")  # type: ignore[untyped-decorator]
def delete_person(ref: str) -> dict[str, Any]:
    """Everything that leads to them goes, at once and for good: contact points, attributes, words,
    what their events say of them. Their answers stay as bare numbers, each with a tombstone in the
    feed; addresses that said no stay on the list of those that are not written to.
    """
    key = db.session.get(ApiKey, g.api_key_id)
    gone = erase_person(ref, author(key.name if key else "api"))
    return {"id": gone.person_id, "answers": gone.answers}


def _told(known: Profile) -> dict[str, Any]:
    return {
        "id": known.id,
        "ref": known.ref,
        "kind": known.kind,
        "locale": known.locale,
        "timezone": known.timezone,
        "phone": known.addresses.get("sms"),
        "email": known.addresses.get("email"),
        "attributes": known.attributes,
        "consent": {
            channel: {"state": word.state, "source": word.source, "at": word.since}
            for channel, word in known.words.items()
        },
    }
