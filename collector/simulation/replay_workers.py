"""A replay's own workers: real processes that live in its simulated time, woken by real bells.

They follow a clock file that the replay writes, and keep messages instead of sending them;
nothing else about them is special. A tick is done
when no stage has anything due and no message is half sent. Used by `commands/replay.py`.
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

from sqlalchemy import func, select

from collector import clock
from collector.config import PREFIX, Settings
from collector.errors import Misconfigured, Unavailable
from collector.model.base import Bell, db
from collector.model.invitations import SENDING, Invitation
from collector.simulation.replay import Drain
from collector.work import tasks

WORKER = "from collector.commands.main import main; main()"
NEVER = "1000000"  # the sweep would only do early what the tick's end is for
POLL_SECONDS = 0.01
RING_AGAIN_SECONDS = 1.0
PATIENCE_SECONDS = 120.0
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, prctl(2)


@contextmanager
def crew(count: int, settings: Settings, bell: Bell) -> Iterator[Drain]:
    """A drain that leaves all work to `count` worker processes, which end with this block.

    They start with the first tick that has work, because a worker's first act is to sweep.
    Raises Misconfigured without Redis. The drain raises Unavailable if a worker ends or if work is
    still due after two minutes without progress.
    """
    if not settings.redis_url:
        raise Misconfigured(
            f"workers are woken through Redis; set {PREFIX}REDIS_URL, or leave out --workers",
            pointer=f"{PREFIX}REDIS_URL",
        )
    with tempfile.TemporaryDirectory(prefix="collector-replay-") as folder:
        working = _Crew(count, Path(folder, "clock"), bell)
        try:
            yield working.drain
        finally:
            working.stop()


class _Crew:
    def __init__(self, count: int, clock_file: Path, bell: Bell) -> None:
        self._count = count
        self._clock_file = clock_file
        self._bell = bell
        self._workers: list[subprocess.Popen[bytes]] = []

    def drain(self, moment: datetime) -> None:
        """Let the workers live at `moment` until nothing is due then."""
        clock.write(self._clock_file, moment)
        if not self._workers:
            self._workers = [self._start() for _ in range(self._count)]
        with clock.at(moment):
            self._ring_until_done()

    def stop(self) -> None:
        for worker in self._workers:
            worker.terminate()
        for worker in self._workers:
            try:
                worker.wait(timeout=10)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()

    def _ring_until_done(self) -> None:
        rung_at, before, progress_at = -RING_AGAIN_SECONDS, ("", 0), time.monotonic()
        while (left := _left())[1]:
            now = time.monotonic()
            if left != before:
                before, progress_at = left, now
            if now - progress_at > PATIENCE_SECONDS:
                raise Unavailable(f"the workers make no progress at: {left[0]}, {left[1]} due")
            if any(worker.poll() is not None for worker in self._workers):
                raise Unavailable("a worker ended; its log says why")
            if now - rung_at >= RING_AGAIN_SECONDS:  # bells may be lost; the sweep would find this
                rung_at = now
                for task in tasks.TASKS:
                    if task.backlog():
                        self._bell(task.name)
            time.sleep(POLL_SECONDS)

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            f"{PREFIX}CLOCK_FILE": str(self._clock_file),
            f"{PREFIX}SWEEP_SECONDS": NEVER,
        }
        return subprocess.Popen(  # noqa: S603  # our own interpreter, our own code
            [sys.executable, "-c", WORKER, "replay", "worker"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=2,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )


def _left() -> tuple[str, int]:
    """The first stage in the order of the walk that is not done, and what is left there; else 0.

    In that order, because work only ever moves on: what has left a stage that was asked is found
    at a later one. Half sent is what lies between a claim and its outcome.
    """
    for task in tasks.TASKS:
        if count := task.backlog():
            return task.name, count
        if task.name == "send":
            half_sent = select(func.count()).where(Invitation.status == SENDING)
            if count := db.session.execute(half_sent).scalar_one():
                return "half sent", count
    db.session.remove()
    return "", 0


def _die_with_parent() -> None:
    # A replay that is killed with -9 must not leave workers behind that live in its old time.
    ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)
