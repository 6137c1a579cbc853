"""Threads that call providers, several at once: each with a channel of its own, so no connection is
ever shared. They know no database; what came back is fetched by the thread that gives them work.

`Callers` belongs to one loop. A caller that has nothing to do for a while drops its connection and
ends; so do all of them where nothing more is due. Used by `hand_over.py` alone.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Final

from flask import Flask

from channels.base import Channel
from collector.invitations.transports import channels

IDLE: Final = 5.0  # seconds; well below the time after which a provider hangs up by itself
TOGETHER: Final = 0.005  # seconds in which others that come back share a transaction
Call = Callable[[Channel], Any]


@dataclass(frozen=True, slots=True)
class Returned:
    """A call that came back. `failed` is what a process dies of, nothing that a channel says."""

    kind: str
    about: Any
    result: Any = None
    failed: BaseException | None = None


class Callers:
    """The callers of one loop, by kind of channel."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._back: SimpleQueue[Returned] = SimpleQueue()
        self._idle: defaultdict[str, list[_Caller]] = defaultdict(list)
        self._busy: dict[int, _Caller] = {}

    def call(self, kind: str, about: Any, call: Call) -> None:
        """Begin this call; `about` comes back with its result. Never waits."""
        job = _Job(about, copy_context(), call)
        while self._idle[kind]:
            caller = self._idle[kind].pop()  # the one that was at work last: its connection is warm
            if caller.give(job):
                break
        else:
            caller = _Caller(self._app, kind, self._back)
            caller.give(job)
            caller.start()
        self._busy[id(job.about)] = caller

    @property
    def out(self) -> int:
        """How many calls have not come back."""
        return len(self._busy)

    def returned(self, wait: float) -> list[Returned]:
        """What came back, after at most so many seconds; those that come with the first too."""
        found = []
        try:
            found.append(self._back.get(timeout=wait))
            while self._busy:
                found.append(self._back.get(timeout=TOGETHER))
                if len(found) >= len(self._busy):
                    break
        except Empty:
            pass
        for one in found:
            caller = self._busy.pop(id(one.about))
            self._idle[one.kind].append(caller)
        return found

    def end(self) -> None:
        """Let everybody go. Those who are still calling end after it."""
        for caller in [
            *self._busy.values(),
            *(one for some in self._idle.values() for one in some),
        ]:
            caller.give(None)
        self._busy.clear()
        self._idle.clear()


@dataclass(frozen=True, slots=True)
class _Job:
    about: Any
    context: Any  # the clock that a test or a simulation has set holds for the call too
    call: Call


class _Caller(threading.Thread):
    def __init__(self, app: Flask, kind: str, back: SimpleQueue[Returned]) -> None:
        super().__init__(name=f"caller-{kind}", daemon=True)
        self._app, self._kind, self._back = app, kind, back
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._lock, self._over = threading.Lock(), False
        self._channel: Channel | None = None

    def give(self, job: _Job | None) -> bool:
        """False if it has ended by itself."""
        with self._lock:
            if not self._over:
                self._jobs.put(job)
            return not self._over

    def run(self) -> None:
        with self._app.app_context():
            try:
                while (job := self._next()) is not None:
                    self._back.put(self._done(job))
            finally:
                if self._channel is not None:
                    self._channel.close()

    def _next(self) -> _Job | None:
        try:
            return self._jobs.get(timeout=IDLE)
        except Empty:
            with self._lock:
                self._over = self._jobs.empty()
            return None if self._over else self._jobs.get()

    def _done(self, job: _Job) -> Returned:
        """Always something, also where this thread's channel cannot be made: who waits for it would
        else wait for ever."""
        try:
            self._channel = channels()[self._kind]
            return Returned(self._kind, job.about, job.context.run(job.call, self._channel))
        except BaseException as error:
            return Returned(self._kind, job.about, failed=error)
