"""The tests' own settings: all of them are told, and a slip in one is not left unseen."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import olist, servers

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"COLLECTOR_TEST_[A-Z_]+")
ONE = "tests/integrity/audit/test_olist.py"


def pytest_in(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
        env={name: text for name, text in os.environ.items() if "OLIST" not in name} | environment,
    )  # fmt: skip


def test_every_one_that_is_read_or_told_of_is_in_the_list() -> None:
    rooms = [ROOT / room for room in ("tests", "benchmarks", "docs", ".ci", "collector")]
    paths = [
        path for room in rooms for path in room.rglob("*") if path.suffix in {".py", ".md", ""}
    ]
    files = [path for path in paths if path.is_file() and "node_modules" not in path.parts]
    told = {name for path in files for name in NAME.findall(path.read_text(encoding="utf-8"))}
    assert told - {"COLLECTOR_TEST_", "COLLECTOR_TEST_OLITS"} == set(servers.SETTINGS)


def test_only_one_place_knows_where_olists_files_are() -> None:
    rooms = ("tests", "benchmarks", ".ci", "docs", "collector")
    found = subprocess.run(
        ["grep", "-rlE", "shared.{1,5}real", "--include=*", "--exclude-dir=node_modules",
         "--exclude-dir=__pycache__", *rooms],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    mine = str(Path(__file__).relative_to(ROOT))
    assert set(found.stdout.split()) - {mine} == {"tests/olist.py", "tests/servers.py"}


def test_a_run_without_olists_files_says_so_in_its_last_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nowhere.py").write_text(
        "from pathlib import Path\nfrom tests import olist\nolist.BESIDE = Path('none')\n"
    )
    path = f"{tmp_path}{os.pathsep}{ROOT}"
    done = pytest_in({"PYTHONPATH": path}, "-p", "nowhere", ONE)
    assert done.returncode == 0, done.stdout
    assert f"NOT run: 4 tests for lack of olist; {servers.HOW_TO['olist']}" in done.stdout
    required = {"PYTHONPATH": path, "COLLECTOR_TEST_REQUIRE": "olist"}
    assert pytest_in(required, "-p", "nowhere", ONE).returncode == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("OLIST", "none-such"), ("OLITS", "."), ("REQUIRE", "postgress"), ("OLIST", "tests")],
)
def test_a_slip_in_one_ends_the_run_before_it_begins(name: str, value: str) -> None:
    done = pytest_in({f"COLLECTOR_TEST_{name}": value}, "--collect-only", ONE)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert f"COLLECTOR_TEST_{name}" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_folder_is_the_one_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in olist.WANTED:
        (tmp_path / name).write_text("")
    monkeypatch.setenv(olist.NAME, f" {tmp_path} ")
    assert olist.folder() == tmp_path
    (tmp_path / olist.WANTED[0]).unlink()
    with pytest.raises(ValueError, match=olist.NAME):
        olist.folder()
