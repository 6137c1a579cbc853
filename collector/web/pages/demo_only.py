"""What the newcomer's pages share: whether they exist at all, and their headers.

Used by `preview.py` and `sample.py`. They show messages and sign identities, so they are there only
in the embedded default, where messages are kept for looking at instead of being sent.
"""

from __future__ import annotations

import secrets
from typing import Any

from flask import Response, g, render_template

from channels.preview import Preview
from collector.config import settings
from collector.errors import NotFound
from collector.invitations.transports import channels

SAMPLE_SITE = "sample"


def previews() -> Preview:
    """The preview channel. Raises NotFound where messages are really sent."""
    for channel in channels().values():
        if isinstance(channel, Preview) and settings().embedded:
            return channel
    raise NotFound("there is no preview here: this service sends its messages")


def page(template: str, csp: str, *, forms: bool = False, **values: Any) -> Response:
    """A rendered page under its policy, which names the nonce of the page's own style sheet.
    `forms`: it may post to us."""
    nonce = g.nonce = secrets.token_urlsafe(16)
    posts = "'self'" if forms else "'none'"
    response = Response(render_template(template, nonce=nonce, **values))
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; "
        f"form-action {posts}; frame-ancestors 'none'; {csp}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response
