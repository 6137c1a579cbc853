"""GET /v1/surveys and /v1/rules as a caller sees them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from collector.web import auth
from tests.surveys.definitions import survey
from tests.triggers.making import rule

Get = Callable[[str], TestResponse]


@pytest.fixture
def get(app: Flask, client: FlaskClient) -> Get:
    with app.app_context():
        token = auth.issue("ops", ("rules:read",))
        apply_surveys([survey(), survey("love", "nps")])
        apply_rules([rule("b", status="paused"), rule("a")])
        apply_rules([rule("a", sample=0.5)])
    return lambda path: client.get(path, headers={"Authorization": f"Bearer {token}"})


def test_surveys_and_rules_are_listed_by_key(get: Get) -> None:
    surveys, rules = get("/v1/surveys").get_json(), get("/v1/rules").get_json()
    assert [(one["key"], one["metric"]) for one in surveys["surveys"]] == [
        ("delivery", "csat"), ("love", "nps"),
    ]  # fmt: skip
    assert [(one["key"], one["status"], one["version"]) for one in rules["rules"]] == [
        ("a", "live", 2), ("b", "paused", 1),
    ]  # fmt: skip


def test_one_of_them_is_shown_with_its_definition(get: Get) -> None:
    assert get("/v1/surveys/love").get_json()["definition"]["owner"] == "care"
    assert get("/v1/rules/a").get_json()["definition"]["sample"] == 0.5


@pytest.mark.parametrize("path", ["/v1/surveys/nobody", "/v1/rules/nobody"])
def test_what_is_not_there_is_a_404(get: Get, path: str) -> None:
    answer = get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize("path", ["/v1/surveys", "/v1/rules", "/v1/surveys/love", "/v1/rules/a"])
def test_a_key_is_needed(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 401


def test_what_is_surely_not_meant_comes_as_warnings(app: Flask, get: Get) -> None:
    with app.app_context():
        hours = {"sms": "09:00-20:00"}
        apply_rules([rule("c", channels=["sms", "webhook"], quiet_hours=hours)])
    told = {one["code"]: one for one in get("/v1/rules/c").get_json()["warnings"]}
    assert told["quiet_by_day"]["pointer"] == "/quiet_hours/sms"
    assert told["channel_not_set_up"]["pointer"] == "/channels/1"
    assert "COLLECTOR_SMS_NOT_TO" in told["numbers_without_text"]["detail"]
    assert get("/v1/surveys/love").get_json()["warnings"] == []
