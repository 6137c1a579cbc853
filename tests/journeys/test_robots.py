"""Machines open every link, run scripts, wait, post: nothing of it is counted as an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from selenium.webdriver import Chrome

from collector import clock
from tests.conftest import LiveServer
from tests.journeys.crowds import Outcome, _outcome, ask, let_loose, written
from tests.journeys.robots import READ_ONLY, ROBOTS, mails
from tests.journeys.visits import Watch, watch

EACH = 3  # one for each metric


@pytest.fixture
def time(tmp_path: Path) -> Iterator[Watch]:
    with watch(tmp_path / "time", clock.now()) as moving:
        yield moving


def test_there_are_twelve_kinds() -> None:
    assert len(ROBOTS) == 12


@pytest.mark.parametrize("robot", ROBOTS)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_a_robot_does_is_counted(
    app: Flask, live_server: LiveServer, time: Watch, robot: str
) -> None:
    with live_server(app) as server:
        outcome = let_loose(app, server, time, robot, EACH)
    assert (outcome.invitations, outcome.counted) == (EACH, 0)
    if robot in READ_ONLY:
        assert written(app) == 0


@pytest.mark.browser
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_real_headless_browser_opens_every_link_and_nothing_is_counted(
    app: Flask, live_server: LiveServer, time: Watch, browser: Chrome
) -> None:
    """As Safe Links does; it passes for an ordinary browser, and the clock runs while it stays."""
    browser.execute_cdp_cmd("Network.setUserAgentOverride", {"userAgent": _ordinary(browser)})
    sent = ask(app, time, 2)
    time.wait(40)
    with live_server(app) as server:
        for _, mail in mails(sent):
            for path in (*mail.scores, mail.hidden):
                before = written(app)
                browser.get(server + path)
                assert written(app) == before, "a GET wrote something"
                browser.execute_async_script("setTimeout(arguments[0], 1300)")
                time.wait(1.5)
        outcome: Outcome = _outcome(app, time, "chromium", dict.fromkeys(sent))
    assert outcome.taps > outcome.invitations
    assert outcome.counted == 0


def _ordinary(browser: Chrome) -> str:
    agent: str = browser.execute_script("return navigator.userAgent")
    return agent.replace("HeadlessChrome", "Chrome")
