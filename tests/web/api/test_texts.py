"""GET /v1/texts: what people texted that no question could take, a page at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.answers import text_list
from collector.answers.texts import receive
from collector.web.auth import issue
from tests.factories import NOON

SAID = ("where is my parcel", "=cmd|' /C calc'!A0", "还没收到 👍")


@pytest.fixture
def said(app: Flask) -> None:
    with app.app_context():
        for minute, words in enumerate(SAID):
            with clock.at(NOON + timedelta(minutes=minute)):
                receive("+14155550199", words, f"SM{minute}")


def get(app: Flask, client: FlaskClient, scope: str = "people:read", **query: Any) -> Any:
    with app.app_context():
        key = issue("desk", (scope,))
    return client.get("/v1/texts", query_string=query, headers={"Authorization": f"Bearer {key}"})


def test_the_newest_comes_first_in_its_own_words_and_without_the_number(
    app: Flask, client: FlaskClient, said: None
) -> None:
    texts = get(app, client).get_json()["texts"]
    assert [one["words"] for one in texts] == list(reversed(SAID))
    first = texts[-1]
    assert (first["number"], first["about"], first["seen_at"]) == ("…0199", None, None)
    assert datetime.fromisoformat(first["at"]) == NOON
    assert "4155550199" not in get(app, client).text


def test_a_page_goes_on_before_the_last_one_of_the_page_ahead(
    app: Flask, client: FlaskClient, said: None
) -> None:
    first = get(app, client, limit=2).get_json()["texts"]
    rest = get(app, client, limit=2, before=first[-1]["id"]).get_json()["texts"]
    assert [one["words"] for one in [*first, *rest]] == list(reversed(SAID))


def test_what_was_seen_is_listed_only_with_everything(
    app: Flask, client: FlaskClient, said: None
) -> None:
    id = get(app, client).get_json()["texts"][0]["id"]
    with app.app_context():
        text_list.seen(id)
    assert id not in [one["id"] for one in get(app, client).get_json()["texts"]]
    (one,) = [
        one for one in get(app, client, everything=True).get_json()["texts"] if one["id"] == id
    ]
    assert one["seen_at"] is not None


def test_an_empty_list_is_a_list_and_only_readers_of_people_get_it(
    app: Flask, client: FlaskClient
) -> None:
    assert get(app, client).get_json() == {"texts": []}
    assert client.get("/v1/texts").status_code == 401
    assert get(app, client, "exports:read").status_code == 403
    assert get(app, client, limit="many").status_code == 422
