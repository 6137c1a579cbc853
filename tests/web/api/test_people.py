"""PUT /v1/people/{ref} as a caller sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from collector import clock
from collector.web import auth
from tests.triggers.making import NOON

Put = Callable[..., TestResponse]


@pytest.fixture
def put(app: Flask, client: FlaskClient) -> Iterator[Put]:
    with app.app_context():
        token = auth.issue("crm", ("people:write",))

    def send(body: Any, ref: str = "c-17") -> TestResponse:
        headers = {"Authorization": f"Bearer {token}"}
        return client.put(f"/v1/people/{ref}", json=body, headers=headers)

    with clock.at(NOON):
        yield send


def test_a_person_is_created_and_told_back(put: Put) -> None:
    answer = put({
        "kind": "employee", "phone": "+55 11 98765-4321", "locale": "pt-BR",
        "attributes": {"desk": 4}, "consent": {"sms": "granted", "email": "denied"},
    })  # fmt: skip
    assert answer.status_code == 200
    body = answer.get_json()
    assert body.pop("id").startswith("per_")
    at = body["consent"]["sms"].pop("at")
    assert at.startswith("2026-03-02T12:00:00")
    body["consent"]["email"].pop("at")
    assert body == {
        "ref": "c-17", "kind": "employee", "locale": "pt-BR", "timezone": "",
        "phone": "+5511987654321", "email": None, "attributes": {"desk": 4},
        "consent": {
            "sms": {"state": "granted", "source": "api"},
            "email": {"state": "denied", "source": "api"},
        },
    }  # fmt: skip


def test_the_same_call_twice_is_one_call(put: Put) -> None:
    body = {"phone": "+5511987654321", "consent": {"any": "granted"}}
    assert put(body).get_json() == put(body).get_json()


def test_what_is_not_given_stays_and_null_withdraws(put: Put) -> None:
    put({"phone": "+5511987654321", "email": "a@example.com", "attributes": {"a": 1, "b": 2}})
    body = put({"phone": None, "attributes": {"a": None, "c": 3}}).get_json()
    assert (body["phone"], body["email"]) == (None, "a@example.com")
    assert body["attributes"] == {"b": 2, "c": 3}


def test_the_answer_says_what_holds_now(put: Put) -> None:
    put({"email": "old@example.com", "consent": {"email": "granted"}, "attributes": {"a": 1}})
    body = put(
        {"email": "new@example.com", "consent": {"email": "denied"}, "attributes": {"a": None}}
    ).get_json()
    assert (body["email"], body["attributes"]) == ("new@example.com", {})
    assert body["consent"]["email"]["state"] == "denied"
    assert put({"email": None}).get_json()["email"] is None
    assert put({"consent": {"email": "granted"}}).get_json()["consent"]["email"] == {
        "state": "granted", "source": "api", "at": "2026-03-02T12:00:00+00:00",
    }  # fmt: skip


def test_too_many_attributes_are_refused_with_the_limit_and_what_to_do(put: Put) -> None:
    put({"attributes": {f"a{at}": at for at in range(490)}})
    answer = put({"email": "a@example.com", "attributes": {f"b{at}": at for at in range(20)}})
    body = answer.get_json()
    assert answer.status_code == 422
    assert (body["code"], body["errors"][0]["pointer"]) == ("too_many_attributes", "/attributes")
    assert "At most 500 attributes" in body["detail"]
    assert "null" in body["detail"]
    assert put({}).get_json()["email"] is None


def test_everything_wrong_is_listed(put: Put) -> None:
    answer = put({"phone": "1", "consent": {"sms": "maybe"}, "ref": "c-18", "x": 1})
    assert answer.status_code == 422
    pointers = {one["pointer"] for one in answer.get_json()["errors"]}
    assert pointers == {"/phone", "/consent/sms", "/ref", "/x"}


@pytest.mark.parametrize("ref", ["%00", "a%0Ab", "x" * 201, "%20a"])
def test_an_odd_name_is_refused(put: Put, ref: str) -> None:
    assert put({}, ref).status_code == 422


def test_a_key_is_needed(client: FlaskClient) -> None:
    assert client.put("/v1/people/c-1", json={}).status_code == 401
