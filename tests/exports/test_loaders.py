"""Loaders that people have take the feed: the same table and the same KPIs as the service's own.

Each scenario first loads, then again after corrections and erasures. What is run here is what
docs/exporting.md says, block by block, with the address and the database put in.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import requests
from click.testing import CliRunner
from flask import Flask
from psycopg.types.json import Jsonb

from collector.commands import export
from collector.exports.datasets import RESPONSES
from collector.web.auth import issue
from tests import servers
from tests.commands.own_app import commands_use
from tests.conftest import LiveServer
from tests.exports.loading import PAGE, Feed, blocks, kpi_query

duckdb = pytest.importorskip("duckdb")
ADDRESS = "http://127.0.0.1:8080"


@pytest.fixture
def world(app: Flask) -> Feed:
    """Corrections and erasures, two revisions of one response on any page."""
    world = Feed(app)
    world.correct(0, 3, 9, 9)
    world.take_back(1)
    return world


@pytest.fixture
def served(app: Flask, live_server: LiveServer) -> Iterator[str]:
    with live_server(app) as url:
        yield url


@pytest.fixture
def key(app: Flask) -> str:
    with app.app_context():
        return issue("kpi", ("exports:read",))


@pytest.fixture
def store(postgres_url: str) -> str:
    """An empty database of a KPI store's own."""
    return "postgresql://" + servers.new_database("kpi_store").partition("://")[2]


def pages(url: str, key: str, **query: Any) -> Iterator[dict[str, Any]]:
    """By `next`, until it is null."""
    after: str | None = "0"
    while after is not None:
        answer = requests.get(
            f"{url}/v1/exports/responses",
            params={**query, "end": "null", "after": after},
            headers={"Authorization": f"Bearer {key}"}, timeout=30,
        )  # fmt: skip
        page = answer.json()
        yield page
        after = page["next"]


def changed(world: Feed) -> None:
    world.correct(2, 5, 0, verdict="suspect", weight=0.45)
    world.take_back(8, 4)


def held(rows: list[tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    assert len({row[0] for row in rows}) == len(rows)
    return {row[0]: row[1:] for row in rows}


def expected(world: Feed) -> dict[str, tuple[Any, ...]]:
    names = ("revision", "kind", "score", "weight", "comment", "person_id", "invitation_id")
    return {id: tuple(row[name] for name in names) for id, row in world.newest().items()}


SELECT = "SELECT response_id, revision, kind, score, weight, comment, person_id, invitation_id FROM"


def test_the_postgres_of_the_page_holds_the_same_table_and_kpis(
    world: Feed, served: str, key: str, store: str, tmp_path: Path
) -> None:
    if not shutil.which("psql") or not shutil.which("curl"):
        pytest.skip("psql and curl are what the page uses")
    (_, tables), (_, load) = blocks("postgres")
    with psycopg.connect(store, autocommit=True) as connection:
        connection.execute(tables)  # type: ignore[arg-type]  # the page's
        for _ in range(2):
            more = True
            while more:
                subprocess.run(
                    ["bash", "-eu", "-c", load.replace(ADDRESS, served).replace("10000", "7")],
                    cwd=tmp_path, env={**os.environ, "KEY": key, "DSN": store}, check=True,
                )  # fmt: skip
                more = "\nlink:" in (tmp_path / "headers.txt").read_text().lower()
            found = held(connection.execute(f"{SELECT} responses").fetchall())
            assert found == expected(world)
            figures = connection.execute(kpi_query()).fetchall()  # type: ignore[arg-type]
            assert sorted(figures) == world.kpis()
            changed(world)


def test_a_page_goes_into_postgres_with_one_on_conflict(
    world: Feed, served: str, key: str, store: str
) -> None:
    """With every revision on it the same statement cannot: a row would be changed twice."""
    (_, tables), _ = blocks("postgres")
    names = [column.name for column in RESPONSES]
    put = (
        f"INSERT INTO responses ({', '.join(names)}) VALUES {{}}"
        " ON CONFLICT (response_id) DO UPDATE SET "
        + ", ".join(f"{name} = excluded.{name}" for name in names)
    )

    def load(connection: psycopg.Connection[Any], **query: Any) -> None:
        for page in pages(served, key, **query):
            rows = page["rows"]
            if rows:
                one = f"({', '.join(['%s'] * len(names))})"
                values = [
                    Jsonb(row[c.name]) if c.type in ("list", "records") else row[c.name]
                    for row in rows for c in RESPONSES
                ]  # fmt: skip
                connection.execute(put.format(", ".join([one] * len(rows))), values)  # type: ignore[arg-type]

    with psycopg.connect(store, autocommit=True) as connection:
        connection.execute(tables)  # type: ignore[arg-type]
        with pytest.raises(psycopg.errors.CardinalityViolation):
            load(connection, shape="revisions")
        load(connection, shape="current")
        changed(world)
        load(connection, shape="current", limit=5)
        assert held(connection.execute(f"{SELECT} responses").fetchall()) == expected(world)
        assert sorted(connection.execute(kpi_query()).fetchall()) == world.kpis()  # type: ignore[arg-type]


def test_the_duckdb_of_the_page_holds_the_same_table_and_kpis(
    app: Flask, world: Feed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands_use(app, monkeypatch)
    monkeypatch.chdir(tmp_path)
    (_, command), (_, load), (_, agents) = blocks("duckdb")
    changed(world)
    made = CliRunner().invoke(export.command, command.split()[2:])
    assert made.exit_code == 0, made.output
    with duckdb.connect() as engine:
        engine.execute(load)
        assert held(engine.execute(f"{SELECT} responses").fetchall()) == expected(world)
        assert sorted(engine.execute(kpi_query()).fetchall()) == world.kpis()
        assert dict(engine.execute(agents).fetchall()) == {
            id: next((one["id"] for one in row["subjects"] if one["role"] == "agent"), None)
            for id, row in world.newest().items()
        }


# dlt sees pages alone, which are the same bytes from both databases.
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@ONE_DATABASE
@pytest.mark.parametrize("strategy", ["upsert", "merge"])
def test_the_dlt_of_the_page_holds_the_same_table_and_kpis(
    world: Feed, served: str, key: str, tmp_path: Path, run_dlt: RunDlt, strategy: str
) -> None:
    ((_, script),) = blocks("dlt")
    script = script.replace(ADDRESS, served).replace('"limit": 10000', '"limit": 5')
    if strategy == "merge":
        script, times = re.subn(
            r'"write_disposition": {[^}]+}', '"write_disposition": "merge"', script
        )
        assert times == 1
    for _ in range(2):
        run_dlt(script, key)
        with duckdb.connect(str(tmp_path / "collector.duckdb"), read_only=True) as engine:
            engine.execute("USE kpi")
            found = held(engine.execute(f"{SELECT} responses").fetchall())
            assert found == expected(world)
            assert sorted(engine.execute(kpi_query()).fetchall()) == world.kpis()
            columns = [row[0] for row in engine.execute("DESCRIBE responses__subjects").fetchall()]
            assert {"role", "id", "credited"} <= set(columns)
        changed(world)


@ONE_DATABASE
@pytest.mark.parametrize(
    "paginator", ['{"type": "header_link"}', '{"type": "header_cursor", "cursor_key": '
    '"Collector-Next-After", "cursor_param": "after"}'],
)  # fmt: skip
def test_dlt_by_link_or_by_header_stops_at_the_end(
    world: Feed, served: str, key: str, tmp_path: Path, run_dlt: RunDlt, paginator: str
) -> None:
    ((_, script),) = blocks("dlt")
    script = script.replace(ADDRESS, served).replace('"limit": 10000', '"limit": 5')
    script, times = re.subn(r'"paginator": {[^}]+}', f'"paginator": {paginator}', script)
    assert times == 1
    run_dlt(script, key)
    with duckdb.connect(str(tmp_path / "collector.duckdb"), read_only=True) as engine:
        found = held(engine.execute(f"{SELECT} kpi.responses").fetchall())
    assert found == expected(world)


RunDlt = Callable[[str, str], None]


@pytest.fixture
def run_dlt(tmp_path: Path) -> RunDlt:
    """A script in a process of its own, with all that dlt keeps in a folder of the test's."""
    pytest.importorskip("dlt")

    def run(script: str, key: str) -> None:
        path = tmp_path / "load.py"
        path.write_text(script, encoding="utf-8")
        made = subprocess.run(
            [sys.executable, str(path)], cwd=tmp_path, timeout=120,
            env={**os.environ, "KEY": key, "RUNTIME__DLTHUB_TELEMETRY": "false",
                 "DLT_DATA_DIR": str(tmp_path / "dlt"), "RUNTIME__LOG_LEVEL": "ERROR"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr[-3000:]

    return run


def test_every_block_of_the_page_is_run_here() -> None:
    """A block without a mark before it would be run by nobody."""
    text = PAGE.read_text(encoding="utf-8")
    marked = [len(blocks(mark)) for mark in ("duckdb", "postgres", "dlt", "kpi", "rates")]
    assert text.count("\n```") == 2 * sum(marked)
