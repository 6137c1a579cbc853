"""Works something out in a process of its own, forked from this one, and hands over the result.

A forked process knows all that this one knows, without a copy of it in memory for as long as
neither changes it. It writes nothing, needs no clearing away, and ends when nobody waits for it any
more. Where no process can be forked `begin` gives None, and the caller works it out itself.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from mmap import mmap
from traceback import extract_tb
from typing import Any

from collector.errors import InvalidInput

# On macOS the system's own libraries do not bear it.
POSSIBLE = hasattr(os, "fork") and sys.platform != "darwin"
_CELL = 8  # bytes
Tell = Callable[[int], None]


class Apart:
    """One process. Ask for its `result` once; `close` it where that is not wanted any more."""

    def __init__(self, pid: int, pipe: int, done: mmap) -> None:
        self.pid = pid
        self._pipe = pipe
        self._done = done

    @property
    def done(self) -> int:
        """How far it said that it is."""
        return int.from_bytes(self._done[:_CELL], "little")

    @property
    def ready(self) -> bool:
        """Is its result there, or did it end without?"""
        return self.wait(0)

    def wait(self, seconds: float) -> bool:
        """The same after so many seconds at most."""
        return bool(select.select([self._pipe], [], [], seconds)[0])

    def result(self) -> Any:
        """What came of it, as soon as it is there. Raises InvalidInput where the process was ended
        from outside.
        """
        with os.fdopen(self._pipe, "rb") as pipe:
            self._pipe = -1
            found = pipe.read()
        status = self._wait()
        if status or not found:
            raise ended()
        whole, what = pickle.loads(found)  # noqa: S301  # written below
        if not whole:
            raise RuntimeError(what)
        return what

    def close(self) -> None:
        """Nobody waits for it any more."""
        if self._pipe >= 0:
            os.close(self._pipe)
            self._pipe = -1
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            self._wait()

    def _wait(self) -> int:
        pid, self.pid = self.pid, 0
        return os.waitpid(pid, 0)[1]


def ended() -> InvalidInput:
    """What is said where a process of an audit was ended."""
    return InvalidInput(
        "A process of this audit was ended from outside, most likely for want of memory. Nothing "
        "was written. Run it again with --jobs 1, which needs less.", code="process_ended",
    )  # fmt: skip


def begin(work: Callable[[Tell], Any]) -> Apart | None:
    """Begin `work` in a process of its own; None where there can be none."""
    if not POSSIBLE:
        return None
    pipe, end = os.pipe()
    done, parent = mmap(-1, _CELL), os.getpid()
    process = None
    try:
        with _told_later():
            try:
                pid = os.fork()
            except OSError:  # no memory, or too many processes
                os.close(pipe)
                os.close(end)
                return None
            if not pid:
                _work(work, end, done, parent)
            os.close(end)
            process = Apart(pid, pipe, done)
    except BaseException:
        if process is not None:
            process.close()
        raise
    return process


@contextmanager
def _told_later() -> Iterator[None]:
    """Who interrupts meanwhile is heard right after: what is raised within a fork is lost."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    came: list[int] = []
    before = {
        number: signal.signal(number, lambda number, frame: came.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        for heard in came:
            signal.raise_signal(heard)


def _work(work: Callable[[Tell], Any], pipe: int, done: mmap, parent: int) -> None:
    """The whole life of the process. It leaves without what its parent would do on leaving."""
    status = 1
    try:
        # Who interrupts tells the parent as well, which ends this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        gc.disable()  # it would write to all memory that is shared

        def tell(count: int) -> None:
            done[:_CELL] = count.to_bytes(_CELL, "little")
            if os.getppid() != parent:
                os._exit(1)

        with os.fdopen(pipe, "wb") as file:
            file.write(pickle.dumps(_found(work, tell), pickle.HIGHEST_PROTOCOL))
        status = 0
    finally:
        os._exit(status)


def _found(work: Callable[[Tell], Any], tell: Tell) -> tuple[bool, Any]:
    """What came of it; or what failed, by its place in the code: its words may quote an answer."""
    try:
        return True, work(tell)
    except Exception as error:
        last = extract_tb(error.__traceback__)[-1]
        return False, f"{type(error).__name__} in {last.filename}, line {last.lineno}"
