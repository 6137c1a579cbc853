"""What a mail relay reports: bounces, complaints and deliveries, as JSON or as the mail itself.

Signed as Standard Webhooks. The secret is made from the service's own keys, so there is none by
default, nothing to store, and it rotates with them: `collector bounces --secret` prints it. Nothing
is read before the signature holds; after that a body may still be any nonsense and gets a 4xx.

    POST /callbacks/email/events   {"events": [{"type": "hard_bounce", "message_id": "<…>", "code":
                                   "5.1.1"}]}; types: hard_bounce soft_bounce complaint delivered
    POST /callbacks/email/report   a delivery report (RFC 3464) or complaint (RFC 5965), raw

Both answer {"matched": n, "unknown": n}: what is about no mail of ours is no error.
"""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, request
from werkzeug.exceptions import BadRequest

from channels.email import feedback
from channels.email.feedback import Feedback, Kind
from channels.webhook import signature
from collector import clock, keys
from collector.errors import Forbidden, InvalidInput, Problem
from collector.invitations.optouts import bounces

PURPOSE: Final = "email.callbacks"
MOST_EVENTS: Final = 1000
KINDS: Final[dict[str, Kind]] = {
    "hard_bounce": "hard",
    "soft_bounce": "soft",
    "complaint": "complaint",
    "delivered": "delivered",
}
blueprint = Blueprint("email", __name__, url_prefix="/callbacks/email")


def secret() -> str:
    """`whsec_…`: what the relay signs with from now on."""
    return signature.shown(keys.derived(PURPOSE)[-1])


@blueprint.before_request
def only_our_relay() -> None:
    """Raises Forbidden for whoever does not know the secret."""
    if not signature.valid(
        keys.derived(PURPOSE),
        request.headers.get("webhook-id"),
        request.headers.get("webhook-timestamp"),
        request.headers.get("webhook-signature"),
        request.get_data(),
        clock.now(),
    ):
        raise Forbidden("The signature does not fit this request.", code="bad_signature")


@blueprint.post("/events")
def events() -> dict[str, int]:
    """Feedback as JSON. All of it is checked before any of it is written."""
    return _taken(_events())


@blueprint.post("/report")
def report() -> dict[str, int]:
    """Feedback as a mail, posted as it came."""
    try:
        found = feedback.read(request.get_data())
    except feedback.Unreadable as error:
        raise InvalidInput(str(error), code="not_a_report") from None
    return _taken(found)


def _taken(found: list[Feedback]) -> dict[str, int]:
    taken = bounces.take(found)
    return {"matched": taken.matched, "unknown": taken.unknown}


def _events() -> list[Feedback]:
    try:
        body: Any = request.get_json(force=True)
    except (BadRequest, RecursionError, ValueError):
        raise InvalidInput("The body is not JSON.", code="not_json") from None
    listed = body.get("events") if isinstance(body, dict) else None
    if not isinstance(listed, list) or len(listed) > MOST_EVENTS:
        raise InvalidInput(
            f"Give a list of at most {MOST_EVENTS} events.", code="invalid_input", pointer="/events"
        )
    problems = [
        problem for at, one in enumerate(listed) if (problem := _problem(one, f"/events/{at}"))
    ]
    if problems:
        raise InvalidInput("Some events cannot be used.", problems=tuple(problems))
    return [
        Feedback(
            feedback.invitation_of(one["message_id"]) or "none",
            KINDS[one["type"]],
            _plain(one.get("code")),
        )
        for one in listed
    ]


def _problem(one: object, pointer: str) -> Problem | None:
    if not isinstance(one, dict):
        return Problem("invalid_input", "An event is an object.", pointer)
    if not isinstance(one.get("type"), str) or one["type"] not in KINDS:
        return Problem("unknown_type", f"One of {', '.join(KINDS)}.", f"{pointer}/type")
    if not isinstance(one.get("message_id"), str):
        return Problem("invalid_input", "Give the Message-ID of our mail.", f"{pointer}/message_id")
    return None


def _plain(code: object) -> str:
    text = code if isinstance(code, str) else ""
    return "".join(char for char in text if char.isascii() and char.isprintable())[:40]
