"""A replay's own workers: real processes that live in its simulated time, woken by real bells.

They follow a clock file that the replay writes, keep messages instead of sending them, and do one
stage at a time (`gate.py`), in the order of the walk, as a replay without workers does; nothing
else about them is special. A stage is done when nothing of it is due and no worker is in it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from flask import Flask

from collector.config import PREFIX, Settings
from collector.errors import Misconfigured, Unavailable
from collector.model.base import Bell
from collector.simulation.gate import Gate
from collector.simulation.replay import Drain, walk
from collector.simulation.replay_channels import nothing_leaves
from collector.work import worker as process
from collector.work.tasks import TASKS, Task

WORKER = "from collector.commands.main import main; main()"
SWEEP_SECONDS = "1"  # a sweep does what is open and nothing else, so it may come often
POLL_SECONDS = 0.01
RING_AGAIN_SECONDS = 1.0
PATIENCE_SECONDS = 120.0
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, prctl(2)


@contextmanager
def crew(count: int, settings: Settings, bell: Bell) -> Iterator[Drain]:
    """A drain that leaves all work to `count` worker processes, which end with this block.

    They start with the first stage that has work. Raises Misconfigured without Redis. The drain
    raises Unavailable if a worker ends or if a stage makes no progress for two minutes.
    """
    if not settings.redis_url:
        raise Misconfigured(
            f"workers are woken through Redis; set {PREFIX}REDIS_URL, or leave out --workers",
            pointer=f"{PREFIX}REDIS_URL",
        )
    with tempfile.TemporaryDirectory(prefix="collector-replay-") as folder:
        working = _Crew(count, Gate(Path(folder)), bell)
        try:
            yield working.drain
        finally:
            working.stop()


def work(app: Flask, settings: Settings) -> None:
    """One of these workers, until it is told to stop. Raises Misconfigured outside a replay."""
    if settings.clock_file is None:
        raise Misconfigured("this is a part of `collector replay … --workers`; it runs nothing")
    gate = Gate(settings.clock_file.parent)
    with nothing_leaves():
        process.work(app, settings, stages=[gate.guarded(task) for task in TASKS])


class _Crew:
    def __init__(self, count: int, gate: Gate, bell: Bell) -> None:
        self._count = count
        self._gate = gate
        self._bell = bell
        self._workers: list[subprocess.Popen[bytes]] = []

    def drain(self, moment: datetime) -> None:
        """Let the workers live at `moment` until nothing is due then."""
        walk(moment, lambda task: self._leave_to_workers(task, moment))

    def stop(self) -> None:
        for worker in self._workers:
            worker.terminate()
        for worker in self._workers:
            try:
                worker.wait(timeout=10)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()

    def _leave_to_workers(self, task: Task, moment: datetime) -> None:
        left, rung_at, progress_at = -1, -RING_AGAIN_SECONDS, time.monotonic()

        def look() -> None:
            if time.monotonic() - progress_at > PATIENCE_SECONDS:
                raise Unavailable(f"the workers make no progress at: {task.name}, {left} due")
            if any(worker.poll() is not None for worker in self._workers):
                raise Unavailable("a worker ended; its log says why")

        self._gate.open(task.name, moment, look)
        if not self._workers:
            self._workers = [self._start() for _ in range(self._count)]
        while now_left := task.backlog():
            if now_left != left:
                left, progress_at = now_left, time.monotonic()
            look()
            if time.monotonic() - rung_at >= RING_AGAIN_SECONDS:  # for whoever is idle meanwhile
                rung_at = time.monotonic()
                self._bell(task.name)
            time.sleep(POLL_SECONDS)
        self._gate.close(look)

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            f"{PREFIX}CLOCK_FILE": str(self._gate.clock_file),
            f"{PREFIX}SWEEP_SECONDS": SWEEP_SECONDS,
        }
        return subprocess.Popen(  # noqa: S603  # our own interpreter, our own code
            [sys.executable, "-c", WORKER, "replay", "worker"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=2,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )


def _die_with_parent() -> None:
    # A replay that is killed with -9 must not leave workers behind that live in its old time.
    ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)
