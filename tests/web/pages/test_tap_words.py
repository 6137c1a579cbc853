"""The tap page over HTTP: whose words it speaks, what it asks for, which press it confirms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from tests.web.pages.tap_browser import IN_SPANISH
from tests.web.pages.tap_pages import AGENT, LATER, ask, nonce_in, open_page, post, taps

ENGLISH = {**AGENT, "Accept-Language": "en-US,en;q=0.9"}
ABOUT = {
    "csat": "Please rate this service only.",
    "nps": "Please think of us as a whole.",
    "ces": "Please think of this one matter only.",
}


@pytest.fixture(autouse=True)
def _an_hour_later() -> Iterator[None]:
    with clock.at(LATER):
        yield


@pytest.mark.parametrize("metric", ABOUT)
def test_the_page_asks_for_what_its_metric_measures(
    app: Flask, client: FlaskClient, metric: str
) -> None:
    page = open_page(client, ask(app, metric=metric))
    assert [words for words in ABOUT.values() if words in page] == [ABOUT[metric]]


def test_only_the_open_question_says_what_it_is_about(app: Flask, client: FlaskClient) -> None:
    path = ask(app)
    nonce = nonce_in(open_page(client, path))
    answered = post(client, path, nonce, score="4", script="1", press="a")
    with clock.at(LATER + timedelta(hours=30)):
        closed = client.get(path)
    gone = client.get(ask(app, lapses_at=LATER))
    for page in (answered, closed, gone):
        assert not [words for words in ABOUT.values() if words in page.text]


@pytest.mark.parametrize("tail", ["", "/4", "/x"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_is_over_speaks_its_own_language(
    app: Flask, client: FlaskClient, method: str, tail: str
) -> None:
    path = ask(app, lapses_at=LATER, **IN_SPANISH) + tail
    page = client.open(path, method=method, headers=ENGLISH)
    assert page.status_code == 410
    assert '<html lang="es"' in page.text
    assert "Este enlace ya no es válido" in page.text
    for pressable in ("<button", "<a ", "<textarea", "<summary", "<form"):
        assert pressable not in page.text


def test_what_fails_under_a_post_speaks_the_pages_language(app: Flask, client: FlaskClient) -> None:
    path = ask(app, **IN_SPANISH)
    assert f'action="{path}?lang=es"' in open_page(client, path)
    app.config["MAX_CONTENT_LENGTH"] = 10
    refused = client.post(f"{path}?lang=es", data={"comment": "x" * 99}, headers=ENGLISH)
    assert refused.status_code == 413
    assert '<html lang="es"' in refused.text
    spoken = client.get("/t/x?lang=tlh", headers=ENGLISH)
    assert '<html lang="en"' in spoken.text


def test_an_answer_that_can_no_longer_be_changed_says_so_in_its_language(
    app: Flask, client: FlaskClient
) -> None:
    path = ask(app, **IN_SPANISH)
    nonce = nonce_in(open_page(client, path))
    post(client, path, nonce, score="4", script="1", press="a")
    with clock.at(LATER + timedelta(hours=30)):
        late = post(client, path, nonce, score="1", script="1", press="b")
    assert late.status_code == 410
    assert "Esta respuesta ya no se puede cambiar." in late.text
    assert "data-saved" not in late.text
    assert "<button" not in late.text


def test_the_reply_names_the_press_that_it_stored_and_no_other(
    app: Flask, client: FlaskClient
) -> None:
    path = ask(app)
    page = open_page(client, path)
    assert "data-saved" not in page
    stored = post(client, path, nonce_in(page), score="4", script="1", press="p1")
    assert 'data-saved="p1"' in stored.text
    refused = post(client, path, nonce_in(page), score="9", script="1", press="p2")
    assert refused.status_code == 422
    assert "data-saved" not in refused.text
    stale = post(client, path, "stale", score="4", script="1", press="p3")
    assert stale.status_code == 400
    assert "data-saved" not in stale.text


def test_a_press_sent_again_from_a_renewed_page_is_one_tap(app: Flask, client: FlaskClient) -> None:
    path = ask(app)
    for _ in range(2):
        nonce = nonce_in(open_page(client, path))
        answer = post(client, path, nonce, score="4", script="1", press="p1", age="0")
        assert 'data-saved="p1"' in answer.text
    assert len(taps(app)) == 1


@pytest.mark.parametrize(
    ("age", "score"), [("60000", 5), ("0", 2), ("-1", 2), ("x", 2), ("9" * 40, 2)]
)
def test_a_press_that_comes_late_gives_way_to_a_later_one(
    app: Flask, client: FlaskClient, age: str, score: int
) -> None:
    path = ask(app)
    nonce = nonce_in(open_page(client, path))
    post(client, path, nonce, score="5", script="1", press="there")
    with clock.at(LATER + timedelta(seconds=30)):
        answer = post(client, path, nonce, score="2", script="1", press="kept", age=age)
    assert 'data-saved="kept"' in answer.text
    assert f'value="{score}" aria-pressed="true"' in answer.text


def test_two_numbers_of_a_mail_one_after_the_other_in_one_browser(
    app: Flask, client: FlaskClient
) -> None:
    path = ask(app)
    for seconds, score in ((0, "5"), (1.8, "2")):
        with clock.at(LATER + timedelta(seconds=seconds)):
            nonce = nonce_in(open_page(client, f"{path}/{score}"))
            answer = post(
                client, path, nonce, score=score, kind="provisional", script="1", press=score
            )
    assert 'class="answered"' in answer.text
    assert 'value="2" aria-pressed="true"' in answer.text


def test_the_number_stays_marked_where_one_more_tap_is_asked_for(
    app: Flask, client: FlaskClient
) -> None:
    path = ask(app)
    for score in "532":
        nonce = nonce_in(open_page(client, f"{path}/{score}"))
        answer = post(client, path, nonce, score=score, kind="provisional", script="1", press=score)
    assert "Please tap your number once more to confirm it." in answer.text
    assert 'value="2" aria-pressed="true"' in answer.text
    assert "data-auto" not in answer.text
