"""PUT /v1/people/{ref}: what you know of a person, apart from any event. Scope `people:write`.

Reads the body with `intake/formats/native`, keeps it with `intake/update_person`.
"""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from collector.errors import InvalidInput
from collector.intake import update_person
from collector.intake.formats import native
from collector.intake.outcomes import Refused
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


@blueprint.route("/people/<string:ref>", methods=["PUT"])  # type: ignore[untyped-decorator]
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
    known = update_person.update(person)
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
