"""POST /v1/events as a caller sees it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from collector import clock
from collector.intake.formats import native
from collector.intake.incoming import IncomingEvent, IncomingPerson
from collector.model.base import db
from collector.model.events import Event
from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from collector.web import auth
from collector.web.api.intake import event_schemas
from tests.surveys.definitions import survey
from tests.triggers.making import NOON, event, rule

Post = Callable[[Any], TestResponse]


@pytest.fixture
def post(app: Flask, client: FlaskClient) -> Iterator[Post]:
    """Post a body (JSON, or bytes as they are) with a key that may, at noon."""
    with app.app_context():
        token = auth.issue("shop", ("events:write",))
        apply_surveys([survey()])
        apply_rules([rule(), rule("big", when="context.amount > 100", priority=5)])
        db.session.remove()

    def send(body: Any) -> TestResponse:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return client.post("/v1/events", data=data, headers=headers)

    with clock.at(NOON):
        yield send


def test_one_event_tells_what_was_decided(post: Post) -> None:
    answer = post(event(id="o-1", context={"amount": 50}))
    assert answer.status_code == 202
    (result,) = answer.get_json()["results"]
    assert (result["status"], result["source"], result["event_id"]) == ("accepted", "shop", "o-1")
    assert result["id"].startswith("evt_")
    invited, held_back = sorted(result["decisions"], key=lambda one: one["outcome"], reverse=True)
    assert (invited["rule"], invited["outcome"], invited["reason"]) == (
        "delivered", "invited", "invited",
    )  # fmt: skip
    assert invited["invitation"].startswith("inv_")
    assert (held_back["rule"], held_back["reason"]) == ("big", "condition_false")
    assert held_back["reason_text"]


def test_the_same_call_again_reports_the_original_decisions(post: Post) -> None:
    raw = event()
    first, again = post(raw).get_json()["results"][0], post(raw).get_json()["results"][0]
    assert again == {**first, "status": "duplicate"}


def test_each_item_of_a_list_has_its_own_outcome(post: Post, app: Flask) -> None:
    known = event()
    post(known)
    answer = post([
        event(), known, {**known, "context": {"other": 1}}, event(who={"phone": "1"}), 7, event(),
    ])  # fmt: skip
    assert answer.status_code == 207
    results = answer.get_json()["results"]
    assert [one["status"] for one in results] == [
        "accepted", "duplicate", "conflict", "invalid", "invalid", "accepted",
    ]  # fmt: skip
    assert results[2]["problems"][0]["code"] == "event_key_reused"
    assert results[3]["problems"][0]["pointer"] == "/3/person/phone"
    assert all("decisions" in one for one in results if one["status"] in ("accepted", "duplicate"))
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Event)) == 3


def test_a_list_that_is_taken_whole_is_a_202(post: Post) -> None:
    raw = [event(), event()]
    assert [post(raw).status_code, post(raw).status_code] == [202, 202]


def test_a_single_bad_event_is_a_problem_with_everything_listed(post: Post) -> None:
    answer = post(event(who={"phone": "1", "email": "2"}))
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    body = answer.get_json()
    assert body["code"] == "invalid_event"
    assert [one["pointer"] for one in body["errors"]] == ["/person/phone", "/person/email"]


def test_a_single_conflict_is_a_409(post: Post) -> None:
    raw = event()
    post(raw)
    answer = post({**raw, "type": "order.returned"})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "event_key_reused")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "malformed_json"),
        (b"{", "malformed_json"),
        (b"\xff\xfe", "malformed_json"),
        (b"[" * 100_000, "malformed_json"),
        (b"[]", "empty_batch"),
        (b"[" + b"1," * 500 + b"1]", "batch_too_large"),
        (b"null", "invalid_event"),
        (b'"text"', "invalid_event"),
        (b"1" * 5_000, "malformed_json"),
    ],
)
def test_unusable_bodies_are_refused(post: Post, body: bytes, code: str) -> None:
    answer = post(body)
    assert (answer.status_code, answer.get_json()["code"]) == (422, code)


def test_a_body_that_is_too_large_is_refused(post: Post) -> None:
    assert post(b" " * (2 * 1024 * 1024 + 1)).status_code == 413


def test_a_lone_surrogate_or_nan_sinks_only_its_own_item(post: Post) -> None:
    good, bad, worse = event(), event(context={"t": "\ud800"}), event(context={"n": float("nan")})
    results = post([good, bad, worse]).get_json()["results"]
    assert [one["status"] for one in results] == ["accepted", "invalid", "invalid"]
    assert results[1]["problems"][0]["pointer"] == "/1/context/t"
    assert results[2]["problems"][0]["pointer"] == "/2/context/n"


def test_broken_keys_do_not_break_the_answer(post: Post) -> None:
    answer = post([{"\ud800": 1, "id": "\ud800", "a/b~c": 2}])
    assert answer.status_code == 207
    pointers = [one["pointer"] for one in answer.get_json()["results"][0]["problems"]]
    assert "/0/a~1b~0c" in pointers
    assert "/0/?" in pointers


def test_without_a_key_that_may_nothing_is_accepted(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        weak = auth.issue("reader", ("exports:read",))
    assert client.post("/v1/events", json=event()).status_code == 401
    headers = {"Authorization": f"Bearer {weak}"}
    assert client.post("/v1/events", json=event(), headers=headers).status_code == 403
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Event)) == 0


def test_the_api_document_describes_the_call_and_its_examples_are_usable(
    client: FlaskClient,
) -> None:
    described = client.get("/v1/openapi.json").get_json()["paths"]["/v1/events"]["post"]
    assert set(described["responses"]) >= {"202", "207", "409", "422"}
    schema = described["requestBody"]["content"]["application/json"]["schema"]
    assert schema["oneOf"][1]["maxItems"] == 500
    assert set(event_schemas.EVENT["properties"]) == set(native.EVENT_FIELDS)
    assert set(event_schemas.PERSON_IN_EVENT["properties"]) == set(native.PERSON_FIELDS)
    assert isinstance(native.read_event(event_schemas.EXAMPLE, "", NOON), IncomingEvent)
    assert isinstance(native.read_person(event_schemas.PERSON_EXAMPLE, "c"), IncomingPerson)


@pytest.mark.parametrize("ids", [("o-9", "o-10"), ("o-10", "o-9"), ("b", "a")], ids=str)
def test_an_accepted_event_notes_what_of_it_was_left_out(post: Post, ids: tuple[str, str]) -> None:
    """The events of a call are taken as they were given, however their ids sort."""

    def full(key: str, start: int) -> dict[str, Any]:
        attributes = {f"a{at}": at for at in range(start, start + 490)}
        return event(id=key, who={"attributes": attributes})

    first, second = post([full(ids[0], 0), full(ids[1], 490)]).get_json()["results"]
    assert ("notes" in first, first["status"], second["status"]) == (False, "accepted", "accepted")
    (note,) = second["notes"]
    assert (note["code"], note["pointer"]) == ("too_many_attributes", "/1/person/attributes")
    assert len(second["decisions"]) == 2


def test_a_denial_that_is_too_old_to_hold_is_noted_and_logged(post: Post) -> None:
    post(event(who={"consent": {"sms": "granted"}}))
    late = event(occurred_at="2026-03-02T10:00:00Z", who={"consent": {"sms": "denied"}})
    with capture_logs() as logs:
        (result,) = post(late).get_json()["results"]
    assert [(note["code"], note["pointer"]) for note in result["notes"]] == [
        ("outdated_denial", "/person/consent/sms")
    ]
    (line,) = [line for line in logs if line["event"] == "event_values_left_out"]
    assert (line["events"], line["codes"]) == (1, {"outdated_denial": 1})
