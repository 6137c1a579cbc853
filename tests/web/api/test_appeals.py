"""Appeals over HTTP: scopes, what whom is shown, what may be repeated, what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from collector import clock
from collector.web import auth
from tests.integrity.appeals.cases import LATER, REJECTED, finding, newest, published, send

Call = Callable[..., TestResponse]
APPEAL = {"by": "a1", "ground": "genuine", "statement": "I know this customer."}
RULING = {"by": "rita", "decision": "upheld", "outcome": "counts", "reason": "She was called."}


@pytest.fixture
def call(ctx: Flask, client: FlaskClient) -> Iterator[Call]:
    keys = {
        "agent": auth.issue("desk", ("appeals:write",)),
        "reviewer": auth.issue("review", ("appeals:rule",)),
        "shop": auth.issue("shop", ("events:write",)),
        "auditor": auth.issue("audit", ("rules:read",)),
    }

    def send(who: str, path: str, body: Any = None, key: str = "") -> TestResponse:
        headers = {"Authorization": f"Bearer {keys[who]}"}
        if key:
            headers["Idempotency-Key"] = key
        method = "GET" if body is None else "POST"
        return client.open(f"/v1/{path}", method=method, json=body, headers=headers)

    with clock.at(LATER):
        yield send


def opened(call: Call, **changes: Any) -> tuple[str, str]:
    response = published(5, **REJECTED)
    answer = call("agent", f"responses/{response}/appeals", {**APPEAL, **changes})
    assert answer.status_code == 201, answer.get_json()
    return response, answer.get_json()["id"]


def test_an_agent_sees_families_of_reasons_and_no_figure(call: Call) -> None:
    _, id = opened(call)
    for path in (f"appeals/{id}", "appeals"):
        text = call("agent", path).get_data(as_text=True)
        for secret in ("DEVICE_SHARED", "customers", "0.98", "weight", "evidence", "contested"):
            assert secret not in text
    body = call("agent", f"appeals/{id}").get_json()
    assert body["reason_families"] == ["where and when the answer came from"]
    assert (body["state"], body["score"], body["verdict"]) == ("open", 5, "rejected")
    assert body["ruling"] is None


def test_a_reviewer_sees_the_codes_and_the_figures(call: Call) -> None:
    _, id = opened(call)
    body = call("reviewer", f"appeals/{id}").get_json()
    assert body["contested"]["reasons"] == ["DEVICE_SHARED"]
    assert body["evidence"]["DEVICE_SHARED"] == {"customers": 7, "for_subject": 6}


def test_scopes_keep_appealing_ruling_and_everything_else_apart(call: Call) -> None:
    response, id = opened(call)
    assert call("agent", f"appeals/{id}/ruling", RULING).status_code == 403
    assert call("reviewer", f"responses/{response}/appeals", APPEAL).status_code == 403
    assert call("reviewer", f"appeals/{id}/withdrawal", {"by": "a1"}).status_code == 403
    assert call("agent", "findings").status_code == 403
    for path in ("appeals", f"appeals/{id}"):
        answer = call("shop", path)
        assert answer.status_code == 403
        assert "appeals:write or appeals:rule" in answer.get_json()["detail"]


def test_a_ruling_can_be_repeated_with_its_key_and_not_without(call: Call) -> None:
    response, id = opened(call)
    first = call("reviewer", f"appeals/{id}/ruling", RULING, key="r-1")
    again = call("reviewer", f"appeals/{id}/ruling", RULING, key="r-1")
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.get_json()["ruling"] == again.get_json()["ruling"]
    assert first.get_json()["ruling"]["outcome"] == "counts"
    other = call("reviewer", f"appeals/{id}/ruling", {**RULING, "by": "rosa"}, key="r-1")
    assert (other.status_code, other.get_json()["code"]) == (409, "idempotency_key_reused")
    late = call("reviewer", f"appeals/{id}/ruling", {**RULING, "by": "rosa"})
    assert (late.status_code, late.get_json()["code"]) == (409, "not_open")
    long = call("reviewer", f"appeals/{id}/ruling", RULING, key="k" * 256)
    assert (long.status_code, long.get_json()["code"]) == (422, "bad_idempotency_key")
    send()
    assert newest(response)["weight"] == 1.0


def test_opening_can_be_repeated_with_its_key(call: Call) -> None:
    response = published(1)
    path, body = f"responses/{response}/appeals", {**APPEAL, "ground": "product_failed"}
    ids = {call("agent", path, body, key="o-1").get_json()["id"] for _ in range(2)}
    assert len(ids) == 1
    assert call("agent", path, body).get_json()["code"] == "appeal_open"


def test_who_is_involved_is_told_why_they_may_not_rule(call: Call) -> None:
    _, id = opened(call)
    answer = call("reviewer", f"appeals/{id}/ruling", {**RULING, "by": "a2"})
    assert (answer.status_code, answer.get_json()["code"]) == (403, "reviewer_involved")
    assert "is whom this is about" in answer.get_json()["detail"]


def test_the_deadline_is_a_410_with_its_dates(call: Call) -> None:
    response = published(1)
    with clock.at(LATER.replace(day=20)):
        answer = call("agent", f"responses/{response}/appeals", {**APPEAL, "ground": "other"})
    assert (answer.status_code, answer.get_json()["code"]) == (410, "appeal_deadline_passed")
    assert "2026-03-16T12:03:00.000Z" in answer.get_json()["detail"]


def test_the_log_of_changes_tells_every_step_to_who_may_read_it(call: Call) -> None:
    _, id = opened(call)
    call("reviewer", f"appeals/{id}/ruling", RULING)
    entries = call("auditor", f"audit?kind=appeal&key={id}").get_json()["entries"]
    told = [(one["action"], one["by"], one["reason"], one["details"]["via"]) for one in entries]
    assert told == [
        ("upheld", "rita", "She was called.", "review"),
        ("opened", "a1", "the customer gave this answer, and nobody else", "desk"),
    ]
    assert call("agent", "audit").status_code == 403


def test_lists_are_filtered_and_paged(call: Call) -> None:
    (first, one), (_, two), (_, three) = (opened(call) for _ in range(3))
    call("agent", f"appeals/{two}/withdrawal", {"by": "a1"})

    def ids(query: str) -> list[str]:
        return [row["id"] for row in call("agent", f"appeals{query}").get_json()["appeals"]]

    assert ids("") == [three, two, one]
    assert ids("?state=open") == [three, one]
    assert ids(f"?about={first}") == [one]
    assert ids("?limit=1") == [three]
    assert ids(f"?before={three}&limit=1") == [two]
    assert ids("?by=nobody") == []
    assert call("agent", "appeals?state=lost").status_code == 422


HOSTILE: list[Any] = [
    [], "x", 7, {}, {"by": 7}, {"by": ["a"], "ground": {}}, {**APPEAL, "state": "upheld"},
    {**APPEAL, "by": "a\u0000"},
]  # fmt: skip


def test_hostile_bodies_are_refused(call: Call) -> None:
    response = published(1)
    for body in HOSTILE:
        assert call("agent", f"responses/{response}/appeals", body).status_code == 422, body
    assert call("agent", "appeals").get_json() == {"appeals": []}


def test_what_is_not_there_is_a_404(call: Call) -> None:
    assert call("agent", "responses/rsp_x/appeals", APPEAL).status_code == 404
    assert call("agent", "appeals/apl_x").status_code == 404
    assert call("reviewer", "appeals/apl_x/ruling", RULING).status_code == 404
    assert call("agent", "appeals/apl_x/withdrawal", {"by": "a1"}).status_code == 404
    assert call("reviewer", "findings/fnd_x").status_code == 404


def test_a_finding_is_looked_at_contested_and_ruled_on(call: Call) -> None:
    id = finding()
    (shown,) = call("reviewer", "findings?state=open").get_json()["findings"]
    assert (shown["subject"], shown["appeal"]) == ("a1", "")
    assert shown["innocent"] == {"SELECTIVE_INVITE": "Angry customers decline more often."}
    said = {"by": "a1", "ground": "innocent_explanation", "statement": "New district."}
    appeal = call("agent", f"findings/{id}/appeals", said)
    assert appeal.status_code == 201
    assert "0.0005" not in appeal.get_data(as_text=True)
    ruling = {"by": "rita", "outcome": "confirmed", "reason": "Ten were asked again."}
    assert call("reviewer", f"findings/{id}/ruling", ruling).get_json()["code"] == "appeal_open"
    call("reviewer", f"appeals/{appeal.get_json()['id']}/ruling",
         {"by": "rita", "decision": "dismissed", "reason": "The district is not new."})  # fmt: skip
    assert call("reviewer", f"findings/{id}/ruling", ruling).get_json()["state"] == "confirmed"
    assert call("reviewer", f"findings/{id}").get_json()["appeal"] == "dismissed"
