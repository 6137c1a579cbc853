"""The widget's "anything for me?" with nothing to ask, beside a route of Flask that does nothing.

    python -m tests.servers .venv/bin/python -m benchmarks.widget_next

Both are served by gunicorn as `collector serve` does (threads, one process here) and called over
kept connections by four clients in turn, round about, on the same machine: requests a second, and
processor time per request, which is steadier. Then both again without a server or a network, called
as WSGI functions. 2,000 other people have an open question. Medians of rounds; only ratios of one
run mean anything.
"""

from __future__ import annotations

import argparse
import http.client
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask

from collector import clock
from collector.app import create_app
from collector.model.base import db
from collector.model.invitations import Message
from collector.web.widget import identity, rates, sites
from tests import factories
from tests.conftest import migrated, settings_for
from tests.servers import free_port

ORIGIN = "https://shop.example"
OTHERS = 2_000
CLIENTS = 4
PATH = "/w/v1/next"
HEADERS = {"Origin": ORIGIN, "Content-Type": "text/plain"}


def bare() -> Flask:
    """As little as Flask can do for a POST."""
    app = Flask("bare")

    @app.post(PATH)
    def nothing() -> tuple[str, int]:
        return "", 204

    return app


def ours() -> Flask:
    """The service, on the database that the parent process filled."""
    home = Path(os.environ["BENCHMARK_HOME"])
    rates.PERSON = rates.SITE = rates.Limit(1e9, 1e9)
    return create_app(settings_for(_url(home), home), bell=lambda name: None)


def _url(home: Path) -> str:
    return os.environ.get("COLLECTOR_DATABASE_URL") or f"sqlite:///{home}/next.db"


def fill(app: Flask) -> bytes:
    """People with open questions, one without; returns the body of that one's call."""
    with app.app_context():
        session = db.session()
        survey = factories.survey_version(session)
        for _ in range(OTHERS):
            factories.sent_invitation(session, survey=survey, channels=["inapp"])
        for at, message in enumerate(session.query(Message)):
            message.address = f"other-{at}"
        quiet = factories.person(session)
        ref = quiet.ref
        session.commit()
        if not db.engine.dialect.name.startswith("sqlite"):
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("ANALYZE")
        site = sites.by_name("bench") or sites.create("bench", [ORIGIN])
        return json.dumps(
            {"key": site.public_key, "identity": identity.issue(site.public_key, ref)}
        ).encode()


class Served:
    """One gunicorn with one worker process of eight threads."""

    def __init__(self, name: str) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", "1",
             "--threads", "8", "--keep-alive", "30", "--log-level", "critical",
             "--no-control-socket", f"benchmarks.widget_next:{name}()"],
        )  # fmt: skip

    def wait(self, body: bytes) -> None:
        for _ in range(200):
            try:
                if call(connect(self.port), body) == 204:
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def busy(self) -> float:
        """Processor seconds that its worker used."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        fields = Path(f"/proc/{children.split()[0]}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def connect(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=10)


def call(connection: http.client.HTTPConnection, body: bytes) -> int:
    connection.request("POST", PATH, body, HEADERS)
    reply = connection.getresponse()
    reply.read()
    return reply.status


def over_http(served: Served, body: bytes, requests: int) -> tuple[float, float]:
    """Requests a second, and processor seconds per request."""

    def client() -> None:
        connection = connect(served.port)
        for _ in range(requests // CLIENTS):
            if call(connection, body) != 204:
                raise RuntimeError("not a 204")
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    busy, began = served.busy(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - began
    return requests / spent, (served.busy() - busy) / requests


def as_function(app: Flask, body: bytes, requests: int) -> float:
    """Seconds per call of the WSGI function."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST", "PATH_INFO": PATH, "QUERY_STRING": "", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr, "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "text/plain",
        "HTTP_ORIGIN": ORIGIN, "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1",
    }  # fmt: skip
    answer: Callable[..., Any] = lambda status, headers, exc=None: None  # noqa: E731
    began = time.perf_counter()
    for _ in range(requests):
        b"".join(app.wsgi_app({**environ, "wsgi.input": io.BytesIO(body)}, answer))
    return (time.perf_counter() - began) / requests


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--requests", type=int, default=2_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BENCHMARK_HOME"] = folder
        migrated(_url(Path(folder)), Path(folder))
        app = ours()
        body = fill(app)
        where = app.extensions["collector.settings"].database_url.split(":")[0]
        print(
            f"{where}, {OTHERS:,} people with an open question, asked at {clock.iso(clock.now())}"
        )
        served = [Served("bare"), Served("ours")]
        try:
            for one in served:
                one.wait(body)
                over_http(one, body, chosen.requests // 4)
            rounds = [
                [over_http(one, body, chosen.requests) for one in served]
                for _ in range(chosen.rounds)
            ]
        finally:
            for one in served:
                one.stop()
        plain = bare()
        calls = [
            [as_function(one, body, chosen.requests) for one in (plain, app)]
            for _ in range(chosen.rounds)
        ]
        report(rounds, calls)


def report(rounds: list[list[tuple[float, float]]], calls: list[list[float]]) -> None:
    median = statistics.median
    rate = [median(one[at][0] for one in rounds) for at in (0, 1)]
    busy = [median(one[at][1] for one in rounds) * 1e6 for at in (0, 1)]
    wsgi = [median(one[at] for one in calls) * 1e6 for at in (0, 1)]
    ratio = median(one[1][0] / one[0][0] for one in rounds)
    print(f"{'':30} {'bare':>9} {'ours':>9} {'ratio':>7}")
    for name, (theirs, own), share in (
        ("over HTTP, requests a second", rate, ratio),
        ("server's CPU, µs a request", busy, busy[0] / busy[1]),
        ("as a function, µs a call", wsgi, wsgi[0] / wsgi[1]),
    ):
        print(f"{name:30} {theirs:9,.0f} {own:9,.0f} {share:7.2f}")


if __name__ == "__main__":
    main()
