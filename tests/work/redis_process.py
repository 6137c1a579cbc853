"""A Redis of a test's own on a known port: to be started late, stopped, frozen."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from tests import servers
from tests.journeys.processes import wait_until


class OwnRedis:
    """Not running at first; the port is known all the same."""

    def __init__(self, folder: Path) -> None:
        self.port = servers.free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        binary = shutil.which("redis-server")
        assert binary, servers.HOW_TO["redis"]
        self._server = subprocess.Popen(
            [binary, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
             "--dir", self._folder],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        wait_until(self._answers, servers.START_SECONDS, "Redis answers")

    def freeze(self) -> None:
        """It keeps its connections and accepts new ones, and says nothing any more."""
        assert self._server
        self._server.send_signal(signal.SIGSTOP)

    def stop(self) -> None:
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    def _answers(self) -> bool:
        try:
            with Redis.from_url(self.url) as redis:
                return bool(redis.ping())
        except RedisError:
            return False
