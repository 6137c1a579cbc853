"""The Segment tracking API as a client sees it."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from collector import clock
from collector.intake.formats.segment import read_message
from collector.intake.incoming import IncomingEvent
from collector.model.base import db
from collector.model.events import Event
from collector.model.people import ContactPoint, Person
from collector.web import auth
from collector.web.api.intake import segment_schemas
from tests.intake.formats.test_segment import message
from tests.triggers.making import NOON

Post = Callable[..., TestResponse]


@pytest.fixture
def post(app: Flask, client: FlaskClient) -> Iterator[Post]:
    """Post to an address under /v1 with a write key, as Segment's clients do, at noon."""
    with app.app_context():
        key = auth.issue("web shop", ("events:write",))

    def send(address: str, body: Any, **more: str) -> TestResponse:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": basic(key), "Content-Type": "application/json", **more}
        return client.post(f"/v1/{address}", data=data, headers=headers)

    with clock.at(NOON):
        yield send


def basic(user: str, password: str = "") -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def kept(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        rows = db.session.execute(select(Event.event_id, Event.type).order_by(Event.event_id))
        found = [(row.event_id, row.type) for row in rows]
        db.session.remove()
        return found


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("track", "order.delivered"), ("t", "order.delivered"), ("identify", "segment.identify"),
        ("i", "segment.identify"), ("page", "segment.page"), ("p", "segment.page"),
        ("screen", "segment.screen"), ("s", "segment.screen"), ("group", "segment.group"),
        ("g", "segment.group"), ("alias", "segment.alias"), ("a", "segment.alias"),
    ],
)  # fmt: skip
def test_the_address_names_the_call(post: Post, app: Flask, address: str, kind: str) -> None:
    body = {"messageId": "m", "userId": "c-1", "event": "Order Delivered", "groupId": "g"}
    answer = post(address, body)
    assert answer.status_code == 200
    assert answer.get_json() == {
        "success": True, "accepted": 1, "duplicates": 0, "rejected": [], "noted": [],
    }  # fmt: skip
    assert kept(app) == [("m", kind)]


@pytest.mark.parametrize("address", ["batch", "b", "import"])
def test_a_batch_is_kept_once_however_often_it_comes(post: Post, app: Flask, address: str) -> None:
    body = {
        "batch": [message(messageId=f"m-{at}") for at in range(3)],
        "sentAt": "2026-03-02T11:59:00Z",
    }
    assert post(address, body).get_json()["accepted"] == 3
    with clock.at(NOON + timedelta(minutes=3)):
        again = post(address, {**body, "sentAt": "2026-03-02T12:01:30Z"}).get_json()
    assert (again["accepted"], again["duplicates"], again["rejected"]) == (0, 3, [])
    assert len(kept(app)) == 3


def test_no_outcome_is_lost(post: Post, app: Flask) -> None:
    post("track", message(messageId="known"))
    traits = {"phone": "555-1234", "plan": "pro"}
    batch = [
        message(messageId="known"),
        message(messageId="known", properties={"amount": 10}),
        message(messageId="nobody", userId=...),
        7,
        message("identify", messageId="noted", traits=traits),
    ]
    with capture_logs() as logs:
        answer = post("batch", {"batch": batch})
    body = answer.get_json()
    assert (answer.status_code, body["success"]) == (200, True)
    assert (body["accepted"], body["duplicates"]) == (1, 1)
    assert [(one["index"], one["message_id"], one["status"]) for one in body["rejected"]] == [
        (1, "known", "conflict"), (2, "nobody", "invalid"), (3, "", "invalid"),
    ]  # fmt: skip
    assert body["rejected"][1]["problems"][0]["pointer"] == "/batch/2/userId"
    assert body["noted"][0]["problems"][0]["pointer"] == "/batch/4/traits/phone"
    (line,) = [line for line in logs if line["event"] == "segment_messages_left_out"]
    assert (line["rejected"], line["noted"]) == (3, 1)
    assert line["codes"] == {
        "event_key_reused": 1, "missing": 1, "not_an_object": 1, "bad_phone": 1,
    }  # fmt: skip
    assert "555-1234" not in str(logs)
    assert [event_id for event_id, _ in kept(app)] == ["known", "noted"]


def test_identify_brings_the_person_up_to_date(post: Post, app: Flask) -> None:
    post("identify", message("identify", traits={"phone": "+5511987654321", "plan": "free"}))
    later = message("identify", messageId="m-2", timestamp="2026-03-02T11:30:00Z",
                    traits={"plan": "pro", "locale": "pt-BR"})  # fmt: skip
    post("identify", later)
    old = message("identify", messageId="m-3", timestamp="2026-03-01T11:30:00Z",
                  traits={"plan": "trial"})  # fmt: skip
    post("identify", old)
    with app.app_context():
        person = db.session.scalars(select(Person)).one()
        assert (person.ref, person.locale, person.attributes) == ("c-17", "pt-BR", {"plan": "pro"})
        assert db.session.scalars(select(ContactPoint)).one().address == "+5511987654321"
        db.session.remove()


def test_more_than_one_transaction_holds_is_split(post: Post, app: Flask) -> None:
    batch = [{"type": "page", "messageId": f"m-{at}", "userId": "c"} for at in range(1_201)]
    assert post("batch", {"batch": batch}).get_json()["accepted"] == 1_201
    assert len(kept(app)) == 1_201


def test_a_packed_batch_is_unpacked_and_a_bomb_is_refused(post: Post) -> None:
    packed = gzip.compress(json.dumps({"batch": [message()]}).encode())
    encoding = {"Content-Encoding": "gzip"}
    assert post("batch", packed, **encoding).get_json()["accepted"] == 1
    bomb = gzip.compress(b'{"batch": [' + b" " * 3_000_000 + b"]}")
    assert post("batch", bomb, **encoding).status_code == 413


@pytest.mark.parametrize(
    ("address", "body", "code"),
    [
        ("batch", b"{", "malformed_json"),
        ("batch", b"[]", "not_an_object"),
        ("batch", b"{}", "not_an_array"),
        ("batch", b'{"batch": {}}', "not_an_array"),
        ("batch", b'{"batch": [' + b"1," * 2_500 + b"1]}", "batch_too_large"),
        ("track", b"7", "not_an_object"),
    ],
)
def test_unusable_calls_are_refused(post: Post, address: str, body: bytes, code: str) -> None:
    answer = post(address, body)
    assert (answer.status_code, answer.get_json()["code"]) == (422, code)


def test_an_empty_batch_is_taken(post: Post) -> None:
    assert post("batch", {"batch": []}).get_json()["success"] is True


def test_hostile_values_sink_only_their_own_message(post: Post, app: Flask) -> None:
    batch = [
        message(messageId="\x00"), message(messageId="a", properties={"a": "\ud800"}),
        message(messageId="b", context="x", properties={}), message(messageId={"a": 1}),
        message(messageId="c", timestamp={"a": 1}), message(messageId="d", event=["x"]),
        {"type": ["track"]}, message(messageId="e", context={"traits": [1], "subjects": 5}),
        message(messageId="f"), {"type": "track", "event": "\ud800", "timestamp": "\ud800"},
    ]  # fmt: skip
    body = post("batch", {"batch": batch, "context": "y", "sentAt": [1]}).get_json()
    assert body["accepted"] == 7
    assert [one["index"] for one in body["rejected"]] == [5, 6, 9]
    assert {event_id for event_id, _ in kept(app)} >= {"a", "b", "c", "e", "f"}


def test_only_a_key_that_may_write_events_opens(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        key, weak = auth.issue("a", ("events:write",)), auth.issue("b", ("exports:read",))
    sent = {"json": message()}
    for header, status in [
        (basic(key), 200), (basic(key, "ignored"), 200), (f"Bearer {key}", 200),
        (basic(weak), 403), (basic("ck_guess"), 401), (basic("", key), 401), ("Basic", 401),
        ("Basic %%%", 401), ("Basic /w==", 401), (f"Digest {key}", 401), ("", 401),
    ]:  # fmt: skip
        answer = client.post("/v1/track", headers={"Authorization": header}, **sent)
        assert answer.status_code == status, header
    refused = client.post("/v1/events", headers={"Authorization": basic(key)}, **sent)
    assert refused.status_code == 401
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Event)) == 1


def test_the_api_document_describes_the_calls_and_its_examples_are_usable(
    client: FlaskClient,
) -> None:
    document = client.get("/v1/openapi.json").get_json()
    for name in ("track", "identify", "page", "group", "alias", "batch"):
        described = document["paths"][f"/v1/{name}"]["post"]
        assert {"write_key": ["events:write"]} in described["security"]
    assert document["components"]["securitySchemes"]["write_key"]["scheme"] == "basic"
    seen = read_message(segment_schemas.EXAMPLE, "", NOON, fresh_id=str)
    assert isinstance(seen.item, IncomingEvent)
    assert seen.notes == ()


def test_traits_past_the_limit_are_noted_and_the_message_kept(post: Post, app: Flask) -> None:
    batch = [
        message("identify", messageId=f"m-{number}",
                traits={f"t{number}-{at}": at for at in range(300)})
        for number in range(2)
    ]  # fmt: skip
    body = post("batch", {"batch": batch}).get_json()
    assert (body["accepted"], body["rejected"]) == (2, [])
    (note,) = body["noted"][0]["problems"]
    assert (note["code"], note["pointer"]) == ("too_many_attributes", "/batch/1/traits")
