"""Many companies at once, over processes or a Dask cluster: the bytes of one after the other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

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
        return [(task.name, str(task.out)) for task in made]

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
