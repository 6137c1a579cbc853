"""No address of the API ignores a query parameter: a misspelt filter must not answer with all."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector.web.auth import issue
from collector.web.query_names import LENIENT
from collector.web.scopes import SCOPES
from tests.house.test_addresses import api_views


@pytest.fixture
def key(app: Flask) -> dict[str, str]:
    with app.app_context():
        return {"Authorization": f"Bearer {issue('all', tuple(SCOPES))}"}


def test_every_address_refuses_a_parameter_that_it_does_not_know(
    app: Flask, client: FlaskClient, key: dict[str, str]
) -> None:
    looked_at = 0
    for rule, method, endpoint in api_views(app):
        if endpoint.partition(".")[0] in LENIENT:
            continue
        path = re.sub(r"<[^>]+>", "some", rule)
        answer = client.open(f"{path}?ssurvey=x", method=method, headers=key, json={})
        assert answer.status_code == 422, f"{method} {rule}"
        (error,) = answer.json["errors"]
        assert (error["code"], error["pointer"]) == ("unknown_parameter", "/ssurvey")
        assert "`ssurvey`" in answer.json["detail"]
        looked_at += 1
    assert looked_at > 30


def test_every_address_takes_what_its_description_says_and_names_it_in_the_refusal(
    app: Flask, client: FlaskClient, key: dict[str, str]
) -> None:
    described = client.get("/v1/openapi.json").json["paths"]
    with_query = 0
    for path, item in described.items():
        for method, one in item.items():
            if method == "parameters":
                continue
            names = [p["name"] for p in one.get("parameters", []) if p["in"] == "query"]
            if not names:
                continue
            with_query += 1
            place = re.sub(r"{[^}]+}", "some", path)
            for name in names:
                query = {name: "1", "zz": "1"}
                answer = client.open(place, method=method, query_string=query, headers=key)
                assert [e["pointer"] for e in answer.json["errors"]] == ["/zz"], f"{path} {name}"
                assert f" {name}" in answer.json["detail"]
    assert with_query > 10


def test_a_parameter_given_twice_is_refused(client: FlaskClient, key: dict[str, str]) -> None:
    answer = client.get("/v1/exports/responses?after=0&after=5", headers=key)
    assert (answer.status_code, answer.json["code"]) == (422, "repeated_parameter")


def test_a_name_that_may_be_somebodys_is_not_said_back(
    client: FlaskClient, key: dict[str, str]
) -> None:
    answer = client.get("/v1/kpis?ada@example.com=1", headers=key)
    assert answer.status_code == 422
    assert "ada" not in answer.text


def test_without_a_key_nothing_is_told_of_parameters(client: FlaskClient) -> None:
    assert client.get("/v1/exports/responses?from=2026-01-01").status_code == 401


def test_events_are_taken_whatever_a_tool_hangs_onto_the_address(
    client: FlaskClient, key: dict[str, str]
) -> None:
    event = {"source": "s", "id": "1", "type": "order.delivered", "person": {"ref": "p"},
             "occurred_at": "2026-03-02T12:00:00Z"}  # fmt: skip
    answer = client.post("/v1/events?utm=1", headers=key, json=event)
    assert answer.status_code in (200, 201, 202, 207)
