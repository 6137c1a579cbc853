"""Debug mode: why nothing is shown, in words, about the own inbox only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.invitations import links
from collector.model.base import db
from collector.model.invitations import Invitation
from collector.model.people import Person
from collector.web.widget import identity, reasons
from tests import factories
from tests.factories import NOON
from tests.web.widget.asking import Asked, asked_inapp, post

PRESS = "0123456789abcdef01"


def reason(client: FlaskClient, asked: Asked, ref: str = "") -> str:
    body = asked.body(debug=True)
    if ref:
        body["identity"] = identity.issue(asked.site.public_key, ref)
    reply = post(client, "next", body)
    assert reply.status_code == 204
    code = reply.headers["Collector-Reason"]
    assert reply.headers["Collector-Detail"] == reasons.WORDS[code]
    return code


def test_each_way_of_having_nothing_to_ask_has_its_own_words(
    ctx: Flask, client: FlaskClient
) -> None:
    with clock.at(NOON + timedelta(hours=1)):
        asked = asked_inapp()
        assert reason(client, asked, "a-stranger") == "unknown_person"
        plain = factories.person(db.session())
        waiting = factories.invitation(db.session(), channels=["inapp"])
        texted = factories.sent_invitation(db.session(), channels=["sms"])
        db.session.commit()
        by_id = {person.id: person.ref for person in db.session.query(Person)}
        assert reason(client, asked, plain.ref) == "nothing_open"
        assert reason(client, asked, by_id[waiting.person_id]) == "not_yet"
        assert reason(client, asked, by_id[texted.person_id]) == "elsewhere"


def test_after_an_answer_a_dismissal_or_too_long_it_says_so(
    ctx: Flask, client: FlaskClient
) -> None:
    with clock.at(NOON + timedelta(hours=1)):
        answered, dismissed = asked_inapp(), asked_inapp()
        for asked, more in (
            (answered, {"score": 4, "press": PRESS}),
            (dismissed, {"dismissed": True}),
        ):
            token = links.token(asked.token_id, "inapp")
            assert post(client, "answer", asked.body(token=token, **more)).status_code < 300
        assert reason(client, answered) == "answered"
        assert reason(client, dismissed) == "dismissed"
        lapsed = asked_inapp()
    with clock.at(NOON + timedelta(days=15)):
        assert reason(client, lapsed) == "lapsed"


def test_somebody_who_wants_to_be_left_alone_is(ctx: Flask, client: FlaskClient) -> None:
    asked = asked_inapp()
    person = db.session.query(Person).filter_by(ref=asked.ref).one()
    person.paused_until = NOON + timedelta(days=3)
    db.session.commit()
    with clock.at(NOON + timedelta(hours=1)):
        assert reason(client, asked) == "paused"
    with clock.at(NOON + timedelta(days=4)):
        assert post(client, "next", asked.body()).status_code == 200


def test_without_debug_mode_nothing_more_is_looked_up(ctx: Flask, client: FlaskClient) -> None:
    asked = asked_inapp()
    body = asked.body() | {"identity": identity.issue(asked.site.public_key, "a-stranger")}
    reply = post(client, "next", body)
    assert reply.headers["Collector-Reason"] == "nothing_open"
    assert "Collector-Detail" not in reply.headers


@pytest.mark.parametrize("code", sorted(reasons.WORDS))
def test_every_reason_fits_into_a_header(code: str) -> None:
    assert reasons.WORDS[code].isascii()
    assert "\n" not in reasons.WORDS[code]


def test_an_inbox_is_the_persons_own_whatever_the_message_says(
    ctx: Flask, client: FlaskClient
) -> None:
    asked, other = asked_inapp(), asked_inapp()
    invitation = db.session.get(Invitation, asked.invitation_id)
    assert invitation is not None
    invitation.person_id = db.session.query(Person.id).filter_by(ref=other.ref).scalar()
    invitation.event_id = factories.event(db.session(), invitation.person_id).id
    db.session.commit()
    with clock.at(NOON + timedelta(hours=1)):
        assert post(client, "next", asked.body()).status_code == 204
