"""Every address of the service, by blueprint. `app.py` calls `register`; add a blueprint here.

The JSON API goes through flask-smorest, so that its document (`openapi.py`) describes what really
runs.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, request

from collector.errors import InvalidInput, Problem
from collector.web import health
from collector.web.any_text import AnyText
from collector.web.api import (
    appeals,
    audit,
    configuration,
    explain,
    findings,
    kept_events,
    kpis,
    people,
    rehearse,
    roster,
    signals,
    stops,
    suppressions,
    texts,
    withhold,
)
from collector.web.api.exports import invitations, responses
from collector.web.api.intake import counted, events, segment
from collector.web.callbacks import email, twilio
from collector.web.describing import reading
from collector.web.openapi import DescribedApi
from collector.web.pages import (
    cleaned,
    preferences,
    preview,
    preview_reply,
    sample,
    tap,
    unsubscribe,
)
from collector.web.widget import calls

API = (
    events, kept_events, withhold, signals, segment, counted, people, roster, configuration, audit,
    rehearse, explain, responses, invitations, kpis, appeals, findings, stops, texts, suppressions,
)  # fmt: skip
PLAIN = (
    health, calls, tap, unsubscribe, preferences, preview, preview_reply, cleaned, sample, twilio,
    email, reading,
)  # fmt: skip

NO_TEXT = "An address holds no NUL (%00) and is written in UTF-8."


def is_text(given: str) -> bool:
    """werkzeug puts U+FFFD in the place of bytes that are no UTF-8."""
    return "\0" not in given and "\ufffd" not in given


def register(app: Flask) -> None:
    """Register every blueprint and describe the API at /v1/openapi.json."""
    app.url_map.converters["any_text"] = AnyText
    api = DescribedApi(app)
    for module in API:
        api.register_blueprint(module.blueprint)
    for module in PLAIN:
        app.register_blueprint(module.blueprint)

    @app.before_request
    def _readable() -> None:
        """No address holds a NUL, which PostgreSQL cannot even look for, or bytes that are no
        text, all of which would be taken for one and the same."""
        if request.path.startswith("/v1/"):
            given = [("", request.path)]
            for name, value in request.args.items(multi=True):
                given += [("", name), (f"/{name}", value)]
            problems = tuple(
                Problem("bad_address", NO_TEXT, pointer if is_text(pointer) else "")
                for pointer, one in given
                if not is_text(one)
            )
            if problems:
                raise InvalidInput(
                    NO_TEXT, code="bad_address", pointer=problems[0].pointer, problems=problems
                )

    @app.after_request
    def _safe(response: Any) -> Any:
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        if request.path.startswith("/v1/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
