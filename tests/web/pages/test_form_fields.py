"""What is posted to the tap page, in whatever form: read, or answered as what cannot be used."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.web.pages import form_fields
from tests.how_much import ON_SQLITE
from tests.web.pages.tap_pages import LATER, ask, taps

FORM = "application/x-www-form-urlencoded"


@ON_SQLITE
@pytest.mark.parametrize("kind", [None, "", "text/plain", FORM + "-not", FORM, FORM + "; x", ";"])
@pytest.mark.parametrize(
    "body", [b"", b"score=5", b"\xff\x00=%zz&&score", b"nonce=" + b"x" * 70_000]
)
def test_a_post_without_the_pages_own_nonce_is_answered_and_counts_nothing(
    app: Flask, client: FlaskClient, kind: str | None, body: bytes
) -> None:
    with clock.at(LATER):
        answer = client.post(ask(app) + "/5", data=body, content_type=kind)
    assert answer.status_code in (400, 413)
    assert taps(app) == []


@pytest.mark.parametrize("kind", [FORM, FORM + "; charset=utf-8", FORM.upper()])
def test_a_small_form_is_read_as_the_framework_reads_it(app: Flask, kind: str) -> None:
    body = b"score=5&comment=na%C3%AFve+%26+so&comment=second&done="
    with app.test_request_context("/", method="POST", data=body, content_type=kind) as context:
        assert dict(form_fields.read()) == context.request.form.to_dict()
