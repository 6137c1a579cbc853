"""What an answer costs in each stage behind the tap: fold, judge, publish, its invitation's row in
the feed of those; CPU and statements.

    python -m tests.servers .venv/bin/python -m benchmarks.stages

Needs a PostgreSQL to itself (COLLECTOR_DATABASE_URL; `tests.servers` starts one). In each round the
same number of fresh answers is tapped straight into the tables, then each stage runs until nothing
of them is left, in batches of 100 as a worker's loop runs it; afterwards the answers are counted in
the feed. Medians of rounds, the first one left out.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg
from flask import Flask

from benchmarks.asks import Cost, Meter, fill, tidy
from collector.answers import fold
from collector.app import create_app
from collector.exports import publish
from collector.exports.invited import publish as invited
from collector.integrity import judge
from collector.model.base import db
from tests.conftest import migrated, settings_for

STAGES: dict[str, Callable[[int], int]] = {
    "fold": fold.run_batch,
    "judge": judge.run_batch,
    "publish": publish.run_batch,
    "publish_invitations": invited.run_batch,
}
SENT = (
    "UPDATE invitations SET status = 'sent', sent_at = now() - interval '1 hour'",
    "INSERT INTO messages (id, invitation_id, channel, attempt, address, status, provider_ref, "
    "code, claimed_at, sent_at, settled_at) SELECT 'msg_' || id, id, 'sms', 1, '+14155550000', "
    "'sent', id, '', sent_at, sent_at, sent_at FROM invitations",
)
TAPPED = (
    "INSERT INTO taps (id, idempotency_key, invitation_id, kind, score, via, channel, opened_at, "
    "tapped_at, user_agent, folded, locale, address_hash, network_hash, device_hash, contact_hash) "
    "SELECT 'tap_' || id, id, id, 'confirmed', 1 + abs(hashtext(id)) %% 5, 'page', 'sms', "
    "sent_at + interval '50 min', sent_at + interval '51 min', 'Mozilla/5.0 (iPhone)', false, "
    "'en', md5(id), md5(id || 'n'), md5(id || 'd'), md5(id || 'c') FROM invitations "
    "WHERE NOT EXISTS (SELECT FROM taps WHERE taps.invitation_id = invitations.id) "
    "ORDER BY id LIMIT %s"
)


def through(app: Flask, run_batch: Callable[[int], int]) -> Callable[[], int]:
    """This stage until nothing is left for it."""

    def work() -> int:
        total = 0
        while True:
            with app.app_context():
                done = run_batch(100)
                db.session.remove()
            if not done:
                return total
            total += done

    return work


def rounds(app: Flask, url: str, answers: int, count: int) -> dict[str, list[Cost]]:
    with app.app_context():
        meter = Meter(db.engine, url)
    found: dict[str, list[Cost]] = {name: [] for name in STAGES}
    for at in range(count + 1):
        with psycopg.connect(url) as server:
            server.execute(TAPPED, (answers,))
        tidy(url)
        for name, run_batch in STAGES.items():
            cost = meter.measure(through(app, run_batch))
            if at:  # the first round warms up
                found[name].append(cost)
        with psycopg.connect(url) as server:
            row = server.execute("SELECT count(*) FROM revisions").fetchone()
        if row is None or row[0] != answers * (at + 1):
            sys.exit(f"{answers * (at + 1)} answers were given, the feed holds {row}")
    return found


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--answers", type=int, default=1_000, help="in each round")
    ask.add_argument("--rounds", type=int, default=5)
    chosen = ask.parse_args()
    url = os.environ["COLLECTOR_DATABASE_URL"]
    with tempfile.TemporaryDirectory() as home:
        migrated(url, Path(home))
        app = create_app(settings_for(url, Path(home)), bell=lambda name: None)
        fill(app, url, chosen.answers * (chosen.rounds + 1))
        with psycopg.connect(url) as server:
            for statement in SENT:
                server.execute(statement)
        found = rounds(app, url, chosen.answers, chosen.rounds)
    print(f"\n{'stage':<20}{'answers/s':>11}{'CPU ms':>9}{'server ms':>11}{'statements':>12}")
    for name, costs in found.items():
        rate, cpu, server_cpu, statements = (
            statistics.median(getattr(one, field) for one in costs)
            for field in ("rate", "cpu", "server", "statements")
        )
        print(f"{name:<20}{rate:>11.0f}{cpu:>9.3f}{server_cpu:>11.3f}{statements:>12.3f}")


if __name__ == "__main__":
    main()
