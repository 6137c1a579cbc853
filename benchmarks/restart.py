"""Seconds from a worker's start to its first new verdict: by the whole log, and by a snapshot.

Fills a log of evidence with the answers of made-up companies side by side, evenly over `--days`
that end now, and lets one answer wait. Workers are started one after the other: one that reads
the whole log, and writes its snapshot afterwards; then, with a day's answers more in the log, one
that begins with the snapshot. Prints a table; asserts nothing.
Run: `python -m benchmarks.restart [--answers 1000000] [--days 365] [--database URL]`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade

from benchmarks.integrity.arrival import QUARTER, later, quarter
from benchmarks.integrity.live_play import CONFIRMED, PAGE, configure
from collector import clock
from collector.answers import record
from collector.answers.taps import IncomingTap
from collector.app import create_app
from collector.intake import receive
from collector.intake.formats.native import read_event
from collector.intake.incoming import IncomingEvent
from collector.integrity import judge
from collector.integrity.engine import text
from collector.integrity.engine.records import Case
from collector.integrity.evidence import log
from collector.integrity.evidence.engine_cache import KEPT, CachedEngine
from collector.integrity.evidence.snapshot import keeping
from collector.model.base import db
from collector.model.invitations import Invitation
from collector.simulation.replay_channels import nothing_leaves
from collector.triggers import decide
from collector.work import tasks

KEY = "a-key-for-a-benchmark-of-forty-characters"
DAY = 86400.0
LEFT_OUT = ("id", "invitation", "signals", "number", "heard", "event", "comment", "supersedes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--database", help="URL of an empty database; else SQLite")
    parser.add_argument("--worker", choices=("full", "snapshot"), help=argparse.SUPPRESS)
    parser.add_argument("--began", type=float, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        worker(given.worker, given.began)
        return
    with tempfile.TemporaryDirectory(prefix="restart-") as place:
        run(given.answers, given.days, given.database or f"sqlite:///{place}/log.db", place)


def run(answers: int, days: int, url: str, place: str) -> None:
    environment = {
        **os.environ, "COLLECTOR_DATABASE_URL": url, "COLLECTOR_HOME": place,
        "COLLECTOR_SECRET_KEYS": KEY, "COLLECTOR_BASE_URL": "http://collector.test",
    }  # fmt: skip
    os.environ.update(environment)
    app = create_app(bell=lambda name: None)
    behind = max(answers // days, 1)
    with app.app_context():
        upgrade()
        made = entries(answers, days)
        append(itertools.islice(made, answers - behind))
        waiting(app, 1)
        print("begins with | entries in the log | of them read | seconds to the first verdict | "
              "processor seconds | MB | most MB")  # fmt: skip
        print("|".join(["---"] * 7), flush=True)
        full = started("full", environment)
        append(made)
        waiting(app, 2)
        started("snapshot", environment)
    print(
        f"\nthe snapshot: {full['bytes'] / 1e6:,.1f} MB, written in {full['written']:.1f} s "
        f"({full['written_cpu']:.1f} s of processor), most MB meanwhile {full['most']:,.0f}"
    )


def started(how: str, environment: dict[str, str]) -> dict[str, Any]:
    """Start a worker, and print its row."""
    command = [sys.executable, "-m", "benchmarks.restart", "--worker", how,
               "--began", str(time.time())]  # fmt: skip
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(f"{'the whole log' if how == 'full' else 'a snapshot'} | {said['entries']:,} | "
          f"{said['read']:,} | {said['seconds']:.1f} | {said['cpu']:.1f} | {said['mb']:,.0f} | "
          f"{said['most_before']:,.0f}", flush=True)  # fmt: skip
    return said


def worker(how: str, began: float) -> None:
    """What a worker does that was just started, until its first new verdict."""
    app = create_app(bell=lambda name: None)
    save, pace = keeping.save, keeping.Pace()
    keeping.save = lambda session, state, pace: None
    with app.app_context():
        first = keeping.described()
        judged = judge.run_batch(1)
        took, spent = time.time() - began, time.process_time()
        assert judged == 1, "nothing waited for a verdict"
        kept: CachedEngine = app.extensions[KEPT]
        assert kept.engine_cache is not None
        number = kept.engine_cache.number
        known = first[0] if first and how == "snapshot" else 0
        said: dict[str, Any] = {
            "entries": number, "read": number - known - 1, "seconds": took, "cpu": spent,
            "mb": resident(), "most_before": most(),
        }  # fmt: skip
        if how == "full":
            before, since = time.process_time(), time.perf_counter()
            keeping.NIGHTLY = 0
            save(db.session(), kept.engine_cache, pace)
            found = keeping.described()
            said |= {"written": time.perf_counter() - since, "most": most(),
                     "written_cpu": time.process_time() - before,
                     "bytes": found[1] if found else 0}  # fmt: skip
    print(json.dumps(said))


def entries(answers: int, days: int) -> Iterator[Case]:
    """So many answers by time, the last one an hour ago."""
    cases = quarter()
    first = min(case.answered for case in cases)
    length = max(case.answered for case in cases) - first + 1
    turns = max(int(days * DAY / length), 1)
    slots = turns * len(cases)
    side = -(-answers // slots)
    end = clock.now().timestamp() - 3600
    begin = end - turns * length
    for slot in range(slots):
        turn, case = slot // len(cases), cases[slot % len(cases)]
        shift = begin + turn * length - first
        for place in range((slot + 1) * answers // slots - slot * answers // slots):
            yield moved(case, turn * side + place, shift, place)


def moved(case: Case, turn: int, shift: float, place: int) -> Case:
    """The same answer at another time, by other people in another company."""
    by_others = later(case, turn)
    move = shift - turn * QUARTER

    def at(value: float | None) -> float | None:
        return None if value is None else value + move

    return replace(
        by_others, answered=by_others.answered + move, opened=at(by_others.opened),
        sent=at(by_others.sent), occurred=at(by_others.occurred), agent=f"{case.agent}-{place}",
        worker=f"{case.worker}-{place}", team=f"{case.team}-{place}",
        store=f"{case.store}-{place}",
    )  # fmt: skip


def append(cases: Iterator[Case]) -> None:
    """Write these answers into the log, as the judge would have."""
    session = db.session()
    while chunk := list(itertools.islice(cases, 5_000)):
        head = log.head(session)
        made = [
            log.entry(head, log.moment_of(round(case.answered, 3)), log.ANSWER, f"rsp_{case.id}",
                      1, body(case))
            for case in chunk
        ]  # fmt: skip
        log.append(session, made)
        head.night = head.concluded_night = log.midnight(clock.now())
        session.commit()


def body(case: Case) -> dict[str, Any]:
    """What the log holds of an answer."""
    found = {
        one.name: value for one in fields(case)
        if one.init and one.name not in LEFT_OUT
        and (value := getattr(case, one.name)) not in (None, "") and value is not False
    }  # fmt: skip
    if case.comment:
        found |= {"bands": list(text.sketch(case.comment)), "long": text.is_long(case.comment)}
    return {"invitation": case.invitation, **found}


def waiting(app: Flask, number: int) -> None:
    """Let one answer wait for the judge, that came by the usual way."""
    now = clock.now()
    with nothing_leaves(), clock.at(now - timedelta(minutes=30)):
        app.extensions["collector.doorbell"] = lambda name: None
        if number == 1:
            configure()
        read = read_event({
            "source": "desk", "id": f"o-{number}", "type": "desk.csat.sms",
            "occurred_at": clock.iso(clock.now()),
            "person": {"ref": f"p-{number}", "kind": "customer", "timezone": "UTC",
                       "locale": "en", "phone": f"+1212200000{number}",
                       "consent": {"any": "granted"}},
            "subjects": {"agent": {"id": "a-0"}, "team": "t-0", "store": "s-0"},
        }, "", clock.now())  # fmt: skip
        assert isinstance(read, IncomingEvent), read
        (outcome,) = receive.receive([read])
        decide.decide_events([outcome.id])
        tasks.run("send")
        asked = db.session.query(Invitation.id).filter(Invitation.event_id == outcome.id).one()
        record.record(IncomingTap(
            kind=CONFIRMED, idempotency_key=f"tap-{number}", score=5, via=PAGE, channel="sms",
            invitation_id=asked[0], locale="en", opened_at=clock.now(), remote_addr="10.0.0.1",
            device="d", user_agent="Mozilla/5.0",
        ))  # fmt: skip
        tasks.run("fold")
    db.session.remove()


def resident() -> float:
    """MB in memory now."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def most() -> float:
    """The most MB so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
