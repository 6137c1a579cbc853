"""Helpers for the tests of the tap page: a question that was sent, its link, and its taps."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from collector import clock
from collector.invitations import links
from collector.model.answers import Tap
from collector.model.base import db
from tests import factories
from tests.answers.taps import PHONE
from tests.factories import NOON

LATER = NOON + timedelta(hours=1)
AGENT = {"User-Agent": PHONE}


def ask(app: Flask, **changes: Any) -> str:
    """A CSAT question that went out by email at noon; gives its link's path."""
    definition = changes.pop("definition", {})
    with app.app_context():
        survey = factories.survey_version(
            db.session, metric=changes.pop("metric", "csat"), definition=definition
        )
        row = factories.sent_invitation(
            db.session, **{"survey": survey, "channels": ["email"], **changes}
        )
        db.session.commit()
        return "/t/" + links.token(row.token_id, "email")


def taps(app: Flask) -> list[Tap]:
    with app.app_context():
        rows = list(db.session.scalars(select(Tap).order_by(Tap.tapped_at, Tap.id)))
        db.session.remove()
        return rows


def nonce_in(page: str) -> str:
    found = re.search(r'name="nonce" value="([^"]+)"', page)
    assert found, page
    return found[1]


def open_page(client: FlaskClient, path: str) -> str:
    """GET the page as a phone does; gives its HTML."""
    answer = client.get(path, headers=AGENT)
    assert answer.status_code == 200, answer.text
    return answer.text


def post(client: FlaskClient, path: str, nonce: str, **fields: str) -> TestResponse:
    """Post the page's form two seconds from now: what is faster is taken for a machine's."""
    with clock.at(clock.now() + timedelta(seconds=2)):
        return _post(client, path, nonce, **fields)


def _post(client: FlaskClient, path: str, nonce: str, **fields: str) -> TestResponse:
    return client.post(path, data={"nonce": nonce, **fields}, headers=AGENT)
