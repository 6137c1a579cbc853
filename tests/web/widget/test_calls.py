"""/w/v1: what the widget may ask and answer, and everything that must be refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from collector import clock
from collector.errors import Unavailable
from collector.invitations import links
from collector.model.answers import Tap
from collector.model.base import db
from collector.model.ids import new_id
from collector.model.invitations import Message
from collector.model.people import Consent
from collector.surveys.brand import contrast
from collector.web.widget import inbox
from tests import factories
from tests.factories import NOON
from tests.web.widget.asking import ORIGIN, asked_inapp, post

PRESS = "0123456789abcdef01"
EVIL = "https://evil.example"
OTHER_ORIGINS = (
    None, "null", EVIL, ORIGIN + ".evil.example", ORIGIN + "/", ORIGIN.upper(), "http://shop.example",
)  # fmt: skip


@pytest.fixture(autouse=True)
def an_hour_later() -> Iterator[None]:
    with clock.at(NOON + timedelta(hours=1)):
        yield


def taps() -> list[Tap]:
    return list(db.session.scalars(select(Tap).order_by(Tap.tapped_at)))


def states() -> list[tuple[str, str]]:
    """How the messages stand: status and code."""
    db.session.rollback()
    return [(row.status, row.code) for row in db.session.scalars(select(Message))]


def test_next_gives_the_question_and_records_nothing(ctx: Flask, client: FlaskClient) -> None:
    asked = asked_inapp()
    for _ in range(3):
        reply = post(client, "next", asked.body())
        assert reply.status_code == 200
    question = reply.get_json()
    assert question["question"] == "How was your delivery?"
    assert (question["low"], question["high"], question["metric"]) == (1, 5, "csat")
    assert question["follow_up"] == [
        [2, "What went wrong?"], [3, "What would have been better?"], [5, "What did you like?"],
    ]  # fmt: skip
    assert links.read(question["token"]) == links.Link(asked.token_id, "inapp")
    assert taps() == []
    assert db.session.scalars(select(Message.status)).all() == ["sent"]


def test_a_press_becomes_one_confirmed_tap(ctx: Flask, client: FlaskClient) -> None:
    asked = asked_inapp()
    token = links.token(asked.token_id, "inapp")
    body = asked.body(token=token, score=5, press=PRESS, seen_ms=2_500)
    assert post(client, "answer", body).get_json() == {"score": 5}
    assert post(client, "answer", body).status_code == 200  # the same press, sent again
    (tap,) = taps()
    assert (tap.kind, tap.via, tap.channel, tap.score) == ("confirmed", "widget", "inapp", 5)
    assert tap.opened_at == clock.now() - timedelta(seconds=2.5)
    assert ctx.extensions["collector.rung"] == ["fold"]
    assert post(client, "next", asked.body()).status_code == 204


def test_a_comment_comes_in_a_second_call_without_a_score(ctx: Flask, client: FlaskClient) -> None:
    asked = asked_inapp()
    token = links.token(asked.token_id, "inapp")
    post(client, "answer", asked.body(token=token, score=2, press=PRESS))
    said = asked.body(token=token, comment=" late\u0000 ", press="f" * 18)
    assert post(client, "answer", said).status_code == 200
    assert [(tap.score, tap.comment) for tap in taps()] == [(2, None), (None, "late")]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"score": 6}, 422, "score_out_of_range"),
        ({"score": "5"}, 422, "invalid_input"),
        ({"score": True}, 422, "invalid_input"),
        ({"score": None}, 422, "nothing_said"),
        ({"press": "short"}, 422, "invalid_input"),
        ({"token": "A" * 11 + "." + "A" * 14}, 410, "link_gone"),
        ({"token": 7}, 422, "invalid_input"),
        ({"comment": "x" * 2001}, 422, "invalid_input"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused_with_its_reason(
    ctx: Flask, client: FlaskClient, changes: dict[str, object], status: int, code: str
) -> None:
    asked = asked_inapp()
    good = asked.body(token=links.token(asked.token_id, "inapp"), score=5, press=PRESS)
    reply = post(client, "answer", good | changes)
    assert (reply.status_code, reply.get_json()["code"]) == (status, code)
    assert reply.headers["Access-Control-Allow-Origin"] == ORIGIN  # debug mode can read why
    assert taps() == []


def test_nobody_answers_for_somebody_else_even_with_their_token(
    ctx: Flask, client: FlaskClient
) -> None:
    victim, other = asked_inapp(), asked_inapp()
    body = other.body(token=links.token(victim.token_id, "inapp"), score=1, press=PRESS)
    assert post(client, "answer", body).status_code == 404
    assert taps() == []


@pytest.mark.parametrize("origin", OTHER_ORIGINS)
@pytest.mark.parametrize("call", ["next", "answer", "track"])
def test_an_origin_that_is_not_listed_is_refused_and_told_so(
    ctx: Flask, client: FlaskClient, origin: str | None, call: str
) -> None:
    asked = asked_inapp()
    reply = post(client, call, asked.body(score=5, press=PRESS), origin)
    assert (reply.status_code, reply.get_json()["code"]) == (403, "origin_not_allowed")
    assert reply.headers.get("Access-Control-Allow-Origin") == origin
    assert "Access-Control-Allow-Credentials" not in reply.headers
    assert taps() == []


@pytest.mark.parametrize("call", ["next", "shown", "answer", "track"])
@pytest.mark.parametrize("origin", [ORIGIN, EVIL])
def test_a_key_that_no_site_has_is_named_as_the_cause(
    ctx: Flask, client: FlaskClient, call: str, origin: str
) -> None:
    asked = asked_inapp()
    reply = post(client, call, asked.body() | {"key": "pk_nobody"}, origin)
    told = reply.get_json()
    assert (reply.status_code, told["code"], told["pointer"]) == (403, "unknown_key", "/key")
    assert "no site has this public key" in told["detail"]
    assert reply.headers["Access-Control-Allow-Origin"] == origin


@pytest.mark.parametrize(
    ("method", "path", "raw", "status"),
    [
        ("POST", "answer", b"x" * 20_000, 413),
        ("POST", "track", b"x" * 3_000_000, 413),
        ("POST", "next", b"{", 422),
        ("POST", "no-such-call", b"{}", 404),
        ("GET", "next", b"", 405),
        ("DELETE", "answer", b"", 405),
    ],
)
def test_a_page_may_read_every_refusal_so_that_none_looks_like_being_offline(
    ctx: Flask, client: FlaskClient, method: str, path: str, raw: bytes, status: int
) -> None:
    origin = {"Origin": ORIGIN}
    reply = client.open(f"/w/v1/{path}", method=method, data=raw, headers=origin)
    assert reply.status_code == status
    assert reply.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Retry-After" in reply.headers["Access-Control-Expose-Headers"]
    assert reply.headers["Vary"] == "Origin"


@pytest.mark.parametrize(
    ("fault", "status"), [(RuntimeError("a slip"), 500), (Unavailable("away"), 503)]
)
def test_a_page_may_read_that_the_service_failed(
    ctx: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int
) -> None:
    asked = asked_inapp()
    ctx.testing = False  # as it runs: a slip becomes a 500

    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr(inbox, "look", fail)
    reply = post(client, "next", asked.body())
    assert reply.status_code == status
    assert reply.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_what_could_be_seen_is_told_once_and_is_still_asked(
    ctx: Flask, client: FlaskClient
) -> None:
    asked = asked_inapp()
    body = asked.body(token=links.token(asked.token_id, "inapp"))
    assert [post(client, "shown", body).status_code for _ in range(2)] == [204, 204]
    assert states() == [("delivered", "shown")]
    assert post(client, "next", asked.body()).status_code == 200
    assert taps() == []
    assert post(client, "answer", body | {"dismissed": True}).status_code == 204
    assert post(client, "shown", body).status_code == 204  # late: it was closed since
    assert states() == [("delivered", "dismissed")]
    assert post(client, "next", asked.body()).status_code == 204


def test_nobody_tells_for_somebody_else_that_it_was_shown(ctx: Flask, client: FlaskClient) -> None:
    victim, other = asked_inapp(), asked_inapp()
    body = other.body(token=links.token(victim.token_id, "inapp"))
    assert post(client, "shown", body).status_code == 404
    assert states() == [("sent", ""), ("sent", "")]


def test_a_question_says_whose_it_is(ctx: Flask, client: FlaskClient) -> None:
    brand = {"name": "Lantern & Loom", "color": "#ffe08a", "logo": ""}
    survey = factories.survey_version(db.session(), definition={"brand": brand})
    asked = asked_inapp(survey_version_id=survey.id)
    told = post(client, "next", asked.body()).get_json()["brand"]
    assert told["name"] == "Lantern & Loom"
    assert "logo" not in told
    light, on_light, dark, on_dark = told["colors"]
    assert contrast(light, "#ffffff") >= 4.5 <= contrast(dark, "#121212")
    assert contrast(light, on_light) >= 4.5 <= contrast(dark, on_dark)


@pytest.mark.parametrize(("origin", "status"), [(ORIGIN, 200), (EVIL, 403)])
def test_a_preflight_lets_the_call_itself_say_why_it_is_refused(
    ctx: Flask, client: FlaskClient, origin: str, status: int
) -> None:
    asked = asked_inapp()
    allowed = client.options("/w/v1/next", headers={"Origin": origin})
    assert allowed.headers["Access-Control-Allow-Origin"] == origin
    # A page's own fetch may add any header to every call, and a * covers all but this one.
    assert allowed.headers["Access-Control-Allow-Headers"] == "*, Authorization, Content-Type"
    assert "Access-Control-Allow-Credentials" not in allowed.headers
    assert post(client, "next", asked.body(), origin).status_code == status


@pytest.mark.parametrize("call", ["next", "answer", "track"])
@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff\xfe", b'{"key": 5}', b"x" * 20_000])
def test_a_hostile_body_is_refused_without_a_crash(
    ctx: Flask, client: FlaskClient, raw: bytes, call: str
) -> None:
    expected = (413, "too_large") if len(raw) > 16_384 else (422, "invalid_input")
    reply = post(client, call, raw)
    assert (reply.status_code, reply.get_json()["code"]) == expected


def test_nothing_to_ask_says_why_in_a_header(ctx: Flask, client: FlaskClient) -> None:
    asked = asked_inapp()
    with clock.at(NOON + timedelta(days=15)):
        reply = post(client, "next", asked.body())
    assert (reply.status_code, reply.headers["Collector-Reason"]) == (204, "nothing_open")
    assert "Collector-Reason" in reply.headers["Access-Control-Expose-Headers"]
    assert "Collector-Detail" not in reply.headers


def test_somebody_who_opted_out_meanwhile_is_left_alone(ctx: Flask, client: FlaskClient) -> None:
    person = factories.person(db.session())
    asked = asked_inapp(of=person)
    no = {"person_id": person.id, "channel": "any", "state": "denied", "source": "test"}
    db.session.add(Consent(id=new_id("cns"), changed_at=NOON, **no))
    db.session.commit()
    assert post(client, "next", asked.body()).headers["Collector-Reason"] == "opted_out"


def test_a_closed_question_does_not_come_back_but_can_be_answered(
    ctx: Flask, client: FlaskClient
) -> None:
    asked = asked_inapp()
    token = links.token(asked.token_id, "inapp")
    closed = asked.body(token=token, dismissed=True)
    assert post(client, "answer", closed).status_code == 204
    assert post(client, "answer", closed).status_code == 204
    assert post(client, "next", asked.body()).headers["Collector-Reason"] == "nothing_open"
    assert taps() == []
    answer = asked.body(token=token, score=4, press=PRESS)
    assert post(client, "answer", answer).status_code == 200
