"""`collector export`: the feed as a file, and what is said when it cannot be made."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.ipc
import pytest
from click.testing import CliRunner, Result
from flask import Flask

from collector.commands import export
from collector.exports import feed, files
from collector.exports.copying import write
from tests.commands.own_app import commands_use
from tests.exports.copying import odd
from tests.servers import free_port

ROWS = 60


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(export.command, [str(one) for one in arguments])


@pytest.fixture
def expected(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What the row-by-row writer makes of the feed, by format."""
    commands_use(app, monkeypatch)
    made = {}
    with app.app_context():
        odd.store(odd.rows(8, ROWS))
        for kind in files.FORMATS:
            out = io.BytesIO()
            files.write(feed.stream(), kind, out)
            made[kind] = out.getvalue()
    return made


@pytest.mark.parametrize("kind", files.FORMATS)
def test_the_whole_feed_is_written_and_the_next_number_said(
    expected: dict[str, bytes], kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "made"
    result = run("--format", kind, "--out", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{ROWS} rows to {path}; next time: --after {position(result)}\n"
    assert position(result).split(".")[1] == str(ROWS)
    assert same(kind, path.read_bytes(), expected[kind])


def position(result: Result) -> str:
    return result.stderr.split()[-1]


def same(kind: str, made: bytes, expected: bytes) -> bool:
    """Of Arrow the values: what stands in the place of a null is nobody's."""
    if kind != "arrow":
        return made == expected
    tables = [pyarrow.ipc.open_stream(one).read_all() for one in (made, expected)]
    return bool(tables[0].equals(tables[1], check_metadata=True))


def test_rows_after_a_number_go_to_standard_output_alone(expected: dict[str, bytes]) -> None:
    result = run("--format", "ndjson", "--out", "-", "--after", "57")
    assert result.stdout_bytes == b"".join(expected["ndjson"].splitlines(True)[57:])
    end = position(result)
    assert result.stderr == f"3 rows to standard output; next time: --after {end}\n"
    again = run("--format", "csv", "--out", "-", "--after", end)
    assert again.stdout_bytes == files.csv_header()
    assert again.stderr == f"0 rows to standard output; next time: --after {end}\n"


@pytest.mark.parametrize(
    "after", ["500", "fed_other.3.0123456789", "-1", "soon", f"{2**63}", "fed_x.1", ""]
)
def test_a_position_that_is_none_here_ends_with_code_2_and_leaves_the_file(
    expected: dict[str, bytes], tmp_path: Path, after: str
) -> None:
    path = tmp_path / "made.csv"
    path.write_text("the old one")
    result = run("--format", "csv", "--out", path, "--after", after)
    assert result.exit_code == 2
    assert "after" in result.stderr or "position" in result.stderr
    assert path.read_text() == "the old one"


def test_a_file_that_cannot_be_finished_leaves_the_old_one(
    expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "made.csv"
    path.write_text("the old one")

    def full(*arguments: Any) -> int:
        arguments[2].write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write, "write", full)
    assert run("--format", "csv", "--out", path).exit_code == 1
    assert path.read_text() == "the old one"
    assert [one.name for one in tmp_path.glob("*made*")] == ["made.csv"]


def alone(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with these settings alone."""
    kept = {name: one for name, one in os.environ.items() if not name.startswith("COLLECTOR_")}
    return subprocess.run(
        [sys.executable, "-c", "from collector.commands.main import main; main()", "export",
         "--format", "csv", "--out", "-", *arguments],
        env={**kept, "COLLECTOR_HOME": str(home), **settings},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_before_the_first_migration_it_says_what_to_run(tmp_path: Path) -> None:
    said = alone(tmp_path)
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "Error: the database has no tables yet; run `collector migrate`\n"
    assert not (tmp_path / "collector.db").exists()


def test_a_database_that_is_away_ends_with_code_3(tmp_path: Path) -> None:
    said = alone(
        tmp_path,
        COLLECTOR_DATABASE_URL=f"postgresql://u:secret@127.0.0.1:{free_port()}/d",
        COLLECTOR_SECRET_KEYS="x" * 40,
        COLLECTOR_BASE_URL="https://ask.example.com",
    )
    assert said.returncode == 3
    assert said.stderr == "Error: the database does not answer; see `collector doctor`\n"


def test_it_loads_neither_the_service_nor_what_it_does_not_write(tmp_path: Path) -> None:
    code = (
        "import sys; from collector.commands import export;"
        "from collector.exports.copying import write; from collector.model.sql import source;"
        "from collector import config;"
        "config.read();"
        "print(sorted({'flask', 'sqlalchemy', 'redis', 'twilio', 'pyarrow', 'rich', 'structlog'}"
        " & set(sys.modules)))"
    )
    settings = {
        "COLLECTOR_DATABASE_URL": "postgresql+psycopg://collector:secret@db.example.com:5432/main",
        "COLLECTOR_REDIS_URL": "redis://:secret@redis.example.com:6379/0",
        "COLLECTOR_SECRET_KEYS": "x" * 40,
        "COLLECTOR_BASE_URL": "https://ask.example.com",
    }
    said = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **settings}, cwd=Path.cwd(),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout == "[]\n"
