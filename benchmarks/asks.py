"""A database full of asks for the benchmarks of sending and of the stages; what work on it costs.

`fill` writes one ask and as many copies of it as are wanted, straight into the tables. `Cost` is
what a piece of work took: time, CPU of this process and of the database's own, statements.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from sqlalchemy import Engine, event

from collector import clock
from collector.model.base import db, unit_of_work
from tests import factories

TICKS = os.sysconf("SC_CLK_TCK")
# Each table of an ask, and what of a copy is its own: $n is the copy's number.
COPIED = {
    "people": {"id": "'per_' || n", "ref": "'c-' || n"},
    "contact_points": {
        "id": "'con_' || channel || n",
        "person_id": "'per_' || n",
        "address": "CASE channel WHEN 'sms' THEN '+1415' || (2000000 + n) "
        "ELSE 'c' || n || '@example.com' END",
    },
    "events": {
        "id": "'evt_' || n", "event_id": "'o-' || n", "person_id": "'per_' || n",
        "digest": "'d' || n",
    },
    "decisions": {"id": "'dec_' || n", "event_id": "'evt_' || n", "person_id": "'per_' || n"},
    "invitations": {
        "id": "'inv_' || n", "decision_id": "'dec_' || n", "event_id": "'evt_' || n",
        "person_id": "'per_' || n", "token_id": "'a' || lpad(to_hex(n), 15, '0')",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one piece of work over `items`; the figures are for each of them, in milliseconds."""

    items: int
    seconds: float
    cpu: float
    server: float
    statements: float

    @property
    def rate(self) -> float:
        return self.items / self.seconds


def fill(app: Flask, url: str, count: int, **changes: Any) -> None:
    """Write so many waiting asks, each of a person of its own, due now."""
    with app.app_context(), unit_of_work() as work:
        now = clock.now()
        quiet = f"{(now.hour + 12) % 24:02}:00-{(now.hour + 13) % 24:02}:00"  # asked about, not now
        definition = {"quiet_hours": dict.fromkeys(("sms", "email", "webhook"), quiet)}
        factories.invitation(
            work.session,
            due_at=now, created_at=now, lapses_at=now.replace(year=now.year + 1),
            rule_definition=definition, **changes,
        )  # fmt: skip
        work.commit()
        db.session.remove()
    with psycopg.connect(url) as server:
        for table, own in COPIED.items():
            columns = [
                row[0]
                for row in server.execute(
                    "SELECT column_name FROM information_schema.columns WHERE table_name = %s",
                    (table,),
                )
            ]
            wanted = ", ".join(own.get(name, name) for name in columns)
            server.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) "
                f"SELECT {wanted} FROM {table}, generate_series(1, {count - 1}) AS n"
            )
        server.commit()
    tidy(url)


def tidy(url: str) -> None:
    """What earlier rounds left behind is not to slow the next one down."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("VACUUM ANALYZE")


class Meter:
    """Counts the statements of an app's engine, and reads who used the processors."""

    def __init__(self, engine: Engine, url: str) -> None:
        self.statements = 0
        self._server = psycopg.connect(url, autocommit=True)
        event.listen(engine, "before_cursor_execute", self._count)

    def _count(self, *_: object, **__: object) -> None:
        self.statements += 1

    def measure(self, work: Callable[[], int]) -> Cost:
        """`work` returns how many items it dealt with."""
        said, before, cpu = self.statements, self._of_server(), time.process_time()
        began = time.perf_counter()
        items = work()
        seconds = time.perf_counter() - began
        cpu, after = time.process_time() - cpu, self._of_server()
        server = sum(used - before.get(pid, 0.0) for pid, used in after.items())
        each = 1000 / items
        return Cost(
            items, seconds, cpu * each, server * each, (self.statements - said) / items
        )  # fmt: skip

    def _of_server(self) -> dict[int, float]:
        """Seconds of CPU that each of the database's processes has used, where they run here."""
        backends = self._server.execute("SELECT pid FROM pg_stat_activity").fetchall()
        return {pid: _seconds(pid) for (pid,) in backends}


def _seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS
