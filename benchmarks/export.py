"""A whole export as a ratio to what the database itself needs to hand the same rows out.

    python -m tests.servers .venv/bin/python -m benchmarks.export --rows 1000000

Needs a PostgreSQL to itself (COLLECTOR_DATABASE_URL; `tests.servers` starts one), psql on the path
and the extra `lake`. Each round runs in turn, each as a process of its own that writes a file: psql
with COPY of the same columns (csv, row_to_json, binary) and `collector export` in the form that it
is the limit of, from its start to its end. Then a page of the feed at its beginning and its end,
and the same export from SQLite. Medians of rounds, with the CPU of server and client and the peak
of resident memory; the rows in every file are counted. Figures of one run can be compared with each
other and with nothing else.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.export_rows import fill_postgres, fill_sqlite
from collector.exports import feed
from collector.exports.datasets import RESPONSES
from tests.conftest import BASE_URL, KEYS, migrated, settings_for

COLUMNS = ", ".join(f"{column.stored} AS {column.name}" for column in RESPONSES)
LIMITS = {
    "csv": (f"SELECT {COLUMNS} FROM revisions ORDER BY number", "(FORMAT csv)"),
    "ndjson": (
        f"SELECT row_to_json(r) FROM (SELECT {COLUMNS} FROM revisions ORDER BY number) r",
        "",
    ),
    "parquet": (f"SELECT {COLUMNS} FROM revisions ORDER BY number", "(FORMAT binary)"),
}
PAGE = 1_000
# Starts a command and says how it went. A process counts the memory of whom it was started by, so a
# small one must do that.
LAUNCH = """
import resource, subprocess, sys, time
began = time.perf_counter()
code = subprocess.call(sys.argv[1:])
wall, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
sys.stderr.write(f"\\n{wall} {used.ru_utime + used.ru_stime} {used.ru_maxrss}\\n")
sys.exit(code)
"""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds, CPU seconds of client and server, the client's peak in MB, rows in the file."""

    wall: float
    client: float
    server: float
    peak: float
    rows: int


def run(command: list[str], out: Path, environment: dict[str, str], server: int | None) -> Run:
    """One process from its start to its end. `server`: pid of PostgreSQL's postmaster."""
    before = _server_cpu(server)
    with out.open("wb") as sink:
        said = subprocess.run(
            [sys.executable, "-S", "-c", LAUNCH, *command],
            stdout=sink,
            stderr=subprocess.PIPE,
            env={**os.environ, **environment},
            text=True,
            check=False,
        )
    if said.returncode:
        raise SystemExit(f"{command[0]} ended with {said.returncode}: {said.stderr}")
    wall, cpu, peak = map(float, said.stderr.split()[-3:])
    return Run(wall, cpu, _server_cpu(server) - before, peak / 1024, _rows(out))


def _rows(made: Path) -> int:
    """Lines are counted only in NDJSON; a CSV cell may hold line ends."""
    if made.suffix == ".parquet":
        import pyarrow.parquet

        return int(pyarrow.parquet.ParquetFile(made).metadata.num_rows)
    if made.suffix == ".csv":
        import csv

        with made.open(newline="", encoding="utf-8") as lines:
            return sum(1 for _ in csv.reader(lines)) - 1
    with made.open("rb") as lines:
        return sum(1 for _ in lines)


def _server_cpu(postmaster: int | None) -> float:
    """CPU seconds of all of PostgreSQL's processes, ended ones too."""
    total = 0
    for pid in [] if postmaster is None else [postmaster, *_children(postmaster)]:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        total += int(fields[11]) + int(fields[12])
        if pid == postmaster:
            total += int(fields[13]) + int(fields[14])
    return total / TICKS


def _children(postmaster: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == postmaster:
            found.append(int(entry.parent.name))
    return found


def exporting(kind: str, out: Path) -> list[str]:
    collector = Path(sys.executable).with_name("collector")
    return [str(collector), "export", "--format", kind, "--out", str(out)]


def compared(url: str, folder: Path, rounds: int, rows: int, server: int | None) -> None:
    settings = {
        "COLLECTOR_DATABASE_URL": url,
        "COLLECTOR_SECRET_KEYS": KEYS[0],
        "COLLECTOR_BASE_URL": BASE_URL,
    }
    psql = shutil.which("psql")
    if psql is None:
        raise SystemExit("psql is missing (Debian: apt-get install postgresql-client)")
    found: dict[str, list[Run]] = {}
    for _ in range(rounds):
        for kind, (query, form) in LIMITS.items():
            copy = [psql, url, "-qXc", f"COPY ({query}) TO STDOUT {form}"]
            limit = run(copy, folder / "limit.ndjson", {}, server)
            found.setdefault(f"COPY, for {kind}", []).append(limit)
            made = folder / f"made.{kind}"
            ours = _exported(kind, made, settings, server)
            if ours.rows != rows:
                raise SystemExit(f"{kind}: {ours.rows} rows of {rows}")
            found.setdefault(f"collector export, {kind}", []).append(ours)
    _table(found, rows, {f"collector export, {kind}": f"COPY, for {kind}" for kind in LIMITS})


def _exported(kind: str, made: Path, settings: dict[str, str], server: int | None) -> Run:
    ran = run(exporting(kind, made), made.with_name("said.ndjson"), settings, server)
    return Run(ran.wall, ran.client, ran.server, ran.peak, _rows(made))


def from_sqlite(folder: Path, rounds: int, rows: int) -> None:
    path = folder / "collector.db"
    migrated(f"sqlite:///{path}", folder)
    fill_sqlite(path, rows)
    settings = {
        "COLLECTOR_DATABASE_URL": f"sqlite:///{path}",
        "COLLECTOR_SECRET_KEYS": KEYS[0],
        "COLLECTOR_BASE_URL": BASE_URL,
    }
    reading = (
        "import sqlite3, sys\n"
        f"rows = sqlite3.connect({str(path)!r}).execute("
        f"'SELECT {COLUMNS} FROM revisions ORDER BY number')\n"
        "while rows.fetchmany(256): pass\n"
    )
    found: dict[str, list[Run]] = {}
    for _ in range(rounds):
        read = run([sys.executable, "-c", reading], folder / "read.ndjson", {}, None)
        found.setdefault("reading the rows, no more", []).append(read)
        for kind in LIMITS:
            ours = _exported(kind, folder / f"made.{kind}", settings, None)
            if ours.rows != rows:
                raise SystemExit(f"{kind} from SQLite: {ours.rows} rows of {rows}")
            found.setdefault(f"collector export, {kind}", []).append(ours)
    print("\nFrom SQLite, beside reading its rows into Python:")
    limit = "reading the rows, no more"
    _table(found, rows, {f"collector export, {kind}": limit for kind in LIMITS})


def _table(found: dict[str, list[Run]], rows: int, limits: dict[str, str]) -> None:
    def middle(name: str, of: Callable[[Run], float]) -> float:
        return statistics.median(of(one) for one in found[name])

    print(f"\n{'way':<28}{'seconds':>9}{'rows/s':>10}{'client µs':>11}{'server µs':>11}"
          f"{'peak MB':>9}{'of limit':>10}")  # fmt: skip
    for name in found:
        wall = middle(name, lambda one: one.wall)
        limit = limits.get(name)
        # Of each round by itself: what else the machine does changes between rounds.
        ratio = (
            statistics.median(
                of.wall / one.wall for of, one in zip(found[limit], found[name], strict=True)
            )
            if limit
            else 1.0
        )
        client = middle(name, lambda one: one.client) / rows * 1e6
        server = middle(name, lambda one: one.server) / rows * 1e6
        peak = middle(name, lambda one: one.peak)
        print(f"{name:<28}{wall:>9.2f}{rows / wall:>10.0f}{client:>11.2f}{server:>11.2f}"
              f"{peak:>9.0f}{ratio:>9.2f}×")  # fmt: skip


def pages(url: str, folder: Path, rows: int) -> None:
    """A page near the beginning and one nine tenths on, in turn, through the HTTP route."""
    from collector.app import create_app
    from collector.web import auth

    app = create_app(settings_for(url, folder), bell=lambda name: None)
    with app.app_context():
        key = auth.issue("benchmark", ("exports:read",))
        assert feed.last_number() == rows
    client, headers = app.test_client(), {"Authorization": f"Bearer {key}"}
    print(f"\nA page of {PAGE} rows, ms (median), by what stands before it:")
    for kind in ("json", "ndjson", "csv"):
        took: dict[int, list[float]] = {0: [], rows * 9 // 10: []}
        for _ in range(31):
            for after, found in took.items():
                began = time.perf_counter()
                answer = client.get(
                    f"/v1/exports/responses?after={after}&limit={PAGE}&format={kind}",
                    headers=headers,
                )
                found.append((time.perf_counter() - began) * 1000)
                assert answer.status_code == 200
        first, late = (statistics.median(found[1:]) for found in took.values())
        print(f"  {kind:<8} 0: {first:.1f}   {rows * 9 // 10}: {late:.1f}   {late / first:.2f}×")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--rows", type=int, default=100_000)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--no-sqlite", action="store_true")
    chosen = ask.parse_args()
    url = os.environ["COLLECTOR_DATABASE_URL"]
    with tempfile.TemporaryDirectory(prefix="collector-export-") as home:
        folder = Path(home)
        migrated(url, folder)
        fill_postgres(url, chosen.rows)
        compared(url, folder, chosen.rounds, chosen.rows, _postmaster(url))
        pages(url, folder, chosen.rows)
        if not chosen.no_sqlite:
            from_sqlite(folder, min(chosen.rounds, 3), chosen.rows)


def _postmaster(url: str) -> int | None:
    """The server's pid, where it runs on this machine."""
    try:
        with psycopg.connect(url) as connection:
            pid = connection.info.backend_pid
            return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return None


if __name__ == "__main__":
    main()
