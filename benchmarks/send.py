"""Messages a second from claim to outcome, as a ratio to `SKIP LOCKED` batches of 100 in plain SQL.

    python -m tests.servers .venv/bin/python -m benchmarks.send

Needs a PostgreSQL to itself (COLLECTOR_DATABASE_URL; `tests.servers` starts one). The same asks are
sent in every round, in turn: by plain SQL that only claims (one UPDATE and one commit for 100), by
plain SQL that writes the rows of an attempt too (claim, mark and outcome, a commit each), and by
the service: into the product's inbox (a channel that does nothing), into the preview folder, and to
a stand-in for a provider that takes 50 ms a message. At last a provider of two seconds beside the
preview folder: the folder's rate alone and beside it. After each round what was acknowledged is
compared with what is stored. Medians of rounds; rates of one run can be compared with each other
and with nothing else, CPU is the steadier figure.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import psycopg
from flask import Flask

from benchmarks.asks import Cost, Meter, fill, tidy
from channels.base import Channel, Message, Receipt
from collector.app import create_app
from collector.invitations import send
from collector.model.base import db
from tests.conftest import migrated, settings_for

BATCH = 100
CLAIM = (
    "UPDATE invitations SET status = '{status}', claimed_at = now(), sent_at = {sent} WHERE id IN "
    "(SELECT id FROM invitations WHERE status = 'waiting' AND due_at <= now() ORDER BY due_at, id "
    "LIMIT 100 FOR NO KEY UPDATE SKIP LOCKED) RETURNING id"
)
ATTEMPT = (
    "INSERT INTO messages (id, invitation_id, channel, attempt, address, status, provider_ref, "
    "code, text_digest, segments, claimed_at) SELECT 'msg_' || id, id, 'sms', 1, '+14155550000', "
    "'claimed', '', '', '', 1, now() FROM unnest(%s::text[]) AS id"
)
MARK = "UPDATE messages SET text_digest = 'local', claimed_at = now() WHERE id = ANY(%s)"
OUT = (
    "UPDATE messages SET status = 'sent', provider_ref = id, sent_at = now(), settled_at = now() "
    "WHERE id = ANY(%s)",
    "UPDATE invitations SET status = 'sent', sent_at = now() WHERE id = ANY(%s)",
)


class Provider(Channel):
    """Takes its time over each message and counts what it took."""

    kind = "webhook"
    side_by_side: ClassVar[int] = 10
    taken: ClassVar[list[str]] = []

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    @classmethod
    def from_options(cls, options: Any) -> Provider:
        return cls(float(options["seconds"]))

    def send(self, message: Message) -> Receipt:
        time.sleep(self.seconds)
        self.taken.append(message.id)
        return Receipt("sent", message.id)

    def check(self) -> str:
        return ""


class Direct:
    """The same asks without the service."""

    def __init__(self, url: str) -> None:
        self.server = psycopg.connect(url)
        self.url = url

    def claim(self) -> int:
        total = 0
        while found := self._claim("sent", "now()"):
            self.server.commit()
            total += len(found)
        self.server.commit()
        return total

    def all_rows(self) -> int:
        total = 0
        while found := self._claim("sending", "NULL"):
            messages = [f"msg_{id}" for id in found]
            self.server.execute(ATTEMPT, (found,))
            self.server.commit()
            self.server.execute(MARK, (messages,))
            self.server.commit()
            for statement, ids in zip(OUT, (messages, found), strict=True):
                self.server.execute(statement, (ids,))
            self.server.commit()
            total += len(found)
        self.server.commit()
        return total

    def again(self, channels: str, count: int) -> None:
        """`count` asks wait again, and go by these channels; the others are done."""
        self.server.execute("TRUNCATE messages CASCADE")
        self.server.execute("DELETE FROM senders")
        self.server.execute("UPDATE invitations SET status = 'cancelled'")
        self.server.execute(
            "UPDATE invitations SET status = 'waiting', sent_at = NULL, claimed_at = NULL, "
            "next_at = NULL, step = 0, channels = %s::jsonb WHERE id IN "
            "(SELECT id FROM invitations ORDER BY id LIMIT %s)",
            (channels, count),
        )
        self.server.commit()
        tidy(self.url)

    def mix(self, channels: str, every: int) -> None:
        """Every so manieth ask goes by these channels instead."""
        self.server.execute(
            "UPDATE invitations SET channels = %s::jsonb WHERE status = 'waiting' "
            "AND abs(hashtext(id)) %% %s = 0",
            (channels, every),
        )
        self.server.commit()

    def stored(self) -> int:
        row = self.server.execute(
            "SELECT count(*) FROM messages m JOIN invitations i ON i.id = m.invitation_id "
            "WHERE m.status = 'sent' AND i.status = 'sent'"
        ).fetchone()
        self.server.commit()
        assert row is not None
        return int(row[0])

    def _claim(self, status: str, sent: str) -> list[str]:
        found = self.server.execute(CLAIM.format(status=status, sent=sent)).fetchall()
        return [row[0] for row in found]


def service(app: Flask) -> Callable[[], int]:
    """Everything that is due, batch by batch, as a worker's loop runs it."""

    def work() -> int:
        total = 0
        while True:
            with app.app_context():
                dealt = send.run_batch(BATCH)
                db.session.remove()
            if not dealt:
                return total
            total += dealt

    return work


def compared(app: Flask, direct: Direct, meter: Meter, chosen: argparse.Namespace) -> None:
    ways: list[tuple[str, str, int, Callable[[], int]]] = [
        ("claims alone, plain SQL", '["sms"]', chosen.messages, direct.claim),
        ("all rows, plain SQL", '["sms"]', chosen.messages, direct.all_rows),
        ("inbox (no provider)", '["inapp"]', chosen.messages, service(app)),
        ("preview folder, SMS", '["sms"]', chosen.messages, service(app)),
        ("provider of 50 ms", '["webhook"]', chosen.messages // 4, service(app)),
    ]
    found: dict[str, list[Cost]] = {name: [] for name, *_ in ways}
    for at in range(chosen.rounds + 1):
        for name, channels, count, work in ways:
            direct.again(channels, count)
            Provider.taken.clear()
            cost = meter.measure(work)
            if name != ways[0][0]:
                acknowledged(name, cost.items, direct.stored())
            if channels == '["webhook"]':
                acknowledged(name, len(Provider.taken), len(set(Provider.taken)))
            if at:  # the first round warms up
                found[name].append(cost)
    limits = [statistics.median(one.rate for one in found[ways[at][0]]) for at in (0, 1)]
    print(f"\n{'way':<26}{'messages/s':>11}{'CPU ms':>8}{'server ms':>11}{'statements':>12}"
          f"{'of claims':>11}{'of all rows':>12}")  # fmt: skip
    for name, costs in found.items():
        rate, cpu, server, statements = (
            statistics.median(getattr(one, field) for one in costs)
            for field in ("rate", "cpu", "server", "statements")
        )
        print(f"{name:<26}{rate:>11.0f}{cpu:>8.3f}{server:>11.3f}{statements:>12.2f}"
              f"{rate / limits[0]:>11.3f}{rate / limits[1]:>12.3f}")  # fmt: skip


def beside_a_slow_one(app: Flask, direct: Direct, chosen: argparse.Namespace) -> None:
    """How long the folder's messages take alone, and beside a provider of two seconds."""
    rates: dict[str, list[float]] = {"alone": [], "beside a provider of 2 s": []}
    for _ in range(chosen.rounds):
        for name, found in rates.items():
            direct.again('["sms"]', chosen.messages)
            if name != "alone":
                direct.mix('["webhook"]', every=50)
            with app.app_context():
                app.extensions["collector.channels"]["webhook"] = Provider(2.0)
            found.append(rate_of_folder(app, direct.url))
    print("\npreview folder           messages/s")
    for name, found in rates.items():
        print(f"{name:<26}{statistics.median(found):>9.0f}")


def rate_of_folder(app: Flask, url: str) -> float:
    """Messages a second by SMS, until the last of them is out."""
    over = threading.Event()
    seen: list[tuple[float, int]] = []

    def look() -> None:
        with psycopg.connect(url, autocommit=True) as server:
            while not over.wait(0.02):
                row = server.execute(
                    "SELECT count(*) FROM messages WHERE channel = 'sms' AND status = 'sent'"
                ).fetchone()
                seen.append((time.perf_counter(), int(row[0]) if row else 0))

    watcher = threading.Thread(target=look)
    began = time.perf_counter()
    watcher.start()
    service(app)()
    over.set()
    watcher.join()
    most = max(count for _, count in seen)
    at = next(moment for moment, count in seen if count == most)
    return most / (at - began)


def acknowledged(name: str, said: int, stored: int) -> None:
    if said != stored:
        sys.exit(f"{name}: {said} acknowledged, {stored} stored")


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--messages", type=int, default=2_000, help="in each round and way")
    ask.add_argument("--rounds", type=int, default=5)
    chosen = ask.parse_args()
    url = os.environ["COLLECTOR_DATABASE_URL"]
    with tempfile.TemporaryDirectory() as home:
        migrated(url, Path(home))
        app = create_app(settings_for(url, Path(home)), bell=lambda name: None)
        fill(app, url, chosen.messages)
        with app.app_context():
            meter = Meter(db.engine, url)
            own = dict(app.extensions["collector.channels"])
        # One set for all threads: a stand-in keeps no connection.
        app.extensions["collector.channels"] = {**own, "webhook": Provider(0.05)}
        direct = Direct(url)
        compared(app, direct, meter, chosen)
        beside_a_slow_one(app, direct, chosen)


if __name__ == "__main__":
    main()
