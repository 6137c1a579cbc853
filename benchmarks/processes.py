"""Servers for benchmarks: started, waited for, and how much CPU they and their children used.

CPU is read from /proc (Linux): of a tree of processes with those that have ended, and of all of
PostgreSQL, whose backends are the postmaster's children.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg

COLLECTOR: Final = Path(sys.executable).with_name("collector")
TICK: Final = os.sysconf("SC_CLK_TCK")
START_SECONDS: Final = 60.0


def cpu_seconds(pid: int) -> float:
    """Of this process and of all that descend from it, also of those that it has waited for."""
    used, parents = _all_processes()
    found, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        found += used.get(one, 0.0)
        waiting += [child for child, parent in parents.items() if parent == one]
    return found


def children(pid: int) -> list[int]:
    """The processes that this one has started and that still run."""
    return [one for one, parent in _all_processes()[1].items() if parent == pid]


def _all_processes() -> tuple[dict[int, float], dict[int, int]]:
    used, parents = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        pid = int(folder.name)
        parents[pid] = int(fields[1])
        used[pid] = sum(int(one) for one in fields[11:15]) / TICK
    return used, parents


def postmaster(url: str) -> int:
    """The process whose children are all of this PostgreSQL; it has to run on this machine."""
    with psycopg.connect(url) as connection:
        pid = connection.info.backend_pid
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[1])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*arguments: str, environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """`collector ARGUMENTS` until the block ends; gives its process id."""
    with log.open("ab") as said:
        process = subprocess.Popen(
            [COLLECTOR, *arguments], env={**os.environ, **environment}, stdout=said, stderr=said
        )
        try:
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def until_answers(port: int) -> None:
    """Wait until somebody accepts connections on this loopback port. Raises TimeoutError."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise TimeoutError(f"nobody listens on port {port}") from None
            time.sleep(0.05)
