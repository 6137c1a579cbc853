"""Rehearsal beside the live pipeline: N events really decided, then rehearsed and compared.

    python -m benchmarks.rehearse --events 20000            SQLite in a temporary folder
    python -m benchmarks.rehearse --events 1000000 --postgres
    python -m benchmarks.rehearse --events 1000000 --keep FOLDER    SQLite, left there

Prints what the building took, what the rehearsal took, its peak memory (a process of its own), and
how many decisions differ. Ends with 1 if any does.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from collector import clock
from collector.app import create_app
from collector.intake import receive
from collector.intake.formats.native import read_event
from collector.model.base import db
from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from collector.triggers import decide
from collector.triggers.rehearse import plan, run
from tests import servers
from tests.conftest import migrated, settings_for
from tests.surveys.definitions import survey
from tests.triggers.making import rule

BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 90
BATCH = 500
PER_PERSON = 4
CAPS = {"global_days": 14, "survey_days": 30}
RULES = (
    rule("delivered", caps=CAPS, when="context.amount > 50", delay="1h", priority=1,
         channels=["sms", "email"], cancel_on=["order.returned"]),
    rule("everybody", caps=CAPS, channels=["email"], sample=0.5,
         quota={"per": "day", "by": "context.region", "max": 400}),
    rule("ticket", on="ticket.solved", survey="care", caps={**CAPS, "on_cap": "delay"},
         channels=["email"], control=0.05),
    rule("elsewhere", on="visit.ended", survey="care", caps=CAPS),
)  # fmt: skip


def opened(url: str, home: Path) -> Flask:
    return create_app(settings_for(url, home), bell=lambda name: None)


def build(app: Flask, events: int) -> float:
    """Take in and decide `events` events over 90 days, in batches, as the API would."""
    chance = random.Random(20260301)
    people = max(events // PER_PERSON, 1)
    began = time.perf_counter()
    with app.app_context():
        with clock.at(BEGINS - timedelta(days=1)):
            apply_surveys([survey(), survey("care")])
            apply_rules(RULES)
        for first in range(0, events, BATCH):
            at = BEGINS + timedelta(days=DAYS) * (first / events)
            with clock.at(at):
                count = min(BATCH, events - first)
                kept = receive.receive([event(chance, first + n, people, at) for n in range(count)])
                decide.decide_events([one.id for one in kept if one.id])
            db.session.remove()
            if first % 50_000 == 0:
                print(f"  built {first:,} in {time.perf_counter() - began:,.0f} s", flush=True)
    return time.perf_counter() - began


def event(chance: random.Random, number: int, people: int, at: datetime) -> Any:
    who = chance.randrange(people)
    kind = chance.choices(
        ["order.delivered", "ticket.solved", "order.returned", "visit.ended"], [70, 15, 5, 10]
    )[0]
    shared = who - who % 50 if who % 50 < 2 else who  # every fiftieth phone belongs to two people
    raw = {
        "source": "shop",
        "id": f"e-{number}",
        "type": kind,
        "occurred_at": clock.iso(at - timedelta(minutes=chance.randrange(300))),
        "person": {
            "ref": f"c-{who}",
            "email": f"c{who}@example.com",
            "phone": f"+5511{900000000 + shared}",
            "consent": {"any": "granted" if who % 7 else "denied"},
        },
        "context": {"amount": chance.randrange(200), "region": chance.choice("abcde")},
        "subjects": {"order": f"o-{who}-{chance.randrange(3)}"},
    }
    return read_event(raw, "", at)


def measure(url: str, home: Path) -> None:
    """Rehearse what is live over the whole window, and print figures as JSON."""
    app = opened(url, home)
    with app.app_context(), clock.at(BEGINS + timedelta(days=DAYS + 1)):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.perf_counter()
        body: dict[str, Any] = {}
        for step in run.rehearse(plan.prepare("delivered", None, BEGINS - timedelta(days=2))):
            if isinstance(step, run.Report):
                body = step.body
        figures = {
            "seconds": round(time.perf_counter() - began, 1),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "before_mb": round(before / 1024),
            "events": body["events"],
            "agreement": body["agreement"],
            "invited": body["invited"]["count"],
            "held_back": body["held_back"]["by_gate"],
        }
    print(json.dumps(figures))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--keep", type=Path, help="build here and leave it; measure if it is there")
    parser.add_argument("--measure", nargs=2, metavar=("URL", "HOME"))
    chosen = parser.parse_args()
    if chosen.measure:
        measure(chosen.measure[0], Path(chosen.measure[1]))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        home = chosen.keep or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        if chosen.postgres:
            assert servers.postgres_url(), "no PostgreSQL was found"
            url = servers.new_database("rehearse")
        else:
            url = f"sqlite:///{home / 'bench.db'}"
        if not (home / "built").exists():
            app = opened(migrated(url, home), home)
            built = build(app, chosen.events)
            with app.app_context():
                db.engine.dispose()
            (home / "built").touch()
            print(f"built and decided {chosen.events:,} events in {built:,.0f} s", flush=True)
        command = [sys.executable, "-m", "benchmarks.rehearse", "--measure", url, str(home)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    agreement = told["agreement"]
    print(f"rehearsed {told['events']:,} listened-to events in {told['seconds']:,} s "
          f"({told['events'] / max(told['seconds'], 0.1):,.0f} a second)")  # fmt: skip
    print(f"peak memory {told['peak_mb']} MB ({told['before_mb']} MB before the run began)")
    print(f"decisions recorded {agreement['recorded']:,}, equal {agreement['same']:,}, "
          f"differing {agreement['differing']}")  # fmt: skip
    print(f"the rule `delivered`: invited {told['invited']:,}, held back {told['held_back']}")
    return int(agreement["recorded"] != agreement["same"])


if __name__ == "__main__":
    sys.exit(main())
