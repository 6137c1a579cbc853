"""Unsubscribing: a GET shows, a POST does, as often as it is asked and without a cookie."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from channels.locales import LANGUAGES
from collector.invitations import links
from collector.model.base import db, unit_of_work
from collector.model.people import Consent, Suppression
from collector.translations.catalogue import translator
from tests import factories


@pytest.fixture
def address(app: Flask) -> str:
    """The path of the unsubscribe link of an invitation that went out by email."""
    return path_for(app, "en")


def path_for(app: Flask, locale: str) -> str:
    with app.app_context():
        with unit_of_work() as work:
            invitation = factories.sent_invitation(work.session, channels=["email"], locale=locale)
            token = links.unsubscribe_token(invitation.token_id, "email")
            factories.invitation(
                work.session,
                of=factories.person(work.session),
                lapses_at=factories.NOON + timedelta(days=9),
            )
            work.commit()
        return f"/u/{token}"


def rows(app: Flask) -> tuple[int, int]:
    with app.app_context():
        counted = (
            db.session.scalar(select(func.count()).select_from(kind))
            for kind in (Suppression, Consent)
        )
        suppressions, consents = (count or 0 for count in counted)
        db.session.remove()
    return suppressions, consents


def test_opening_the_link_writes_nothing(app: Flask, client: FlaskClient, address: str) -> None:
    for _ in range(20):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
        assert client.options(address).status_code == 200
    assert rows(app) == (0, 0)
    assert "POST" in client.get(address).text.upper()


def test_one_click_works_without_cookies_and_twice(
    app: Flask, client: FlaskClient, address: str
) -> None:
    written = set()
    for _ in range(2):
        answer = app.test_client(use_cookies=False).post(
            address, data={"List-Unsubscribe": "One-Click"}
        )
        assert answer.status_code == 200
        assert "Location" not in answer.headers
        assert "Set-Cookie" not in answer.headers
        written.add(rows(app))
    assert len(written) == 1
    assert next(iter(written))[1] == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language_a_get_shows_and_two_posts_without_cookies_do(
    app: Flask, language: str
) -> None:
    path, say = path_for(app, language), translator(language)
    person = app.test_client(use_cookies=False)
    for _ in range(3):
        page = person.get(path)
        assert (page.status_code, say("unsubscribe.title") in page.text) == (200, True)
    assert rows(app) == (0, 0)
    for _ in range(2):
        done = person.post(path, data={"List-Unsubscribe": "One-Click"})
        assert (done.status_code, say("unsubscribe.done_title") in done.text) == (200, True)
    assert rows(app)[1] == 1


@pytest.mark.parametrize("body", [b"", b"\xff\x00", b"a=b" * 50])
def test_what_the_mailbox_puts_into_the_body_does_not_matter(
    client: FlaskClient, address: str, body: bytes
) -> None:
    assert client.post(address, data=body).status_code == 200


@pytest.mark.parametrize("path", ["/u/nonsense", "/u/" + "a" * 500, "/u/%00", "/u/%FF%FE"])
def test_a_link_that_does_not_hold_is_gone_for_everybody_alike(
    client: FlaskClient, path: str
) -> None:
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410


def test_whoever_comes_back_is_told_that_it_is_done(client: FlaskClient, address: str) -> None:
    assert "Stop these questions?" in client.get(address).text
    client.post(address)
    assert "You are unsubscribed" in client.get(address).text


def test_a_tap_link_cannot_unsubscribe(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), unit_of_work() as work:
        token = links.token(factories.sent_invitation(work.session).token_id, "email")
        work.commit()
    assert client.post(f"/u/{token}").status_code == 410


def test_the_page_speaks_the_persons_language(app: Flask, client: FlaskClient) -> None:
    page = client.get(path_for(app, "ar")).text
    assert '<html lang="ar" dir="rtl">' in page
    assert "إلغاء الاشتراك" in page
    assert "Cancelar inscrição" in client.get(path_for(app, "pt-BR")).text


def test_the_page_is_kept_nowhere_and_loads_nothing(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "src=" not in answer.text
    assert len(answer.data) < 15_000
