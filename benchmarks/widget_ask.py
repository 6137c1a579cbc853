"""The widget's calls beside a route of Flask that does nothing: `next` (nothing to ask, a question
that waits) and `answer`.

    python -m tests.servers .venv/bin/python -m benchmarks.widget_ask

`next` with nothing to ask is what every view of every page costs: it and the bare route are served
by gunicorn as `collector serve` does (threads, one process here) and called over kept connections
by four clients in turn, round about, on the same machine: requests a second, and processor time per
request, which is steadier. Then all calls without a server or a network, as WSGI functions, with
the statements that each sends; every answer is of a question of its own, and as many taps as
answers are counted afterwards. 2,000 other people have an open question. Medians of rounds; only
ratios of one run mean anything.
"""

from __future__ import annotations

import argparse
import http.client
import io
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event, func, select

from collector import clock
from collector.app import create_app
from collector.invitations import links
from collector.model.answers import Tap
from collector.model.base import db
from collector.model.invitations import Message
from collector.web.widget import identity, inbox, rates, sites
from tests import factories
from tests.conftest import migrated, settings_for
from tests.servers import free_port

ORIGIN = "https://shop.example"
OTHERS = 2_000
CLIENTS = 4
NEXT, ANSWER = "/w/v1/next", "/w/v1/answer"
AIM = 0.7
HEADERS = {"Origin": ORIGIN, "Content-Type": "text/plain"}


def bare() -> Flask:
    """As little as Flask can do for a POST."""
    app = Flask("bare")

    @app.post(NEXT)
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


class Bodies:
    """What is called: by somebody who is asked nothing, by somebody who is, and an answer of each
    of the others."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            session = db.session()
            survey = factories.survey_version(session)
            now, asked = clock.now(), {}
            for _ in range(OTHERS):
                person = factories.person(session)
                row = factories.sent_invitation(
                    session, of=person, survey=survey, channels=["inapp"],
                    sent_at=now - timedelta(hours=1), lapses_at=now + timedelta(days=30),
                )  # fmt: skip
                asked[person.ref] = row.token_id
                message = session.scalars(
                    select(Message).where(Message.invitation_id == row.id)
                ).one()
                message.address = person.ref
            quiet = factories.person(session).ref
            session.commit()
            if not db.engine.dialect.name.startswith("sqlite"):
                with db.engine.connect() as plain:
                    plain.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
            self.key = (sites.by_name("bench") or sites.create("bench", [ORIGIN])).public_key
            self.nothing = self._body(quiet)
            first, *others = asked
            self.waiting = self._body(first)
            self.answers = iter([
                self._body(ref, token=links.token(asked[ref], inbox.CHANNEL), score=5,
                           press=f"{at:032x}")
                for at, ref in enumerate(others)
            ])  # fmt: skip

    def _body(self, ref: str, **more: Any) -> bytes:
        signed = identity.issue(self.key, ref)
        return json.dumps({"key": self.key, "identity": signed, **more}).encode()


class Served:
    """One gunicorn with one worker process of eight threads."""

    def __init__(self, name: str) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", "1",
             "--threads", "8", "--keep-alive", "30", "--log-level", "critical",
             "--no-control-socket", f"benchmarks.widget_ask:{name}()"],
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
    connection.request("POST", NEXT, body, HEADERS)
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


def as_function(app: Flask, path: str, bodies: Sequence[bytes], status: str) -> float:
    """Seconds per call of the WSGI function; each is answered with this status."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr, "CONTENT_TYPE": "text/plain", "HTTP_ORIGIN": ORIGIN,
        "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1",
    }  # fmt: skip
    replies: list[str] = []
    answer: Callable[..., Any] = lambda status, headers, exc=None: replies.append(status)  # noqa: E731
    began = time.perf_counter()
    for body in bodies:
        told = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
        b"".join(app.wsgi_app({**environ, **told}, answer))
    seconds = time.perf_counter() - began
    if {one[:3] for one in replies} != {status}:
        raise RuntimeError(f"{path} was answered with {sorted({int(one[:3]) for one in replies})}")
    return seconds / len(bodies)


class Calls:
    """The calls as functions, and the statements that each sends."""

    def __init__(self, app: Flask, bodies: Bodies, requests: int, rounds: int) -> None:
        self.app, self.plain, self.bodies = app, bare(), bodies
        self.requests, self.each = requests, min(requests, (OTHERS - 1) // (rounds + 1))
        self.said = 0
        event.listen(Engine, "before_cursor_execute", self._count)

    def _count(self, *_: object) -> None:
        self.said += 1

    def round(self) -> dict[str, tuple[float, float]]:
        """Seconds and statements of a call, by its name."""
        nothing = [self.bodies.nothing] * self.requests
        waiting = [self.bodies.waiting] * self.requests
        answers = list(itertools.islice(self.bodies.answers, self.each))
        found = {}
        for name, app, path, bodies, status in (
            ("bare route", self.plain, NEXT, nothing, "204"),
            ("next, nothing to ask", self.app, NEXT, nothing, "204"),
            ("next, a question waits", self.app, NEXT, waiting, "200"),
            ("answer", self.app, ANSWER, answers, "200"),
        ):
            before = self.said
            seconds = as_function(app, path, bodies, status)
            found[name] = (seconds, (self.said - before) / len(bodies))
        return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7, help="of each way (7)")
    parser.add_argument("--requests", type=int, default=2_000, help="in each round (2000)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BENCHMARK_HOME"] = folder
        migrated(_url(Path(folder)), Path(folder))
        app = ours()
        bodies = Bodies(app)
        body = bodies.nothing
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
        calls = Calls(app, bodies, chosen.requests, chosen.rounds)
        calls.round()  # warms up
        report(rounds, [calls.round() for _ in range(chosen.rounds)])
        with app.app_context():
            stored = db.session.scalar(select(func.count()).select_from(Tap))
        answered = calls.each * (chosen.rounds + 1)
        print(f"\n{answered:,} answers acknowledged, {stored:,} taps stored")
        if answered != stored:
            sys.exit(1)


def report(
    rounds: list[list[tuple[float, float]]], calls: list[dict[str, tuple[float, float]]]
) -> None:
    median = statistics.median
    rate = [median(one[at][0] for one in rounds) for at in (0, 1)]
    busy = [median(one[at][1] for one in rounds) * 1e6 for at in (0, 1)]
    ratio = median(one[1][0] / one[0][0] for one in rounds)
    print(f"\n{'next, nothing to ask':30}{'bare':>9}{'ours':>9}{'ratio':>7}  aim")
    print(f"{'over HTTP, requests a second':30}{rate[0]:9,.0f}{rate[1]:9,.0f}{ratio:7.2f}  ≥ {AIM}")
    print(f"{'CPU of the server, µs':30}{busy[0]:9,.0f}{busy[1]:9,.0f}{busy[0] / busy[1]:7.2f}")
    print(f"\n{'as a function':30}{'µs a call':>10}{'statements':>12}{'of bare':>9}")
    for name in calls[0]:
        spent = median(one[name][0] for one in calls) * 1e6
        said = median(one[name][1] for one in calls)
        share = median(one["bare route"][0] / one[name][0] for one in calls)
        print(f"{name:30}{spent:10,.0f}{said:12.2f}{share:9.2f}")


if __name__ == "__main__":
    main()
