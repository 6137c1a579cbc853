"""What the script gets back: the page's main part alone, small, with nobody else's words in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from tests.web.pages.tap_pages import LATER, ask, nonce_in, open_page, post, taps

SMALL = 2_500  # bytes


@pytest.fixture(autouse=True)
def _an_hour_later() -> Iterator[None]:
    with clock.at(LATER):
        yield


def test_the_reply_is_the_main_part_alone_and_can_be_pressed_again(
    app: Flask, client: FlaskClient
) -> None:
    path = ask(app)
    nonce = nonce_in(open_page(client, path))
    reply = post(client, path, nonce, score="4", script="1", press="one")
    assert reply.text.strip().startswith("<main")
    assert reply.text.strip().endswith("</main>")
    assert len(reply.data) < SMALL
    again = post(client, path, nonce_in(reply.text), score="2", script="1", press="two")
    assert 'data-saved="two"' in again.text
    assert sorted(tap.score or 0 for tap in taps(app)) == [2, 4]


def test_two_people_get_their_own_links_presses_and_words(app: Flask, client: FlaskClient) -> None:
    one, two = ask(app), ask(app)
    first = post(
        client, one, nonce_in(open_page(client, one)), score="4", comment="mine", script="1",
        press="one",
    )  # fmt: skip
    second = post(client, two, nonce_in(open_page(client, two)), score="4", script="1", press="two")
    assert "mine" in first.text
    for foreign in ("mine", one, 'data-saved="one"', nonce_in(first.text)):
        assert foreign not in second.text
    assert f'action="{two}?lang=en"' in second.text


def test_a_hostile_name_of_a_press_is_text(app: Flask, client: FlaskClient) -> None:
    path = ask(app)
    hostile = '"><script>alert(1)</script>'
    reply = post(
        client, path, nonce_in(open_page(client, path)), score="4", script="1", press=hostile
    )
    assert "<script" not in reply.text
    assert "&lt;script&gt;" in reply.text


def test_a_form_in_parts_and_a_large_one_are_read_too(app: Flask, client: FlaskClient) -> None:
    path = ask(app)
    nonce = nonce_in(open_page(client, path))
    parts = {"nonce": nonce, "score": "4", "script": "1", "press": "a"}
    assert client.post(path, data=parts, content_type="multipart/form-data").status_code == 200
    for size, status in ((70_000, 200), (3_000_000, 413)):
        filled = post(client, path, nonce, score="5", script="1", press=f"{size}", x="y" * size)
        assert filled.status_code == status
    assert len(taps(app)) == 2
