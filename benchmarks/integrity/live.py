"""Streaming equals batch: a simulated company through the running pipeline, then audited again.

Prints whether the service's last verdicts are those of an audit of its own log (they must be, row
for row), how they agree with an audit of the simulator's files, how long gamed answers counted, and
what it costs to begin again from the log. Run, on SQLite or on any database:
`python -m benchmarks.integrity.live [--seed 301] [--agents 60] [--events 3000] [--database URL]`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from benchmarks.integrity.live_company import Company
from benchmarks.integrity.live_compare import agreement, counted, differences, histories
from benchmarks.integrity.live_play import play
from benchmarks.integrity.simulator.simulate import simulate
from collector.app import create_app
from collector.config import Settings
from collector.integrity.evidence import log
from collector.integrity.evidence.engine_cache import CachedEngine
from collector.model.base import db

KEYS = ("a-key-for-a-benchmark-of-forty-characters",)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=301)
    parser.add_argument("--agents", type=int, default=1000)
    parser.add_argument("--events", type=int, default=10**9, help="at most this many, the first")
    parser.add_argument("--tick", type=int, default=60, help="minutes between what workers do")
    parser.add_argument("--database", help="URL of an empty database; else SQLite")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        simulate(given.seed, folder / "company", agents_at_most=given.agents)
        company = Company(folder / "company", given.events)
        app = service(given.database or f"sqlite:///{folder}/live.db", folder)
        began = time.perf_counter()
        player = play(app, company, timedelta(minutes=given.tick), _progress)
        took = time.perf_counter() - began
        print(
            f"seed {given.seed}: {len(company.events):,} events, {len(company.responses):,} "
            f"replies of the files, played in {took:,.0f} s; refused: {dict(player.refused)}"
        )
        report(app, company, folder / "dump")


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
        f"against an audit of the simulator's files, where rows map one to one: "
        f"{100 * same / max(total, 1):.2f} % of {total:,} the same verdict"
    )
    revised = sum(len(one.verdicts) > 1 for one in histories(app).values())
    print(f"answers with more than one verdict: {revised:,}")
    print("\nkind | gamed | rejected in the end | never counted | counted for, median | 95 %")
    print("---|---|---|---|---|---")
    kinds = counted(app, company)
    everything = [value for values in kinds.values() for value in values]
    for kind, values in [*sorted(kinds.items()), ("all", everything)]:
        print(_line(kind, values))
    print()
    _again(app)


def _line(kind: str, values: list[float | None]) -> str:
    caught = sorted(value for value in values if value is not None)
    part = f"{100 * len(caught) / max(len(values), 1):.0f} %"
    at_once = f"{100 * sum(value == 0 for value in caught) / max(len(values), 1):.0f} %"
    return f"{kind} | {len(values)} | {part} | {at_once} | {_at(caught, 0.5)} | {_at(caught, 0.95)}"


def _at(values: list[float], share: float) -> str:
    if not values:
        return "-"
    seconds = values[min(int(share * len(values)), len(values) - 1)]
    return f"{seconds / 86400:.1f} days" if seconds >= 86400 else f"{seconds / 3600:.1f} hours"


def _again(app: Flask) -> None:
    """What a worker spends (own processor time) that begins with the log from its first entry."""
    with app.app_context():
        head = log.head(db.session())
        began = time.process_time()
        CachedEngine().catch_up(db.session(), head)
        took = time.process_time() - began
        print(
            f"a worker that begins anew: {took:.1f} s for {head.last_number:,} entries, "
            f"{1e5 * took / max(head.last_number, 1):.0f} s for 100,000"
        )
        db.session.rollback()


def _progress(at: datetime) -> None:
    if at.hour == 0 and at.minute == 0:
        print(f"\r{at:%Y-%m-%d}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
