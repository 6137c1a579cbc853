"""Every API address is guarded, described, and answers errors the same way."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

OPEN = {"/v1/openapi.json"}


def api_views(app: Flask) -> list[tuple[str, str, str]]:
    """(rule, method, endpoint) of everything under /v1."""
    return [
        (rule.rule, method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/v1") and rule.rule not in OPEN
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def scope_of(app: Flask, endpoint: str, method: str) -> str | None:
    view = app.view_functions[endpoint]
    owner = getattr(view, "view_class", None)
    target = getattr(owner, method.lower()) if owner else view
    while target is not None:
        scope = getattr(target, "required_scopes", None)
        if scope:
            return str(scope)
        target = getattr(target, "__wrapped__", None)
    return None


def test_there_are_api_addresses_to_look_at(app: Flask) -> None:
    assert len(api_views(app)) >= 4


def test_every_api_address_asks_for_a_scope(app: Flask) -> None:
    unguarded = [
        f"{method} {rule}"
        for rule, method, endpoint in api_views(app)
        if scope_of(app, endpoint, method) is None
    ]
    assert unguarded == []


def test_every_api_address_is_in_the_openapi_document(app: Flask, client: FlaskClient) -> None:
    paths = client.get("/v1/openapi.json").get_json()["paths"]
    described = {(path, method.upper()) for path, item in paths.items() for method in item}
    for rule, method, _ in api_views(app):
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)
        assert (path, method) in described


def test_without_a_key_every_api_address_says_how_to_send_one(
    app: Flask, client: FlaskClient
) -> None:
    for rule, method, _ in api_views(app):
        answer = client.open(rule.replace("<", "").replace(">", ""), method=method)
        assert answer.status_code == 401
        assert answer.mimetype == "application/problem+json"
        assert "Bearer" in answer.get_json()["detail"]


def test_an_unknown_address_is_a_problem_for_machines_and_a_page_for_people(
    client: FlaskClient,
) -> None:
    assert client.get("/v1/nothing").get_json()["code"] == "not_found"
    assert client.get("/nothing").get_json()["code"] == "not_found"
    assert b"<h1>" in client.get("/nothing", headers={"Accept": "text/html"}).data
    assert b"<h1>" in client.get("/t/nothing").data
