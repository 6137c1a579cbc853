"""/preview: every kept message is there to look at, harmless, and only where nothing is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from channels.base import Message as Sent
from collector import clock
from collector.invitations import links
from collector.model.answers import Tap
from collector.model.base import db
from tests import factories
from tests.factories import NOON

HOSTILE = "<script>alert(1)</script>"


def keep(app: Flask, channel: str, **changes: object) -> Sent:
    """A message of a sent invitation in the preview folder."""
    row = factories.sent_invitation(db.session(), channels=[channel])
    db.session.commit()
    link = links.url(links.token(row.token_id, channel))
    values: dict[str, object] = {
        "id": f"{row.id}-{channel}",
        "channel": channel,
        "to": "+14155550100" if channel == "sms" else "ana@example.com",
        "text": f"How was it? {link}",
        "subject": "How was it?" if channel == "email" else "",
        "html": f'<html><head></head><body><a href="{link}/5">5</a></body></html>'
        if channel == "email"
        else "",
    }
    message = Sent(**{**values, **changes})  # type: ignore[arg-type]
    app.extensions["collector.channels"][channel].send(message)
    return message


def test_an_empty_preview_says_what_to_do(client: FlaskClient) -> None:
    page = client.get("/preview")
    assert page.status_code == 200
    assert page.text.count("make demo") == 2


def test_texts_and_mails_are_shown_with_links_that_can_be_tapped(
    ctx: Flask, client: FlaskClient
) -> None:
    sms, mail = keep(ctx, "sms"), keep(ctx, "email")
    with clock.at(NOON + timedelta(hours=1)):
        page = client.get("/preview").text
        assert sms.to in page
        assert mail.to in page
        assert f'href="{sms.text.split()[-1]}"' in page
        assert 'class="chip open"' in page
        only = client.get("/preview?channel=sms").text
    assert sms.to in only
    assert mail.to not in only


def test_loopback_links_stay_on_this_server_whatever_its_port(
    ctx: Flask, client: FlaskClient
) -> None:
    keep(ctx, "sms", text="Tap http://127.0.0.1:9999/t/abc.def now")
    mail = keep(ctx, "email", html='<a href="http://localhost:1/t/abc.def/5">5</a>')
    assert 'href="/t/abc.def"' in client.get("/preview").text
    assert 'href="/t/abc.def/5"' in client.get(f"/preview/{mail.id}/body").text


def test_a_hostile_message_does_not_run(ctx: Flask, client: FlaskClient) -> None:
    mail = keep(ctx, "email", subject=HOSTILE, text=HOSTILE, to=HOSTILE, html=HOSTILE)
    keep(ctx, "sms", text=f"{HOSTILE} javascript:alert(1)", to=HOSTILE)
    page = client.get(f"/preview?open={mail.id}")
    assert HOSTILE not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "script-src" not in page.headers["Content-Security-Policy"]
    body = client.get(f"/preview/{mail.id}/body")
    assert "sandbox allow-popups" in body.headers["Content-Security-Policy"]
    assert "allow-scripts" not in body.headers["Content-Security-Policy"]


def test_looking_at_everything_records_nothing(ctx: Flask, client: FlaskClient) -> None:
    mail = keep(ctx, "email")
    for path in ("/", "/preview", f"/preview?open={mail.id}", f"/preview/{mail.id}/body"):
        for method in ("GET", "HEAD"):
            assert client.open(path, method=method).status_code == 200
    assert db.session.scalar(select(func.count(Tap.id))) == 0


@pytest.mark.parametrize(
    "path",
    ["/preview?channel=pigeon", "/preview?open=../../secret_key", "/preview/..%2f..%2fx/body",
     "/preview/inv_none-email/body"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("limit", ["-3", "0", "99999999", "x"])
def test_an_odd_limit_does_no_harm(client: FlaskClient, limit: str) -> None:
    assert client.get(f"/preview?limit={limit}").status_code == 200


@pytest.mark.parametrize("path", ["/", "/preview", "/preview/inv_1-sms/body", "/sample"])
def test_where_messages_are_really_sent_there_is_no_preview(
    app: Flask, client: FlaskClient, path: str
) -> None:
    settings = app.extensions["collector.settings"]
    app.extensions["collector.settings"] = replace(settings, embedded=False)
    assert client.get(path).status_code == 404
