"""/w/v1: the widget's script, and the two calls that it makes.

`next` asks "anything for me?" and records nothing (a POST only so that no identity is in a URL);
`answer` records a tap. Both need a site's key from an allowed origin *and* an identity signed by
that site. Bodies are JSON whatever their content type says: text/plain spares a preflight.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

import orjson
from flask import Blueprint, Response, g, jsonify, request
from sqlalchemy import select

from collector import clock
from collector.answers import record
from collector.answers.taps import CONFIRMED, WIDGET, IncomingTap
from collector.config import settings
from collector.errors import Forbidden, InvalidInput, NotFound
from collector.invitations import links
from collector.model.access import Site
from collector.model.base import db
from collector.web import identity, inbox, sites

blueprint = Blueprint("widget", __name__, url_prefix="/w/v1")

MAX_BODY_BYTES = 16 * 1024
PRESS: Final = re.compile(r"[0-9a-f]{16,40}\Z")
CALLS = ("widget.next_question", "widget.answer")


@cache
def script() -> bytes:
    """widget.js as it is on disk."""
    return files("channels.inapp").joinpath("widget.js").read_bytes()


@cache
def version() -> str:
    """The content hash in the immutable address: 16 hex digits."""
    return hashlib.sha256(script()).hexdigest()[:16]


def integrity() -> str:
    """The `integrity` attribute for the immutable address (Subresource Integrity)."""
    return "sha384-" + base64.b64encode(hashlib.sha384(script()).digest()).decode()


@blueprint.get("/widget.js")
def latest() -> Response:
    """The current script, asked for again every five minutes at most."""
    return _script("public, max-age=300")


@blueprint.get("/widget.<digest>.js")
def pinned(digest: str) -> Response:
    """The script with this content hash, for ever. Raises NotFound for any other hash."""
    if digest != version():
        raise NotFound("there is no widget of this version; see `collector sites tag`")
    return _script("public, max-age=31536000, immutable")


@blueprint.post("/next", provide_automatic_options=False)
def next_question() -> Response:
    """The open question for the person that the identity names, or 204 with the reason in a header
    for the widget's debug mode."""
    ref, _ = _who()
    found = inbox.waiting_for(ref, clock.now())
    if isinstance(found, str):
        empty = Response(status=204)
        empty.headers["Collector-Reason"] = found
        return empty
    return jsonify(inbox.question(found))


@blueprint.post("/answer", provide_automatic_options=False)
def answer() -> Response:
    """Record one press: `token` with a `score`, a `comment` or both; `press` makes a repeat
    harmless. `{"dismissed": true}` instead takes the question out of the inbox.

    Raises NotFound for a token that is not this person's, in the same words as for a bad one."""
    ref, body = _who()
    link = links.read(_text(body, "token", 100))
    if not inbox.belongs_to(link.token_id, ref):
        raise NotFound("there is no such question for this person")
    if body.get("dismissed") is True:
        inbox.dismiss(link.token_id)
        return Response(status=204)
    press = _text(body, "press", 40)
    if not PRESS.match(press):
        raise InvalidInput("press must be 16 to 40 hex digits", pointer="/press")
    recorded = record.record(
        IncomingTap(
            token_id=link.token_id,
            kind=CONFIRMED,
            score=_score(body),
            comment=_comment(body),
            via=WIDGET,
            channel=inbox.CHANNEL,
            opened_at=inbox.opened_at(body.get("seen_ms")),
            remote_addr=request.remote_addr or "",
            user_agent=request.user_agent.string,
            idempotency_key=f"w:{link.token_id}:{press}",
        )
    )
    return jsonify({"score": recorded.score})


@blueprint.route("/next", methods=["OPTIONS"])
@blueprint.route("/answer", methods=["OPTIONS"])
def preflight() -> Response:
    """For callers that send application/json: the body is not here yet, so any known origin may."""
    origin = request.headers.get("Origin", "")
    known = db.session.scalars(select(Site.origins).where(Site.revoked_at.is_(None)))
    if not origin or not any(origin in origins for origins in known):
        raise Forbidden("this origin is on no site's list", code="origin_not_allowed")
    g.widget_origin = origin
    reply = Response(status=204)
    reply.headers["Access-Control-Allow-Methods"] = "POST"
    reply.headers["Access-Control-Allow-Headers"] = "Content-Type"
    reply.headers["Access-Control-Max-Age"] = "7200"
    return reply


@blueprint.after_request
def _cors(response: Response) -> Response:
    """Let the page of an admitted origin read the reply, errors too. Never with credentials."""
    if request.endpoint in (*CALLS, "widget.preflight"):
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Origin")
        if origin := g.get("widget_origin"):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Collector-Reason"
    return response


def _who() -> tuple[str, dict[str, Any]]:
    """The person's reference and the body. Raises Forbidden, Unauthorized or InvalidInput."""
    body = _body()
    origin = request.headers.get("Origin", "")
    site = sites.admit(_text(body, "key", 60), origin)
    g.widget_origin = origin
    token = body.get("identity")
    return identity.verify(token if isinstance(token, str) else "", site.public_key), body


def _body() -> dict[str, Any]:
    raw = request.stream.read(MAX_BODY_BYTES + 1)
    if len(raw) > MAX_BODY_BYTES:
        raise InvalidInput("the body is larger than 16 kB", code="too_large")
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        body = None
    if not isinstance(body, dict):
        raise InvalidInput("the body must be a JSON object")
    return body


def _text(body: dict[str, Any], name: str, longest: int) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= longest or "\0" in value:
        raise InvalidInput(f"{name} is missing or is not usable", pointer=f"/{name}")
    return value


def _score(body: dict[str, Any]) -> int | None:
    score = body.get("score")
    if score is not None and (not isinstance(score, int) or isinstance(score, bool)):
        raise InvalidInput("score must be a whole number", pointer="/score")
    return score


def _comment(body: dict[str, Any]) -> str | None:
    comment = body.get("comment")
    if comment is None:
        return None
    if not isinstance(comment, str) or len(comment) > inbox.COMMENT_MAX:
        raise InvalidInput(
            f"a comment has at most {inbox.COMMENT_MAX} characters", pointer="/comment"
        )
    return comment.replace("\0", "").strip() or None


@cache
def _packed() -> bytes:
    return gzip.compress(script(), 9, mtime=0)


def _script(caching: str) -> Response:
    packed = request.accept_encodings.quality("gzip") > 0
    response = Response(_packed() if packed else script(), mimetype="text/javascript")
    if packed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = caching
    # A public file; `integrity` on a script from elsewhere needs it to be readable, and a host with
    # Cross-Origin-Embedder-Policy needs it to say so.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.set_etag(version() + ("-gz" if packed else ""))
    response.make_conditional(request)
    return response


def tag(public_key: str, *, pinned: bool = False) -> str:
    """The one line that a product puts into its pages; `pinned` to this very file, with SRI."""
    name, extra = "widget.js", ""
    if pinned:
        name = f"widget.{version()}.js"
        extra = f' integrity="{integrity()}" crossorigin="anonymous"'
    return (
        f'<script async src="{settings().base_url}/w/v1/{name}"{extra} '
        f'data-key="{public_key}" data-identity="JWT"></script>'
    )
