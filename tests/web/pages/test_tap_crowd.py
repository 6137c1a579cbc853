"""Many at once on one link, over real HTTP."""

from __future__ import annotations

import http.client
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from flask import Flask
from sqlalchemy import func, select

from collector import clock
from collector.answers import fold
from collector.model.answers import Response
from collector.model.base import db
from tests.answers.taps import PHONE
from tests.conftest import LiveServer
from tests.web.pages.tap_pages import ask, nonce_in, taps

CROWD = 200


def request(server: str, method: str, path: str, fields: dict[str, str]) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=60)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": PHONE}
        connection.request(method, path, urlencode(fields), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_two_hundred_posts_at_once_on_one_link_leave_one_response(
    app: Flask, live_server: LiveServer
) -> None:
    now = clock.now()
    path = ask(app, sent_at=now, lapses_at=now + timedelta(days=14))
    with live_server(app) as server, ThreadPoolExecutor(CROWD) as crowd:
        nonce = nonce_in(request(server, "GET", path, {})[1])

        def press(number: int) -> int:
            kind = {"kind": "provisional"} if number % 2 else {}
            fields = {"nonce": nonce, "score": str(number % 5 + 1), "seq": str(number), **kind}
            return request(server, "POST", path, {**fields, "script": "1"})[0]

        statuses = Counter(crowd.map(press, range(CROWD)))
        with app.app_context():
            while fold.run_batch():
                pass
            responses = db.session.scalar(select(func.count()).select_from(Response))
            db.session.remove()
    assert statuses == {200: CROWD}
    assert len(taps(app)) == CROWD
    assert responses == 1


def test_the_same_post_fifty_times_at_once_is_one_tap(app: Flask, live_server: LiveServer) -> None:
    now = clock.now()
    path = ask(app, sent_at=now, lapses_at=now + timedelta(days=14))
    with live_server(app) as server, ThreadPoolExecutor(50) as crowd:
        nonce = nonce_in(request(server, "GET", path, {})[1])
        fields = {"nonce": nonce, "score": "4", "seq": "1", "script": "1"}
        posts = [crowd.submit(request, server, "POST", path, fields) for _ in range(50)]
        assert {post.result()[0] for post in posts} == {200}
    assert len(taps(app)) == 1
