"""What a tap, an event, a message, a verdict and a page of the feed cost as the database grows.

    python -m tests.servers .venv/bin/python -m benchmarks.growth --minutes 10

Needs a PostgreSQL to itself (COLLECTOR_DATABASE_URL; `tests.servers` starts one). The database is
filled by generate_series, not through the service, with answered questions (ten rows each): to
10,000, to 1,000,000, then on towards 10,000,000 as far as the minutes allow. At each size the same
number of calls is made of each kind in five rounds after one that warms up, on questions and
people of their own: statements a call, and milliseconds of CPU of the service and of the database,
of the round that took least, for others on the machine disturb that least. Events come in batches
of 100 about known people, with one live rule; messages go to the product's own inbox; a verdict is
judged and published; a page has 1,000 rows and lies nine tenths on. What the engine itself
remembers of a long log is `restart.py`'s. Ends with 1 where a call sends more statements, or costs
more than `--most` times the CPU of both together that it cost in the smallest database.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from flask import Flask

from benchmarks.asks import Cost, Meter
from benchmarks.events import rule
from benchmarks.growth_rows import Copies, first
from collector import clock
from collector.answers import fold, record
from collector.answers.taps import CONFIRMED, PAGE, IncomingTap
from collector.app import create_app
from collector.exports import publish
from collector.intake import receive
from collector.intake.formats import native
from collector.integrity import judge
from collector.invitations import send
from collector.model.base import db
from collector.model.sql import alone
from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from collector.triggers import decide
from collector.web import auth
from tests.conftest import migrated, settings_for
from tests.surveys.definitions import survey

SIZES: Final = (10_000, 1_000_000, 3_000_000, 10_000_000)
BATCH: Final = 100
ROUNDS: Final = 5
PAGES: Final = 50
PAGE_ROWS: Final = 1_000
MORE_STATEMENTS: Final = 1.05


class Calls:
    """The calls of each kind, in the app's context."""

    def __init__(self, app: Flask, url: str, each: int) -> None:
        self.app, self.each, self.copies = app, each - each % BATCH, Copies(url)
        self.client, self.sent = app.test_client(), 0
        with app.app_context():
            self.meter = Meter(db.engine, url)
            self.key = auth.issue("benchmark", ("exports:read",))
        whole = alone.run

        def counted(*given: Any) -> Any:
            self.meter.statements += 1  # a connection of its own, which the engine does not see
            return whole(*given)

        alone.run = counted

    def measured(self) -> dict[str, Cost]:
        """What each kind costs at this size."""
        self.copies.tidy()
        kinds: dict[str, Callable[[], Callable[[], int]]] = {
            "tap": self.taps, "event": self.events, "message": self.messages,
            "verdict": self.verdicts, "page of the feed": self.pages,
        }  # fmt: skip
        found = {}
        for kind, prepare in kinds.items():
            costs = []
            for _ in range(ROUNDS + 1):
                work = prepare()
                with self.app.app_context():
                    costs.append(self.meter.measure(work))
                    db.session.remove()
            found[kind] = min(costs[1:], key=total)
        return found

    def taps(self) -> Callable[[], int]:
        ids = self.copies.ask(self.each)

        def work() -> int:
            for one in ids:
                tap(one)
                db.session.remove()
            return len(ids)

        return work

    def events(self) -> Callable[[], int]:
        refs = self.copies.refs(self.copies.ask(self.each))

        def work() -> int:
            for at in range(0, len(refs), BATCH):
                now = clock.now()
                read = [
                    native.read_event(event(ref, now), "", now) for ref in refs[at : at + BATCH]
                ]
                made = receive.receive(read)
                decide.decide_events([one.id for one in made if one.id])
                db.session.remove()
            return len(refs)

        return work

    def messages(self) -> Callable[[], int]:
        self.copies.unsent(self.copies.ask(self.each))
        return lambda: until_done([send.run_batch], self.each)

    def verdicts(self) -> Callable[[], int]:
        with self.app.app_context():
            drained([fold.run_batch, judge.run_batch, publish.run_batch])  # of the taps before
            for one in self.copies.ask(self.each):
                tap(one)
            drained([fold.run_batch])
        return lambda: until_done([judge.run_batch, publish.run_batch], self.each)

    def pages(self) -> Callable[[], int]:
        after = self.copies.last_number() * 9 // 10
        where = f"/v1/exports/responses?after={after}&limit={PAGE_ROWS}"

        def work() -> int:
            for _ in range(PAGES):
                answer = self.client.get(where, headers={"Authorization": f"Bearer {self.key}"})
                assert answer.status_code == 200, answer.text
            return PAGES

        return work


def until_done(stages: Sequence[Callable[[int], int]], expected: int) -> int:
    """Each stage as a worker's loop runs it; all that waited has to come through."""
    done = drained(stages)
    if set(done) != {expected}:
        raise RuntimeError(f"{done} were dealt with, {expected} waited")
    return expected


def drained(stages: Sequence[Callable[[int], int]]) -> list[int]:
    """How many each of these stages dealt with until nothing was left for it."""
    done = [0 for _ in stages]
    for at, run_batch in enumerate(stages):
        while dealt := run_batch(BATCH):
            done[at] += dealt
            db.session.remove()
    return done


def tap(invitation_id: str) -> None:
    record.record(IncomingTap(
        kind=CONFIRMED, idempotency_key=f"page:{invitation_id}", score=5, via=PAGE, channel="email",
        invitation_id=invitation_id, locale="en", opened_at=clock.now() - timedelta(seconds=2),
        remote_addr="203.0.113.9", device=invitation_id, user_agent="Mozilla/5.0 (iPhone)",
    ))  # fmt: skip


def event(ref: str, now: Any) -> dict[str, Any]:
    return {
        "source": "growth", "id": f"g-{ref}", "type": "order.delivered",
        "occurred_at": clock.iso(now), "person": {"ref": ref, "attributes": {"plan": "pro"}},
        "context": {"amount": 120.5}, "subjects": {"store": "s9"},
    }  # fmt: skip


def printed(size: int, found: dict[str, Cost], before: dict[str, Cost]) -> None:
    print(f"\n{size:>10,} answers{'CPU ms':>13}{'database ms':>13}{'statements':>12}"
          f"{'of the smallest':>17}")  # fmt: skip
    for kind, cost in found.items():
        grown = total(cost) / total(before[kind])
        print(f"{kind:<18}{cost.cpu:>13.3f}{cost.server:>13.3f}{cost.statements:>12.2f}"
              f"{grown:>16.2f}×", flush=True)  # fmt: skip


def total(cost: Cost) -> float:
    return cost.cpu + cost.server


def grew(found: dict[str, Cost], before: dict[str, Cost], most: float) -> list[str]:
    """The kinds that cost more now."""
    return [
        kind
        for kind, cost in found.items()
        if total(cost) > most * total(before[kind])
        or cost.statements > MORE_STATEMENTS * before[kind].statements
    ]


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument(
        "--minutes", type=float, default=10, help="in all; begun chunks are ended (10)"
    )
    ask.add_argument("--calls", type=int, default=1_000, help="of each kind in each round (1000)")
    ask.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="ANSWERS",
                     help="at which it is measured (10000 1000000 3000000 10000000)")  # fmt: skip
    ask.add_argument("--most", type=float, default=1.5,
                     help="times the CPU of the smallest that is no growth yet (1.5)")  # fmt: skip
    chosen = ask.parse_args()
    ends = time.monotonic() + chosen.minutes * 60
    url = os.environ["COLLECTOR_DATABASE_URL"]
    with tempfile.TemporaryDirectory() as home:
        migrated(url, Path(home))
        app = create_app(settings_for(url, Path(home)), bell=lambda name: None)
        first(app)
        with app.app_context():
            apply_surveys([survey()])
            apply_rules([rule("delivered", "order.delivered", when="context.amount > 10.0")])
            db.session.remove()
        calls, smallest, worse = Calls(app, url, chosen.calls), {}, []
        for size in sorted(chosen.sizes):
            while calls.copies.answered < size and (time.monotonic() < ends or not smallest):
                calls.copies.grow(size - calls.copies.answered)
            found = calls.measured()
            smallest = smallest or found
            printed(calls.copies.answered, found, smallest)
            worse = grew(found, smallest, chosen.most)
            if time.monotonic() >= ends:
                break
    print(f"\ngrew: {', '.join(worse) or 'nothing'}")
    sys.exit(bool(worse))


if __name__ == "__main__":
    main()
