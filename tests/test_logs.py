"""Canaries: a number, an address and a live token in a failing statement reach no log at all."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path
from time import sleep
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import structlog
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from collector import logs
from collector.invitations import links
from collector.model import batches
from collector.model.base import db
from tests.conftest import KEYS
from tests.servers import free_port

PHONE, MAIL, NAME = "+436601234567", "ana.torres@example.com", "Ana Torres"
ROOT = Path(__file__).resolve().parent.parent


def canaries(app: Flask) -> tuple[str, ...]:
    return (PHONE, MAIL, NAME, links.token("0123456789abcdef", "sms"))


def faults(words: tuple[str, ...]) -> list[DBAPIError]:
    """Statements that fail with these values: as parameters, in the row, and as a bad literal."""
    found = []
    for statement in (
        "INSERT INTO people (id, ref, no_such) VALUES (:a, :b, :c)",
        "INSERT INTO people (id, ref, kind, locale, timezone, attributes, created_at, updated_at) "
        "VALUES (:a, :b, :c, '', '', '{}', '2026-01-01', '2026-01-01')",
        "INSERT INTO taps (id) VALUES (:a || :b || :c || :d)",
    ):
        try:
            db.session.execute(text(statement), dict(zip("abcd", words, strict=True)))
        except DBAPIError as error:
            found.append(error)
        db.session.rollback()
    assert len(found) == 3
    return found


def test_a_failure_in_full_holds_nothing_of_a_customer(
    ctx: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure()
    words = canaries(ctx)
    for error in faults(words):
        with capture_logs() as captured:
            logs.failure("it_failed", error, stage="send")
        (event,) = captured
        assert (event["event"], event["stage"], event["log_level"]) == (
            "it_failed",
            "send",
            "error",
        )
        assert event["reason"]
        assert event["trace"][0].endswith(":faults")
        assert not any(word in repr(event) for word in words)
        logs.failure("it_failed", error)
        structlog.get_logger().error("by_hand", exc_info=error, detail=str(error.orig))
        batches.note("send", "inv_1", error)
    written = capsys.readouterr().err
    assert len(written.splitlines()) == 9
    assert not any(word in written for word in words)


def test_a_failure_tells_the_sqlstate_and_the_column(ctx: Flask) -> None:
    with capture_logs() as captured:
        logs.failure("it_failed", faults(canaries(ctx))[0])
    (event,) = captured
    assert "no_such" in event["reason"]
    if db.engine.dialect.name == "postgresql":
        assert (event["sqlstate"], event["driver"]) == ("42703", "UndefinedColumn")


@pytest.mark.parametrize(
    "name", ["", "gunicorn.error", "rq.worker", "flask.app", "sqlalchemy.pool"]
)
def test_no_library_writes_it_either(
    ctx: Flask, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    words = canaries(ctx)
    logger = logging.getLogger(name)
    logger.addHandler(caplog.handler)  # some of them do not hand on to the root
    try:
        for error in faults(words):
            logger.error("Error handling request /t/%s", words[3], exc_info=error)
            logger.error("job of %s for %s failed: %s", MAIL, PHONE, error)
            logger.error(error)
            logger.error("one %s too few", NAME, words)
            try:
                raise RuntimeError(f"for {NAME!r} at {MAIL}") from error
            except RuntimeError:
                logger.exception("again")
    finally:
        logger.removeHandler(caplog.handler)
    assert "Error handling request /t/…" in caplog.text
    assert "tests/test_logs.py" in caplog.text, "where it happened is told"
    assert not any(word in caplog.text for word in words)
    assert not any(word in repr(vars(record)) for record in caplog.records for word in words[:2])


def test_an_exception_that_nobody_caught_is_scrubbed_too(
    ctx: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure()
    error = faults(canaries(ctx))[1]
    logs._uncaught(type(error), error, error.__traceback__)
    thread = threading.current_thread()
    logs._uncaught_in_thread(
        threading.ExceptHookArgs((type(error), error, error.__traceback__, thread))
    )
    written = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in written] == ["uncaught", "uncaught"]
    assert not any(word in repr(written) for word in canaries(ctx))


SERVER = """
import sys
from flask import request
from sqlalchemy import text
from collector.commands.operating import serve
from collector.model.base import db
import collector.app

make = collector.app.create_app

def create_app(*args, **kwargs):
    app = make(*args, **kwargs)
    @app.before_request
    def fail():
        if request.path.startswith("/t/"):
            values = dict(a=request.path, b=sys.argv[2], c=sys.argv[3])
            db.session.execute(text("INSERT INTO people (id, ref, no) VALUES (:a, :b, :c)"), values)
    @app.teardown_request
    def fail_again(error):
        if error or request.path.startswith("/t/"):
            raise RuntimeError("rolling back for " + sys.argv[2] + " at " + request.path)
    return app

serve.create_app = create_app
serve.run(collector.app.config.read(), "127.0.0.1", int(sys.argv[1]))
"""


def until_up(url: str) -> None:
    for _ in range(600):
        try:
            urlopen(f"{url}/healthz", timeout=5).close()
            return
        except OSError:
            sleep(0.1)
    pytest.fail("the server does not answer")


def test_a_real_server_under_a_fault_in_teardown_writes_nothing_of_it(
    app: Flask, database_url: str, tmp_path: Path
) -> None:
    with app.app_context():
        words = canaries(app)
    port = free_port()
    environment: dict[str, Any] = {
        **os.environ,
        "COLLECTOR_DATABASE_URL": database_url,
        "COLLECTOR_SECRET_KEYS": ",".join(KEYS),
        "COLLECTOR_HOME": str(tmp_path),
        "COLLECTOR_BASE_URL": "http://collector.test",
    }
    errors = tmp_path / "stderr"
    with errors.open("wb") as stderr:
        server = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(port), PHONE, MAIL],
            cwd=ROOT, env=environment, stdout=stderr, stderr=stderr,
        )  # fmt: skip
        try:
            url = f"http://127.0.0.1:{port}"
            until_up(url)
            with pytest.raises(HTTPError) as refused:
                urlopen(f"{url}/t/{words[3]}", timeout=20)
            assert refused.value.code == 500
            refused.value.close()
        finally:
            server.terminate()
            server.wait(30)
    written = errors.read_text()
    assert "unexpected_error" in written
    assert "RuntimeError" in written, "gunicorn's own line about the fault in teardown is there"
    assert not any(word in written for word in words)
