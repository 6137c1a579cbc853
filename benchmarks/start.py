"""How soon a command and a web process are there, and what the web process holds in memory.

    python -m tests.servers .venv/bin/python -m benchmarks.start

Needs a PostgreSQL to itself (COLLECTOR_DATABASE_URL; `tests.servers` starts one). In each round, in
turn: `python -c pass`, `collector --help` and `collector keys list` (CPU of the whole process);
then `collector serve` with one process under each server, from its start to the first answered
request, and what its web process holds once it has answered as many requests as wished. A start is
cold as far as the process goes: its files are in the machine's memory by the second round, and
bytecode was made by `make`. Medians of rounds, the first one left out.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.processes import COLLECTOR, children, cpu_seconds, free_port, running
from tests.conftest import KEYS, migrated

SERVERS: Final = ("gunicorn", "granian")
PATIENCE: Final = 60.0
COMMANDS: Final = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "collector --help": [str(COLLECTOR), "--help"],
    "collector keys list": [str(COLLECTOR), "keys", "list"],
}
AIMS: Final = {
    "collector --help": "CPU ≤ 0.25 s",
    "collector keys list": "CPU ≤ 0.6 s",
    "collector serve, gunicorn": "≤ 3 s, ≤ 120 MB",
    "collector serve, granian": "≤ 3 s, ≤ 120 MB",
}
Figure = tuple[float, float, float]
"""Seconds until it was done or answered, seconds of CPU until then, MB."""


def command(arguments: list[str], environment: dict[str, str]) -> Figure:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run(arguments, env={**os.environ, **environment}, check=True, capture_output=True)
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, spent, 0.0


def served(server: str, requests: int, environment: dict[str, str], folder: Path) -> Figure:
    port = free_port()
    began = time.perf_counter()
    with running(
        "serve", "--port", str(port), "--processes", "1", "--server", server,
        environment={**environment, "COLLECTOR_BASE_URL": f"http://127.0.0.1:{port}"},
        log=folder / "serve.log",
    ) as pid:  # fmt: skip
        while not answers(port, "/healthz"):
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError((folder / "serve.log").read_text()[-2_000:])
            time.sleep(0.01)
        seconds, spent = time.perf_counter() - began, cpu_seconds(pid)
        for at in range(requests):
            # A link that nobody sent: the page about it goes through everything but its question.
            answers(port, f"/t/{at:04}abcdefghijklmnop")
        return seconds, spent, max(held(one) for one in (pid, *children(pid)))


def answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as reply:
            reply.read()
    except urllib.error.HTTPError as refused:
        return refused.code < 500
    except OSError:
        return False
    return True


def held(pid: int) -> float:
    """MB in memory of this process, with what it shares."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--rounds", type=int, default=5, help="after one that warms up (5)")
    ask.add_argument("--requests", type=int, default=500, help="before memory is read (500)")
    chosen = ask.parse_args()
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        url = os.environ["COLLECTOR_DATABASE_URL"]
        migrated(url, folder)
        environment = {
            "COLLECTOR_DATABASE_URL": url, "COLLECTOR_SECRET_KEYS": ",".join(KEYS),
            "COLLECTOR_BASE_URL": "http://127.0.0.1", "COLLECTOR_HOME": home,
        }  # fmt: skip
        ways: dict[str, Callable[[], Figure]] = {
            name: lambda arguments=arguments: command(arguments, environment)  # type: ignore[misc]
            for name, arguments in COMMANDS.items()
        } | {
            f"collector serve, {one}": lambda one=one: served(  # type: ignore[misc]
                one, chosen.requests, environment, folder
            )
            for one in SERVERS
        }
        found: dict[str, list[Figure]] = {name: [] for name in ways}
        for at in range(chosen.rounds + 1):
            for name, way in ways.items():
                figure = way()
                if at:
                    found[name].append(figure)
    print(f"\n{'start':<28}{'seconds':>9}{'CPU s':>8}{'MB':>6}  aim")
    for name, figures in found.items():
        seconds, spent, mb = (statistics.median(column) for column in zip(*figures, strict=True))
        memory = f"{mb:.0f}" if mb else ""
        print(f"{name:<28}{seconds:>9.2f}{spent:>8.2f}{memory:>6}  {AIMS.get(name, '')}")


if __name__ == "__main__":
    main()
