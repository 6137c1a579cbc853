"""Twilio's callbacks: strictly signed, and calm about hostile input."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from collector import clock
from collector.model.answers import Tap
from collector.model.base import db, unit_of_work
from collector.model.invitations import Message
from collector.model.people import Consent, Suppression
from tests import factories
from tests.conftest import BASE_URL

TOKEN = "the-auth-token"
INBOUND = "/callbacks/twilio/inbound"
NUMBER = "+14155550000"
Pairs = list[tuple[str, str]]


@pytest.fixture(autouse=True)
def _just_after_noon() -> Iterator[None]:
    with clock.at(factories.NOON + timedelta(minutes=5)):
        yield


@pytest.fixture
def twilio(app: Flask, client: FlaskClient) -> FlaskClient:
    """The client of an app that is configured for Twilio."""
    configure(app, {"account_sid": "AC1", "auth_token": TOKEN, "sender": "+15005550006"})
    return client


def configure(app: Flask, twilio: dict[str, str]) -> None:
    settings = app.extensions["collector.settings"]
    app.extensions["collector.settings"] = replace(settings, twilio=twilio)


@pytest.fixture
def message_id(app: Flask) -> str:
    """A text that went out to NUMBER at noon."""
    with app.app_context(), unit_of_work() as work:
        person = factories.person(work.session, contact_points={"sms": NUMBER})
        invitation = factories.sent_invitation(work.session, of=person, channels=["sms"])
        chosen = select(Message.id).where(Message.invitation_id == invitation.id)
        id = work.session.scalars(chosen).one()
        work.commit()
    return id


def call(
    client: FlaskClient, path: str, pairs: Pairs, signature: str | None = "", **more: Any
) -> TestResponse:
    """Post as Twilio does, signed over the public address unless a signature is given."""
    form: dict[str, list[str]] = {}
    for name, value in pairs:
        form.setdefault(name, []).append(value)

    class Multi(dict[str, list[str]]):
        def getlist(self, name: str) -> list[str]:
            return self[name]

    if signature == "":
        signature = RequestValidator(TOKEN).compute_signature(BASE_URL + path, Multi(form))
    headers = {} if signature is None else {"X-Twilio-Signature": signature}
    return client.post(
        path,
        data=urlencode(pairs),
        content_type="application/x-www-form-urlencoded",
        headers={**headers, **more.pop("headers", {})},
        **more,
    )


def text(body: str, sid: str = "SM1", **more: str) -> Pairs:
    return [("From", NUMBER), ("Body", body), ("MessageSid", sid), *more.items()]


def row(app: Flask, id: str) -> tuple[str, str]:
    with app.app_context():
        found = db.session.get_one(Message, id)
        seen = (found.status, found.code)
        db.session.remove()
    return seen


def count(app: Flask, kind: type) -> int:
    with app.app_context():
        found = len(db.session.scalars(select(kind)).all())
        db.session.remove()
    return found


def test_a_signed_receipt_moves_the_message(
    app: Flask, twilio: FlaskClient, message_id: str
) -> None:
    path = f"/callbacks/twilio/status/{message_id}"
    for _ in range(2):
        pairs = [("MessageSid", "SM1"), ("MessageStatus", "delivered"), ("SomethingNew", "ünknown")]
        assert call(twilio, path, pairs).status_code == 204
    assert call(twilio, path, [("MessageSid", "SM1"), ("MessageStatus", "sent")]).status_code == 204
    assert row(app, message_id) == ("delivered", "")


def test_a_receipt_with_a_word_that_we_do_not_know_is_taken_calmly(
    app: Flask, twilio: FlaskClient, message_id: str
) -> None:
    path = f"/callbacks/twilio/status/{message_id}"
    for pairs in ([("MessageSid", "SM1"), ("MessageStatus", "teleported")], [("A", "b")], []):
        assert call(twilio, path, pairs).status_code == 204
    assert row(app, message_id) == ("sent", "")


def test_a_receipt_for_a_message_that_is_not_there(twilio: FlaskClient) -> None:
    pairs = [("MessageSid", "SM1"), ("MessageStatus", "sent")]
    assert call(twilio, "/callbacks/twilio/status/msg_none", pairs).status_code == 404


def test_the_signature_covers_the_public_address_and_not_the_host_header(
    app: Flask, twilio: FlaskClient, message_id: str
) -> None:
    path = f"/callbacks/twilio/status/{message_id}?b=2&a=%20x"
    pairs = [("MessageSid", "SM1"), ("MessageStatus", "delivered")]
    answer = call(twilio, path, pairs, headers={"Host": "internal:8080"})
    assert answer.status_code == 204
    evil = RequestValidator(TOKEN).compute_signature("http://evil.example" + path, dict(pairs))
    answer = call(twilio, path, pairs, evil, headers={"Host": "evil.example"})
    assert answer.status_code == 403


def test_nothing_altered_is_accepted(app: Flask, twilio: FlaskClient, message_id: str) -> None:
    path = f"/callbacks/twilio/status/{message_id}"
    pairs = [("MessageSid", "SM1"), ("MessageStatus", "delivered"), ("ErrorCode", "30005")]
    good = RequestValidator(TOKEN).compute_signature(BASE_URL + path, dict(pairs))
    chance = random.Random(3)
    for _ in range(150):
        changed, signature, where = list(pairs), good, path
        kind = chance.randrange(4)
        if kind == 0:
            at = chance.randrange(len(signature))
            signature = signature[:at] + chance.choice("+/Az09") + signature[at + 1 :]
        elif kind == 1:
            at = chance.randrange(len(changed))
            changed[at] = (changed[at][0], changed[at][1] + chance.choice("x\0é1"))
        elif kind == 2:
            changed.append((f"Extra{chance.random()}", "1"))
        else:
            where = path + f"?x={chance.random()}"
        if (changed, signature, where) != (pairs, good, path):
            assert call(twilio, where, changed, signature).status_code == 403
    for odd in (None, "ü", "\x7f", "a" * 5000):
        assert call(twilio, path, pairs, odd).status_code == 403
    assert row(app, message_id) == ("sent", "")


def test_without_twilio_there_is_nothing_here(client: FlaskClient) -> None:
    assert call(client, INBOUND, text("STOP")).status_code == 404


def test_nothing_but_a_post_is_taken(twilio: FlaskClient) -> None:
    assert twilio.get(INBOUND).status_code in (403, 405)


CONFIRMED = "<Message>You will get no more texts from us.</Message>"


@pytest.mark.parametrize("body", ["STOP", "stopall", "Unsubscribe", " END\n"])
def test_twilios_own_words_are_heard_and_confirmed_by_twilio_alone(
    app: Flask, twilio: FlaskClient, message_id: str, body: str
) -> None:
    for _ in range(2):
        answer = call(twilio, INBOUND, text(body))
        assert answer.status_code == 200
        assert answer.mimetype == "text/xml"
        assert "<Message>" not in answer.text
    assert (count(app, Suppression), count(app, Consent), count(app, Tap)) == (1, 1, 0)
    assert call(twilio, INBOUND, text("START", "SM2")).status_code == 200
    assert count(app, Suppression) == 0


@pytest.mark.parametrize(
    "body",
    ["please stop", "退订", "PARAR", "stop 🙏", "ＳＴＯＰ", "please stop texting me", "S.T.O.P"],
)
def test_any_other_stop_is_confirmed_by_us_once_and_nothing_is_sent_after_it(
    app: Flask, twilio: FlaskClient, message_id: str, body: str
) -> None:
    answers = [call(twilio, INBOUND, text(body)).text for _ in range(2)]  # delivered twice
    assert all(CONFIRMED in answer for answer in answers)
    for place, more in enumerate((body, "5", "hello?", "HELP", "The parcel never came")):
        assert "<Message>" not in call(twilio, INBOUND, text(more, f"SM2{place}")).text
    assert (count(app, Suppression), count(app, Consent), count(app, Tap)) == (1, 1, 2)


def test_twilios_own_reading_of_an_opt_out_counts(
    app: Flask, twilio: FlaskClient, message_id: str
) -> None:
    call(twilio, INBOUND, text("ya no mas", OptOutType="STOP"))
    assert count(app, Suppression) == 1


def test_a_number_is_an_answer_and_is_thanked_in_twiml(
    app: Flask, twilio: FlaskClient, message_id: str
) -> None:
    answers = [call(twilio, INBOUND, text("5")) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].text.startswith('<?xml version="1.0" encoding="UTF-8"?><Response>')
    assert count(app, Tap) == 1


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [("From", NUMBER)],
        [("From", ""), ("Body", "5")],
        [("From", NUMBER), ("Body", ""), ("NumMedia", "1"), ("MediaUrl0", "http://10.0.0.1/")],
        [("From", "\0"), ("Body", "\0")],
        [("From", NUMBER + "\0"), ("Body", "5\0 stars\x1b")],
        [("From", "x" * 5000), ("Body", "y" * 50000), ("MessageSid", "z" * 5000)],
        [("From", NUMBER), ("Body", "<Message>&]]>\ufffe"), ("MessageSid", "'; DROP TABLE taps")],
        [("From", NUMBER), ("From", "+1"), ("Body", "5"), ("Body", "STOP")],
        [("From", "whatsapp:" + NUMBER), ("Body", "👨‍👩‍👧" * 50)],
    ],
)
def test_hostile_texts_never_break_anything(
    twilio: FlaskClient, message_id: str, pairs: Pairs
) -> None:
    answer = call(twilio, INBOUND, pairs)
    assert answer.status_code == 200
    assert answer.text.count("<Response>") == 1
