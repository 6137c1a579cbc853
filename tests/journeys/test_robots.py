"""Machines open every link, run scripts, wait, post: nothing of it is counted as an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from collector import clock
from tests.conftest import LiveServer
from tests.journeys.crowds import READ_AFTER, ask, let_loose, outcome_of, written
from tests.journeys.robots import READ_ONLY, ROBOTS, mails
from tests.journeys.visits import Visit, Watch, watch

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


@pytest.mark.parametrize(
    "robot", ["safe links: runs scripts on every link", "crawler posting forms"]
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_press_after_a_robot_counts_and_what_the_robot_left_is_kept(
    app: Flask, live_server: LiveServer, time: Watch, robot: str
) -> None:
    sent = ask(app, time, 1)  # NPS: eleven scores
    ((_, mail),) = mails(sent)
    with live_server(app) as server:
        time.wait(READ_AFTER)
        ROBOTS[robot](server, mail, time)
        before = outcome_of(app, time, robot, dict.fromkeys(sent))
        visit = Visit(server)
        page = visit.get(mail.bare)
        time.wait(3)
        visit.press(page, 8)
        visit.close()
    after = outcome_of(app, time, robot, dict.fromkeys(sent, 8))
    assert (before.counted, after.counted, after.right) == (0, 1, 1)
    assert after.taps == before.taps + 1 >= 12
