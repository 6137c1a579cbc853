"""A worker process: an RQ worker for the bells and a ticker for the sweep, in one process.

Started by `collector worker`. It does not fork for each job: a job is a short batch of claims, and
whatever a crash leaves behind is found by the next sweep, so a child process would protect nothing.
"""

from __future__ import annotations

import threading

import structlog
from flask import Flask
from redis import Redis
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from collector.config import Settings
from collector.model.base import db
from collector.work import sweep
from collector.work.doorbell import QUEUE

log = structlog.get_logger()


def work(app: Flask, settings: Settings, *, burst: bool = False) -> None:
    """Work until told to stop (SIGTERM, SIGINT). With `burst`, until no bell is left.

    Without Redis the ticker alone does the work, one sweep after another.
    """
    stop = threading.Event()
    ticker = threading.Thread(
        target=_tick, args=(app, settings.sweep_seconds, stop), name="ticker", daemon=True
    )
    ticker.start()
    try:
        if settings.redis_url:
            _answer_bells(app, settings.redis_url, burst)
        else:
            ticker.join()
    finally:
        stop.set()


def _answer_bells(app: Flask, redis_url: str, burst: bool) -> None:
    redis = Redis.from_url(redis_url)
    app.extensions["collector.redis"] = redis
    queue = Queue(QUEUE, connection=redis, serializer=JSONSerializer)
    with app.app_context():
        worker = SimpleWorker([queue], connection=redis, serializer=JSONSerializer)
        worker.work(burst=burst, logging_level="WARNING")


def _tick(app: Flask, seconds: int, stop: threading.Event) -> None:
    """Sweep at once (a restarted worker has something to clear up), then every `seconds`."""
    while True:
        try:
            with app.app_context():
                sweep.run()
                db.session.remove()
        except Exception as error:
            log.error("sweep_failed", kind=type(error).__name__)
        if stop.wait(seconds):
            return
