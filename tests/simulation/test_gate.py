"""The gate of a replay's workers: whoever comes late does nothing under an old time."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path

from collector import clock
from collector.simulation.gate import Gate
from collector.work.tasks import Task
from tests.factories import NOON

LONG = 30.0


def worker(folder: Path, name: str, done: list[tuple[str, datetime]]) -> Task:
    """The guarded stage of one worker process; it writes down what it did and when that was."""
    gate = Gate(folder)

    def run(limit: int) -> int:
        done.append((name, datetime.fromisoformat(gate.clock_file.read_text())))
        return limit

    return gate.guarded(Task(name, run, lambda: 0))


def nobody_is_inside() -> None:
    raise AssertionError("nobody is inside, so nobody waits")


def test_only_the_open_stage_does_anything_and_at_the_moment_it_was_opened_for(
    tmp_path: Path,
) -> None:
    gate, done = Gate(tmp_path), list[tuple[str, datetime]]()
    fold, judge = worker(tmp_path, "fold", done), worker(tmp_path, "judge", done)
    gate.open("fold", NOON, nobody_is_inside)
    assert (fold.run(5), judge.run(5)) == (5, 0)
    gate.open("judge", NOON, nobody_is_inside)
    assert (fold.run(5), judge.run(5)) == (0, 5)
    assert done == [("fold", NOON), ("judge", NOON)]


def test_a_bell_that_is_answered_late_finds_the_gate_closed(tmp_path: Path) -> None:
    """Else what is tapped while the next tick is played would be folded under the last one's
    time."""
    gate, done = Gate(tmp_path), list[tuple[str, datetime]]()
    fold = worker(tmp_path, "fold", done)
    gate.open("fold", NOON, nobody_is_inside)
    gate.close(nobody_is_inside)
    assert fold.run(5) == 0
    assert done == []


def test_it_closes_when_the_last_worker_has_come_out(tmp_path: Path) -> None:
    gate, inside, go_on = Gate(tmp_path), threading.Event(), threading.Event()
    seen: list[str] = []

    def run(limit: int) -> int:
        inside.set()
        assert go_on.wait(LONG)
        seen.append("out")
        return limit

    slow = Gate(tmp_path).guarded(Task("fold", run, lambda: 0))
    gate.open("fold", NOON, nobody_is_inside)
    thread = threading.Thread(target=slow.run, args=(1,))
    thread.start()
    assert inside.wait(LONG)
    gate.open("judge", NOON + timedelta(hours=1), go_on.set)
    seen.append("closed")
    thread.join()
    assert seen == ["out", "closed"]
    assert gate.clock_file.read_text() == clock.aware(NOON + timedelta(hours=1)).isoformat()
