"""A replay whose work is done by real worker processes on PostgreSQL and Redis."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson
import psycopg
import pytest

from collector import clock
from collector.simulation.timeline import Item
from tests.journeys.processes import wait_until
from tests.simulation import replaying
from tests.simulation.scenario import WORKSPACE, items

COLUMNS = ("source", "event_id", "score", "comment", "idempotency_key")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The scenario as a folder for `collector replay ndjson`."""
    folder = tmp_path / "input"
    shutil.copytree(WORKSPACE, folder)
    lines = [orjson.dumps({"at": clock.iso(item.at), **_content(item)}) for item in items()]
    (folder / "items.ndjson").write_bytes(b"\n".join([*lines, b"not a line"]))
    return folder


def _content(item: Item) -> dict[str, object]:
    if item.answer is None:
        return {"event": item.event}
    return {"answer": {name: getattr(item.answer, name) for name in COLUMNS}}


def _events(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM events").fetchone()
    return int(row[0]) if row else 0


def test_two_workers_on_postgres_and_redis_give_the_export_of_sqlite_row_for_row(
    folder: Path, postgres_url: str, redis_url: str, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    replaying.run(replaying.on_sqlite(here), "ndjson", folder, "--out", here)
    settings = replaying.on_postgres("collector_replay", redis_url, there)
    printed = replaying.run(settings, "ndjson", folder, "--workers", "2", "--out", there)
    exported = (here / "export.ndjson").read_bytes()
    assert exported.count(b"\n") == 8
    assert (there / "export.ndjson").read_bytes() == exported
    unused = (there / "unused.txt").read_text()
    assert unused == (here / "unused.txt").read_text()
    assert f"items.ndjson:{len(items()) + 1}: " in unused
    assert "capped_global" in printed


def test_a_replay_killed_with_9_and_resumed_ends_like_one_that_ran_through(
    folder: Path, postgres_url: str, redis_url: str, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    replaying.run(replaying.on_sqlite(here), "ndjson", folder, "--out", here)
    settings = replaying.on_postgres("collector_killed", redis_url, there)
    command = ("ndjson", folder, "--workers", "2", "--out", there)
    for events in (2, 9):
        with replaying.start(settings, *command, "--resume") as process:
            wait_until(
                lambda events=events: _events(settings["COLLECTOR_DATABASE_URL"]) >= events,
                240,
                f"{events} events",
            )
            process.kill()
    assert not (there / "export.ndjson").exists()
    replaying.run(settings, *command, "--resume")
    assert (there / "export.ndjson").read_bytes() == (here / "export.ndjson").read_bytes()


def test_workers_without_redis_are_refused_with_the_setting_that_is_missing(
    folder: Path, tmp_path: Path
) -> None:
    with replaying.start(
        replaying.on_sqlite(tmp_path / "home"), "ndjson", folder, "--workers", "2"
    ) as process:
        _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "COLLECTOR_REDIS_URL" in said
