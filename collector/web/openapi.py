"""The API's description at /v1/openapi.json, worked out when somebody first asks for it.

Describing takes longer than everything else of a start, and most processes are never asked.
`blueprints.py` registers the addresses; flask-smorest describes what really runs.
"""

from __future__ import annotations

import threading
from typing import Any

from flask import Flask, Response
from flask_smorest import Api
from werkzeug.exceptions import HTTPException

SETTINGS = {
    "API_TITLE": "Collector",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/v1",
    "OPENAPI_JSON_PATH": "openapi.json",
}


class DescribedApi(Api):  # type: ignore[misc]  # flask-smorest is untyped
    """flask-smorest without its own error pages (`web/errors.py` is the only map), describing
    late."""

    def __init__(self, app: Flask) -> None:
        self._waiting: list[Any] = []
        self._begun = False
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
            if not self._begun:
                super()._register_responses()
                self._begun = True
            while self._waiting:
                one = self._waiting[0]
                one.register_views_in_doc(
                    self, self._app, self.spec, name=one.name, parameters=None
                )
                self.spec.tag({"name": one.name, "description": one.description})
                self._waiting.pop(0)
        answer: Response = super()._openapi_json()
        return answer
