"""What the tap page keeps to itself and keeps out: decoys, prefetches, policies, sizes, devices."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.web.pages import tap_assets
from tests.web.pages.tap_pages import AGENT, LATER, ask, nonce_in, open_page, post, taps
from tests.wording import WORDING


@pytest.fixture(autouse=True)
def _an_hour_later() -> Iterator[None]:
    with clock.at(LATER):
        yield


def test_the_link_that_only_a_machine_sees(app: Flask, client: FlaskClient) -> None:
    path = ask(app) + "/x"
    page = open_page(client, path)
    assert "Nothing to do here" in page
    assert f'action="{path}" data-auto="1"' in page
    assert taps(app) == []
    for _ in range(2):
        assert post(client, path, nonce_in(page), score="1", script="1").status_code == 200
    assert client.post(path).status_code == 200
    assert [(tap.kind, tap.score) for tap in taps(app)] == [("decoy", None), ("decoy", None)]


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose", "X-Moz"])
def test_a_prefetched_page_has_no_script(app: Flask, client: FlaskClient, header: str) -> None:
    answer = client.get(ask(app) + "/5", headers={header: "prefetch;prerender"})
    assert "<script" not in answer.text
    assert '<button name="score"' in answer.text


def test_every_answer_keeps_the_token_to_itself(app: Flask, client: FlaskClient) -> None:
    path = ask(app)
    for answer in (
        client.get(path),
        client.post(path),
        client.get("/t/x"),
        client.get(path + "/x"),
    ):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; img-src data:; ")
        assert "unsafe" not in policy


def test_a_comment_is_shown_as_text(app: Flask, client: FlaskClient) -> None:
    path = ask(app)
    hostile = '"><script>alert(1)</script>'
    answer = post(
        client, path, nonce_in(open_page(client, path)), score="4", comment=hostile, script="1"
    )
    assert hostile not in answer.text
    assert "&lt;script&gt;" in answer.text


BRAND = {"name": "A shop", "color": "#b4651c", "logo": "data:image/png;base64," + "A" * 2_376}


@pytest.mark.parametrize("brand", [None, BRAND])
def test_the_page_with_style_and_script_is_under_15_kb(
    app: Flask, client: FlaskClient, brand: dict[str, str] | None
) -> None:
    path = ask(app, metric="nps", definition={"brand": brand})
    page = open_page(client, path + "/9")
    parts = re.findall(r"/t-static/[\w./-]+", page)
    assert len(parts) == (3 if brand else 2)
    bodies = [client.get(part, headers={"Accept-Encoding": "gzip, br"}) for part in parts]
    assert {body.status_code for body in bodies} == {200}
    assert len(page.encode()) + sum(len(body.data) for body in bodies) < 15_000
    assert "//" not in page.replace("http://www.w3.org", "")
    for body in bodies:
        assert body.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_the_style_sheet_and_the_script_come_plain_to_who_takes_nothing_else(
    client: FlaskClient,
) -> None:
    for name in ("tap.css", "tap.js"):
        plain = client.get(tap_assets.path(name))
        packed = client.get(tap_assets.path(name), headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert {plain.headers["Vary"], packed.headers["Vary"]} == {"Accept-Encoding"}


def test_an_older_pages_assets_still_load_but_are_not_kept(client: FlaskClient) -> None:
    answer = client.get(f"{tap_assets.PREFIX}/0123456789ab/tap.js")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert client.get(f"{tap_assets.PREFIX}/0123456789ab/../tap.py").status_code == 404


def test_an_arabic_page_runs_from_right_to_left(app: Flask, client: FlaskClient) -> None:
    wording = {"wording": {**WORDING, "ar": {**WORDING["en"], "question": "كيف كان التوصيل؟"}}}
    page = open_page(client, ask(app, locale="ar-EG", definition=wording))
    assert 'lang="ar" dir="rtl"' in page
    assert "كيف كان التوصيل؟" in page


def test_the_device_is_remembered_only_after_a_tap(app: Flask, client: FlaskClient) -> None:
    path, other = ask(app), ask(app)
    answer = post(client, path, nonce_in(open_page(client, path)), score="4")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    post(client, other, nonce_in(open_page(client, other)), score="5")
    assert len({tap.device_hash for tap in taps(app)}) == 1


def test_a_form_sent_faster_than_by_hand_is_not_a_press(app: Flask, client: FlaskClient) -> None:
    path = ask(app)
    nonce = nonce_in(open_page(client, path))
    client.post(path, data={"nonce": nonce, "score": "2"}, headers=AGENT)
    post(client, path, nonce_in(open_page(client, path)), score="4")
    assert [(tap.kind, tap.score) for tap in taps(app)] == [("provisional", 2), ("confirmed", 4)]


def test_a_crawler_that_submits_a_form_with_every_button_answers_nothing(
    app: Flask, client: FlaskClient
) -> None:
    path = ask(app)
    nonce = nonce_in(open_page(client, path))
    for score in "12345":
        post(client, path, nonce, score=score)
    page = open_page(client, path)
    assert "Please tap your number once more to confirm it." in page
    with clock.at(LATER + timedelta(seconds=30)):
        post(client, path, nonce_in(open_page(client, path)), score="4")
        assert "Thank you." in open_page(client, path)
