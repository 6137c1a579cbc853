"""What a mail relay reports: bounces, complaints and deliveries, as JSON or as the mail itself.

Signed as Standard Webhooks. The secret is made from the service's own keys, so there is none by
default, nothing to store, and it rotates with them: `collector bounces --secret` prints it. Nothing
is read before the signature holds; after that a body may still be any nonsense and gets a 4xx.

    POST /callbacks/email/events   {"events": [{"type": "hard_bounce", "message_id": "<…>", "code":
                                   "5.1.1", "text": "550 5.1.1 no such user"}]}; types: hard_bounce
                                   soft_bounce complaint delivered
    POST /callbacks/email/report   a delivery report or complaint, the raw mail

Both answer {"matched": n, "unknown": n}: what is about no mail of ours is no error. What else there
was (`delayed`, `ours`, `unclear`, `automatic`) is counted beside it.
"""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, request
from werkzeug.exceptions import BadRequest

from channels.email import feedback
from channels.email.causes import Kind
from channels.email.feedback import Feedback
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
    return _told(bounces.take(_events(), request.get_data()))


@blueprint.post("/report")
def report() -> dict[str, int]:
    """Feedback as a mail, posted as it came."""
    taken = bounces.take_mail(request.get_data())
    if taken.no_report:
        raise InvalidInput(
            "This mail is neither a delivery report nor a complaint; `collector bounces --unread` "
            "shows its shape.",
            code="not_a_report",
        )
    return _told(taken)


def _told(taken: bounces.Taken) -> dict[str, int]:
    told = {"matched": taken.matched, "unknown": taken.unknown}
    others = {
        "delayed": taken.delayed, "ours": taken.ours, "unclear": taken.unclear,
        "automatic": taken.automatic,
    }  # fmt: skip
    return told | {name: count for name, count in others.items() if count}


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
        feedback.event(
            one["message_id"], KINDS[one["type"]], _plain(one.get("code")),
            _plain(one.get("text"), 1000), _plain(one.get("recipient"), 320),
        )
        for one in listed
    ]  # fmt: skip


def _problem(one: object, pointer: str) -> Problem | None:
    if not isinstance(one, dict):
        return Problem("invalid_input", "An event is an object.", pointer)
    if not isinstance(one.get("type"), str) or one["type"] not in KINDS:
        return Problem("unknown_type", f"One of {', '.join(KINDS)}.", f"{pointer}/type")
    if not isinstance(one.get("message_id"), str):
        return Problem("invalid_input", "Give the Message-ID of our mail.", f"{pointer}/message_id")
    return None


def _plain(value: object, longest: int = 40) -> str:
    text = value if isinstance(value, str) else ""
    return "".join(char for char in text if char.isprintable())[:longest]
