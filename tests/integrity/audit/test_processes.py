"""Nights that other processes judge: the same bytes, an honest bar, and nothing left behind when
one of them fails, is killed, or the audit is told to end.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.integrity.simulator.simulate import simulate
from collector.errors import InvalidInput
from collector.integrity.audit import run, writing
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.judging import apart, nights
from collector.integrity.audit.run import Outcome
from collector.integrity.engine.engine import Engine

pytestmark = pytest.mark.skipif(not apart.POSSIBLE, reason="no process can be forked here")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    simulate(7, folder, agents_at_most=5)
    return folder


@pytest.fixture(scope="module")
def alone(company: Path, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """What one process writes."""
    return audited(company, tmp_path_factory.mktemp("alone"), 1)


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many processes as a large export has, for a small one."""
    monkeypatch.setattr(run, "BESIDE_FROM", 0)
    monkeypatch.setattr(nights, "FORKED_FROM", 15)
    monkeypatch.setattr(nights, "TOGETHER", 200)


def audited(
    folder: Path, out: Path, processes: int, steps: dict[str, list[tuple[int, int]]] | None = None
) -> list[bytes]:
    """The files that it writes."""

    def write(outcome: Outcome, rows: Iterator[dict[str, Any]]) -> None:
        writing.write(outcome, rows, out)

    def progress(stage: str, done: int, total: int) -> None:
        if steps is not None:
            steps.setdefault(stage, []).append((done, total))

    run.audit(folder, Columns(), write, progress, processes=processes)
    return [(out / name).read_bytes() for name in writing.NAMES]


def children() -> set[str]:
    """The processes that this one began and that it has not waited for: servers of other tests."""
    return {
        one
        for file in Path("/proc/self/task").glob("*/children")
        for one in file.read_text().split()
    }


@pytest.fixture(autouse=True)
def nobody_is_left() -> Iterator[None]:
    """What a test forks is gone at its end."""
    before = children()
    yield
    assert children() <= before


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize("processes", [2, 3])
def test_processes_write_the_bytes_of_one_and_the_bar_stays_honest(
    company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int,
    alone: list[bytes],
) -> None:  # fmt: skip
    begun: list[int] = []

    def begin(work: Any, real: Any = apart.begin) -> Any:
        begun.append(1)
        return real(work)

    monkeypatch.setattr(apart, "begin", begin)
    steps: dict[str, list[tuple[int, int]]] = {}
    assert audited(company, tmp_path / "beside", processes, steps) == alone
    assert len(begun) > 20
    for stage, told in steps.items():
        assert told == sorted(told), stage
        assert told[-1][0] == told[-1][1], stage
        assert len({total for _, total in told}) == 1, stage
    assert {"judging", "counting invitations", "judging subjects", "adding up"} < set(steps)


def not_here() -> int:
    raise OSError("Resource temporarily unavailable")


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize("why", ["no such thing", "too many processes"])
def test_where_no_process_can_be_forked_one_does_it_all(
    company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str, alone: list[bytes]
) -> None:
    if why == "no such thing":
        monkeypatch.setattr(apart, "POSSIBLE", False)
    else:
        monkeypatch.setattr(os, "fork", not_here)
    assert audited(company, tmp_path / "beside", 2) == alone


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize("number", [0, 1, 15])
def test_a_process_that_is_killed_is_told_and_nothing_is_written(
    company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """The first counts invitations, the others judge nights."""
    begun: list[Any] = []

    def begin(work: Any, real: Any = apart.begin) -> Any:
        process = real(work)
        if len(begun) == number:
            os.kill(process.pid, signal.SIGKILL)
        begun.append(process)
        return process

    monkeypatch.setattr(apart, "begin", begin)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with pytest.raises(InvalidInput, match=r"ended from outside.*--jobs 1"):
        audited(company, tmp_path / "out", 2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("small_steps")
def test_a_fault_in_another_process_is_told_by_its_place_without_a_word_of_the_export(
    company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = os.getpid()

    def judge(self: Engine, case: Any, now: float, real: Any = Engine.judge) -> Any:
        if os.getpid() != here:
            raise ValueError("what Ann wrote")
        return real(self, case, now)

    monkeypatch.setattr(Engine, "judge", judge)
    with pytest.raises(RuntimeError) as caught:
        audited(company, tmp_path / "out", 2)
    assert str(caught.value).startswith("ValueError in ")
    assert "Ann" not in str(caught.value)


COMMAND = """
import sys
from collector.commands import audit
from collector.integrity.audit import run, loading
from collector.integrity.audit.judging import nights

if __name__ == "__main__":
    run.BESIDE_FROM, nights.FORKED_FROM, nights.TOGETHER, loading.APART_FROM = 0, 5, 60, 0
    audit.command()
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("stage", ["responses.db", "cases"])
def test_an_audit_that_is_told_to_end_leaves_no_process_and_no_file(
    company: Path, tmp_path: Path, number: signal.Signals, stage: str
) -> None:
    """While files are read by others, and while others judge."""
    (tmp_path / "command.py").write_text(COMMAND)
    work = tmp_path / "work"
    work.mkdir()
    # Its end of the pipe is closed when the last process that holds it is gone.
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "command.py"), str(company), "--out",
         str(tmp_path / "out"), "--jobs", "2"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        env={**os.environ, "TMPDIR": str(work)},
    )  # fmt: skip
    until = time.monotonic() + 60
    while not list(work.glob(f"*/{stage}")) and time.monotonic() < until:
        time.sleep(0.005)
    if number == signal.SIGINT:
        os.killpg(process.pid, number)  # as a terminal does
    else:
        process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode != 0
    assert b"Traceback" not in said, said
    assert list(work.iterdir()) == []
    assert not (tmp_path / "out").exists()
