"""A Redis that can go away, and bells by the common one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from tests.work.redis_process import OwnRedis


@pytest.fixture
def flushed(redis_url: str) -> str:
    """The common Redis, empty."""
    with Redis.from_url(redis_url) as redis:
        redis.flushdb()
    return redis_url


@pytest.fixture
def own_redis(redis_url: str, tmp_path: Path) -> Iterator[OwnRedis]:
    """A Redis that is not running yet."""
    server = OwnRedis(tmp_path)
    yield server
    server.stop()
