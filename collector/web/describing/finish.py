"""Makes the document whole: a name, the scopes and the refusals of every operation.

All of it is read from what runs: the name is the view's, the scopes are its guard's, the shape of a
refusal is the one map's (`web/errors.py`). Pure apart from reading the app's address map.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask import Flask

from collector.web.api.obligatory import MARK

PROBLEM_TYPE: Final = "application/problem+json"
PROBLEM: Final = "ProblemDetails"
PROBLEM_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "description": "Why a call was refused (RFC 9457). `code` is stable; `detail` is for people.",
    "required": ["type", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "status": {"type": "integer", "description": "the HTTP status again"},
        "code": {"type": "string", "description": "stable, for programs"},
        "detail": {"type": "string", "description": "what is wrong, and the remedy"},
        "pointer": {"type": "string", "description": "JSON Pointer to what cannot be used"},
        "errors": {
            "type": "array",
            "description": "everything that is wrong, where it is more than one thing",
            "items": {
                "type": "object",
                "required": ["code", "detail", "pointer"],
                "properties": {
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                    "pointer": {"type": "string"},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
RETRY_AFTER: Final = {
    "description": "seconds to wait before the next call",
    "schema": {"type": "integer"},
}
GUARDED: Final = {
    "401": "No key, or one that is not known or was revoked.",
    "403": "The key lacks the scope.",
}
ANY_TIME: Final = {"description": "Refused; `status` says how, `code` and `detail` why."}


def finish(document: dict[str, Any], app: Flask) -> dict[str, Any]:
    """The document with what it lacked; changes and gives back what it was given."""
    components = document.setdefault("components", {})
    components.setdefault("schemas", {})[PROBLEM] = PROBLEM_SCHEMA
    components["responses"] = {}
    for name in ("Error", "PaginationMetadata"):  # flask-smorest's own, which nothing here sends
        components["schemas"].pop(name, None)
    for schema in components["schemas"].values():
        _require(schema)
    for operation, endpoint in _operations(document["paths"], app):
        operation["operationId"] = endpoint.rpartition(".")[2]
        scopes = getattr(app.view_functions[endpoint], "required_scopes", ())
        if scopes:
            _guard(operation, scopes)
        _refusals(operation["responses"], guarded=bool(scopes))
    return document


def _operations(paths: Mapping[str, Any], app: Flask) -> Iterator[tuple[dict[str, Any], str]]:
    """Every operation of the document with the endpoint that answers it."""
    for rule in app.url_map.iter_rules():
        described = paths.get(re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), {})
        for method in rule.methods or ():
            if method.lower() in described:
                yield described[method.lower()], rule.endpoint


def _require(schema: dict[str, Any]) -> None:
    """What is marked as obligatory is required, has no default and no empty text."""
    marked = [name for name, one in schema.get("properties", {}).items() if one.pop(MARK, False)]
    if marked:
        schema["required"] = sorted({*schema.get("required", ()), *marked})
    for name in marked:
        del schema["properties"][name]["default"]
        schema["properties"][name]["minLength"] = 1


def _guard(operation: dict[str, Any], scopes: tuple[str, ...]) -> None:
    """Any one of the scopes lets a call in; a scheme's list would ask for all of its names."""
    schemes = [name for one in operation.get("security", [{"key": []}]) for name in one]
    operation["security"] = [{name: [scope]} for name in schemes for scope in scopes]
    needs = f"Scope: `{'` or `'.join(scopes)}`."
    operation["description"] = "\n\n".join(filter(None, (operation.get("description"), needs)))


def _refusals(responses: dict[str, Any], *, guarded: bool) -> None:
    for status, why in GUARDED.items() if guarded else ():
        responses.setdefault(status, {"description": why})
    if guarded:  # a query parameter that nobody knows, at the least
        responses.setdefault("422", {"description": "Something given cannot be used."})
    responses["default"] = dict(ANY_TIME)
    for status, response in responses.items():
        if status != "default" and int(status) < 400:
            continue
        if "$ref" in response:  # flask-smorest's, whose body is not ours
            response = responses[status] = {"description": "Something given cannot be used."}
        response.setdefault(
            "content", {PROBLEM_TYPE: {"schema": {"$ref": f"#/components/schemas/{PROBLEM}"}}}
        )
        if status in ("429", "503", "default"):
            response["headers"] = {"Retry-After": RETRY_AFTER, **response.get("headers", {})}
    for status in sorted(responses):  # the document reads from the good to the bad
        responses[status] = responses.pop(status)
