"""The mail relay's reports: signed or refused, and what they do to the message and the address."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from channels.webhook import signature
from collector import clock, keys
from collector.invitations.optouts import optout
from collector.model.base import db, unit_of_work
from collector.model.invitations import Invitation, Message
from collector.model.people import Consent, Suppression
from collector.web.callbacks import email as callback
from tests import factories
from tests.channels.email.reports import arf, dsn

NOW = factories.NOON + timedelta(minutes=5)
EVENTS, REPORT = "/callbacks/email/events", "/callbacks/email/report"
ADDRESS = "Ann@Customer.example"


@pytest.fixture(autouse=True)
def _just_after_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def about(app: Flask) -> str:
    """The Message-ID of a mail that went to ADDRESS at noon."""
    with app.app_context(), unit_of_work() as work:
        person = factories.person(work.session, contact_points={"email": ADDRESS})
        row = factories.sent_invitation(work.session, of=person, channels=["email"])
        chosen = select(Message).where(Message.invitation_id == row.id)
        work.session.scalars(chosen).one().address = ADDRESS
        about = f"<{row.id}-email@shop.example>"
        work.commit()
    return about


def call(app: Flask, path: str, body: bytes, **changes: str | None) -> TestResponse:
    """Post as our relay does; `changes` replace headers, None takes one away."""
    with app.app_context():
        key = keys.derived(callback.PURPOSE)[-1]
    at = int(clock.now().timestamp())
    headers: dict[str, str | None] = {
        "webhook-id": "evt_1",
        "webhook-timestamp": str(at),
        "webhook-signature": signature.sign(key, "evt_1", at, body),
        **{name.replace("_", "-"): value for name, value in changes.items()},
    }
    given = {name: value for name, value in headers.items() if value is not None}
    return app.test_client().post(path, data=body, headers=given)


def events(*listed: dict[str, Any]) -> bytes:
    return json.dumps({"events": listed}).encode()


def state(app: Flask) -> tuple[str, str, list[str]]:
    """The message's status and code, and why addresses are suppressed."""
    with app.app_context():
        message = db.session.scalars(select(Message)).one()
        reasons = list(db.session.scalars(select(Suppression.reason)))
        found = message.status, message.code, reasons
        db.session.remove()
    return found


def test_a_hard_bounce_moves_the_message_and_suppresses_the_address(app: Flask, about: str) -> None:
    body = events({"type": "hard_bounce", "message_id": about, "code": "5.1.1"})
    for _ in range(3):
        answer = call(app, EVENTS, body)
        assert (answer.status_code, answer.get_json()) == (200, {"matched": 1, "unknown": 0})
    assert state(app) == ("bounced", "5.1.1", ["undeliverable"])
    with app.app_context():
        assert db.session.scalars(select(Suppression.address)).one() == ADDRESS.lower()


def test_what_blames_us_suppresses_nobody_and_is_told(app: Flask, about: str) -> None:
    body = events({"type": "hard_bounce", "message_id": about, "code": "5.7.1"})
    assert call(app, EVENTS, body).get_json() == {"matched": 1, "unknown": 0, "ours": 1}
    assert state(app) == ("failed", "ours:configuration:5.7.1", [])
    ready = app.test_client().get("/readyz").get_json()
    assert ready["held"]["email"]["causes"] == ["policy"]
    assert "customer.example" not in str(ready)
    told = app.test_client().get("/metrics").get_data(as_text=True)
    assert 'collector_channel_held{channel="email",scope="domain"} 1.0' in told


def test_one_soft_bounce_suppresses_nobody(app: Flask, about: str) -> None:
    call(app, EVENTS, events({"type": "soft_bounce", "message_id": about, "code": "5.2.2"}))
    assert state(app) == ("failed", "5.2.2", [])


def test_a_complaint_is_a_wish_to_be_left_alone(app: Flask, about: str) -> None:
    for _ in range(2):
        assert (
            call(app, EVENTS, events({"type": "complaint", "message_id": about})).status_code == 200
        )
    assert state(app) == ("delivered", "complaint", ["complaint"])
    with app.app_context():
        assert db.session.scalars(select(Consent.state)).one() == "denied"
        optout.start("email", ADDRESS, "preferences")
    assert state(app)[2] == ["complaint"], "asking again takes more than a START"


def test_a_complaint_cancels_what_waits_for_that_address(app: Flask, about: str) -> None:
    with app.app_context(), unit_of_work() as work:
        other = factories.person(work.session, contact_points={"email": ADDRESS.lower()})
        waiting = factories.invitation(work.session, of=other, channels=["email"]).id
        work.commit()
    call(app, EVENTS, events({"type": "complaint", "message_id": about}))
    with app.app_context():
        assert db.session.get_one(Invitation, waiting).status == "cancelled"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_reports_in_any_order_end_alike(app: Flask, about: str, order: tuple[int, ...]) -> None:
    kinds = [("delivered", ""), ("soft_bounce", "4.4.1"), ("hard_bounce", "5.1.1")]
    for at in (*order, *order):
        kind, code = kinds[at]
        call(app, EVENTS, events({"type": kind, "message_id": about, "code": code}))
    assert state(app)[0] == "bounced"
    assert state(app)[2] == ["undeliverable"]


def test_a_report_as_mail_does_the_same(app: Flask, about: str) -> None:
    assert call(app, REPORT, dsn("4.4.1", "delayed", about)).get_json() == {
        "matched": 0,
        "unknown": 0,
        "delayed": 1,
    }
    assert state(app)[0] == "sent"
    assert call(app, REPORT, dsn(about=about)).get_json() == {"matched": 1, "unknown": 0}
    assert state(app) == ("bounced", "5.1.1", ["undeliverable"])
    assert call(app, REPORT, arf(about=about)).status_code == 200
    assert state(app)[0] == "bounced"


def test_the_address_in_a_report_is_not_believed(app: Flask, about: str) -> None:
    call(app, REPORT, dsn(about=about))
    with app.app_context():
        assert db.session.scalars(select(Suppression.address)).all() == [ADDRESS.lower()]


def test_what_is_about_no_mail_of_ours_is_no_error(app: Flask, about: str) -> None:
    unknown = "<inv_" + "z" * 26 + "-email@shop.example>"
    body = events(
        {"type": "hard_bounce", "message_id": unknown}, {"type": "complaint", "message_id": "x"}
    )
    assert call(app, EVENTS, body).get_json() == {"matched": 0, "unknown": 2}
    assert state(app) == ("sent", "", [])


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'{"events": 1}', b'{"events": [1]}', b"\xff", b"[" * 100_000,
        b'{"events": [{"type": "explosion", "message_id": "x"}]}', b'{"events": [{}]}',
        b'{"events": [{"type": "complaint", "message_id": null}]}',
        b'{"events": [{"type": ["complaint"], "message_id": "x"}]}',
        json.dumps({"events": [{"type": "complaint", "message_id": "x"}] * 1001}).encode(),
    ],
    ids=range(13),
)  # fmt: skip
def test_a_hostile_body_is_refused_and_nothing_is_written(
    app: Flask, about: str, body: bytes
) -> None:
    for path in (EVENTS, REPORT):
        assert 400 <= call(app, path, body).status_code < 500
    assert state(app) == ("sent", "", [])


def test_strange_values_in_good_events_do_no_harm(app: Flask, about: str) -> None:
    for code in (None, 5, "\0", "x" * 5000, {"a": 1}, "\ud800", "5.1.1\r\n<script>"):
        body = events({"type": "soft_bounce", "message_id": about, "code": code})
        assert call(app, EVENTS, body).status_code < 500
    for id in ("\0" + about, about * 500, "\ud800", "'; DROP TABLE messages; --"):
        body = events({"type": "delivered", "message_id": id})
        assert call(app, EVENTS, body).status_code < 500


def test_more_than_a_request_may_hold_is_refused(app: Flask) -> None:
    assert call(app, REPORT, b"x" * (3 * 1024 * 1024)).status_code == 413


def test_without_a_good_signature_nothing_is_read(app: Flask, about: str) -> None:
    body = events({"type": "hard_bounce", "message_id": about, "code": "5.1.1"})
    old = int((NOW - timedelta(minutes=6)).timestamp())
    with app.app_context():
        key = keys.derived(callback.PURPOSE)[-1]
    replayed = signature.sign(key, "evt_1", old, body)
    forged = signature.sign(
        b"another key of 32 bytes length..", "evt_1", int(NOW.timestamp()), body
    )
    for changes in (
        {"webhook_signature": None}, {"webhook_id": None}, {"webhook_timestamp": None},
        {"webhook_id": "evt_2"}, {"webhook_timestamp": "9" * 30}, {"webhook_timestamp": "-1"},
        {"webhook_signature": ""}, {"webhook_signature": "v1,"}, {"webhook_signature": "ü"},
        {"webhook_timestamp": str(old), "webhook_signature": replayed},
        {"webhook_signature": forged},
    ):  # fmt: skip
        assert call(app, EVENTS, body, **changes).status_code == 403
    assert app.test_client().post(EVENTS, data=body).status_code == 403
    assert state(app) == ("sent", "", [])


def test_two_thousand_mutated_requests_are_refused(app: Flask, about: str) -> None:
    body = events({"type": "hard_bounce", "message_id": about, "code": "5.1.1"})
    chance = random.Random(11)
    with app.app_context():
        key = keys.derived(callback.PURPOSE)[-1]
    good = signature.sign(key, "evt_1", int(NOW.timestamp()), body)
    client = app.test_client()
    for _ in range(2_000):
        sent, given = bytearray(body), good
        if chance.random() < 0.5:
            sent[chance.randrange(len(sent))] ^= 1 << chance.randrange(8)
        else:
            at = chance.randrange(3, len(given) - 1)
            given = given[:at] + chr(ord(given[at]) ^ 1) + given[at + 1 :]
        headers = {
            "webhook-id": "evt_1",
            "webhook-timestamp": str(int(NOW.timestamp())),
            "webhook-signature": given,
        }
        assert client.post(EVENTS, data=bytes(sent), headers=headers).status_code == 403
    assert state(app) == ("sent", "", [])


def test_the_secret_rotates_with_the_keys(app: Flask, client: FlaskClient, about: str) -> None:
    body = events({"type": "delivered", "message_id": about})
    settings = app.extensions["collector.settings"]
    with app.app_context():
        before = callback.secret()
    app.extensions["collector.settings"] = replace(
        settings, secret_keys=(*settings.secret_keys, "a-key-that-was-added-a-moment-ago-000000")
    )
    at = int(NOW.timestamp())
    signed = signature.sign(signature.secret(before), "evt_1", at, body)
    assert call(app, EVENTS, body, webhook_signature=signed).status_code == 200
    with app.app_context():
        assert callback.secret() != before
