"""Several machines start the new version at once: one migrates, the others wait, all come up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask_migrate import downgrade

from collector.model.base import db

MIGRATING = 7_305_021_177  # the lock of migrations/env.py
ASKING = (
    "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() "
    "AND application_name LIKE 'migrating%' AND query LIKE '%advisory_lock%'"
)


def migrating(app: Flask, url: str, name: str) -> subprocess.Popen[str]:
    settings = app.extensions["collector.settings"]
    environment = {
        "COLLECTOR_DATABASE_URL": url, "COLLECTOR_HOME": str(settings.home),
        "COLLECTOR_SECRET_KEYS": ",".join(settings.secret_keys),
        "COLLECTOR_BASE_URL": settings.base_url, "PATH": os.environ["PATH"],
        "PGAPPNAME": f"migrating-{name}",
    }  # fmt: skip
    return subprocess.Popen(
        [Path(sys.executable).with_name("collector"), "migrate"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_whoever_waits_to_migrate_keeps_no_index_from_being_built(
    ctx: Flask, database_url: str
) -> None:
    """An index that is built beside writers waits for every statement that has begun before it."""
    db.session.remove()
    downgrade(revision="0008")
    db.engine.dispose()
    with psycopg.connect(database_url, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", (MIGRATING,))
        both = [migrating(ctx, database_url, name) for name in ("one", "two")]
        asked: set[str] = set()
        while len(asked) < 2:
            asked |= {name for (name,) in server.execute(ASKING)}
            assert [one.poll() for one in both] == [None, None]
        server.execute("SELECT pg_advisory_unlock(%s)", (MIGRATING,))
    said = [one.communicate(timeout=120)[0] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert all("The tables are up to date" in one for one in said)
