"""Bells between processes: RQ jobs that hold nothing but the name of a stage.

A stage rung a hundred times is one job until a worker takes it. Ringing never waits or raises, and
waiting outlives any outage of Redis. Loaded by `doorbell.py` and `worker.py` where there is one.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Broken
from redis.retry import Retry
from rq import Queue
from rq.exceptions import DequeueTimeout, DuplicateJobError
from rq.serializers import JSONSerializer

from collector.work.bells import SLICE_SECONDS

QUEUE = "collector"
JOB = "collector.work.tasks.run"
REDIS_SECONDS = 2.0
REST_SECONDS = 5.0
"""How long nobody tries a Redis that did not answer."""
JOB_SECONDS = 60
"""A bell that nobody took by then is forgotten: every worker has swept since."""
log = structlog.get_logger()


class RedisBells:
    """Bells between processes. Rung beside the caller, in a thread with a connection of its own."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._line = _Line()
        self._listening: Queue | None = None
        self._lock = threading.Lock()
        self._unsent: set[str] = set()
        self._ringer: ThreadPoolExecutor | None = None
        self._ringing: Queue | None = None
        self._process = 0

    def ring(self, name: str) -> None:
        with self._lock:
            if self._process != os.getpid():  # the first bell, or the first one after a fork
                self._process, self._unsent = os.getpid(), set()
                self._ringer = ThreadPoolExecutor(1, thread_name_prefix="ringer")
                self._ringing = _queue(self._url)
            if name in self._unsent or self._ringer is None:
                return
            self._unsent.add(name)
            try:
                self._ringer.submit(self._send, name)
            except RuntimeError:
                self._unsent.discard(name)  # this process is ending

    def _send(self, name: str) -> None:
        with self._lock:
            self._unsent.discard(name)  # whoever rings from here on rings again
        if self._line.resting() or self._ringing is None:
            return
        # A duplicate is rung already, and nobody has looked since.
        with self._line.tried(), suppress(DuplicateJobError):
            self._ringing.enqueue(
                JOB, name, job_id=name, unique=True, ttl=JOB_SECONDS, job_timeout=-1
            )

    def wait(self, seconds: float) -> set[str]:
        names: set[str] = set()
        if self._line.resting():
            time.sleep(min(seconds, SLICE_SECONDS))
        else:
            with self._line.tried():
                self._take(names, seconds)
        return names

    def _take(self, names: set[str], seconds: float) -> None:
        """Take all jobs there are into `names`; wait for the first one.

        A job is deleted before anybody looks for its work, so what is written after that look
        rings again.
        """
        queue = self._listening = self._listening or _queue(self._url)
        patience = SLICE_SECONDS if seconds else None  # RQ knows whole seconds, or none
        with suppress(DequeueTimeout):
            while found := Queue.dequeue_any(
                [queue], patience, connection=queue.connection, serializer=JSONSerializer
            ):
                job, patience = found[0], None
                queue.intermediate_queue.remove(job.id)
                job.delete()
                names.add(str(job.args[0]))


class _Line:
    """Says once when Redis goes and once when it comes back, and lets it rest meanwhile."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._away = False
        self._rests_until = 0.0

    def resting(self) -> bool:
        return self._away and time.monotonic() < self._rests_until

    @contextmanager
    def tried(self) -> Iterator[None]:
        """Around each use of Redis. Raises nothing that Redis or RQ raised."""
        try:
            yield
        except Exception as error:
            with self._lock:
                gone, self._away = not self._away, True
                self._rests_until = time.monotonic() + REST_SECONDS
                if gone:  # said under the lock, so that what is said has the order of what happened
                    kind = type(error).__name__
                    log.warning("redis_away", kind=kind, meanwhile="the sweep works on")
            return
        with self._lock:
            back, self._away = self._away, False
            if back:
                log.info("redis_back")


def _queue(url: str) -> Queue:
    """The queue, over a connection that gives up soon.

    It is made anew once where it is found broken: after a restart of Redis that says nothing of
    Redis as it is now. A Redis that hangs is not waited for twice.
    """
    redis = Redis.from_url(
        url,
        socket_connect_timeout=REDIS_SECONDS,
        socket_timeout=SLICE_SECONDS + REDIS_SECONDS,
        retry=Retry(NoBackoff(), 1, supported_errors=(Broken,)),
    )
    return Queue(QUEUE, connection=redis, serializer=JSONSerializer)
