"""Machines open every link, run scripts, wait, post: nothing of it is counted as an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from collector import clock
from tests.conftest import LiveServer
from tests.journeys.crowds import let_loose, written
from tests.journeys.robots import READ_ONLY, ROBOTS
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
