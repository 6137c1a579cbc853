"""Questions that were sent and wait for their taps, as many as a benchmark needs, and taps of old.

Rows are copies of one that the tests' factories make, put in by SQL: each of a person, an event, a
decision and a message of its own.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import psycopg
from flask import Flask

from benchmarks.http_load import Request
from collector import clock
from collector.invitations import links
from collector.model.base import db
from collector.web.pages import page_nonce
from tests import factories

TABLES = ("people", "events", "decisions", "invitations", "messages")
KEYS = {"person_id": "people", "event_id": "events", "decision_id": "decisions",
        "invitation_id": "invitations"}  # fmt: skip
OWN = {
    "people": {"ref": "'ref-' || g"},
    "events": {"event_id": "'ord-' || g"},
    "invitations": {"token_id": "substr(md5(g::text), 1, 16)"},
    "messages": {"address": "'p' || g || '@example.org'", "provider_ref": "'ref-' || g"},
}
HEADERS = (
    "Accept: */*\r\nAccept-Encoding: gzip, deflate, br\r\nAccept-Language: en\r\n"
    "Content-Type: application/x-www-form-urlencoded;charset=UTF-8\r\n"
    "Origin: http://127.0.0.1\r\nSec-Fetch-Dest: empty\r\nSec-Fetch-Mode: cors\r\n"
    "Sec-Fetch-Site: same-origin\r\nUser-Agent: Mozilla/5.0 (Linux; Android 15; Pixel 9) "
    "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Mobile Safari/537.36\r\n"
)


def first(app: Flask) -> None:
    """The one row of each table that the others are copies of: asked an hour ago by email."""
    with app.app_context():
        now = clock.now()
        survey = factories.survey_version(db.session)
        factories.sent_invitation(
            db.session, survey=survey, channels=["email"], sent_at=now - timedelta(hours=1),
            lapses_at=now + timedelta(days=30),
        )  # fmt: skip
        db.session.commit()
        db.session.remove()


def ask(connection: psycopg.Connection, begin: int, count: int) -> None:
    """Questions number `begin` and on, of which question n has the token id `token_id(n)`."""
    with connection.transaction():
        for table in TABLES:
            names = [row[0] for row in connection.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
                "AND table_schema = 'public' AND is_generated = 'NEVER'", (table,)
            )]  # fmt: skip
            values = ", ".join(_value(table, name) for name in names)
            connection.execute(
                f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} "
                f"FROM (SELECT * FROM {table} WHERE id NOT LIKE '%\\_n%' LIMIT 1) one, "
                f"generate_series({begin:d}, {begin + count - 1:d}) g"
            )


def _value(table: str, name: str) -> str:
    if name == "id":
        return f"'{table[:3]}_n' || g"
    own = OWN.get(table, {}).get(name)
    if own is None and name in KEYS:
        return f"'{KEYS[name][:3]}_n' || g"
    return own or f"one.{name}"


def stored(connection: psycopg.Connection, begin: int, count: int) -> None:
    """So many questions with a tap that was folded long ago."""
    for at in range(begin, begin + count, 100_000):
        many = min(100_000, begin + count - at)
        ask(connection, at, many)
        connection.execute(
            f"""INSERT INTO taps (id, idempotency_key, invitation_id, kind, score, via, channel,
            locale, opened_at, tapped_at, address_hash, network_hash, device_hash, contact_hash,
            user_agent, folded)
            SELECT 'tap_n' || g, 'page:' || md5('old' || g), 'inv_n' || g, 'provisional', 5, 'page',
            'email', 'en', now(), now(), md5('a' || g), md5('n' || g), md5('d' || g), md5('c' || g),
            repeat('x', 110), true FROM generate_series({at:d}, {at + many - 1:d}) g"""
        )
        connection.commit()


def token_ids(connection: psycopg.Connection, begin: int, count: int) -> list[str]:
    rows = connection.execute(
        "SELECT substr(md5(g::text), 1, 16) FROM generate_series(%s::int, %s::int) g",
        (begin, begin + count - 1),
    )
    return [row[0] for row in rows]


def posts(app: Flask, token_ids: list[str], port: int) -> list[Request]:
    """The post that the page's script sends by itself a second after `/t/<token>/5` was opened."""
    with app.app_context():
        opened = clock.now() - timedelta(seconds=1)
        found = []
        for token_id in token_ids:
            token = links.token(token_id, "email")
            nonce = page_nonce.make(links.Link(token_id, "email"), opened).text
            press = f"p{token_id}"
            body = urlencode({
                "nonce": nonce, "script": "1", "press": press, "score": "5",
                "kind": "provisional", "age": "7",
            })  # fmt: skip
            text = (
                f"POST /t/{token}?lang=en HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{HEADERS}"
                f"Cookie: d={press}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
            )
            found.append((text.encode(), f'data-saved="{press}"'.encode()))
        return found
