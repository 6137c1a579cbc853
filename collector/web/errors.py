"""The only map from a domain error to HTTP: problem+json (RFC 9457), or a page for people.

Registered by `app.py`. A stage raises from `collector.errors` and never learns of a status code.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from collector import errors, logs
from collector.model.sql import faults
from collector.web.jsons import line
from collector.web.pages import problem as problem_page

STATUS: tuple[tuple[type[errors.CollectorError], int], ...] = (
    (errors.InvalidInput, 422),
    (errors.Unauthorized, 401),
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.Gone, 410),
    (errors.TooMany, 429),
    (errors.Unavailable, 503),
    (errors.Misconfigured, 500),
)
MACHINE_PATHS = ("/v1/", "/w/", "/callbacks/")
PEOPLE_PATHS = ("/t/", "/u/", "/p/", "/preview/")  # what messages link to, and the demo
NOWHERE = (
    "There is nothing at this address. The API begins with /v1/; /v1/openapi.json describes it."
)
AWAY_SECONDS = 5
CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}


def register(app: Flask) -> None:
    """Hang the handlers on `app`."""
    app.register_error_handler(errors.CollectorError, _domain)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SQLAlchemyError, _database)
    app.register_error_handler(Exception, _unexpected)


def status_of(error: errors.CollectorError) -> int:
    """The HTTP status of a domain error; 500 for a class that the map does not know."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def code_of(error: HTTPException) -> str:
    """The code under which an answer of the framework's own is known."""
    return CODES.get(error.code or 500, error.name.lower().replace(" ", "_"))


def told(problems: Iterable[errors.Problem]) -> list[dict[str, str]]:
    """What is wrong with single fields, as every answer lists it."""
    return [{"code": one.code, "detail": one.detail, "pointer": one.pointer} for one in problems]


def _domain(error: errors.CollectorError) -> Response:
    body: dict[str, Any] = {"code": error.code, "detail": error.detail}
    if error.pointer:
        body["pointer"] = error.pointer
    if isinstance(error, errors.InvalidInput):
        body["errors"] = told(error.problems)
    answer = _answer(status_of(error), body)
    if isinstance(error, errors.TooMany):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    data = getattr(error, "data", None)  # webargs: {"messages": {"json": {field: [sentence]}}}
    body: dict[str, Any] = {
        "code": code_of(error),
        "detail": _said(error),
    }
    if isinstance(data, dict) and data.get("messages"):
        body = {"code": "invalid_input", "detail": "some fields cannot be used as they are"}
        body["errors"] = list(_field_problems(data["messages"]))
    answer = _answer(status, body)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            answer.headers[name] = value
    return answer


def _said(error: HTTPException) -> str:
    """werkzeug's sentence, or ours where it names neither the limit nor a remedy."""
    if error.description and error.description != type(error).description:
        return error.description
    if error.code == 413:
        most = current_app.config["MAX_CONTENT_LENGTH"]
        return f"The body is larger than {most:,} bytes; send less at once."
    return error.description or error.name


def _database(error: SQLAlchemyError) -> Response:
    """503 where it helps to come back later; anything else is a mistake of ours."""
    if not faults.away(error):
        return _unexpected(error)
    logs.failure("database_unavailable", error, path=_room())
    answer = _answer(503, {"code": "unavailable", "detail": "the database is away; try again"})
    answer.headers["Retry-After"] = str(AWAY_SECONDS)
    return answer


def _unexpected(error: Exception) -> Response:
    if current_app.testing:
        raise error
    logs.failure("unexpected_error", error, path=_room())
    return _answer(500, {"code": "internal", "detail": "something went wrong here; it was logged"})


def _room() -> str:
    """The first part of the address: what follows may be a token."""
    return request.path.split("/")[1]


def _answer(status: int, body: dict[str, Any]) -> Response:
    lost = status == 404 and not request.path.startswith((*MACHINE_PATHS, *PEOPLE_PATHS))
    if lost:
        body = {**body, "detail": NOWHERE}
    if request.path.startswith(MACHINE_PATHS) or (lost and not _for_a_reader()):
        told = {"type": "about:blank", "status": status, **body}
        answer = Response(line(told), mimetype="application/problem+json")
    else:
        answer = problem_page.page(status, body["detail"], lost=lost)
    answer.status_code = status
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _for_a_reader() -> bool:
    """Does a browser ask? Programs take anything, or JSON."""
    return any(kind == "text/html" for kind, _ in request.accept_mimetypes)


def _field_problems(messages: Any, pointer: str = "") -> Any:
    if isinstance(messages, dict):
        for key, inner in messages.items():
            at = pointer if key in ("json", "query", "_schema") else f"{pointer}/{key}"
            yield from _field_problems(inner, at)
    else:
        for sentence in messages if isinstance(messages, list) else [messages]:
            yield {"code": "invalid_input", "detail": str(sentence), "pointer": pointer}
