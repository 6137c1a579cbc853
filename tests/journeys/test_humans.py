"""People answer in all their ways: everything is stored, and counted as they meant it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from collector import clock
from tests.conftest import LiveServer
from tests.journeys.crowds import send_people
from tests.journeys.humans import HUMANS
from tests.journeys.visits import Watch, watch

EACH = 6


@pytest.fixture
def time(tmp_path: Path) -> Iterator[Watch]:
    with watch(tmp_path / "time", clock.now()) as moving:
        yield moving


@pytest.mark.parametrize("human", HUMANS)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_everybody_is_counted_as_they_meant_it(
    app: Flask, live_server: LiveServer, time: Watch, human: str
) -> None:
    with live_server(app) as server:
        outcome = send_people(app, server, time, human, EACH)
    assert outcome.taps >= EACH
    assert (outcome.counted, outcome.right) == (EACH, EACH)
