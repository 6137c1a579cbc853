"""`POST /preview/<id>/reply`: a text back from the phone of `/preview`, taken as Twilio's would be.

By the very verb of an inbound text, `answers/texts.py`. Only where messages are kept for looking
at; a post needs the nonce of the page that we showed. Ends on the page again (303), at the message,
so it works without scripts.
"""

from __future__ import annotations

import secrets
from typing import Final

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from collector.answers import texts
from collector.errors import Forbidden, NotFound
from collector.invitations.optouts.words import wish
from collector.web.pages import demo_only, phone_replies
from collector.web.pages.phone_replies import Exchange

blueprint = Blueprint("preview_reply", __name__)

MOST: Final = 1600  # characters, as long as any provider takes


@blueprint.post("/preview/<id>/reply")
def reply(id: str) -> AnyResponse:
    """Take the text and show what would be sent back. An empty one changes nothing."""
    kept = demo_only.previews().get(id)
    if kept is None or kept.message.channel != "sms":
        raise NotFound("there is no such text message here")
    if not phone_replies.genuine(request.form.get("nonce", ""), id):
        raise Forbidden("This page was open for too long; open it again.", code="bad_nonce")
    said = _clean(request.form.get("text", ""))
    if said:
        answer = texts.receive(kept.message.to, said, f"preview-{secrets.token_urlsafe(12)}")
        stopped = wish(said).intent == "stop"
        phone_replies.keep(kept.message, Exchange(said, answer, stopped))
    return redirect(f"/preview?channel=sms#{id}", 303, Response)


def _clean(text: str) -> str:
    """Without what no database can hold, at most as long as a text may be."""
    return "".join(one for one in text if one in "\n\t" or one.isprintable()).strip()[:MOST]
