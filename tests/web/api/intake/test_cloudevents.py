"""POST /v1/events in CloudEvents' three HTTP modes, and packed bodies, as a caller sees them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from collector import clock
from collector.intake.formats import cloudevents
from collector.intake.incoming import IncomingEvent
from collector.model.base import db
from collector.model.events import Event
from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from collector.web import auth
from collector.web.api.intake import event_schemas
from tests.intake.formats.test_cloudevents import cloud_event
from tests.surveys.definitions import survey
from tests.triggers.making import NOON, event, rule

STRUCTURED, BATCH = "application/cloudevents+json", "application/cloudevents-batch+json"
Post = Callable[..., TestResponse]


@pytest.fixture
def post(app: Flask, client: FlaskClient) -> Iterator[Post]:
    """Post a body (JSON, or bytes as they are) of a content type, with more headers, at noon."""
    with app.app_context():
        token = auth.issue("crm", ("events:write",))
        apply_surveys([survey()])
        apply_rules([rule(on="com.example.order.delivered")])
        db.session.remove()

    def send(body: Any, kind: str = STRUCTURED, **more: str) -> TestResponse:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        headers |= {"Authorization": f"Bearer {token}", "Content-Type": kind}
        return client.post("/v1/events", data=data, headers=headers)

    with clock.at(NOON):
        yield send


def kept(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Event)) or 0


def binary_headers(raw: dict[str, Any]) -> dict[str, str]:
    return {f"ce_{name}": raw[name] for name in ("specversion", "source", "id", "type", "time")}


def test_one_structured_event_tells_what_was_decided(post: Post) -> None:
    answer = post(cloud_event())
    assert answer.status_code == 202
    (result,) = answer.get_json()["results"]
    assert (result["source"], result["event_id"]) == ("/shop/eu", "o-1-delivered")
    assert result["decisions"][0]["reason"] == "invited"


def test_the_same_event_in_all_three_modes_is_one(post: Post, app: Flask) -> None:
    raw = cloud_event()
    answers = [
        post(raw),
        post(raw["data"], "application/json", **binary_headers(raw)),
        post([raw], BATCH),
        post([raw, raw], f"{BATCH}; charset=utf-8"),
    ]
    assert [answer.status_code for answer in answers] == [202] * 4
    said = [one["status"] for answer in answers for one in answer.get_json()["results"]]
    assert said == ["accepted"] + ["duplicate"] * 4
    assert kept(app) == 1


def test_each_item_of_a_batch_has_its_own_outcome(post: Post) -> None:
    known = cloud_event()
    post(known)
    answer = post(
        [known, cloud_event(id="o-2"), cloud_event(type="other"), cloud_event(specversion="2"), 7],
        BATCH,
    )
    assert answer.status_code == 207
    results = answer.get_json()["results"]
    assert [one["status"] for one in results] == [
        "duplicate", "accepted", "conflict", "invalid", "invalid",
    ]  # fmt: skip
    assert results[2]["problems"][0]["code"] == "event_key_reused"
    assert results[3]["problems"][0]["pointer"] == "/3/specversion"


def test_an_empty_batch_says_nothing_and_too_many_are_refused(post: Post) -> None:
    assert (post([], BATCH).status_code, post([], BATCH).get_json()) == (202, {"results": []})
    assert post([7] * 501, BATCH).get_json()["code"] == "batch_too_large"


def test_a_single_conflict_is_a_409_and_a_single_mistake_lists_everything(post: Post) -> None:
    post(cloud_event())
    again = post(cloud_event(data={"person": {"ref": "c-18"}}))
    assert (again.status_code, again.get_json()["code"]) == (409, "event_key_reused")
    wrong = post(cloud_event(time="soon", data={"person": {"ref": "c", "email": "x"}}))
    assert wrong.status_code == 422
    assert {one["pointer"] for one in wrong.get_json()["errors"]} == {"/time", "/data/person/email"}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", STRUCTURED, 422),
        (b"{}", BATCH, 422),
        (b"[]", STRUCTURED, 422),
        (b"<event/>", "application/cloudevents+xml", 415),
        (b"", "application/cloudevents-batch+avro", 415),
        (b"{}", "application/cloudevents", 415),
    ],
)
def test_unusable_bodies_are_refused(post: Post, body: bytes, kind: str, status: int) -> None:
    assert post(body, kind).status_code == status


def test_binary_data_that_is_no_json_is_refused(post: Post) -> None:
    headers = binary_headers(cloud_event())
    for body, kind in ((b"<a/>", "text/xml"), (b"{", "application/json"), (b"\xff", "text/json")):
        assert post(body, kind, **headers).status_code == 422


def test_a_packed_body_is_unpacked(post: Post) -> None:
    packed = gzip.compress(json.dumps([event(), event()]).encode())
    answer = post(packed, "application/json", Content_Encoding="gzip")
    assert [one["status"] for one in answer.get_json()["results"]] == ["accepted"] * 2


@pytest.mark.parametrize(
    ("body", "packing", "status"),
    [
        (gzip.compress(b" " * (2 * 1024 * 1024 + 1)), "gzip", 413),
        (gzip.compress(b"0" * 300_000_000, 1), "gzip", 413),
        (b"{}", "gzip", 422),
        (b"", "gzip", 422),
        (gzip.compress(b"{}")[:-3], "gzip", 422),
        (gzip.compress(b"{}") + b"more", "gzip", 422),
        (gzip.compress(b"[") + gzip.compress(b"]"), "gzip", 422),
        (b"{}", "br", 415),
        (b"{}", "gzip, gzip", 415),
    ],
    ids=range(9),
)
def test_bombs_and_broken_packing_are_refused(
    post: Post, body: bytes, packing: str, status: int
) -> None:
    assert post(body, "application/json", Content_Encoding=packing).status_code == status


def test_the_api_document_describes_the_modes_and_its_example_is_usable(
    client: FlaskClient,
) -> None:
    paths = client.get("/v1/openapi.json").get_json()["paths"]
    content = paths["/v1/events"]["post"]["requestBody"]["content"]
    assert set(content) == {"application/json", STRUCTURED, BATCH}
    read = cloudevents.read_event(event_schemas.CLOUD_EXAMPLE, "", NOON)
    assert isinstance(read, IncomingEvent)
    assert read.person.ref == "c-17"
