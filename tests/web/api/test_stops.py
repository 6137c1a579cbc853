"""Stopping over the API: everything in one call, a rule, a survey, what waits; /readyz tells."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.web import auth
from tests.invitations.stops.conftest import begin
from tests.triggers.making import NOON


@pytest.fixture
def ops(ctx: Flask, client: FlaskClient) -> Any:
    token = auth.issue("ops", ("rules:read", "rules:write"))
    reader = auth.issue("reader", ("rules:read",))

    def call(method: str, path: str, body: Any = None, key: str = token) -> Any:
        with clock.at(NOON + timedelta(minutes=5)):
            return client.open(
                f"/v1/{path}", method=method, json=body, headers={"Authorization": f"Bearer {key}"}
            )

    call.reader = reader  # type: ignore[attr-defined]
    return call


WHY = {"reason": "the shop is down"}


def test_everything_is_paused_and_resumed_in_one_call_each(ops: Any, client: FlaskClient) -> None:
    one = begin()
    one.happened()
    assert client.get("/readyz").get_json()["paused"] is None
    assert ops("POST", "pause", {}).get_json()["code"] == "reason_required"
    for _ in range(2):
        told = ops("POST", "pause", WHY)
        assert told.status_code == 200
        body = told.get_json()
        assert (body["paused"], body["by"], body["reason"]) == (True, "ops", WHY["reason"])
        assert body["waiting"]["held"] == {"everything_paused": 1}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()["status"]) == (200, "ready")
    assert ready.get_json()["paused"] == {"since": body["since"]}
    assert "collector_paused 1.0" in client.get("/metrics").text
    assert ops("GET", "pause").get_json() == body
    for _ in range(2):
        told = ops("POST", "resume", {})
        assert (told.status_code, told.get_json()["paused"]) == (200, False)
    assert client.get("/readyz").get_json()["paused"] is None
    log = ops("GET", "audit?kind=service").get_json()["entries"]
    assert [(one["action"], one["by"]) for one in log] == [("resumed", "ops"), ("paused", "ops")]


def test_a_key_that_only_reads_stops_nothing(ops: Any) -> None:
    for path in ("pause", "resume", "rules/a/call-off", "surveys/a/call-off"):
        assert ops("POST", path, WHY, ops.reader).status_code == 403
    assert ops("GET", "pause", None, ops.reader).status_code == 200


def test_a_rule_that_is_paused_answers_with_what_waits(ops: Any) -> None:
    one = begin()
    for number in range(3):
        one.happened(f"c-{number}")
    told = ops("POST", "rules/delivered/status", {"status": "paused"} | WHY).get_json()
    assert told["waiting"]["asks"] == 3
    assert told["waiting"]["held"] == {"rule_paused": 3}
    listed = ops("GET", "rules/delivered/waiting?limit=2").get_json()
    assert (listed["waiting"]["asks"], len(listed["asks"])) == (3, 2)
    assert {row["held"] for row in listed["asks"]} == {"rule_paused"}
    off = ops("POST", "rules/delivered/call-off", WHY).get_json()
    assert (off["called_off"], off["before"]["asks"], off["waiting"]["asks"]) == (3, 3, 0)
    assert ops("POST", "rules/delivered/call-off", WHY).get_json()["called_off"] == 0


def test_a_survey_is_paused_retired_and_live_again(ops: Any) -> None:
    one = begin()
    one.happened()
    assert ops("GET", "surveys/delivery").get_json()["status"] == "live"
    told = ops("POST", "surveys/delivery/status", {"status": "paused"} | WHY).get_json()
    assert told["waiting"]["held"] == {"survey_paused": 1}
    assert ops("GET", "surveys/delivery").get_json()["status"] == "paused"
    told = ops("POST", "surveys/delivery/status", {"status": "retired"} | WHY).get_json()
    assert (told["status"], told["waiting"]["asks"]) == ("retired", 0)
    assert one.statuses() == ["cancelled"]
    assert ops("POST", "surveys/delivery/status", {"status": "live"} | WHY).status_code == 200
    assert ops("GET", "surveys/delivery/waiting").get_json()["asks"] == []


@pytest.mark.parametrize("path", ["rules/no/waiting", "surveys/no/waiting"])
def test_what_is_not_there_has_nothing_that_waits(ops: Any, path: str) -> None:
    assert ops("GET", path).status_code == 404


def test_a_limit_that_is_none_is_named(ops: Any) -> None:
    begin()
    told = ops("GET", "rules/delivered/waiting?limit=many").get_json()
    assert told["code"] == "bad_limit"
