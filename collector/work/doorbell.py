"""The doorbell: RQ where there is Redis, a thread where there is none, the same tasks behind both.

`ring(name)` never raises and never waits: a lost bell costs at most one sweep. `app.py` builds it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import structlog
from flask import Flask
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

from collector.config import Settings
from collector.model.base import Bell, db
from collector.work import sweep, tasks

QUEUE = "collector"
JOB = "collector.work.jobs.wake"
DEBOUNCE_SECONDS = 5
log = structlog.get_logger()


def build(app: Flask, settings: Settings) -> Bell:
    """The bell that these settings call for."""
    if settings.redis_url:
        return RedisBell(Redis.from_url(settings.redis_url, socket_timeout=5)).ring
    return ThreadBell(app, settings.sweep_seconds).ring


def start_embedded(app: Flask) -> None:
    """Start the embedded thread of this process, so that it sweeps even before the first bell."""
    bell = app.extensions["collector.doorbell"]
    owner = getattr(bell, "__self__", None)
    if isinstance(owner, ThreadBell):
        owner.start()


def bell_key(name: str) -> str:
    return f"collector:bell:{name}"


class RedisBell:
    """Queues one RQ job per bell name at a time.

    The key that says "already rung" is removed by the job before it looks for work, so whatever is
    written after that rings again; if the job is lost the key expires.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._queue = Queue(QUEUE, connection=redis, serializer=JSONSerializer)

    def ring(self, name: str) -> None:
        try:
            if self._redis.set(bell_key(name), "1", nx=True, ex=DEBOUNCE_SECONDS):
                self._queue.enqueue(JOB, name, result_ttl=0, failure_ttl=3600)
        except RedisError as error:
            log.warning("bell_not_heard", bell=name, kind=type(error).__name__)


class ThreadBell:
    """The embedded default: one daemon thread a process, started by the first bell or `start()`."""

    def __init__(self, app: Flask, sweep_seconds: int) -> None:
        self._app = app
        self._sweep_seconds = sweep_seconds
        self._rung: set[str] = set()
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def ring(self, name: str) -> None:
        with self._lock:
            self._rung.add(name)
        self.start()
        self._wake.set()

    def start(self) -> None:
        """Start the thread if it does not run yet (after a fork it does not)."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._live, name="doorbell", daemon=True)
                self._thread.start()

    def _live(self) -> None:
        while True:
            if not self._wake.wait(self._sweep_seconds):
                self._quietly(sweep.run)
                continue
            self._wake.clear()
            with self._lock:
                names, self._rung = self._rung, set()
            for name in sorted(names):
                self._quietly(partial(tasks.run, name))

    def _quietly(self, work: Callable[[], object]) -> None:
        # A failing task must not end the thread: the rows are still due, the sweep tries again.
        try:
            with self._app.app_context():
                work()
                db.session.remove()
        except Exception as error:
            log.error("task_failed", kind=type(error).__name__, exc_info=error)
