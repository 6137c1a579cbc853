"""/sample: one script tag, a signed identity, the strictest policy, honest words without them."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.model.base import db
from collector.web.widget import identity, sites
from tests import factories
from tests.factories import NOON
from tests.web.widget.asking import asked_inapp

TAG = re.compile(r'<script async src="/w/v1/widget.js" data-key="(\S+)" data-identity="(\S+)"')
LATER = NOON + timedelta(hours=1)


def test_the_page_carries_the_widget_for_somebody_with_an_open_question(
    ctx: Flask, client: FlaskClient
) -> None:
    asked = asked_inapp(name="sample", origins=("http://localhost",))
    with clock.at(LATER):
        page = client.get("/sample")
        found = TAG.search(page.text)
        assert found
        assert found[1] == asked.site.public_key
        assert identity.verify(found[2], found[1]) == asked.ref
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy


def test_a_language_can_be_asked_for(ctx: Flask, client: FlaskClient) -> None:
    spoken = {}
    for locale in ("en", "ar", "pt-BR"):
        person = factories.person(db.session(), locale=locale)
        spoken[locale] = asked_inapp(name="sample", of=person, locale=locale).ref
    with clock.at(LATER):
        for locale, ref in spoken.items():
            found = TAG.search(client.get(f"/sample?lang={locale}").text)
            assert found
            assert identity.verify(found[2], found[1]) == ref


def test_without_a_site_or_a_question_the_page_says_what_to_do(
    ctx: Flask, client: FlaskClient
) -> None:
    assert "collector demo" in client.get("/sample").text
    sites.create("sample", ["http://localhost"])
    page = client.get("/sample").text
    assert "Nobody has an open question" in page
    assert not TAG.search(page)


def test_an_origin_that_will_be_refused_is_told_with_the_remedy(
    ctx: Flask, client: FlaskClient
) -> None:
    asked_inapp(name="sample", origins=("https://elsewhere.example",))
    with clock.at(LATER):
        page = client.get("/sample").text
    assert "collector sites allow sample http://localhost" in page
