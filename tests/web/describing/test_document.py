"""The API's document: valid, complete, and readable without asking anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from collector.surveys.apply import apply as apply_surveys
from collector.web import auth
from tests.conftest import LiveServer
from tests.surveys.definitions import survey

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/v1/openapi.json")
    assert answer.status_code == 200
    body: dict[str, Any] = answer.get_json()
    return body


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method != "parameters":
                yield f"{method} {path}", operation


def test_it_is_valid(document: dict[str, Any]) -> None:
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_operation_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    names = [one["operationId"] for _, one in operations(document)]
    assert len(names) > 55
    assert len(set(names)) == len(names)


def test_every_operation_says_who_may_call_it(document: dict[str, Any]) -> None:
    for name, one in operations(document):
        assert one["tags"], name
        if "/w/v1/" in name:
            assert one["security"] == [], name
        else:
            assert one["security"], name
            assert {"401", "403"} <= one["responses"].keys(), name
            assert "Scope: `" in one["description"], name


def test_every_refusal_is_the_problem_that_is_really_sent(document: dict[str, Any]) -> None:
    for name, one in operations(document):
        assert "default" in one["responses"], name
        for status, response in one["responses"].items():
            if status == "default" or int(status) >= 400:
                assert response["content"] == PROBLEM, (name, status)


def test_what_is_obligatory_is_required(document: dict[str, Any]) -> None:
    withhold = document["components"]["schemas"]["Withhold"]
    assert withhold["required"] == ["by", "reason"]
    assert "default" not in withhold["properties"]["reason"]


def test_the_calls_of_a_page_are_in_it(document: dict[str, Any]) -> None:
    pages = {name for name, _ in operations(document) if "/w/v1/" in name}
    assert pages == {f"post /w/v1/{one}" for one in ("next", "shown", "answer", "track")}


def test_it_is_the_same_at_the_second_look(client: FlaskClient, document: dict[str, Any]) -> None:
    assert client.get("/v1/openapi.json").get_json() == document


def test_an_empty_tag_is_a_conflict_and_no_fault_of_ours(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        token = auth.issue("ops", ("rules:read", "rules:write"))
        apply_surveys([survey()])
    headers = {"Authorization": f"Bearer {token}", "If-Match": '"", W/"x"'}
    path = "/v1/surveys/delivery"
    answer = client.put(path, json={"definition": survey(owner="ops")}, headers=headers)
    assert answer.status_code == 409


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_is_read_in_a_browser_that_reaches_nobody_else(
    app: Flask, live_server: LiveServer, browser: WebDriver
) -> None:
    with live_server(app) as url:
        browser.get(f"{url}/docs")
        shown = WebDriverWait(browser, 30).until(
            lambda b: b.find_elements(By.CSS_SELECTOR, ".opblock-summary-path")
        )
        assert len(shown) > 55
        asked = browser.execute_script(
            "return performance.getEntriesByType('resource').map(one => one.name)"
        )
        assert asked
        assert [one for one in asked if not one.startswith(url)] == []


def test_of_its_files_there_are_only_those(client: FlaskClient) -> None:
    assert client.get("/docs/swagger-ui.css").mimetype == "text/css"
    assert client.get("/docs/start.js").mimetype == "text/javascript"
    assert client.get("/docs/../plugins.py").status_code == 404
    assert client.get("/docs/plugins.py").status_code == 404
