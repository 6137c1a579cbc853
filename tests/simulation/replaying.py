"""Runs `collector replay` as a process of its own, on a fresh database of either kind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests import servers
from tests.conftest import KEYS, migrated

COLLECTOR = Path(sys.executable).with_name("collector")
SECONDS = 300


def on_sqlite(home: Path) -> dict[str, str]:
    """Settings of a fresh, migrated SQLite database under `home`."""
    home.mkdir(parents=True, exist_ok=True)
    return _settings(migrated(f"sqlite:///{home / 'replay.db'}", home), home)


def on_postgres(name: str, redis_url: str, home: Path) -> dict[str, str]:
    """Settings of a fresh, migrated PostgreSQL database, and of Redis."""
    url = migrated(servers.new_database(name), home)
    return {**_settings(url, home), "COLLECTOR_REDIS_URL": redis_url}


def start(settings: Mapping[str, str], *arguments: str | Path) -> subprocess.Popen[str]:
    """`collector replay ARGUMENTS`, running."""
    return subprocess.Popen(
        [COLLECTOR, "replay", *arguments],
        env={**_without_settings(), **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(settings: Mapping[str, str], *arguments: str | Path) -> str:
    """`collector replay ARGUMENTS` to its end. Returns what it printed; fails if it did."""
    with start(settings, *arguments) as process:
        printed, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, said + printed
    return printed


def _settings(url: str, home: Path) -> dict[str, str]:
    return {
        "COLLECTOR_DATABASE_URL": url,
        "COLLECTOR_SECRET_KEYS": ",".join(KEYS),
        "COLLECTOR_BASE_URL": "http://collector.test",
        "COLLECTOR_HOME": str(home),
    }


def _without_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("COLLECTOR_")}
