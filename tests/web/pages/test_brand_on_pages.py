"""Pages on which a person chooses, and pages that ask nothing, speak for the same brand."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from channels.locales import LANGUAGES
from collector.invitations import links
from collector.model.base import db
from collector.translations.catalogue import translator
from tests import factories
from tests.web.pages.states import Made
from tests.wording import WORDING

BRAND = {"name": "A shop", "color": "#b4651c", "logo": "", "address": "12 Weaver Lane"}
SIGNED = "A shop · 12 Weaver Lane"
CHANNELS = ("sms", "email", "inapp", "webhook")


def asked(app: Flask, channel: str = "email", locale: str = "en", **definition: object) -> str:
    """The token id of a question that went out under this brand."""
    with app.app_context():
        words = {"wording": {locale: WORDING["en"]}, "default_locale": locale}
        survey = factories.survey_version(
            db.session, definition={"brand": BRAND, **words, **definition}
        )
        row = factories.sent_invitation(
            db.session, survey=survey, channels=[channel], locale=locale
        )
        db.session.commit()
        return str(row.token_id)


def unsubscribe(app: Flask, token_id: str, channel: str) -> str:
    with app.app_context():
        return "/u/" + links.unsubscribe_token(token_id, channel)


def test_choices_and_unsubscribing_show_name_and_address(app: Flask, client: FlaskClient) -> None:
    token_id = asked(app)
    with app.app_context():
        choices = "/p/" + links.preferences_token(token_id, "email")
    for path in (choices, unsubscribe(app, token_id, "email")):
        page = client.get(path).text
        assert SIGNED in page
        assert "<header>A shop</header>" in page
        assert "/t-static/brand/b4651c.css" in page


@pytest.mark.parametrize("path", ["/t/unknown", "/u/unknown", "/p/unknown", "/nowhere"])
def test_a_notice_speaks_for_the_brand_that_all_share(
    app: Flask, client: FlaskClient, path: str
) -> None:
    accept = {"Accept": "text/html"}
    assert SIGNED not in client.get(path, headers=accept).text
    asked(app)
    asked(app)
    assert SIGNED in client.get(path, headers=accept).text
    asked(app, brand={**BRAND, "name": "Another"})
    assert SIGNED not in client.get(path, headers=accept).text


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_unsubscribing_names_the_channel_and_the_brand(
    app: Flask, client: FlaskClient, channel: str, locale: str
) -> None:
    path = unsubscribe(app, asked(app, channel, locale), channel)
    said = translator(locale)(f"unsubscribe.no_more.{channel}", brand="A\u00a0shop")
    assert said in client.get(path).text.replace("&#39;", "'")
    assert said in client.post(path).text.replace("&#39;", "'")


def test_without_a_brand_it_says_us(app: Flask, client: FlaskClient) -> None:
    path = unsubscribe(app, asked(app, brand=None), "email")
    assert "no more mail with questions from us." in client.post(path).text


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_planned_question_says_how_it_will_come(
    app: Flask, client: FlaskClient, channel: str
) -> None:
    with app.app_context():
        made = Made("en")
        row = made.answered(3, waiting=True)
        waiting = db.session.scalars(
            db.select(factories.Invitation).filter_by(status="waiting")
        ).one()
        waiting.channels = [channel]
        db.session.commit()
        path = made.preferences(db.session.merge(row))
    name = translator("en")(f"preferences.way.{channel}")
    assert f"· {name}</small>" in client.get(path).text


def test_a_long_comment_is_folded_and_a_short_one_is_not(app: Flask, client: FlaskClient) -> None:
    long = "The driver rang twice and waited. " * 20
    with app.app_context():
        short_page = Made("en").preferences(Made("en").answered(3, "Late again."))
        long_page = Made("en").preferences(Made("en").answered(3, long))
    assert 'class="long"' not in client.get(short_page).text
    page = client.get(long_page).text
    assert 'class="long"' in page
    assert long.strip() in page
