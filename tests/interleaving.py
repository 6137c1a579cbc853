"""Two jobs on one PostgreSQL, one of them stopped between two of its statements while the other
runs: every order in which they can meet, one after the other, without waiting for luck.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal

import psycopg
from flask import Flask
from sqlalchemy import event

from collector import clock
from collector.model.base import db
from collector.model.sql import alone

Job = Callable[[], Any]
Point = int | Literal["commit"]
STUCK_AFTER = 30  # seconds
BLOCKED = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


class Running:
    """A job in a thread of its own. `at`: stop before this statement of it, from 0, or before its
    commit.
    """

    def __init__(self, app: Flask, job: Job, now: datetime, at: Point | None = None) -> None:
        self.stopped, self.go_on = threading.Event(), threading.Event()
        self.failed: list[Exception] = []
        self._app, self._job, self._now, self._at = app, job, now, at
        self._seen = 0
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        self._thread.start()

    def until_stopped(self) -> bool:
        """Wait until it stands where it was to stop; False if it ended before."""
        while not self.stopped.wait(0.002):
            if not self._thread.is_alive():
                return self.stopped.is_set()
        return True

    def until_blocked(self, server: psycopg.Connection[Any]) -> None:
        """Wait until it has ended, or waits for a lock of the other one."""
        while self._thread.is_alive():
            found = server.execute(BLOCKED).fetchone()
            if found and found[0]:
                return
            self._thread.join(0.002)

    def end(self) -> None:
        self.go_on.set()
        self._thread.join(STUCK_AFTER)
        assert not self._thread.is_alive(), "the jobs wait for each other"

    def step(self, commits: bool) -> None:
        """The thread that calls this is about to execute a statement, or to commit."""
        if threading.current_thread() is not self._thread:
            return
        if self._at in ((self._seen, "commit") if commits else (self._seen,)):
            self.stopped.set()
            self.go_on.wait(STUCK_AFTER)
        self._seen += 1

    def _run(self) -> None:
        with self._app.app_context(), clock.at(self._now):
            try:
                self._job()
            except Exception as error:  # what a job may end with is the test's to say
                self.failed.append(error)
            finally:
                db.session.remove()


@contextmanager
def telling(running: list[Running]) -> Iterator[None]:
    """Tell these of every statement and commit."""

    def execute(*_: object, **__: object) -> None:
        for one in running:
            one.step(False)

    def commit(_: object) -> None:
        for one in running:
            one.step(True)

    def alone_too(statement: str, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        execute()
        return single(statement, values)

    single, alone.run = alone.run, alone_too
    hooks = (("before_cursor_execute", execute), ("commit", commit))
    for name, hook in hooks:
        event.listen(db.engine, name, hook)
    try:
        yield
    finally:
        alone.run = single
        for name, hook in hooks:
            event.remove(db.engine, name, hook)


def meet(
    app: Flask, url: str, first: Job, second: Job, at: Point, now: datetime
) -> list[Exception] | None:
    """Run `first` up to its statement `at`, then `second` as far as it comes, then both to the end.

    Gives what they ended with; None where `first` has no such statement, and nothing more to try.
    """
    running: list[Running] = []
    with telling(running):
        one = Running(app, first, now, at)
        running.append(one)
        one.start()
        if not one.until_stopped():
            one.end()
            if one.failed:
                raise one.failed[0]
            return None
        other = Running(app, second, now)
        other.start()
        with psycopg.connect(url, autocommit=True) as server:
            other.until_blocked(server)
        one.end()
        other.end()
    return one.failed + other.failed
