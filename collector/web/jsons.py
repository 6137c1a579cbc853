"""JSON through orjson: several times faster than the standard library on a batch of events.

Used by `app.py` as Flask's JSON provider and for JSON columns; times become RFC 3339 in UTC.
A reply ends with a line end, so that a shell's prompt, or a second reply, begins on its own line.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import orjson
from flask import current_app
from flask.json.provider import JSONProvider

from collector import clock


class OrjsonProvider(JSONProvider):
    """Flask's JSON provider. `loads` raises orjson.JSONDecodeError, which is a ValueError."""

    def dumps(self, obj: Any, **_: Any) -> str:
        return orjson.dumps(obj, default=_default, option=_OPTIONS).decode()

    def response(self, *args: Any, **kwargs: Any) -> Any:
        told = self._prepare_response_obj(args, kwargs)
        return self._app.response_class(f"{self.dumps(told)}\n", mimetype="application/json")

    def loads(self, s: str | bytes, **_: Any) -> Any:
        return orjson.loads(s)


def line(value: Any) -> str:
    """The body of a JSON reply: one line, with its end."""
    return f"{current_app.json.dumps(value)}\n"


def stored(value: Any) -> str:
    """A JSON column's text; numbers that orjson does not know go the standard library's way."""
    try:
        return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:
        return json.dumps(value)


_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


def _default(value: Any) -> Any:
    if isinstance(value, datetime):
        return clock.iso(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
