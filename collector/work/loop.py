"""The one loop of a worker: it answers bells, and sweeps when the sweep is due, whichever is first.

A sweep is a bell for every stage, so whatever was forgotten is found within `sweep_seconds`, with
or without Redis. Stages take turns, one batch each, in the order of the walk: neither steady bells
nor an endless backlog keeps the others waiting. One thread runs a loop, and nothing that it uses is
shared: its session, its channels (`invitations/transports.py`), its end of the bells.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from flask import Flask

from collector import logs, stopping
from collector.model.base import db
from collector.work.bells import Bells
from collector.work.tasks import BATCH, TASKS, Task


class Loop:
    """Runs `stages` as bells and time demand it."""

    def __init__(
        self, app: Flask, bells: Bells, sweep_seconds: float, stages: Sequence[Task] = TASKS
    ) -> None:
        self._app = app
        self._bells = bells
        self._sweep_seconds = sweep_seconds
        self._stages = stages
        self._stop = threading.Event()

    def stop(self) -> None:
        """Finish what is in hand, then end. May be called from a signal handler or a thread."""
        self._stop.set()

    def run(self, *, burst: bool = False) -> None:
        """Sweep at once (a restarted worker has something to clear up), then live until `stop`.

        With `burst` the end comes when nothing that was rung is left.
        """
        everything = {stage.name for stage in self._stages}
        due, sweeps_at = everything.copy(), time.monotonic() + self._sweep_seconds
        with stopping.told_by(self._stop.is_set):
            while not self._stop.is_set():
                idle = 0.0 if due or burst else max(sweeps_at - time.monotonic(), 0.0)
                due |= self._bells.wait(idle) & everything
                if time.monotonic() >= sweeps_at:
                    due, sweeps_at = everything.copy(), time.monotonic() + self._sweep_seconds
                if burst and not due:
                    return
                due = {stage.name for stage in self._turn(due)}

    def _turn(self, due: set[str]) -> list[Task]:
        """One batch of each stage that is due. Returns those that may have more to do."""
        return [stage for stage in self._stages if stage.name in due and self._batch(stage)]

    def _batch(self, stage: Task) -> int:
        if self._stop.is_set():
            return 0
        try:
            with self._app.app_context():
                try:
                    return stage.run(BATCH)
                finally:
                    db.session.remove()
        except Exception as error:
            # Its rows are still due; the next sweep tries again, and the other stages go on.
            logs.failure("task_failed", error, task=stage.name)
            return 0
