"""Real servers for the tests: PostgreSQL, Redis and Chromium, private ones where none is given.

`COLLECTOR_TEST_POSTGRES_URL` and `COLLECTOR_TEST_REDIS_URL` name servers to use. Otherwise, where
the programs are installed, a private server is started on a free port and removed at the end.
`SETTINGS` lists everything that can be set for the tests.
`python -m tests.servers COMMAND…` runs a command with both, for `.ci/run` and for trying it out.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import psycopg
from redis import Redis

HOW_TO = {
    "postgres": "install PostgreSQL (Debian: apt-get install postgresql) "
    "or set COLLECTOR_TEST_POSTGRES_URL",
    "redis": "install Redis (Debian: apt-get install redis-server) or set COLLECTOR_TEST_REDIS_URL",
    "browser": "install Chromium (Debian: apt-get install chromium chromium-driver)",
    "node": "install Node.js 20 or newer and npm, then: npm ci --prefix tests/node",
    "olist": "set COLLECTOR_TEST_OLIST to the folder of Olist's CSV files",
}
# The tests' own settings, all of them; `conftest.py` refuses any other name.
SETTINGS = {
    "COLLECTOR_TEST_POSTGRES_URL": "a PostgreSQL on which databases may be made and dropped",
    "COLLECTOR_TEST_REDIS_URL": "a Redis that may be flushed",
    "COLLECTOR_TEST_OLIST": "the folder of Olist's CSV files (../shared/real/olist)",
    "COLLECTOR_TEST_AXE": "axe-core's script, where npm cannot fetch it",
    "COLLECTOR_TEST_REQUIRE": f"kinds whose lack is a failure, with commas: {','.join(HOW_TO)}",
    "COLLECTOR_TEST_SCREENSHOTS": "a folder for photographs of every page and mail",
    "COLLECTOR_TEST_FULL": "1 for the long form of tests that have one",
}
NODE_FOLDER = Path(__file__).with_name("node")
START_SECONDS = 30


def free_port() -> int:
    """A loopback port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@cache
def postgres_url() -> str | None:
    """A server on which databases may be made and dropped; None where there is none."""
    given = os.environ.get("COLLECTOR_TEST_POSTGRES_URL")
    if given:
        return given
    binaries = _postgres_binaries()
    return _start_postgres(binaries) if binaries else None


@cache
def redis_url() -> str | None:
    """A Redis that may be flushed; None where there is none."""
    given = os.environ.get("COLLECTOR_TEST_REDIS_URL")
    if given:
        # Tests running side by side flush Redis: each process of them has a database of its own.
        return given.rsplit("/", 1)[0] + f"/{_worker_number()}" if _worker_number() else given
    binary = shutil.which("redis-server")
    return _start_redis(binary) if binary else None


@cache
def chromium() -> tuple[str, str] | None:
    """The browser and its driver; None where one is missing."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


@cache
def node_client() -> Path | None:
    """The folder with Segment's client for Node, installed on first use; None without Node, npm or
    a registry."""
    if not shutil.which("node"):
        return None
    if not (NODE_FOLDER / "node_modules" / "@segment" / "analytics-node").is_dir():
        npm = shutil.which("npm")
        if npm is None:
            return None
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        if subprocess.run(command, cwd=NODE_FOLDER, check=False, timeout=300).returncode:
            return None
    return NODE_FOLDER


def _postgres_binaries() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


def _start_postgres(binaries: Path) -> str:
    folder = Path(tempfile.mkdtemp(prefix="collector-pg-"))
    port = free_port()
    user = _unprivileged()
    if user:
        shutil.chown(folder, user)

    def run(*command: str) -> None:
        subprocess.run(
            command,
            check=True,
            user=user,
            cwd=folder,
            capture_output=True,
            env={"LC_ALL": "C.UTF-8"},
        )

    data = str(folder / "data")
    run(str(binaries / "initdb"), "-D", data, "-U", "collector", "-A", "trust", "-E", "UTF8")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
    start = (str(binaries / "pg_ctl"), "-D", data, "-w", "-t", str(START_SECONDS))
    run(*start, "-l", str(folder / "log"), "-o", options, "start")

    def stop() -> None:
        run(str(binaries / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return f"postgresql://collector@127.0.0.1:{port}/postgres"


def _start_redis(binary: str) -> str:
    folder = tempfile.mkdtemp(prefix="collector-redis-")
    port = free_port()
    server = subprocess.Popen(
        [binary, "--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""],
        stdout=subprocess.DEVNULL,
    )

    def stop() -> None:
        server.send_signal(signal.SIGKILL)
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    url = f"redis://127.0.0.1:{port}/0"
    _wait_until_answers(url)
    return url


def _wait_until_answers(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with Redis.from_url(url) as client:
                client.ping()
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
        except Exception:
            if time.monotonic() > deadline:
                raise


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root: somebody else must, where we are root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _worker_number() -> int:
    """1, 2, … in a test run with several processes (pytest-xdist), else 0."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")) + 1


def new_database(name: str, template: str = "template1") -> str:
    """Make a database called `name` (dropped first if it is there) and give its URL."""
    server = postgres_url()
    if server is None:
        raise RuntimeError(f"no PostgreSQL: {HOW_TO['postgres']}")
    name += f"_{_worker_number()}" if _worker_number() else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return server.rsplit("/", 1)[0] + "/" + name


def main(command: list[str]) -> int:
    """Run `command` with a fresh PostgreSQL database and a Redis in its environment."""
    if not command:
        sys.stderr.write(str(__doc__))
        return 2
    redis = redis_url()
    if redis is None:
        sys.stderr.write(f"no Redis: {HOW_TO['redis']}\n")
        return 3
    environment = {
        **os.environ,
        "COLLECTOR_DATABASE_URL": new_database(f"collector_{os.getpid()}"),
        "COLLECTOR_REDIS_URL": redis,
    }
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
