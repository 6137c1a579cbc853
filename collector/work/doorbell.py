"""How this process rings, and the embedded thread: Redis where there is one, else a loop in here.

`build` gives `app.py` its bell. Without Redis the process that rings also does the work, in one
daemon thread that begins with the first bell or with `start_embedded`; at the end of the process
the message in its hand is finished.
"""

from __future__ import annotations

import atexit
import threading

from flask import Flask

from collector.config import Settings
from collector.model.base import Bell
from collector.work.bells import LocalBells
from collector.work.loop import Loop

EXIT_SECONDS = 20.0  # no message takes longer: the channels' time-outs add up to less


def build(app: Flask, settings: Settings) -> Bell:
    """The bell that these settings call for."""
    if settings.redis_url:
        from collector.work.redis_bells import RedisBells  # much to load: only where one is given

        return RedisBells(settings.redis_url).ring
    return EmbeddedLoop(app, settings.sweep_seconds).ring


def start_embedded(app: Flask) -> None:
    """Start the embedded thread of this process, so that it sweeps even before the first bell."""
    owner = getattr(app.extensions["collector.doorbell"], "__self__", None)
    if isinstance(owner, EmbeddedLoop):
        owner.start()


class EmbeddedLoop:
    """The embedded default: one loop a process, in a thread."""

    def __init__(self, app: Flask, sweep_seconds: float) -> None:
        self._app = app
        self._sweep_seconds = sweep_seconds
        self._bells = LocalBells()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def ring(self, name: str) -> None:
        self._bells.ring(name)
        self.start()

    def start(self) -> None:
        """Start the thread if it does not run yet (after a fork it does not)."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                loop = Loop(self._app, self._bells, self._sweep_seconds)
                self._thread = threading.Thread(target=loop.run, name="loop", daemon=True)
                self._thread.start()
                atexit.register(_end, loop, self._thread)


def _end(loop: Loop, thread: threading.Thread) -> None:
    loop.stop()
    thread.join(EXIT_SECONDS)
