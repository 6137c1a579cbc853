"""Changing rules and surveys over the API: nobody undoes another's change, and all is logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from collector.surveys.apply import apply as apply_surveys
from collector.web import auth
from tests.surveys.definitions import survey
from tests.triggers.making import rule

Call = Callable[..., TestResponse]


@pytest.fixture
def call(app: Flask, client: FlaskClient) -> Call:
    """`call("PUT", "/v1/rules/a", body, seen='"1-live"')` with a key called ops."""
    with app.app_context():
        token = auth.issue("ops", ("rules:read", "rules:write"))
        apply_surveys([survey(), survey("love", "nps")])

    def send(method: str, path: str, body: Any = None, seen: str = "") -> TestResponse:
        headers = {"Authorization": f"Bearer {token}"} | ({"If-Match": seen} if seen else {})
        return client.open(path, method=method, json=body, headers=headers)

    return send


def definition(**changes: Any) -> dict[str, Any]:
    return {name: value for name, value in rule("a", **changes).items() if name != "status"}


def put(call: Call, seen: str = "", status: str = "", why: str = "wanted", **changes: Any) -> Any:
    body = {"definition": definition(**changes), "status": status, "reason": why}
    return call("PUT", "/v1/rules/a", body, seen)


def test_a_new_rule_begins_as_a_draft_and_goes_live_with_a_reason(call: Call) -> None:
    made = put(call, why="")
    assert (made.status_code, made.headers["ETag"]) == (200, '"1-draft"')
    refused = call("POST", "/v1/rules/a/status", {"status": "live"})
    assert (refused.status_code, refused.get_json()["code"]) == (422, "reason_required")
    live = call("POST", "/v1/rules/a/status", {"status": "live", "reason": "agreed with care"})
    assert live.get_json()["status"] == "live"
    back = call("POST", "/v1/rules/a/status", {"status": "draft", "reason": "oh"})
    assert back.get_json()["code"] == "status_backwards"


def test_what_was_read_can_be_written_back_and_changes_nothing(call: Call) -> None:
    put(call)
    read = call("GET", "/v1/rules/a")
    body = {"definition": read.get_json()["definition"]}
    again = call("PUT", "/v1/rules/a", body, read.headers["ETag"])
    assert (again.status_code, again.headers["ETag"]) == (200, read.headers["ETag"])
    read = call("GET", "/v1/surveys/love")
    body = {"definition": read.get_json()["definition"]}
    assert call("PUT", "/v1/surveys/love", body, read.headers["ETag"]).get_json()["version"] == 1


def test_the_second_of_two_editors_is_told_what_the_first_one_did(call: Call) -> None:
    read = put(call, status="live").headers["ETag"]
    assert put(call, read, sample=0.5).headers["ETag"] == '"2-live"'
    late = put(call, read, delay="2h")
    assert (late.status_code, late.get_json()["code"]) == (409, "version_conflict")
    said = late.get_json()["detail"]
    assert "sample: 1 → 0.5" in said
    assert "By ops at" in said
    assert call("GET", "/v1/rules/a").get_json()["definition"]["delay"] == "0s"


def test_a_switched_status_is_a_change_too(call: Call) -> None:
    read = put(call, status="live").headers["ETag"]
    call("POST", "/v1/rules/a/status", {"status": "paused", "reason": "too many texts"})
    assert "status: live → paused" in put(call, read, delay="2h").get_json()["detail"]


def test_changing_what_exists_needs_the_version_that_was_read(call: Call) -> None:
    put(call)
    assert put(call, delay="1h").get_json()["code"] == "version_required"
    assert put(call, "*", delay="1h").status_code == 200
    assert put(call, '"9-live"', delay="2h").get_json()["code"] == "version_conflict"
    absent = call("PUT", "/v1/rules/b", {"definition": {**definition(), "key": "b"}}, '"1-live"')
    assert (absent.status_code, absent.get_json()["code"]) == (404, "unknown_rule")


def test_going_back_is_one_step_and_a_version_of_its_own(call: Call) -> None:
    first = put(call, status="live").get_json()
    put(call, "*", sample=0.5)
    back = call("POST", "/v1/rules/a/rollback", {"reason": "asked too few"}).get_json()
    assert (back["version"], back["status"]) == (3, "live")
    assert back["definition"] == first["definition"]
    nowhere = call("POST", "/v1/rules/a/rollback", {"to": 9, "reason": "x"})
    assert (nowhere.status_code, nowhere.get_json()["code"]) == (404, "unknown_version")


def test_a_survey_is_changed_and_rolled_back_the_same_way(call: Call) -> None:
    put(call, status="live")
    read = call("GET", "/v1/surveys/delivery")
    changed = {"definition": {**read.get_json()["definition"], "lapse_days": 3}}
    silent = call("PUT", "/v1/surveys/delivery", changed, read.headers["ETag"])
    assert silent.get_json()["code"] == "reason_required"
    changed["reason"] = "two weeks were too long"
    assert call("PUT", "/v1/surveys/delivery", changed, read.headers["ETag"]).status_code == 200
    late = call("PUT", "/v1/surveys/delivery", changed, read.headers["ETag"])
    assert "lapse_days: 14 → 3" in late.get_json()["detail"]
    back = call("POST", "/v1/surveys/delivery/rollback", {"reason": "no, they were not"})
    assert back.get_json()["version"] == 3
    assert back.get_json()["definition"]["lapse_days"] == 14


def test_every_change_is_in_the_log_with_who_and_why(call: Call) -> None:
    put(call, status="live", why="first")
    put(call, "*", why="second", sample=0.5)
    call("POST", "/v1/rules/a/status", {"status": "paused", "reason": "third"})
    call("POST", "/v1/rules/a/rollback", {"reason": "fourth"})
    entries = call("GET", "/v1/audit?kind=rule&key=a").get_json()["entries"]
    assert [(one["number"], one["action"], one["by"], one["reason"]) for one in entries] == [
        (4, "rolled_back", "ops", "fourth"), (3, "status", "ops", "third"),
        (2, "changed", "ops", "second"), (1, "created", "ops", "first"),
    ]  # fmt: skip
    assert entries[2]["details"]["differences"] == [{"path": "sample", "before": 1, "after": 0.5}]
    assert entries[1]["details"]["status"] == ["live", "paused"]
    older = call("GET", f"/v1/audit?kind=rule&limit=1&before={entries[2]['id']}").get_json()
    assert [one["number"] for one in older["entries"]] == [1]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [({"when": "1 +"}, "/definition/when"), ({"sample": 2}, "/definition/sample")],
)
def test_a_rule_that_cannot_be_used_is_refused_with_the_place(
    call: Call, changes: dict[str, Any], pointer: str
) -> None:
    answer = put(call, **changes)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.get_json()["errors"]] == [pointer]
    assert call("GET", "/v1/rules/a").status_code == 404


def test_the_key_in_the_body_must_be_that_of_the_address(call: Call) -> None:
    answer = call("PUT", "/v1/rules/b", {"definition": definition()})
    assert answer.get_json()["code"] == "key_mismatch"


def test_writing_needs_its_own_scope(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        token = auth.issue("reader", ("rules:read",))
    headers = {"Authorization": f"Bearer {token}"}
    body = {"definition": definition()}
    assert client.put("/v1/rules/a", json=body, headers=headers).status_code == 403
