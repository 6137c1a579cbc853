"""Taps a second, acknowledged and stored, as a ratio to a one-statement tap from pgbench.

    python -m tests.servers .venv/bin/python -m benchmarks.tap

Needs a PostgreSQL of its own on this machine (COLLECTOR_DATABASE_URL; `tests.servers` starts one)
and its pgbench. Each round sends the same number of taps in turn, none of them twice: through
`collector serve` over real HTTP, as the page's script sends them; as one bare INSERT … SELECT from
pgbench; and as the very statement of the service from pgbench. First without and then with a worker
that folds, judges and publishes beside all three. What was acknowledged is compared with what is
stored. CPU is of the servers (both processes), of all of PostgreSQL and of whoever sends, in
milliseconds for each tap. Medians of rounds; figures of one run can be compared with each other and
with nothing else.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import resource
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import http_load, tap_world
from benchmarks.processes import cpu_seconds, free_port, postmaster, running, until_answers
from collector.answers import tap_statement
from collector.app import create_app
from tests.conftest import KEYS, migrated, settings_for

BARE = """INSERT INTO taps (id, idempotency_key, invitation_id, kind, score, via, channel, locale,
opened_at, tapped_at, address_hash, network_hash, device_hash, contact_hash, user_agent, folded)
SELECT 'tap_' || :n, 'page:' || md5('b' || :n), i.id, 'provisional', 5, 'page', 'email', i.locale,
now(), now(), :print, :print, :print, '', :agent, false
FROM invitations i WHERE i.token_id = substr(md5((:n)::text), 1, 16)
AND i.status IN ('sent', 'sending') AND i.lapses_at > now() ON CONFLICT DO NOTHING RETURNING id;"""
GIVEN = {
    "about": "substr(md5((:n)::text), 1, 16)", "id": "('tap_' || :n)", "kind": "'provisional'",
    "idempotency_key": "('page:' || md5('s' || :n))", "score": "5", "comment": "NULL",
    "via": "'page'", "channel": "'email'", "opened_at": "now()", "tapped_at": "now()",
    "address_hash": ":print", "network_hash": ":print", "device_hash": ":print",
    "contact_hash": "''", "user_agent": ":agent", "folded": "false", "most": "1000",
    "made_at": "now()", "locale": "''",
}  # fmt: skip
OWN = re.sub(r"%\((\w+)\)s", lambda found: GIVEN[found[1]], tap_statement.BY["token_id"]) + ";"
PRINT = "'0123456789abcdef0123456789abcdef'"
AGENT = "'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/148.0.0.0'"


@dataclass(frozen=True)
class Figure:
    """Taps a second, and the CPU of each in ms: of the servers, PostgreSQL, whoever sent."""

    rate: float
    server: float
    database: float
    sender: float
    p95: float = 0.0


class Bench:
    """The ways to tap, and where the next unused question stands."""

    def __init__(self, url: str, folder: Path, chosen: argparse.Namespace) -> None:
        self.url, self.folder, self.chosen = url, folder, chosen
        self.app = create_app(settings_for(url, folder), bell=lambda _: None)
        self.database = psycopg.connect(url)
        self.postmaster = postmaster(url)
        self.numbers = itertools.count(1, chosen.taps)
        self.port, self.server = free_port(), 0
        self.acknowledged = self.refused = 0

    def prepared(self) -> int:
        begin = next(self.numbers)
        tap_world.ask(self.database, begin, self.chosen.taps)
        self.database.commit()
        return begin

    def service(self) -> Figure:
        begin = self.prepared()
        ids = tap_world.token_ids(self.database, begin, self.chosen.taps)
        self.database.commit()
        requests = tap_world.posts(self.app, ids, self.port)
        outcomes: list[http_load.Outcome] = []

        def work() -> float:
            outcomes.append(
                http_load.send("127.0.0.1", self.port, requests, self.chosen.connections)
            )
            return outcomes[0].seconds

        figure = self.measured(work)
        outcome = outcomes[0]
        stored = self.database.execute(
            "SELECT count(*) FROM taps t JOIN invitations i ON i.id = t.invitation_id "
            "WHERE i.token_id = ANY(%s)",
            ([ids[at] for at in outcome.acknowledged],),
        ).fetchone()
        self.database.commit()
        assert stored is not None
        self.acknowledged += len(outcome.acknowledged)
        self.refused += outcome.refused + outcome.broken
        assert stored[0] == len(outcome.acknowledged), "acknowledged, but not stored once"
        p95 = sorted(outcome.took)[len(outcome.took) * 95 // 100] * 1000
        return Figure(figure.rate, figure.server, figure.database, figure.sender, p95)

    def pgbench(self, statement: str) -> Figure:
        begin, clients = self.prepared(), self.chosen.connections
        script = self.folder / "tap.sql"
        words = statement.replace(":n", ":number").replace(":print", PRINT).replace(":agent", AGENT)
        script.write_text(
            f"\\set number :base + :client_id + {clients} * :done\n"
            "\\set done :done + 1\n" + " ".join(words.split()) + "\n"
        )
        command = [
            str(shutil.which("pgbench") or "pgbench"), "-n", "-M", "prepared", "-c", str(clients),
            "-j", "2", "-t", str(self.chosen.taps // clients), "-D", f"base={begin}", "-D",
            "done=0", "-f", str(script), self.url,
        ]  # fmt: skip

        def work() -> float:
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            rate = float(re.findall(r"tps = ([\d.]+)", said)[-1])
            return self.chosen.taps // clients * clients / rate

        return self.measured(work)

    def measured(self, work: Callable[[], float]) -> Figure:
        """`work` does its taps and gives the seconds that they took."""
        before = self._used()
        seconds = work()
        server, database, sender = (b - a for a, b in zip(before, self._used(), strict=True))
        count = self.chosen.taps
        each = 1000 / count
        return Figure(count / seconds, server * each, database * each, sender * each)

    def _used(self) -> tuple[float, float, float]:
        own = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return (
            cpu_seconds(self.server) if self.server else 0.0,
            cpu_seconds(self.postmaster),
            sum(one.ru_utime + one.ru_stime for one in own),
        )

    def rounds(self) -> dict[str, list[Figure]]:
        ways: dict[str, Callable[[], Figure]] = {
            "bare statement, pgbench": lambda: self.pgbench(BARE),
            "its own statement, pgbench": lambda: self.pgbench(OWN),
            "collector serve": self.service,
        }
        found: dict[str, list[Figure]] = {way: [] for way in ways}
        for at in range(self.chosen.rounds + 1):
            for way, tap in ways.items():
                figure = tap()
                if at:  # the first round warms up
                    found[way].append(figure)
        return found


def printed(found: dict[str, list[Figure]], what: str) -> None:
    print(f"\n{what:<28}{'taps/s':>9}{'server':>9}{'database':>10}{'sender':>9}"
          f"{'p95 ms':>8}{'service is':>12}{'rounds':>16}")  # fmt: skip
    mine = [one.rate for one in found["collector serve"]]
    for way, figures in found.items():
        names = ("rate", "server", "database", "sender", "p95")
        rate, server, database, sender, p95 = (
            statistics.median(getattr(one, name) for one in figures) for name in names
        )
        ratios = sorted(own / one.rate for own, one in zip(mine, figures, strict=True))
        print(f"{way:<28}{rate:>9.0f}{server:>9.3f}{database:>10.3f}{sender:>9.3f}{p95:>8.1f}"
              f"{statistics.median(ratios):>11.2f}×{ratios[0]:>9.2f}–{ratios[-1]:.2f}")  # fmt: skip


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--taps", type=int, default=4_000, help="in each round and way (4000)")
    ask.add_argument("--rounds", type=int, default=5, help="after one that warms up (5)")
    ask.add_argument("--connections", type=int, default=32, help="of each way (32)")
    ask.add_argument("--processes", type=int, default=2, help="of `collector serve` (2)")
    ask.add_argument("--server", choices=("gunicorn", "granian"), default="granian",
                     help="of `collector serve` (granian)")  # fmt: skip
    ask.add_argument("--stored", type=int, default=0, help="answers that are there before (0)")
    ask.add_argument("--worker", choices=("both", "with", "without"), default="both",
                     help="beside service and limit (both: first without one)")  # fmt: skip
    chosen = ask.parse_args()
    chosen.taps -= chosen.taps % chosen.connections
    url = os.environ["COLLECTOR_DATABASE_URL"]
    with tempfile.TemporaryDirectory() as home, ExitStack() as until_end:
        folder = Path(home)
        migrated(url, folder)
        bench = Bench(url, folder, chosen)
        environment: dict[str, Any] = {
            "COLLECTOR_DATABASE_URL": url, "COLLECTOR_SECRET_KEYS": ",".join(KEYS),
            "COLLECTOR_BASE_URL": f"http://127.0.0.1:{bench.port}", "COLLECTOR_HOME": home,
        }  # fmt: skip
        tap_world.first(bench.app)
        if chosen.stored:
            tap_world.stored(bench.database, 100_000_000, chosen.stored)
            bench.database.commit()
        bench.database.autocommit = True
        bench.database.execute("VACUUM ANALYZE")
        bench.database.autocommit = False
        until_end.callback(bench.database.close)
        bench.server = until_end.enter_context(
            running("serve", "--port", str(bench.port), "--processes", str(chosen.processes),
                    "--server", chosen.server, environment=environment, log=folder / "serve.log")
        )  # fmt: skip
        until_answers(bench.port)
        if chosen.worker != "with":
            printed(bench.rounds(), "no worker")
        if chosen.worker != "without":
            until_end.enter_context(
                running("worker", environment=environment, log=folder / "worker.log")
            )
            printed(bench.rounds(), "a worker beside both")
        print(f"\n{bench.acknowledged:,} acknowledged, as many stored; {bench.refused} refused or "
              f"cut; {chosen.stored:,} answers stored before")  # fmt: skip
        said = (folder / "serve.log").read_text().splitlines()
        for line in [one for one in said if "Listening" not in one][:5]:
            print("the server said:", line)


if __name__ == "__main__":
    main()
