"""The gate of a replay's workers: one stage at one moment, or none; nobody inside while it changes.

Real workers answer bells when they get to it: a late one would fold what was tapped a minute ago
under the time of last night, and two workers would judge while a third still folds. So each batch
of a replay's worker passes through here: it runs if its stage is open, holding a lock on a file
that the replay takes alone to open, to close, and to set the time. A worker that is killed lets go
of its lock. Held by `replay_workers.py`.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from collector import clock
from collector.work.tasks import Task

POLL_SECONDS = 0.005


class Gate:
    """The replay's side and the workers' side of the same folder."""

    def __init__(self, folder: Path) -> None:
        self.clock_file = folder / "clock"
        self._stage, self._lock = folder / "stage", folder / "lock"

    def open(self, stage: str, moment: datetime, wait: Callable[[], object]) -> None:
        """Let the workers do `stage`, at `moment`. `wait` is called while one is still inside."""
        with self._alone(wait):
            clock.write(self.clock_file, moment)
            self._stage.write_text(stage)

    def close(self, wait: Callable[[], object]) -> None:
        """Let nobody in. Returns when nobody is inside any more."""
        with self._alone(wait):
            self._stage.write_text("")

    def guarded(self, task: Task) -> Task:
        """The same task for a worker: a batch that handles nothing unless its stage is open."""

        def run(limit: int) -> int:
            with self._lock.open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH)
                return task.run(limit) if self._stage.read_text() == task.name else 0

        return replace(task, run=run)

    @contextmanager
    def _alone(self, wait: Callable[[], object]) -> Iterator[None]:
        with self._lock.open("a") as lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    wait()
                    time.sleep(POLL_SECONDS)
            yield
