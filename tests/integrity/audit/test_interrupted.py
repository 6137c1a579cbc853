"""An audit that is stopped while it writes leaves what was there before, and nothing half."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collector.integrity.audit import run, writing
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.run import Outcome
from tests.integrity.audit.test_audit import response
from tests.integrity.audit.test_audit import write as export


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    export(tmp_path / "responses.ndjson", [response(n) for n in range(50)])
    return tmp_path


def test_ctrl_c_in_the_middle_leaves_the_earlier_files(folder: Path) -> None:
    out = folder / "out"

    def whole(outcome: Outcome, rows: Iterator[dict[str, Any]]) -> None:
        writing.write(outcome, rows, out)

    def stopped(outcome: Outcome, rows: Iterator[dict[str, Any]]) -> None:
        def some() -> Iterator[dict[str, Any]]:
            yield next(rows)
            raise KeyboardInterrupt

        writing.write(outcome, some(), out)

    with pytest.raises(KeyboardInterrupt):
        run.audit(folder, Columns(), stopped)
    assert list(out.iterdir()) == []
    run.audit(folder, Columns(), whole)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert set(before) == set(writing.NAMES)
    with pytest.raises(KeyboardInterrupt):
        run.audit(folder, Columns(), stopped)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


ORPHANS = """
import os, sys, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from collector.integrity.audit.loading import end_with_parent

if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, get_context("spawn"), end_with_parent)
    print(pool.submit(os.getpid).result(), flush=True)
    pool.submit(time.sleep, 600)
    os._exit(9)
"""


def test_processes_that_read_for_an_audit_end_with_it_however_it_ends(tmp_path: Path) -> None:
    (tmp_path / "orphans.py").write_text(ORPHANS)
    # Its end of the pipe is closed when the last process that holds it is gone.
    ended = subprocess.run(
        [sys.executable, str(tmp_path / "orphans.py")], stdout=subprocess.PIPE, timeout=60,
        check=False,
    )  # fmt: skip
    assert ended.returncode == 9
    assert ended.stdout.strip().isdigit()


def test_the_bar_reaches_its_end_and_never_goes_back(folder: Path) -> None:
    seen: dict[str, list[tuple[int, int]]] = {}

    def progress(stage: str, done: int, total: int) -> None:
        seen.setdefault(stage, []).append((done, total))

    run.audit(folder, Columns(), lambda outcome, rows: deque(rows, maxlen=0).clear(), progress)
    assert list(seen) == [
        "looking at responses", "reading responses", "putting together", "judging",
        "counting invitations", "judging subjects", "adding up", "writing",
    ]  # fmt: skip
    for steps in seen.values():
        assert steps == sorted(steps)
        assert steps[-1][0] == steps[-1][1]


def test_the_same_lines_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [response(n, device_hash=f"d{n % 9}", answered_at="2025-01-05T10:00:00Z" if n % 3 else
                     "2025-01-04T10:00:00Z") for n in range(120)]  # fmt: skip
    given = {"a": rows, "b": rows[::-1], "c": rows}
    written = []
    for name, lines in given.items():
        place = tmp_path / name
        place.mkdir()
        export(place / "responses.ndjson", lines)
        run.audit(
            place, Columns(), lambda outcome, found, to=place: writing.write(outcome, found, to)
        )
        written.append([(place / file).read_bytes() for file in writing.NAMES[:3]])
    assert written[0] == written[1] == written[2]
    assert len([json.loads(line) for line in written[0][0].splitlines()]) == 120
