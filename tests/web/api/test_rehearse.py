"""Rehearsing and explaining over HTTP: lines while it runs, nothing written, nobody named."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from collector import clock
from collector.intake import receive
from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from collector.triggers import decide
from collector.web import auth
from tests.surveys.definitions import survey
from tests.triggers.making import NOON, event, read, rule

Call = Callable[..., TestResponse]


@pytest.fixture
def call(app: Flask, client: FlaskClient) -> Call:
    """Two deliveries of one person, a day apart, and a key that may look."""
    caps = {"global_days": 30, "survey_days": 30}
    with app.app_context():
        token = auth.issue("ops", ("rules:read", "people:read"))
        with clock.at(NOON):
            apply_surveys([survey()])
            apply_rules([rule(caps=caps)])
        for number in range(2):
            at = NOON + timedelta(days=number)
            raw = event(id=f"o-{number + 1}", occurred_at=clock.iso(at), context={"big": True})
            with clock.at(at):
                (kept,) = receive.receive([read(raw, at)])
                decide.decide_events([kept.id])

    def send(method: str, path: str, body: Any = None) -> TestResponse:
        headers = {"Authorization": f"Bearer {token}"}
        with clock.at(NOON + timedelta(days=2)):
            return client.open(path, method=method, json=body, headers=headers)

    return send


def lines(answer: TestResponse) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]


def test_a_draft_is_rehearsed_with_progress_and_a_report_at_the_end(call: Call) -> None:
    body = {"definition": rule(channels=["email"]), "from": "2026-03-01T00:00:00Z",
            "segment": "context.big"}  # fmt: skip
    answer = call("POST", "/v1/rules/delivered/rehearse", body)
    assert (answer.status_code, answer.mimetype) == (200, "application/x-ndjson")
    *progress, last = lines(answer)
    assert progress[-1] == {"progress": {"done": 2, "total": 2, "invited": 2}}
    report = last["report"]
    assert report["channels"]["first"] == {"email": 2}
    assert report["segments"] == {"true": {"invited": 2}}
    (flip,) = report["difference"]["flips"]
    assert (flip["from"], flip["to"], flip["count"]) == ("capped_global", "invited", 1)
    looked = call("GET", f"/v1/events/{flip['samples'][0]}/explain")
    assert looked.get_json()["event_id"] == "o-2"


def test_the_stored_rule_is_rehearsed_without_a_definition(call: Call) -> None:
    answer = call("POST", "/v1/rules/delivered/rehearse", {"from": "2026-03-01T00:00:00Z"})
    report = lines(answer)[-1]["report"]
    assert (report["version"], report["agreement"]["same"]) == ("1", 2)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"definition": {**rule(), "when": "1 +"}, "from": "2026-03-01T00:00:00Z"},
         "/definition/when"),
        ({"from": "2027-03-01T00:00:00Z"}, "/from"),
        ({"from": "yesterday"}, "/from"),
    ],
)  # fmt: skip
def test_what_cannot_be_rehearsed_is_a_422_before_anything_runs(
    call: Call, body: dict[str, Any], pointer: str
) -> None:
    answer = call("POST", "/v1/rules/delivered/rehearse", body)
    assert answer.status_code == 422
    assert pointer in [one["pointer"] for one in answer.get_json()["errors"]]


def test_an_event_and_a_person_are_explained(call: Call) -> None:
    told = call("GET", "/v1/events/o-2/explain").get_json()
    assert told["rules"][0]["then"]["reason"] == "capped_global"
    assert len(told["rules"][0]["then"]["gates"]) == 15
    person = call("GET", "/v1/people/c-1/explain?rule=delivered").get_json()
    assert person["rules"][0]["next_time"]["event_from"].startswith("2026-04-01")
    for path in ("/v1/events/nothing/explain", "/v1/people/nobody/explain"):
        assert call("GET", path).status_code == 404


def test_explaining_a_person_needs_the_right_to_read_people(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        token = auth.issue("ops", ("rules:read",))
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/v1/people/c-1/explain", headers=headers).status_code == 403
