"""Real processes for journeys: workers that can be killed, and waiting for what they do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

COLLECTOR = Path(sys.executable).with_name("collector")
LOOK_EVERY = 0.1


class Worker:
    """A `collector worker` in a process group of its own, so that -9 takes its children too."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._log = log.open("ab")
        self._process = subprocess.Popen(
            [COLLECTOR, "worker"],
            env={**os.environ, **environment},
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )

    def terminate(self, seconds: float = 30.0) -> int:
        """SIGTERM to the worker itself; returns its exit code. Fails if it goes on for longer."""
        self._process.terminate()
        code = self._process.wait(seconds)
        self._log.close()
        return code

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """SIGKILL to the whole group. Safe to call twice."""
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        finally:
            self._process.wait()
            self._log.close()


def wait_until(done: Callable[[], bool], seconds: float, what: str) -> float:
    """Look until `done()`; returns the seconds it took. Fails, naming `what`, after `seconds`."""
    began = time.monotonic()
    pause = threading.Event()
    while not done():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"{what}: not within {seconds:.0f} s")
        pause.wait(LOOK_EVERY)
    return time.monotonic() - began
