"""A real Chromium: as a robot it is never counted, in the hands of people it always is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from selenium.webdriver import Chrome

from collector import clock
from tests.conftest import LiveServer
from tests.journeys import chromium_humans, chromium_robots
from tests.journeys.crowds import written
from tests.journeys.visits import Watch, watch

pytestmark = pytest.mark.browser
MAILS = 2
SAFE_LINKS, _, PRERENDERS, LEAVES_EARLY = (
    chromium_robots.CHROMIUM
)  # who stays 20 s comes with the benchmark
# Pressing, one tap and no scripts are in tests/web/pages/test_tap_browser.py.
PEOPLE = [
    f"Chromium: {way}" for way in ("back button", "two tabs", "privacy settings", "leaves at once")
]


@pytest.fixture
def time(tmp_path: Path) -> Iterator[Watch]:
    with watch(tmp_path / "time", clock.now()) as moving:
        yield moving


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_browser_that_opens_every_link_and_runs_scripts_is_not_counted(
    app: Flask, live_server: LiveServer, time: Watch, browser: Chrome
) -> None:
    with live_server(app) as server:
        outcome, heard = chromium_robots.let_loose(app, server, time, SAFE_LINKS, MAILS, browser)
    assert heard.kinds["POST"] >= outcome.taps > outcome.invitations
    assert outcome.counted == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_browser_that_leaves_every_link_at_once_is_not_counted(
    app: Flask, live_server: LiveServer, time: Watch, browser: Chrome
) -> None:
    """What leaves a page that it may have seen posts its number; many numbers are a machine's."""
    with live_server(app) as server:
        outcome, _ = chromium_robots.let_loose(app, server, time, LEAVES_EARLY, MAILS, browser)
    assert outcome.taps > outcome.invitations
    assert outcome.counted == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_browser_that_prefetches_and_prerenders_leaves_no_trace(
    app: Flask, live_server: LiveServer, time: Watch, browser: Chrome
) -> None:
    with live_server(app) as server:
        _, heard = chromium_robots.let_loose(app, server, time, PRERENDERS, MAILS, browser)
        assert written(app) == 0
    assert heard.kinds["prefetch"] > 0
    assert heard.kinds["prefetch;prerender"] > 0
    assert heard.kinds["POST"] == 0


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_person_is_counted_as_they_meant_it(
    app: Flask, live_server: LiveServer, time: Watch, tmp_path: Path, name: str
) -> None:
    with live_server(app) as server:
        outcome = chromium_humans.send_people(app, server, time, name, 1, tmp_path)
    assert (outcome.counted, outcome.right) == (1, 1)
