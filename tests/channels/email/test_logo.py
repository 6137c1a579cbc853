"""A logo travels inside the mail: beside the HTML that names it, never as an attachment."""

from __future__ import annotations

import base64
from dataclasses import replace
from email.message import EmailMessage

import pytest

from channels.base import logo_id
from tests.channels.email.test_text import parsed, wire
from tests.channels.messages import EMAIL

PICTURE = b"\x89PNG" + bytes(range(256)) * 4
LOGO = "data:image/png;base64," + base64.b64encode(PICTURE).decode()
WITH = replace(EMAIL, html=f'<img src="cid:{logo_id(EMAIL.id)}" alt="A shop">', logo=LOGO)


def test_the_picture_is_found_under_the_name_that_the_html_has() -> None:
    read = parsed(WITH)
    assert read.get_content_type() == "multipart/alternative"
    plain, related = read.iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert related.get_content_type() == "multipart/related"
    html, picture = related.iter_parts()
    assert isinstance(picture, EmailMessage)
    assert picture["Content-ID"] == f"<{logo_id(EMAIL.id)}>"
    assert f'cid:{picture["Content-ID"][1:-1]}"' in html.get_content()
    assert picture.get_content_type() == "image/png"
    assert picture.get_content() == PICTURE
    assert list(read.iter_attachments()) == []


def test_every_line_is_short_and_ascii_and_the_same_each_time() -> None:
    payload = wire(WITH)
    assert payload.isascii()
    assert max(map(len, payload.split(b"\r\n"))) <= 78
    assert payload == wire(WITH)


@pytest.mark.parametrize("logo", ["", "https://a.example/logo.png", "data:image/svg+xml;base64,AA",
                                  "data:image/png;base64,A\r\nBcc: all@example.com"])  # fmt: skip
def test_what_no_mailbox_shows_is_left_out(logo: str) -> None:
    payload = wire(replace(WITH, logo=logo))
    assert b"multipart/related" not in payload
    assert b"Bcc" not in payload
