"""Every address of the service, by blueprint. `app.py` calls `register`; add a blueprint here.

The JSON API goes through flask-smorest, so that `/v1/openapi.json` describes what really runs.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask_smorest import Api
from werkzeug.exceptions import HTTPException

from collector.web import health
from collector.web.api import (
    appeals,
    audit,
    configuration,
    events,
    explain,
    exports,
    findings,
    kpis,
    people,
    rehearse,
    roster,
    segment,
    signals,
    withhold,
)
from collector.web.callbacks import email, twilio
from collector.web.pages import preferences, preview, sample, tap, unsubscribe
from collector.web.widget import calls

API = (
    events, withhold, signals, segment, people, roster, configuration, audit, rehearse, explain,
    exports, kpis, appeals, findings,
)  # fmt: skip
PLAIN = (health, calls, tap, unsubscribe, preferences, preview, sample, twilio, email)


class OneErrorMap(Api):  # type: ignore[misc]  # flask-smorest is untyped
    """flask-smorest without its own error pages: `web/errors.py` is the only map."""

    def handle_http_exception(self, error: HTTPException) -> Any:
        return error

    def _register_error_handlers(self) -> None:
        """Leave the handlers to `web/errors.py`."""


def register(app: Flask) -> None:
    """Register every blueprint and describe the API at /v1/openapi.json."""
    app.config.update(
        API_TITLE="Collector",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/v1",
        OPENAPI_JSON_PATH="openapi.json",
    )
    api = OneErrorMap(app)
    api.spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})
    api.spec.components.security_scheme("write_key", {"type": "http", "scheme": "basic"})
    for module in API:
        api.register_blueprint(module.blueprint)
    for module in PLAIN:
        app.register_blueprint(module.blueprint)

    @app.after_request
    def _safe(response: Any) -> Any:
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        if request.path.startswith("/v1/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
