"""Texting back in the phone of /preview: the same verbs as a real text, and never where one is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from channels.base import Message as Sent
from collector import clock
from collector.model.answers import Tap
from collector.model.base import db
from collector.model.people import Suppression
from collector.web.pages import phone_replies
from tests import factories
from tests.factories import NOON

SOON = NOON + timedelta(hours=1)
NUMBER = "+14155550000"


@pytest.fixture
def text(ctx: Flask) -> Sent:
    """A text that went out to `NUMBER` and waits for an answer."""
    row = factories.sent_invitation(db.session(), channels=["sms"])
    db.session.commit()
    message = Sent(f"{row.id}-sms", "sms", NUMBER, "How was it? Reply 1 to 5.")
    ctx.extensions["collector.channels"]["sms"].send(message)
    return message


def say(client: FlaskClient, message: Sent, words: str, nonce: str = "") -> TestResponse:
    """Type this into the phone, as the page that is shown would post it."""
    page = client.get("/preview?channel=sms").text
    found = re.search(r'reply">\s*<input type="hidden" name="nonce" value="([^"]+)"', page)
    assert found
    given = {"nonce": nonce or found[1], "text": words}
    return client.post(f"/preview/{message.id}/reply", data=given)


def taps() -> list[Tap]:
    return list(db.session.scalars(select(Tap).order_by(Tap.id)))


def test_a_number_is_recorded_as_a_text_would_be_and_answered(
    client: FlaskClient, text: Sent
) -> None:
    with clock.at(SOON):
        answer = say(client, text, "4")
        assert answer.status_code == 303
        assert answer.location.endswith(f"/preview?channel=sms#{text.id}")
        page = client.get(answer.location).text
    (tap,) = taps()
    assert (tap.score, tap.via, tap.channel) == (4, "sms_reply", "sms")
    assert '<span class="hear">You: </span>4</div>' in page
    assert 'class="bubble answer"' in page
    assert 'class="chip answered"' not in client.get("/preview").text  # the fold comes later


def test_stop_stops_and_nothing_is_sent_back(client: FlaskClient, text: Sent) -> None:
    with clock.at(SOON):
        page = client.get(say(client, text, "STOP").location).text
    assert [one.address for one in db.session.scalars(select(Suppression))] == [NUMBER]
    assert f"unsubscribed: {NUMBER} gets no more texts (a bare STOP is confirmed" in page
    assert "nothing is sent back" not in page
    assert taps() == []


def test_a_stop_in_other_words_is_confirmed_and_said_to_have_unsubscribed(
    client: FlaskClient, text: Sent
) -> None:
    with clock.at(SOON):
        page = client.get(say(client, text, "please stop texting me").location).text
    assert 'class="bubble answer"' in page
    assert f"unsubscribed: {NUMBER} gets no more texts</p>" in page


def test_what_is_typed_is_shown_as_text(client: FlaskClient, text: Sent) -> None:
    with clock.at(SOON):
        page = client.get(say(client, text, "<script>alert(1)</script>\0 5").location).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("words", ["", "   ", "\0\x07"])
def test_an_empty_text_changes_nothing(client: FlaskClient, text: Sent, words: str) -> None:
    with clock.at(SOON):
        assert say(client, text, words).status_code == 303
    assert phone_replies.of(text) == ()
    assert taps() == []


def test_no_other_site_can_text_from_here(client: FlaskClient, text: Sent) -> None:
    with clock.at(SOON):
        other = phone_replies.nonce("inv_other-sms")
        for nonce in ("forged", other, "x" * 4000):
            assert say(client, text, "4", nonce).status_code == 403
        kept = phone_replies.nonce(text.id)
    with clock.at(SOON + timedelta(hours=13)):
        assert say(client, text, "4", kept).status_code == 403
    assert taps() == []


def test_a_get_is_no_text_and_a_mail_takes_none(
    ctx: Flask, client: FlaskClient, text: Sent
) -> None:
    assert client.get(f"/preview/{text.id}/reply").status_code == 405
    mail = Sent("inv_9-email", "email", "ana@example.com", "How was it?", html="<p>?</p>")
    ctx.extensions["collector.channels"]["email"].send(mail)
    given = {"nonce": phone_replies.nonce(mail.id), "text": "4"}
    assert client.post(f"/preview/{mail.id}/reply", data=given).status_code == 404
    assert client.post("/preview/inv_none-sms/reply", data=given).status_code == 404


def test_where_messages_are_really_sent_nobody_can_text_so(
    ctx: Flask, client: FlaskClient, text: Sent
) -> None:
    given = {"nonce": phone_replies.nonce(text.id), "text": "4"}
    settings = ctx.extensions["collector.settings"]
    ctx.extensions["collector.settings"] = replace(settings, embedded=False)
    assert client.post(f"/preview/{text.id}/reply", data=given).status_code == 404
    assert client.get("/cleaned").status_code == 404
    assert taps() == []


def test_a_long_conversation_keeps_its_end(ctx: Flask, client: FlaskClient, text: Sent) -> None:
    for turn in range(phone_replies.MOST + 5):
        phone_replies.keep(text, phone_replies.Exchange(f"text {turn}", ""))
    said = phone_replies.of(text)
    assert len(said) == phone_replies.MOST
    assert said[-1].said == f"text {phone_replies.MOST + 4}"
