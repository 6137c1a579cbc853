"""Many companies at once, over processes or a Dask cluster: the bytes of one after the other."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.integrity.million import copy
from benchmarks.integrity.simulator.simulate import simulate
from collector.errors import InvalidInput
from collector.integrity.audit import side_by_side
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.side_by_side import Done
from collector.integrity.audit.writing import NAMES
from tests.integrity.audit.test_audit import audit, response, write

NOBODY = Columns()


@pytest.fixture(scope="module")
def companies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three exports and a folder without answers."""
    folder = tmp_path_factory.mktemp("companies")
    simulate(5, folder / "acme", agents_at_most=20)
    for name, count in (("small", 60), ("tiny", 8)):
        (folder / name).mkdir()
        write(folder / name / "responses.ndjson", [response(n) for n in range(count)])
    (folder / "empty").mkdir()
    return folder


@pytest.fixture(scope="module")
def alone(companies: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The bytes of every file, of each company audited on its own."""
    out = tmp_path_factory.mktemp("alone")
    for name in ("acme", "small", "tiny"):
        audit(companies / name, "--out", out / name)
    return files(out)


def files(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()
    }


def work(companies: Path, out: Path) -> list[side_by_side.Task]:
    return side_by_side.tasks(sorted(companies.iterdir()), out, NOBODY)


@pytest.mark.parametrize("jobs", [1, 2])
def test_over_processes_every_byte_is_that_of_an_audit_alone(
    companies: Path, alone: dict[str, bytes], tmp_path: Path, jobs: int
) -> None:
    heard: list[Done] = []
    done = side_by_side.here(work(companies, tmp_path), jobs, heard.append)
    assert files(tmp_path) == alone
    assert set(alone) == {f"{n}/{file}" for n in ("acme", "small", "tiny") for file in NAMES}
    assert [one.task.name for one in done] == ["acme", "empty", "small", "tiny"]
    assert sorted(one.task.name for one in heard) == [one.task.name for one in done]
    assert [one.task.name for one in done if one.refused] == ["empty"]


@pytest.fixture
def scheduler() -> Iterator[str]:
    """A cluster of two worker processes on this machine."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
        host="127.0.0.1", silence_logs=50,
    ) as cluster:  # fmt: skip
        yield cluster.scheduler_address


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_over_a_dask_cluster_too(
    companies: Path, alone: dict[str, bytes], tmp_path: Path, scheduler: str
) -> None:
    heard: list[Done] = []
    done = side_by_side.on_dask(work(companies, tmp_path), scheduler, heard.append)
    assert files(tmp_path) == alone
    assert [one.task.name for one in done] == ["acme", "empty", "small", "tiny"]
    assert len(heard) == 4


def test_a_cluster_that_is_not_there_is_said(
    companies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(side_by_side, "TIMEOUT", "1s")
    with pytest.raises(InvalidInput, match=r"No Dask scheduler answers at tcp://127.0.0.1:9"):
        side_by_side.on_dask(work(companies, tmp_path), "tcp://127.0.0.1:9", lambda done: None)


def test_without_the_package_the_command_says_which_extra(
    companies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side_by_side, "find_spec", lambda name: None)
    said = audit(companies / "small", companies / "tiny", "--out", tmp_path, "--dask", "tcp://x:1")
    assert said.exit_code == 2
    assert "pip install 'collector[dask]'" in said.output


def test_the_command_tells_each_company_and_ends_refused_where_one_could_not_be_judged(
    companies: Path, alone: dict[str, bytes], tmp_path: Path
) -> None:
    said = audit(*sorted(companies.iterdir()), "--out", tmp_path, "--jobs", "1")
    assert said.exit_code == 2
    assert files(tmp_path) == alone
    for number, name in enumerate(("acme", "small", "tiny")):
        assert f"of 4: {name}\n" in said.output, number
    assert "Not judged: There is no responses.ndjson" in said.output
    assert "1 of 4 could not be judged: empty." in said.output


def test_one_export_is_written_where_it_always_was(companies: Path, tmp_path: Path) -> None:
    assert audit(companies / "tiny", "--out", tmp_path).exit_code == 0
    assert set(files(tmp_path)) == set(NAMES)


def test_companies_are_called_by_the_end_of_their_path_that_tells_them_apart(
    tmp_path: Path,
) -> None:
    for place in ("a/export", "b/export"):
        (tmp_path / place).mkdir(parents=True)
    for name in ("a.csv", "b.csv", "b.xlsx"):
        (tmp_path / name).write_text("")

    def names(*places: str) -> list[tuple[str, str]]:
        made = side_by_side.tasks([tmp_path / place for place in places], Path("out"), NOBODY)
        return [(task.name, str(task.out.relative_to(Path.cwd()))) for task in made]

    assert names("a/export", "b/export") == [
        ("a/export", "out/a/export"), ("b/export", "out/b/export"),
    ]  # fmt: skip
    assert names("a", "b") == [("a", "out/a"), ("b", "out/b")]
    assert names("a.csv", "b.csv") == [("a", "out/a"), ("b", "out/b")]
    assert names("b.csv", "b.xlsx") == [("b.csv", "out/b.csv"), ("b.xlsx", "out/b.xlsx")]
    with pytest.raises(InvalidInput, match="named twice"):
        names("a", "b/../a")


def test_losses_of_one_company_end_with_4_and_all_is_written(
    companies: Path, tmp_path: Path
) -> None:
    shutil.copytree(companies / "tiny", tmp_path / "in" / "tiny")
    (tmp_path / "in" / "torn").mkdir()
    write(
        tmp_path / "in" / "torn" / "responses.ndjson",
        [*(response(n) for n in range(20)), "torn", "torn"],
    )
    said = audit(*sorted((tmp_path / "in").iterdir()), "--out", tmp_path / "out", "--jobs", "1")
    assert said.exit_code == 4
    assert len(files(tmp_path / "out")) == 2 * len(NAMES)


def test_a_worker_that_was_started_elsewhere_writes_where_the_command_was_given(
    companies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = side_by_side.tasks([companies / "tiny", companies / "small"], Path("out"), NOBODY)
    assert [task.out for task in made] == [tmp_path / "out" / "tiny", tmp_path / "out" / "small"]


def test_whatever_fails_in_one_company_the_others_are_judged(
    companies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = side_by_side.audit

    def failing(folder: Path, *given: Any, **named: Any) -> Any:
        if folder.name == "small":
            raise sqlite3.OperationalError("database or disk is full")
        return whole(folder, *given, **named)

    monkeypatch.setattr(side_by_side, "audit", failing)
    said = audit(companies / "small", companies / "tiny", "--out", tmp_path, "--jobs", "1")
    assert said.exit_code == 2
    assert "OperationalError: database or disk is full" in said.output
    assert "1 of 2 could not be judged: small." in said.output
    assert set(files(tmp_path)) == {f"tiny/{name}" for name in NAMES}


def test_an_error_that_nobody_foresaw_quotes_nothing_of_the_export(
    companies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Any, **__: Any) -> Any:
        raise KeyError("anna@example.com")

    monkeypatch.setattr(side_by_side, "audit", failing)
    said = audit(companies / "small", companies / "tiny", "--out", tmp_path, "--jobs", "1")
    assert "KeyError in test_side_by_side.py, line" in " ".join(said.output.split())
    assert "anna" not in said.output


def test_a_worker_of_the_cluster_that_is_lost_costs_its_company_only(tmp_path: Path) -> None:
    task = side_by_side.Task("lost", tmp_path, tmp_path, NOBODY)

    class Lost:
        def result(self) -> Done:
            raise RuntimeError("worker died")

    found = side_by_side._of_cluster(Lost(), task)
    assert found.task == task
    assert "worker died" in found.refused


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--dask", "nonsense"), "No Dask scheduler answers at nonsense"),
        (("--dask", "tcp://x:1", "--jobs", "2"), "Give --jobs or --dask"),
    ],
)
def test_nonsense_about_where_to_run_is_refused_at_once(
    companies: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    pytest.importorskip("distributed")
    found = audit(companies / "small", companies / "tiny", "--out", tmp_path, *options)
    assert found.exit_code == 2
    assert said in found.output


def test_one_export_that_was_meant_for_a_cluster_is_audited_here_and_that_is_said(
    companies: Path, tmp_path: Path
) -> None:
    said = audit(companies / "tiny", "--out", tmp_path, "--dask", "tcp://x:1")
    assert said.exit_code == 0
    assert "one export is audited here" in said.output


SEVERAL = """
import sys
from pathlib import Path
from collector.integrity.audit import side_by_side
from collector.integrity.audit.columns import Columns

if __name__ == "__main__":
    folders = [Path(name) for name in sys.argv[2:]]
    side_by_side.here(side_by_side.tasks(folders, Path(sys.argv[1]), Columns()), 2, print)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_interrupts_leaves_no_process_and_no_temporary_file(
    companies: Path, tmp_path: Path, number: signal.Signals
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        for turn in range(6):
            copy(companies / "acme", tmp_path / name, turn, later=False)
    (tmp_path / "several.py").write_text(SEVERAL)
    place = tmp_path / "temporary"
    place.mkdir()
    running = subprocess.Popen(
        [sys.executable, str(tmp_path / "several.py"), str(tmp_path / "out"),
         *(str(tmp_path / name) for name in ("a", "b", "c"))],
        env={**os.environ, "TMPDIR": str(place)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    until = time.monotonic() + 60
    while len(list(place.glob("collector-audit-*/cases"))) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    running.send_signal(number)
    # Its end of the pipes is closed when the last process that holds it is gone.
    running.communicate(timeout=30)
    assert running.returncode != 0
    assert list(place.glob("collector-audit-*")) == []
    assert not (tmp_path / "out").exists()
