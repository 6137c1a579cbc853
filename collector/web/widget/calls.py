"""/w/v1: the calls that a page makes: next, shown, answer, track. The script itself: `files.py`.

`next` asks "anything for me?" and records nothing (a POST only so that no identity is in a URL);
`shown` says that a person could see it, `answer` records a tap, `track` an event. All need a site's
key from an allowed origin *and* an identity signed by that site. Bodies are JSON whatever their
content type says: text/plain spares a preflight. The same calls serve native apps: docs/widget.md.
"""

from __future__ import annotations

import gzip
import re
from typing import Any, Final

import orjson
from flask import Blueprint, Response, g, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from collector import clock
from collector.answers import record
from collector.answers.taps import CONFIRMED, WIDGET, IncomingTap
from collector.errors import CollectorError, InvalidInput, NotFound, Unauthorized
from collector.invitations import links
from collector.web.widget import files, identity, inbox, rates, reasons, sites
from collector.web.widget import track as widget_track

blueprint = Blueprint("widget", __name__, url_prefix="/w/v1")
blueprint.register_blueprint(files.blueprint)

MAX_BODY_BYTES = 16 * 1024
PRESS: Final = re.compile(r"[0-9a-f]{16,40}\Z")
PREFIX: Final = "/w/v1"
READABLE: Final = "Collector-Reason, Collector-Detail, Retry-After"
PACK_FROM_BYTES: Final = 600


@blueprint.post("/next", provide_automatic_options=False)
def next_question() -> Response:
    """The open question for the person that the identity names, or 204 with the reason in a header;
    with `"debug": true` also what that means and the finer reason."""
    body = _body()
    key, origin = _text(body, "key", 60), request.headers.get("Origin", "")
    ref = _identity(body, key, origin)
    # One query answers for the site and for the inbox: this call is made at every page view.
    found = inbox.look(key, origin, ref, clock.now())
    g.widget_origin = origin
    _charge(key, ref)
    if isinstance(found, inbox.Waiting):
        return _question(found)
    empty = Response(status=204)
    if body.get("debug") is True:
        found, detail = reasons.explain(ref, found, clock.now())
        empty.headers["Collector-Detail"] = detail
    empty.headers["Collector-Reason"] = found
    return empty


@blueprint.post("/answer", provide_automatic_options=False)
def answer() -> Response:
    """Record one press: `token` with a `score`, a `comment` or both; `press` (or `id`, as events
    call it) makes a repeat harmless. `{"dismissed": true}` instead takes the question out of the
    inbox.

    Raises NotFound for a token that is not this person's, in the same words as for a bad one."""
    body = _body()
    token_id = _asked(body)
    if body.get("dismissed") is True:
        inbox.dismiss(token_id)
        return Response(status=204)
    recorded = record.record(
        IncomingTap(
            token_id=token_id,
            kind=CONFIRMED,
            score=_score(body),
            comment=_comment(body),
            via=WIDGET,
            channel=inbox.CHANNEL,
            opened_at=inbox.opened_at(body.get("seen_ms")),
            remote_addr=request.remote_addr or "",
            user_agent=request.user_agent.string,
            idempotency_key=f"w:{token_id}:{_once(body, 'press' if 'press' in body else 'id')}",
        )
    )
    return jsonify({"score": recorded.score})


@blueprint.post("/shown", provide_automatic_options=False)
def shown() -> Response:
    """A person could see the question of `token`. Saying it again changes nothing.

    Raises NotFound for a token that is not this person's."""
    inbox.shown(_asked(_body()))
    return Response(status=204)


@blueprint.post("/track", provide_automatic_options=False)
def track() -> Response:
    """Take one event about this person: `type`, `id` (makes a repeat harmless), `occurred_at`,
    `context`. 202 with `{"status", "ask"}`; see `widget_track.track`."""
    site, ref, body = _who()
    kept = widget_track.track(site, ref, f"w:{_once(body, 'id')}", body)
    reply = jsonify(kept)
    reply.status_code = 202
    return reply


@blueprint.route("/next", methods=["OPTIONS"])
@blueprint.route("/shown", methods=["OPTIONS"])
@blueprint.route("/answer", methods=["OPTIONS"])
@blueprint.route("/track", methods=["OPTIONS"])
def preflight() -> Response:
    """For callers that send application/json, and for pages whose `fetch` adds headers of its own
    to every call. There is no body yet to say which site it is, so any origin may ask, and reads in
    the reply to the call itself why it is refused."""
    g.widget_origin = request.headers.get("Origin", "")
    reply = Response(status=204)
    reply.headers["Access-Control-Allow-Methods"] = "POST"
    reply.headers["Access-Control-Allow-Headers"] = "*, Authorization, Content-Type"
    reply.headers["Access-Control-Max-Age"] = "7200"
    return reply


@blueprint.after_app_request
def _cors(response: Response) -> Response:
    """Let the page read the reply: of an admitted origin all of them, of any other the refusals,
    also of addresses and methods that there are not. A refusal that a page may not read looks like
    being offline, and would be sent again for ever. Never with credentials; nothing personal is in
    a refusal."""
    if (
        not request.path.startswith(f"{PREFIX}/")
        or "Access-Control-Allow-Origin" in response.headers
    ):
        return response  # not ours, or a public file
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    refused = response.status_code >= 400 and request.method != "OPTIONS"
    if origin and (refused or g.get("widget_origin") == origin):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = READABLE
    if seconds := g.get("widget_wait"):
        response.headers["Retry-After"] = str(seconds)
    return response


def _asked(body: dict[str, Any]) -> str:
    """The id of the question that `token` names, if it is this person's: one query answers for it
    and for the site. Raises as `_who` does, then NotFound."""
    key, origin = _text(body, "key", 60), request.headers.get("Origin", "")
    ref = _identity(body, key, origin)
    try:
        token_id = links.read(_text(body, "token", 100)).token_id
    except CollectorError:
        # Who may not speak here is told that first, and each call is charged.
        _admitted(key, origin)
        _charge(key, ref)
        raise
    theirs = inbox.asked(key, origin, ref, token_id)
    g.widget_origin = origin
    _charge(key, ref)
    if not theirs:
        raise NotFound("there is no such question for this person")
    return token_id


def _question(found: inbox.Waiting) -> Response:
    text = orjson.dumps(inbox.question(found))
    response = Response(text, mimetype="application/json")
    if len(text) >= PACK_FROM_BYTES and request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(text, 9, mtime=0))
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def _who() -> tuple[sites.KnownSite, str, dict[str, Any]]:
    """The site, the person's reference and the body. Raises Forbidden, Unauthorized, InvalidInput
    or SlowDown."""
    body = _body()
    key, origin = _text(body, "key", 60), request.headers.get("Origin", "")
    site = _admitted(key, origin)
    ref = _identity(body, key, origin)
    _charge(key, ref)
    return site, ref, body


def _charge(key: str, ref: str) -> None:
    try:
        rates.charge(key, ref)
    except rates.SlowDown as error:
        g.widget_wait = error.seconds  # for Retry-After, which the widget obeys
        raise


def _identity(body: dict[str, Any], key: str, origin: str) -> str:
    token = body.get("identity")
    try:
        return identity.verify(token if isinstance(token, str) else "", key)
    except Unauthorized:
        _admitted(key, origin)  # an origin that is not listed is refused first, and may not read
        raise


def _admitted(key: str, origin: str) -> sites.KnownSite:
    site = sites.admit(key, origin)
    g.widget_origin = origin
    return site


def _body() -> dict[str, Any]:
    raw = request.stream.read(MAX_BODY_BYTES + 1)
    if len(raw) > MAX_BODY_BYTES:
        raise RequestEntityTooLarge(f"a call has at most {MAX_BODY_BYTES} bytes (16 kB)")
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise InvalidInput(
            f"the body is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        ) from error
    if not isinstance(body, dict):
        raise InvalidInput("the body must be a JSON object")
    return body


def _once(body: dict[str, Any], name: str) -> str:
    key = _text(body, name, 40)
    if not PRESS.match(key):
        raise InvalidInput(f"{name} must be 16 to 40 hex digits", pointer=f"/{name}")
    return key


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
