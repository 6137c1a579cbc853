"""GET /v1/suppressions and its neighbours: masked, explained, lifted with a reason."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector.model.base import unit_of_work
from collector.model.people import Suppression
from collector.web.auth import issue
from tests import factories


@pytest.fixture
def headers(app: Flask) -> dict[str, str]:
    with app.app_context():
        key = issue("ops", ("suppressions:read", "suppressions:write"))
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture
def rows(app: Flask) -> None:
    with app.app_context(), unit_of_work() as work:
        for id, reason, address in (
            ("sup_1", "undeliverable", "ann@customer.example"),
            ("sup_2", "unsubscribe", "bob@customer.example"),
        ):
            work.session.add(
                Suppression(
                    id=id, channel="email", address=address, reason=reason, cause="",
                    created_at=factories.NOON,
                )
            )  # fmt: skip
        work.commit()


def test_they_are_listed_masked_and_looked_up_without_a_url(
    client: FlaskClient, rows: None, headers: dict[str, str]
) -> None:
    listed = client.get("/v1/suppressions", headers=headers).get_json()["suppressions"]
    assert [one["address"] for one in listed] == ["b…@customer.example", "a…@customer.example"]
    assert client.get("/v1/suppressions?reason=stop", headers=headers).get_json() == {
        "suppressions": []
    }
    body = {"channel": "email", "address": "ANN@customer.example"}
    found = client.post("/v1/suppressions/lookup", json=body, headers=headers).get_json()
    assert found["suppression"]["id"] == "sup_1"
    one = client.get("/v1/suppressions/sup_2", headers=headers).get_json()
    assert (one["liftable"], one["sentence"]) == ("person_asked", "The person unsubscribed.")
    assert client.get("/v1/suppressions/sup_9", headers=headers).status_code == 404


def test_one_is_lifted_with_a_reason_and_a_persons_no_only_at_their_wish(
    client: FlaskClient, rows: None, headers: dict[str, str]
) -> None:
    why = {"by": "ops", "reason": "the mailbox is back"}
    short = {"by": "ops", "reason": "x"}
    assert (
        client.post("/v1/suppressions/sup_1/lift", json=short, headers=headers).status_code == 422
    )
    assert client.post("/v1/suppressions/sup_1/lift", json=why, headers=headers).status_code == 200
    refused = client.post("/v1/suppressions/sup_2/lift", json=why, headers=headers)
    assert (refused.status_code, refused.get_json()["code"]) == (409, "person_said_no")
    asked = why | {"person_asked": True}
    assert (
        client.post("/v1/suppressions/sup_2/lift", json=asked, headers=headers).status_code == 200
    )


def test_many_are_only_counted_unless_told(
    client: FlaskClient, rows: None, headers: dict[str, str]
) -> None:
    body = {"by": "ops", "reason": "the relay was wrong", "since": "2026-01-01T00:00:00Z"}
    path = "/v1/suppressions/lift"
    assert client.post(path, json=body, headers=headers).get_json() == {"count": 1, "dry_run": True}
    done = client.post(path, json=body | {"dry_run": False}, headers=headers).get_json()
    assert done == {"count": 1, "dry_run": False}
    assert len(client.get("/v1/suppressions", headers=headers).get_json()["suppressions"]) == 1
