"""Web processes killed with -9 while people tap: every tap that was acknowledged is stored, once.

Real `collector serve` with two processes on PostgreSQL, under each server that it can use.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from benchmarks import http_load, tap_world
from benchmarks.processes import children, free_port, running, until_answers
from collector.app import create_app
from collector.model.base import db
from tests import servers
from tests.conftest import KEYS, migrated, settings_for
from tests.how_much import FULL
from tests.journeys.processes import wait_until

KILLS = 11 if FULL else 2
TAPS = 6_000 if FULL else 600
CONNECTIONS = 8


@pytest.mark.parametrize("server", ["gunicorn", "granian"])
def test_every_acknowledged_tap_is_stored_once(
    postgres_url: str,
    tmp_path: Path,
    server: str,
    record_property: Callable[[str, object], None],
) -> None:
    url = migrated(servers.new_database("collector_tap_crash"), tmp_path)
    app, port = create_app(settings_for(url, tmp_path), bell=lambda _: None), free_port()
    tap_world.first(app)
    with app.app_context():
        db.engine.dispose()
    environment = {
        "COLLECTOR_DATABASE_URL": url, "COLLECTOR_SECRET_KEYS": ",".join(KEYS),
        "COLLECTOR_BASE_URL": "https://ask.example.com", "COLLECTOR_HOME": str(tmp_path),
        "COLLECTOR_REDIS_URL": "",
    }  # fmt: skip
    with psycopg.connect(url) as database:
        tap_world.ask(database, 1, TAPS)
        ids = tap_world.token_ids(database, 1, TAPS)
        database.commit()
        requests = tap_world.posts(app, ids, port)
        outcomes: list[http_load.Outcome] = []

        def tap() -> None:
            for at in range(0, TAPS, TAPS // (2 * KILLS + 1)):
                part = requests[at : at + TAPS // (2 * KILLS + 1)]
                one = http_load.send("127.0.0.1", port, part, CONNECTIONS)
                one.acknowledged = [at + number for number in one.acknowledged]
                outcomes.append(one)

        arguments = ("serve", "--port", str(port), "--processes", "2", "--server", server)
        with running(*arguments, environment=environment, log=tmp_path / "serve.log") as pid:
            until_answers(port)
            people = threading.Thread(target=tap)
            people.start()
            for kill in range(KILLS):
                done = kill + 1
                wait_until(lambda done=done: len(outcomes) >= 2 * done, 120, "half of them tapped")
                wait_until(lambda: len(children(pid)) == 2, 60, "two web processes run")
                # In turn: granian takes one that dies twice within seconds for a crash loop.
                os.kill(min(children(pid)), signal.SIGKILL)
            people.join(300)
            assert not people.is_alive()
        acknowledged = [ids[at] for one in outcomes for at in one.acknowledged]
        stored = database.execute(
            "SELECT i.token_id, count(*) FROM taps t JOIN invitations i ON i.id = t.invitation_id "
            "GROUP BY i.token_id"
        ).fetchall()
    taps = dict(stored)
    record_property(
        "figure",
        f"taps under {server}: {KILLS} kills, {len(acknowledged):,} of {TAPS:,} acknowledged, "
        f"{sum(taps[id] for id in acknowledged):,} of these stored; "
        f"{len(taps) - len(acknowledged)} stored whose reply was cut off",
    )
    assert len(acknowledged) > TAPS // 2
    assert {taps.get(id) for id in acknowledged} == {1}
    assert set(taps.values()) == {1}
