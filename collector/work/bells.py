"""Bells: `ring(name)` from anywhere wakes the loop that waits. A lost bell costs one sweep at most.

`LocalBells` rings within one process; `redis_bells.py` from any process to any worker.
"""

from __future__ import annotations

import threading
from typing import Protocol

SLICE_SECONDS = 1
"""The longest wait at a stretch: how late a loop may notice that it is to stop."""


class Bells(Protocol):
    """What a loop needs of its bells."""

    def ring(self, name: str) -> None:
        """Wake the stage called `name`. Never waits, never raises."""

    def wait(self, seconds: float) -> set[str]:
        """The names that were rung; without any, returns after `seconds` or sooner."""


class LocalBells:
    """Bells within this process."""

    def __init__(self) -> None:
        self._rung: set[str] = set()
        self._changed = threading.Condition()

    def ring(self, name: str) -> None:
        with self._changed:
            self._rung.add(name)
            self._changed.notify()

    def wait(self, seconds: float) -> set[str]:
        with self._changed:
            self._changed.wait_for(lambda: self._rung, min(seconds, SLICE_SECONDS))
            names, self._rung = self._rung, set()
        return names
