"""The API's description at /v1/openapi.json, worked out when somebody first asks for it.

Describing takes longer than everything else of a start, and most processes are never asked.
`blueprints.py` registers the addresses; flask-smorest describes what really runs.
"""

from __future__ import annotations

import threading
from typing import Any

import orjson
from flask import Flask, Response
from flask_smorest import Api
from werkzeug.exceptions import HTTPException

from collector.web.describing import widget_calls
from collector.web.describing.finish import finish

ABOUT = (
    "One question at the moment it makes sense, answered with one tap. Events go in, answers come "
    "out by a numbered feed. Every refusal is a problem (RFC 9457) with a stable `code`."
)
SETTINGS = {
    "API_TITLE": "Collector",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "API_SPEC_OPTIONS": {"info": {"description": ABOUT}},
    "OPENAPI_URL_PREFIX": "/v1",
    "OPENAPI_JSON_PATH": "openapi.json",
}


class DescribedApi(Api):  # type: ignore[misc]  # flask-smorest is untyped
    """flask-smorest without its own error pages (`web/errors.py` is the only map), describing
    late."""

    def __init__(self, app: Flask) -> None:
        self._waiting: list[Any] = []
        self._document = b""
        self._lock = threading.Lock()
        app.config.update(SETTINGS)
        super().__init__(app)
        self.spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})
        self.spec.components.security_scheme("write_key", {"type": "http", "scheme": "basic"})

    def register_blueprint(self, blueprint: Any) -> None:
        """Register its addresses now; they are described at the first look at the document."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blueprint.name] = self
        self._app.register_blueprint(blueprint)
        self._waiting.append(blueprint)

    def handle_http_exception(self, error: HTTPException) -> Any:
        return error

    def _register_responses(self) -> None:
        """At the first look, too: a third of what making an app costs."""

    def _register_error_handlers(self) -> None:
        """Leave the handlers to `web/errors.py`."""

    def _openapi_json(self) -> Response:
        with self._lock:
            if not self._document:
                self._document = self._described()
        return Response(self._document, mimetype="application/json")

    def _described(self) -> bytes:
        super()._register_responses()
        for one in self._waiting:
            one.register_views_in_doc(self, self._app, self.spec, name=one.name, parameters=None)
            self.spec.tag({"name": one.name, "description": one.description})
        document = self.spec.to_dict()
        widget_calls.add(document)
        finish(document, self._app)
        return orjson.dumps(document, option=orjson.OPT_INDENT_2)
