"""What all tests share: a migrated, empty database of each kind, an app on it, real servers.

Tests that take `app` run once on SQLite and once on PostgreSQL; where there is no PostgreSQL those
are skipped and the closing summary says so and how to get them run.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from selenium import webdriver
from werkzeug.serving import make_server

from collector.app import create_app
from collector.commands.operating.settle_memory import settle_memory
from collector.config import Settings
from collector.invitations import send
from collector.invitations.delivery import hand_over
from collector.model.base import db
from collector.work import tasks
from tests import olist as olist_files
from tests import quick_routes, quick_sql, servers
from tests.one_browser import OneBrowser

BASE_URL = "http://collector.test"
PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/148.0.0.0 Mobile Safari/537.36"
)
KEYS = ("an-older-test-key-of-forty-characters-00", "the-newest-test-key-of-forty-characters1")
DATABASES = ("sqlite", "postgres")
LiveServer = Callable[[Flask], AbstractContextManager[str]]

quick_routes.remember()
quick_sql.remember()


def settings_for(database_url: str, home: Path, **changes: object) -> Settings:
    """Settings like the embedded default's, on this database, previews under `home`."""
    values: dict[str, object] = {
        "database_url": database_url,
        "secret_keys": KEYS,
        "base_url": BASE_URL,
        "home": home,
        "embedded": True,
        **changes,
    }
    return Settings(**values)  # type: ignore[arg-type]  # checked by the dataclass's users


def migrated(database_url: str, home: Path) -> str:
    """Run the real migrations on this database."""
    app = create_app(settings_for(database_url, home), bell=lambda name: None)
    with app.app_context():
        upgrade()
        db.engine.dispose()
    return database_url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, copied for every test."""
    folder = tmp_path_factory.mktemp("template")
    path = folder / "migrated.db"
    migrated(f"sqlite:///{path}", folder)
    return path


def lacking(kind: str) -> NoReturn:
    """Skip for lack of `kind`, or fail where it was said that it must be there (`.ci/run`)."""
    reason = f"no {kind}: {servers.HOW_TO[kind]}"
    if kind in os.environ.get("COLLECTOR_TEST_REQUIRE", "").split(","):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """A server on which a test may make databases of its own."""
    url = servers.postgres_url()
    return url or lacking("postgres")


@pytest.fixture(scope="session")
def redis_url() -> str:
    """A Redis that a test may flush."""
    url = servers.redis_url()
    return url or lacking("redis")


@pytest.fixture(scope="session")
def postgres_database(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """One migrated database for the whole run; `database_url` empties it for every test."""
    return migrated(servers.new_database("collector_test"), tmp_path_factory.mktemp("pg"))


@pytest.fixture(scope="session")
def olist() -> Path:
    """The folder of Olist's real orders and answers."""
    return olist_files.folder() or lacking("olist")


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated, empty database of each kind."""
    if request.param == "postgres":
        url: str = request.getfixturevalue("postgres_database")
        _empty(url)
        return url
    path = tmp_path / "collector.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The service on an empty database; bells are only written down."""
    rung: list[str] = []
    app = create_app(settings_for(database_url, tmp_path / "home"), bell=rung.append)
    app.testing = True
    app.extensions["collector.rung"] = rung
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def ctx(app: Flask) -> Iterator[Flask]:
    """The app with its context pushed, for tests of verbs."""
    with app.app_context():
        yield app
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def drain(app: Flask) -> Callable[[], int]:
    """Do everything that is due at the clock's now, as the workers would."""

    def run() -> int:
        with app.app_context():
            handled = tasks.drain()
            db.session.remove()
            return handled

    return run


@contextmanager
def serve(app: Flask) -> Iterator[str]:
    """A real threaded server for this app on a free port; gives its base URL."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def live_server() -> LiveServer:
    """`with live_server(app) as url:` serves the app over real HTTP."""
    return serve


@pytest.fixture(scope="session")
def one_browser() -> Iterator[OneBrowser]:
    binary, driver = servers.chromium() or lacking("browser")
    one = OneBrowser(binary, driver, PHONE)
    yield one
    one.close()


@pytest.fixture
def browser(one_browser: OneBrowser) -> webdriver.Chrome:
    """A real headless Chromium the size of a phone, on a window that nobody used before."""
    return one_browser.fresh()


def _empty(url: str) -> None:
    """Leave the tables as the migrations made them: quicker than making them again."""
    tables = [table for table in reversed(db.metadata.sorted_tables) if table.name != "feed_head"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "; ".join(f"DELETE FROM {table.name}" for table in tables)
            + "; UPDATE feed_head SET last_number = 0"
        )


def pytest_collection_finish() -> None:
    """As a server does, but look for what tests leave behind more often: it is much."""
    settle_memory((20_000, 10, 5))


def pytest_configure() -> None:
    """A slip in the name of one of the tests' own settings would leave tests out unseen."""
    begins = "COLLECTOR_TEST_"
    unknown = [n for n in os.environ if n.startswith(begins) and n not in servers.SETTINGS]
    kinds = set(os.environ.get("COLLECTOR_TEST_REQUIRE", "").split(",")) - {"", *servers.HOW_TO}
    if unknown or kinds:
        raise pytest.UsageError(
            f"{', '.join(unknown) or 'COLLECTOR_TEST_REQUIRE'} cannot be set so; there are:\n"
            + "\n".join(f"  {name}: {meaning}" for name, meaning in servers.SETTINGS.items())
        )
    try:
        olist_files.folder()
    except ValueError as error:
        raise pytest.UsageError(str(error)) from error


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests ran against what, and how to get the rest run."""
    ran: Counter[str] = Counter()
    for report in terminalreporter.stats.get("passed", []):
        if report.when == "call":
            ran.update(_against(report))
            for name, value in report.user_properties:
                if name == "figure":
                    terminalreporter.write_line(str(value))
    skipped: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        reason = str(report.longrepr)
        skipped.update(kind for kind, how in servers.HOW_TO.items() if how in reason)
    line = ", ".join(f"{ran[kind]} against {kind}" for kind in ("sqlite", "postgres", "redis"))
    terminalreporter.write_line(f"ran: {line}, {ran['browser']} in Chromium")
    for kind, count in sorted(skipped.items()):
        terminalreporter.write_line(
            f"NOT run: {count} tests for lack of {kind}; {servers.HOW_TO[kind]}"
        )


def _against(report: pytest.TestReport) -> set[str]:
    """Which real parts a test used: told by its fixtures, kept as its properties."""
    return {str(value) for name, value in report.user_properties if name == "against"}


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a batch of sends does only where a provider is slow, it does in tests that ask for it:
    not wherever the machine is."""
    monkeypatch.setattr(send, "SLOW", 3_600.0)
    monkeypatch.setattr(hand_over, "PATIENCE", 3_600.0)


@pytest.fixture(autouse=True)
def _note_what_is_used(request: pytest.FixtureRequest) -> None:
    names = set(request.fixturenames)
    kinds = set()
    if "database_url" in names:
        kinds.add(str(request.node.callspec.params.get("database_url", "sqlite")))
    kinds |= {"postgres"} if names & {"postgres_url", "postgres_database"} else set()
    kinds |= {"redis"} if "redis_url" in names else set()
    kinds |= {"browser"} if "browser" in names else set()
    for kind in kinds:
        request.node.user_properties.append(("against", kind))
