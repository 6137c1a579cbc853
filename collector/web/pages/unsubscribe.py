"""`/u/<token>`: a page with a button, and the one-click address of every email (RFC 8058).

A GET shows the page and writes nothing, for scanners open every link of a mail. A POST does it,
from the page's button or from the mailbox's own, with no cookie, no session and no redirect, and
says 200 as often as it is asked.
"""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, render_template, request

from collector.invitations import links, optouts
from collector.invitations.phrases import direction, phrases

blueprint = Blueprint("unsubscribe", __name__)


@blueprint.get("/u/<token>")
def ask(token: str) -> Response:
    """The page with the button. Raises Gone for a link that does not hold."""
    return _page(optouts.locale_of(links.read_unsubscribe(token)), done=False)


@blueprint.post("/u/<token>")
def unsubscribe(token: str) -> Response:
    """Unsubscribe. Raises Gone for a link that does not hold."""
    return _page(optouts.unsubscribe(links.read_unsubscribe(token)), done=True)


def _page(locale: str, *, done: bool) -> Response:
    nonce = secrets.token_urlsafe(12)
    page = render_template(
        "pages/unsubscribe.html",
        locale=locale or "en",
        direction=direction(locale),
        words=phrases(locale),
        done=done,
        action=request.path,
        nonce=nonce,
    )
    answer = Response(page)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    return answer
