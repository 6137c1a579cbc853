"""Events a second through POST /v1/events, as a ratio to putting the same rows straight in.

    python -m tests.servers .venv/bin/python -m benchmarks.events

Needs a PostgreSQL to itself (COLLECTOR_DATABASE_URL; `tests.servers` starts one). Each round sends
the same number of events in turn: through the whole service (WSGI, batches of 100, four live rules
of which one matches and invites), with COPY and with a plain INSERT of the very rows that the
service wrote, one commit for every 100 events. Then the cost of an event with 10 and 1,000 live
rules, of which four listen. Medians of rounds; figures of one run can be compared with each other
and with nothing else.
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import psycopg
from flask import Flask
from psycopg.types.json import set_json_dumps, set_json_loads

from collector import clock
from collector.app import create_app
from collector.model.base import db
from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from collector.web import auth
from tests.conftest import migrated, settings_for
from tests.surveys.definitions import survey

BATCH = 100
EVENT_TABLE, ALL_TABLES = ("events",), ("events", "decisions", "invitations")
numbers = itertools.count(1)


def rule(key: str, on: str, **more: Any) -> dict[str, Any]:
    caps = {"global_days": 0, "survey_days": 0}
    return {"key": key, "on": on, "survey": "delivery", "status": "live", "channels": ["sms"],
            "caps": caps, **more}  # fmt: skip


def four_rules() -> list[dict[str, Any]]:
    return [
        rule("matching", "order.delivered", when="context.amount > 10.0"),
        rule("large", "order.delivered", when="context.amount > 1000.0", priority=5),
        rule("express", "order.delivered", when='context.carrier == "express"', priority=4),
        rule("vip", "order.delivered", when='person.attributes.plan == "vip"', priority=3),
    ]


def other_rules(count: int) -> list[dict[str, Any]]:
    return [rule(f"other-{at}", f"type.{at}", when="context.amount > 10.0") for at in range(count)]


def event(person: int) -> dict[str, Any]:
    number = next(numbers)
    return {
        "source": "shop",
        "id": f"o-{number}",
        "type": "order.delivered",
        "occurred_at": clock.iso(clock.now()),
        "person": {
            "ref": f"c-{person}",
            "locale": "pt-BR",
            "phone": f"+55119{person:08d}",
            "attributes": {"plan": "pro"},
            "consent": {"any": "granted"},
        },
        "context": {"amount": 120.5, "carrier": "post", "city": "São Paulo"},
        "subjects": {"agent": {"id": "a1", "credited": "a2"}, "store": "s9"},
    }


class Service:
    """The service in this process, and the calls that will be sent to it."""

    def __init__(self, app: Flask, people: int) -> None:
        self.client = app.test_client()
        self.people = itertools.cycle(range(people))
        with app.app_context():
            self.token = auth.issue("benchmark", ("events:write",))

    def calls(self, count: int) -> list[bytes]:
        return [
            orjson.dumps([event(next(self.people)) for _ in range(BATCH)])
            for _ in range(count // BATCH)
        ]

    def send(self, calls: list[bytes]) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        for body in calls:
            answer = self.client.post("/v1/events", data=body, headers=headers)
            assert answer.status_code == 202, answer.text


class Direct:
    """The rows that the service wrote, put in again without it. Indexes and keys stay in force."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url)
        set_json_dumps(orjson.dumps, self.connection)
        set_json_loads(orjson.loads, self.connection)

    def take(self) -> dict[str, tuple[str, list[tuple[Any, ...]]]]:
        """Read the rows that are there in the order of events, then remove them."""
        taken = {}
        for table in ALL_TABLES:
            order = "id" if table == "events" else "event_id"
            cursor = self.connection.execute(f"SELECT * FROM {table} ORDER BY {order}")
            columns = [column.name for column in cursor.description or ()]
            json = [
                at for at, column in enumerate(cursor.description or ()) if column.type_code == 3802
            ]
            rows = [
                tuple(psycopg.types.json.Jsonb(v) if at in json else v for at, v in enumerate(row))
                for row in cursor
            ]
            taken[table] = (", ".join(columns), rows)
        self.clear()
        return taken

    def clear(self) -> None:
        for table in reversed(ALL_TABLES):
            self.connection.execute(f"DELETE FROM {table}")
        self.connection.commit()

    def pause_others(self, beyond: int) -> None:
        """Leave so many of the rules that do not listen alive."""
        self.connection.execute(
            "UPDATE rules SET status = CASE WHEN substr(key, 7)::int < %s THEN 'live' "
            "ELSE 'paused' END WHERE key LIKE 'other-%%'",
            (beyond,),
        )
        self.connection.commit()

    def copy(self, taken: dict[str, Any], tables: tuple[str, ...], events: int) -> None:
        for parts in self._batches(taken, tables, events):
            for table, columns, rows in parts:
                with self.connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            self.connection.commit()

    def insert(self, taken: dict[str, Any], tables: tuple[str, ...], events: int) -> None:
        for parts in self._batches(taken, tables, events):
            for table, columns, rows in parts:
                marks = ", ".join(["%s"] * len(rows[0]))
                self.connection.cursor().executemany(
                    f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows
                )
            self.connection.commit()

    def _batches(self, taken: dict[str, Any], tables: tuple[str, ...], events: int) -> Any:
        for start in range(0, events, BATCH):
            parts = []
            for table in tables:
                columns, rows = taken[table]
                each = len(rows) // events
                parts.append((table, columns, rows[start * each : (start + BATCH) * each]))
            yield parts


def timed(work: Callable[[], None], events: int) -> tuple[float, float]:
    """Events a second, and milliseconds of this process' CPU for each event."""
    cpu, began = time.process_time(), time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    return events / seconds, (time.process_time() - cpu) / events * 1000


def compared(service: Service, direct: Direct, events: int, rounds: int) -> None:
    found: dict[str, list[tuple[float, float]]] = {}
    for at in range(rounds + 1):
        calls = service.calls(events)
        round_of = {"POST /v1/events": timed(lambda calls=calls: service.send(calls), events)}  # type: ignore[misc]
        rows = direct.take()
        for name, put, tables in (
            ("COPY of the event rows", direct.copy, EVENT_TABLE),
            ("COPY of all rows", direct.copy, ALL_TABLES),
            ("INSERT of the event rows", direct.insert, EVENT_TABLE),
            ("INSERT of all rows", direct.insert, ALL_TABLES),
        ):
            round_of[name] = timed(
                lambda put=put, tables=tables, rows=rows: put(rows, tables, events), events
            )  # type: ignore[misc]
            direct.clear()
        if at:  # the first round warms up
            for name, figures in round_of.items():
                found.setdefault(name, []).append(figures)
    medians = {
        name: tuple(statistics.median(column) for column in zip(*figures, strict=True))
        for name, figures in found.items()
    }
    mine = medians["POST /v1/events"][0]
    print(f"\n{'way':<28}{'events/s':>10}{'CPU ms/event':>14}{'service is':>12}")
    for name, (rate, cpu) in medians.items():
        print(f"{name:<28}{rate:>10.0f}{cpu:>14.3f}{mine / rate:>11.2f}×")


def by_rules(app: Flask, service: Service, direct: Direct, events: int, rounds: int) -> None:
    put_to_use(app, four_rules() + other_rules(996))
    figures: dict[int, list[tuple[float, float]]] = {10: [], 1_000: []}
    for at in range(rounds + 1):
        for count, found in figures.items():
            direct.pause_others(beyond=count - 4)
            calls = service.calls(events)
            figure = timed(lambda calls=calls: service.send(calls), events)  # type: ignore[misc]
            direct.clear()
            if at:
                found.append(figure)
    print(f"\n{'live rules':<28}{'events/s':>10}{'CPU ms/event':>14}")
    for count, found in figures.items():
        rate, cpu = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{count:<28}{rate:>10.0f}{cpu:>14.3f}")


def put_to_use(app: Flask, rules: list[dict[str, Any]]) -> None:
    with app.app_context():
        apply_surveys([survey()])
        apply_rules(rules)
        db.session.remove()


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--events", type=int, default=2_000, help="in each round and way")
    ask.add_argument("--rounds", type=int, default=7)
    ask.add_argument("--people", type=int, default=2_000, help="customers, known beforehand")
    chosen = ask.parse_args()
    url = os.environ["COLLECTOR_DATABASE_URL"]
    with tempfile.TemporaryDirectory() as home:
        migrated(url, Path(home))
        app = settings_app(url, Path(home))
        put_to_use(app, four_rules())
        service, direct = Service(app, chosen.people), Direct(url)
        service.send(service.calls(chosen.people))  # everybody is known from here on
        direct.clear()
        compared(service, direct, chosen.events, chosen.rounds)
        by_rules(app, service, direct, chosen.events, chosen.rounds)


def settings_app(url: str, home: Path) -> Flask:
    return create_app(settings_for(url, home), bell=lambda name: None)


if __name__ == "__main__":
    main()
