"""The tap page over HTTP: a GET writes nothing, a press counts, a forged post is refused kindly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from tests.web.pages.tap_pages import AGENT, LATER, ask, nonce_in, open_page, post, taps

STRICT = {"strict": True}


@pytest.fixture(autouse=True)
def _an_hour_later() -> Iterator[None]:
    with clock.at(LATER):
        yield


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("tail", ["", "/5", "/0", "/99", "/x", "/nonsense"])
def test_looking_writes_nothing(app: Flask, client: FlaskClient, method: str, tail: str) -> None:
    answer = client.open(ask(app) + tail, method=method, headers=AGENT)
    assert answer.status_code == 200
    assert taps(app) == []
    assert app.extensions["collector.rung"] == []
    assert "Set-Cookie" not in answer.headers


def test_a_thousand_looks_write_nothing(app: Flask, client: FlaskClient) -> None:
    path = ask(app)
    for number in range(1000):
        client.get(f"{path}/{number % 5 + 1}")
    assert taps(app) == []


def test_the_page_asks_one_question_with_the_tapped_score_chosen(
    app: Flask, client: FlaskClient
) -> None:
    page = open_page(client, ask(app) + "/4")
    assert "How was your delivery?" in page
    assert re.findall(r'value="(\d)" aria-pressed="true"', page) == ["4"]
    assert 'data-auto="4"' in page
    assert "Please rate this service only." in page
    assert 'href="/u/' in page


def test_a_score_off_the_scale_chooses_nothing(app: Flask, client: FlaskClient) -> None:
    page = open_page(client, ask(app) + "/9")
    assert 'aria-pressed="true"' not in page
    assert "data-auto" not in page


def test_a_press_without_scripts_is_confirmed_and_thanked(app: Flask, client: FlaskClient) -> None:
    path = ask(app)
    answer = post(client, path, nonce_in(open_page(client, path)), score="2")
    assert (answer.status_code, answer.location) == (303, path)
    page = open_page(client, path)
    assert "Thank you." in page
    assert "What went wrong?" in page
    (tap,) = taps(app)
    assert (tap.kind, tap.score, tap.via, tap.channel, tap.comment) == (
        "confirmed", 2, "page", "email", None,
    )  # fmt: skip
    assert tap.opened_at == LATER


def test_the_script_posts_provisionally_and_gets_the_thanks_back(
    app: Flask, client: FlaskClient
) -> None:
    path = ask(app)
    nonce = nonce_in(open_page(client, path + "/5"))
    answer = post(client, path, nonce, score="5", kind="provisional", script="1", seq="1")
    assert answer.status_code == 200
    assert "Thank you." in answer.text
    assert "What did you like?" in answer.text
    assert taps(app)[0].kind == "provisional"


def test_only_the_script_can_be_provisional(app: Flask, client: FlaskClient) -> None:
    path = ask(app)
    post(client, path, nonce_in(open_page(client, path)), score="5", kind="provisional")
    assert taps(app)[0].kind == "confirmed"


def test_nine_changed_to_seven_with_a_comment_is_two_taps_with_a_score(
    app: Flask, client: FlaskClient
) -> None:
    path = ask(app, metric="nps")
    page = open_page(client, path + "/9")
    one = post(client, path, nonce_in(page), score="9", kind="provisional", script="1", seq="1")
    with clock.at(LATER + timedelta(seconds=5)):
        two = post(client, path, nonce_in(one.text), score="7", script="1", seq="2")
    with clock.at(LATER + timedelta(seconds=20)):
        end = post(client, path, nonce_in(two.text), comment="late", done="1", script="1", seq="3")
    assert "7 out of 10" in end.text
    assert "late" in end.text
    assert [(tap.kind, tap.score) for tap in taps(app)] == [
        ("provisional", 9), ("confirmed", 7), ("confirmed", None),
    ]  # fmt: skip


def test_done_without_scripts_ends_on_a_page_that_says_so(app: Flask, client: FlaskClient) -> None:
    path = ask(app)
    post(client, path, nonce_in(open_page(client, path)), score="4")
    page = open_page(client, path)
    answer = post(client, path, nonce_in(page), comment="", done="1")
    assert answer.location == path + "?done=1"
    assert "Saved. You can close this page." in open_page(client, answer.location)


def test_a_post_sent_twice_is_one_tap(app: Flask, client: FlaskClient) -> None:
    path = ask(app)
    nonce = nonce_in(open_page(client, path))
    for _ in range(2):
        assert post(client, path, nonce, score="4", script="1", seq="1").status_code == 200
    assert len(taps(app)) == 1


def test_two_tabs_are_two_taps_and_the_last_one_shows(app: Flask, client: FlaskClient) -> None:
    path = ask(app)
    first, second = nonce_in(open_page(client, path)), nonce_in(open_page(client, path))
    post(client, path, first, score="4", script="1", seq="1")
    with clock.at(LATER + timedelta(seconds=9)):
        post(client, path, second, score="1", script="1", seq="1")
    assert len(taps(app)) == 2
    assert re.findall(r'value="(\d)" aria-pressed="true"', open_page(client, path)) == ["1"]


def test_a_post_without_our_nonce_is_refused_with_a_fresh_page(
    app: Flask, client: FlaskClient
) -> None:
    path, other = ask(app), ask(app)
    foreign = nonce_in(open_page(client, other))
    with clock.at(LATER - timedelta(minutes=5)):
        future = nonce_in(open_page(client, path))
    with clock.at(LATER - timedelta(minutes=10)):
        assert post(client, path, future, score="5").status_code == 400
    for nonce in ("", "x", foreign, foreign + "A", "é" * 200):
        answer = post(client, path, nonce, score="5", comment="words")
        assert answer.status_code == 400
        assert re.findall(r'value="(\d)" aria-pressed="true"', answer.text) == ["5"]
        assert "Please tap once more." in answer.text
        assert "words" in answer.text
        assert "data-auto" not in answer.text
    assert taps(app) == []
    fresh = post(client, path, nonce_in(answer.text), score="5")
    assert fresh.status_code == 303


def test_a_score_off_the_scale_is_refused_with_the_page(app: Flask, client: FlaskClient) -> None:
    path = ask(app)
    answer = post(client, path, nonce_in(open_page(client, path)), score="9")
    assert answer.status_code == 422
    assert "How was your delivery?" in answer.text
    assert taps(app) == []


def test_unknown_forged_and_expired_links_are_the_same_page(
    app: Flask, client: FlaskClient
) -> None:
    expired = ask(app, lapses_at=LATER)
    unsent = ask(app, status="cancelled", channels=["sms"])
    known = ask(app)
    pages = {
        client.open(path, method=method, headers=AGENT).text
        for method in ("GET", "POST")
        for path in (expired, expired + "/5", expired + "/x", known[:-1] + "!", "/t/x", "/t/é")
    }
    assert len(pages) == 1
    assert "This link is no longer valid" in pages.pop()
    assert client.get(expired).status_code == client.post("/t/x").status_code == 410
    assert unsent  # a message row makes it answerable even after it was cancelled
    assert client.get(unsent).status_code == 200


def test_the_gone_page_speaks_the_browsers_language(client: FlaskClient) -> None:
    answer = client.get("/t/x", headers={"Accept-Language": "tlh, ar-EG;q=0.8, en;q=0.5"})
    assert 'lang="ar" dir="rtl"' in answer.text


def test_after_the_edit_window_the_answer_is_shown_and_cannot_be_changed(
    app: Flask, client: FlaskClient
) -> None:
    path = ask(app)
    nonce = nonce_in(open_page(client, path))
    post(client, path, nonce, score="4")
    with clock.at(LATER + timedelta(hours=25)):
        page = open_page(client, path + "/1")
        assert "4 out of 5" in page
        assert "no longer be changed" in page
        assert "<form" not in page
        answer = post(client, path, nonce, score="1")
        assert (answer.status_code, len(taps(app))) == (410, 1)


def test_another_link_of_the_mail_after_a_press_asks_for_a_press(
    app: Flask, client: FlaskClient
) -> None:
    path = ask(app)
    post(client, path, nonce_in(open_page(client, path)), score="4")
    page = open_page(client, path + "/1")
    assert "Your answer is 4. Tap another number to change it." in page
    assert "data-auto" not in page


def test_a_strict_survey_asks_for_a_press(app: Flask, client: FlaskClient) -> None:
    page = open_page(client, ask(app, definition=STRICT) + "/5")
    assert "data-auto" not in page
    assert "Please tap your number once more to confirm it." in page


def test_taps_set_aside_ask_for_a_press(app: Flask, client: FlaskClient) -> None:
    path = ask(app)
    for score in "15":
        nonce = nonce_in(open_page(client, f"{path}/{score}"))
        post(client, path, nonce, score=score, kind="provisional", script="1", seq="1")
    page = open_page(client, path)
    assert "Please tap your number once more to confirm it." in page
    assert "Thank you." not in page
