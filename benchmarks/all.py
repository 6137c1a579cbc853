"""Every benchmark of speed, one after the other, and one table with the aims beside it.

    python -m tests.servers .venv/bin/python -m benchmarks.all

Needs a server of PostgreSQL (COLLECTOR_DATABASE_URL; `tests.servers` starts one); each benchmark
gets a database of its own. What each of them prints is kept in a file beside the others; only its
figures are repeated here. Sizes are small, for a quarter of an hour in all: `--full` takes those
that the aims speak of, which takes more than an hour. Use a quiet machine, and look at the load
that is printed at both ends; figures of two runs cannot be compared with each other.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks.drawing import Bar, drawing

URL: Final = "{url}"  # among arguments: where the database is, for who does not ask the environment
NUMBER: Final = r"([\d,]+(?:\.\d+)?)"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `pattern` finds its figure in what the benchmark printed, the last
    one where there are several; `aim` is what is promised of it, as far as something is."""

    work: str
    pattern: str
    unit: str
    least: float | None = None
    most: float | None = None

    def aim(self) -> str:
        if self.least is not None:
            return f"≥ {self.least:g}"
        return "" if self.most is None else f"≤ {self.most:g}"

    def figure(self, said: str) -> float | None:
        found = re.findall(self.pattern, said, re.MULTILINE)
        return float(found[-1].replace(",", "")) if found else None

    def holds(self, figure: float) -> bool:
        if self.least is not None:
            return figure >= self.least
        return self.most is None or figure <= self.most


@dataclass(frozen=True, slots=True)
class Part:
    """One benchmark with its arguments: for every day, and in full."""

    name: str
    short: Sequence[str]
    full: Sequence[str]
    lines: Sequence[Line]


def column(row: str, before: int) -> str:
    """The number in this row of figures behind so many others."""
    return rf"^{re.escape(row)}\s+" + r"[\d,.]+×?\s+" * before + NUMBER


PARTS: Final = (
    Part("tap", ("--taps", "1600", "--rounds", "3", "--worker", "with"), ("--worker", "both"), (
        Line("tap, of a one-statement tap", r"^bare statement.*?([\d.]+)×", "×", least=0.30),
        Line("tap, CPU of the server", column("collector serve", 1), "ms", most=0.9),
    )),
    Part("events", ("--events", "1000", "--rounds", "3"), (), (
        Line("event, of COPY of the event rows", r"^COPY of the event rows.*?([\d.]+)×", "×",
             least=0.15),
        Line("event, of COPY of all its rows", r"^COPY of all rows.*?([\d.]+)×", "×"),
        Line("event, CPU with 10 live rules", column("10", 1), "ms"),
        Line("event, CPU with 1,000 live rules", column("1000", 1), "ms"),
    )),
    Part("widget_ask", ("--requests", "500", "--rounds", "3"), (), (
        Line("widget's next, of a bare route", r"^over HTTP.*?([\d.]+)  ≥", "×", least=0.7),
        Line("widget's answer, as a function", column("answer", 0), "µs"),
    )),
    Part("send", ("--messages", "500", "--rounds", "2"), (), (
        Line("message (inbox), of claims alone", column("inbox (no provider)", 4), "×",
             least=0.25),
    )),
    Part("stages", ("--answers", "300", "--rounds", "3"), (), (
        Line("fold of an answer, CPU", column("fold", 1), "ms"),
        Line("judging an answer, CPU", column("judge", 1), "ms"),
        Line("publishing an answer, CPU", column("publish", 1), "ms"),
    )),
    Part("export", ("--rows", "100000", "--rounds", "2", "--no-sqlite"),
         ("--rows", "1000000", "--no-sqlite"), (
        Line("export as CSV, of COPY", r"^collector export, csv.*?([\d.]+)×", "×", least=0.8),
        Line("export as NDJSON, of COPY", r"^collector export, ndjson.*?([\d.]+)×", "×",
             least=0.8),
        Line("export as Parquet, of binary COPY", r"^collector export, parquet.*?([\d.]+)×",
             "×", least=0.5),
        Line("export as CSV, most memory", column("collector export, csv", 4), "MB", most=64),
        Line("export as NDJSON, most memory", column("collector export, ndjson", 4), "MB",
             most=64),
        Line("export as Parquet, most memory", column("collector export, parquet", 4), "MB",
             most=256),
    )),
    Part("start", ("--rounds", "3"), (), (
        Line("collector --help, CPU", column("collector --help", 1), "s", most=0.25),
        Line("collector keys list, CPU", column("collector keys list", 1), "s", most=0.6),
        Line("serve to its first answer", column("collector serve, gunicorn", 0), "s", most=3),
        Line("memory of a web process", column("collector serve, gunicorn", 2), "MB", most=120),
    )),
    Part("restart", ("--answers", "10000", "--database", URL),
         ("--answers", "1000000", "--database", URL), (
        Line("restarted worker's first verdict",
             r"^a snapshot \| [\d,]+ \| [\d,]+ \| ([\d.]+)", "s", most=10),
    )),
    Part("growth", ("--minutes", "2", "--calls", "300", "--sizes", "10000", "200000"),
         ("--minutes", "20"), (
        Line("tap, of itself with few answers", column("tap", 3), "×", most=1.5),
        Line("event, of itself with few answers", column("event", 3), "×", most=1.5),
        Line("message, of itself with few answers", column("message", 3), "×", most=1.5),
        Line("verdict, of itself with few answers", column("verdict", 3), "×", most=1.5),
        Line("page of the feed, far on", column("page of the feed", 3), "×", most=1.5),
    )),
)  # fmt: skip


def run(part: Part, full: bool, url: str, said: Path) -> str:
    """What the benchmark printed, on a database of its own."""
    parts = urlsplit(url)
    name = f"bench_{part.name}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
    own = urlunsplit(parts._replace(path=f"/{name}"))
    environment = {**os.environ, "COLLECTOR_DATABASE_URL": own}
    given = [own if one == URL else one for one in (part.full if full else part.short)]
    command = [sys.executable, "-m", f"benchmarks.{part.name}", *given]
    began = time.monotonic()
    print(f"{part.name:<12}", end="", flush=True)
    with said.open("w") as out:
        ended = subprocess.run(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
    failed = f", ended with {ended.returncode}" if ended.returncode else ""
    print(f"{time.monotonic() - began:5.0f} s{failed}  {said}", flush=True)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    return said.read_text()


def main() -> None:
    names = [part.name for part in PARTS]
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--only", nargs="+", choices=names, default=names, metavar="NAME",
                     help=f"of {', '.join(names)} (all)")  # fmt: skip
    ask.add_argument("--full", action="store_true", help="the sizes that the aims speak of")
    ask.add_argument("--out", type=Path, help="where to keep what they print (a new folder)")
    ask.add_argument("--plot", type=Path, help="draw what stands beside a limit into this file")
    chosen = ask.parse_args()
    url = os.environ["COLLECTOR_DATABASE_URL"]
    out = chosen.out or Path(tempfile.mkdtemp(prefix="bench-"))
    out.mkdir(parents=True, exist_ok=True)
    load = os.getloadavg()[0]
    table: list[tuple[Line, float | None]] = []
    for part in PARTS:
        if part.name in chosen.only:
            printed = run(part, chosen.full, url, out / f"{part.name}.txt")
            table += [(line, line.figure(printed)) for line in part.lines]
    print(f"\n{'work':<40}{'figure':>10} {'':<4}{'aim':<10}")
    for line, figure in table:
        shown = "none" if figure is None else f"{figure:,.2f}"
        short = figure is None or not line.holds(figure)
        print(f"{line.work:<40}{shown:>10} {line.unit:<4}{line.aim():<10}{'not held' * short}")
    said = f"load before {load:.1f}, after {os.getloadavg()[0]:.1f}; {os.cpu_count()} cores"
    print(f"\n{said}")
    if chosen.plot:
        note = f"The line is the aim. {date.today():%Y-%m-%d}; {said}."  # noqa: DTZ011
        chosen.plot.write_text(drawing([*bars(table)], note))


def bars(table: Sequence[tuple[Line, float | None]]) -> Iterator[Bar]:
    """What is measured as a share of a limit."""
    for line, figure in table:
        if line.unit == "×" and line.least is not None and figure is not None:
            yield Bar(line.work.replace(", of ", " / "), figure, line.least)


if __name__ == "__main__":
    main()
