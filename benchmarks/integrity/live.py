"""Streaming equals batch: a made-up company through the running pipeline, then audited again.

Prints whether the service's last verdicts are those of an audit of its own log (they must be, row
for row), how they agree with an audit of the world's own files, and the funnel by practice: how
long gamed answers counted, and what changed after it had been exported (`live_funnel.py`). Run, on
SQLite or on any database: `python -m benchmarks.integrity.live [--world helpdesk] [--seed 1]
[--stores 2] [--agents 60] [--events 3000] [--tick 360] [--database URL]`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from benchmarks.integrity.live_company import Company
from benchmarks.integrity.live_compare import agreement, differences, histories
from benchmarks.integrity.live_funnel import exported, lines, passages
from benchmarks.integrity.live_play import play
from benchmarks.integrity.simulator.simulate import simulate
from collector.app import create_app
from collector.config import Settings

KEYS = ("a-key-for-a-benchmark-of-forty-characters",)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--world", default="simulator", help="a folder of worlds/")
    parser.add_argument("--seed", type=int, default=301)
    parser.add_argument("--agents", type=int, default=1000, help="at most, in the simulator")
    parser.add_argument("--stores", type=int, default=10**9, help="at most this many, the first")
    parser.add_argument("--events", type=int, default=10**9, help="at most this many, the first")
    parser.add_argument("--tick", type=int, default=60, help="minutes between what workers do")
    parser.add_argument("--database", help="URL of an empty database; else SQLite")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _write(given.world, given.seed, given.agents, folder / "company")
        company = Company(folder / "company", given.events, given.stores)
        app = service(given.database or f"sqlite:///{folder}/live.db", folder)
        began = time.perf_counter()
        player = play(app, company, timedelta(minutes=given.tick), _progress)
        took = time.perf_counter() - began
        print(
            f"{given.world}, seed {given.seed}: {len(company.events):,} events, "
            f"{len(company.responses):,} replies of the files, played in {took:,.0f} s; "
            f"refused: {dict(player.refused)}"
        )
        report(app, company, folder / "dump")


def _write(world: str, seed: int, agents: int, folder: Path) -> None:
    if world == "simulator":
        simulate(seed, folder, agents_at_most=agents)
        return
    folder.mkdir(parents=True, exist_ok=True)
    import_module(f"benchmarks.integrity.worlds.{world}.world").write(seed, folder)


def service(url: str, home: Path) -> Flask:
    """The service on this database, with its tables."""
    settings = Settings(database_url=url, secret_keys=KEYS, base_url="http://collector.test",
                        home=home, embedded=True)  # fmt: skip
    app = create_app(settings, bell=lambda name: None)
    with app.app_context():
        upgrade()
    return app


def report(app: Flask, company: Company, folder: Path) -> None:
    """Print the tables."""
    compared, wrong = differences(app, folder)
    subjects = sum("finding about" in one for one in wrong)
    equal = compared - len(wrong) + subjects
    print(
        f"live against an audit of its own log: {equal:,} of {compared:,} answers equal in "
        f"verdict, weight and reasons; findings that only one has: {subjects}"
    )
    for line in wrong[:10]:
        print(f"  {line}")
    total, same = agreement(app, company)
    print(
        f"against an audit of the world's own files, where rows map one to one: "
        f"{100 * same / max(total, 1):.2f} % of {total:,} the same verdict"
    )
    revised = sum(len(one.verdicts) > 1 for one in histories(app).values())
    print(f"answers with more than one verdict: {revised:,}")
    found = passages(app, company)
    print(exported(found), end="\n\n")
    print("\n".join(lines(found)))


def _progress(at: datetime) -> None:
    if at.hour == 0 and at.minute == 0:
        print(f"\r{at:%Y-%m-%d}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
