"""What Twilio calls: receipts of our messages, and what people text back. Signature first.

The signature covers the address that was configured, so it is checked over `settings.base_url` and
the raw query, never over the Host header, which anybody can write. Nothing is believed, stored or
answered before that. Every call may come twice and out of order; the verbs do not mind.

Sources: https://www.twilio.com/docs/usage/webhooks/webhooks-security,
https://www.twilio.com/docs/messaging/guides/webhook-request (parameters come and go unannounced).
"""

from __future__ import annotations

import unicodedata
from xml.sax.saxutils import escape

from flask import Blueprint, Response, request

from channels.sms import receipts as twilio_receipts
from channels.sms import signature
from collector.answers import texts
from collector.config import settings
from collector.errors import Forbidden, NotFound
from collector.invitations import receipts

UNSTORABLE = ("Cc", "Cs", "Cn")
MAX_NUMBER = 320  # as many characters as any address that is kept
MAX_BODY = 1600  # Twilio's own limit for one message
blueprint = Blueprint("twilio", __name__, url_prefix="/callbacks/twilio")


@blueprint.before_request
def only_twilio() -> None:
    """Raises NotFound where Twilio is not configured, Forbidden for whoever is not Twilio."""
    configured = settings()
    if not configured.twilio:
        raise NotFound("Twilio is not configured here.")
    if not signature.valid(
        configured.twilio["auth_token"],
        configured.base_url + request.path,
        request.query_string,
        _pairs(),
        request.headers.get("X-Twilio-Signature"),
    ):
        raise Forbidden("The signature does not fit this request.", code="bad_signature")


@blueprint.post("/status/<message_id>")
def status(message_id: str) -> Response:
    """A receipt. One that says nothing we know gets a success too, or Twilio would complain."""
    receipt = twilio_receipts.read(_pairs())
    if receipt is not None and not receipts.record(
        _clean(message_id), receipt.status, _clean(receipt.code), _clean(receipt.provider_ref)
    ):
        raise NotFound("There is no such message.")
    return Response(status=204)


@blueprint.post("/inbound")
def inbound() -> Response:
    """A text from a person; `answers/texts.py` says what is sent back."""
    sender = _clean(request.form.get("From", ""))
    body = _clean(request.form.get("Body", ""))[:MAX_BODY]
    if not sender or len(sender) > MAX_NUMBER:
        return _twiml("")
    reference = _clean(request.form.get("MessageSid") or request.form.get("SmsSid") or "")
    return _twiml(texts.receive(sender, body, reference, _theirs()))


def _theirs() -> str:
    """Twilio's own reading (Advanced Opt-Out): stop, start, help, or nothing."""
    return request.form.get("OptOutType", "").strip().lower()


def _pairs() -> list[tuple[str, str]]:
    return list(request.form.items(multi=True))


def _clean(text: str) -> str:
    """Without what no database and no XML can hold."""
    return "".join(
        char for char in text if char in "\n\t" or unicodedata.category(char) not in UNSTORABLE
    )


def _twiml(text: str) -> Response:
    message = f"<Message>{escape(_clean(text))}</Message>" if text else ""
    body = f'<?xml version="1.0" encoding="UTF-8"?><Response>{message}</Response>'
    return Response(body, mimetype="text/xml")
