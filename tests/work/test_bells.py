"""Bells by Redis: RQ jobs that hold a name; nobody waits for a Redis that does not answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer
from structlog.testing import capture_logs

from collector.work import redis_bells
from collector.work.redis_bells import QUEUE, RedisBells
from collector.work.tasks import BY_NAME
from tests.journeys.processes import wait_until
from tests.work.redis_process import OwnRedis

SOON = 20.0


@contextmanager
def queue(url: str) -> Iterator[Queue]:
    with Redis.from_url(url) as redis:
        yield Queue(QUEUE, connection=redis, serializer=JSONSerializer)


def rung_within(bells: RedisBells, count: int, url: str) -> None:
    with queue(url) as jobs:
        wait_until(lambda: len(jobs) >= count, SOON, f"{count} bells are rung")


def test_a_bell_is_an_rq_job_without_a_time_limit_that_names_a_stage(flushed: str) -> None:
    bells = RedisBells(flushed)
    bells.ring("send")
    rung_within(bells, 1, flushed)
    with queue(flushed) as jobs:
        (job,) = jobs.jobs
        assert job.args == ["send"]
        assert job.args[0] in BY_NAME
        assert job.timeout == -1, "no alarm may fire in the middle of a hand-over"
        assert job.func is not None, "it names a function that is there"


def test_a_hundred_bells_of_one_name_are_one_job_until_somebody_takes_it(flushed: str) -> None:
    several = [RedisBells(flushed) for _ in range(4)]  # as many processes
    for _ in range(25):
        for bells in several:
            bells.ring("send")
    several[0].ring("fold")
    listener = RedisBells(flushed)
    rung_within(listener, 2, flushed)
    heard: list[str] = []

    def both() -> bool:
        heard.extend(listener.wait(0))
        return set(heard) == {"send", "fold"}

    wait_until(both, SOON, "both were heard")
    assert len(heard) <= 4, "each at most once more, for a ring that came after the look"
    with queue(flushed) as jobs:
        assert jobs.intermediate_queue.get_job_ids() == []


def test_what_rings_after_a_bell_was_taken_rings_again(flushed: str) -> None:
    bells = RedisBells(flushed)
    for _ in range(3):
        bells.ring("send")
        rung_within(bells, 1, flushed)
        assert bells.wait(1) == {"send"}
    assert bells.wait(0) == set()


def test_nobody_who_rings_waits_for_a_redis_that_hangs(own_redis: OwnRedis) -> None:
    own_redis.start()
    bells = RedisBells(own_redis.url)
    bells.ring("send")
    rung_within(bells, 1, own_redis.url)
    own_redis.freeze()
    with capture_logs() as logs:
        began = time.monotonic()
        for _ in range(100):
            for name in BY_NAME:
                bells.ring(name)
        assert time.monotonic() - began < 0.5
        # Its thread gives up later, and would say so in the middle of another test.
        wait_until(lambda: bool(logs), SOON, "the ringer gave up")
    assert [line["event"] for line in logs] == ["redis_away"]


def test_a_listener_outlives_redis_and_says_so_once(
    own_redis: OwnRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_bells, "REST_SECONDS", 0.05)
    bells = RedisBells(own_redis.url)
    with capture_logs() as logs:
        for _ in range(3):
            for _ in range(3):
                assert bells.wait(0.1) == set()
            own_redis.start()
            heard: set[str] = set()

            def hears(heard: set[str] = heard) -> bool:
                bells.ring("send")
                heard |= bells.wait(0.1)
                return bool(heard)

            wait_until(hears, SOON, "it hears again")
            own_redis.stop()
        bells.wait(1)
    said = [line["event"] for line in logs]
    assert said == ["redis_away", "redis_back"] * 3 + ["redis_away"]


def test_a_listener_does_not_hang_with_redis(own_redis: OwnRedis) -> None:
    own_redis.start()
    bells = RedisBells(own_redis.url)
    assert bells.wait(0) == set()
    own_redis.freeze()
    began = time.monotonic()
    assert bells.wait(60) == set()
    assert time.monotonic() - began < 10, "a sweep that is due comes first"
