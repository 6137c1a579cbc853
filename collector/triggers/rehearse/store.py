"""The asks that a dry run gives, kept in a file of its own that goes away with it.

A run over a million events gives hundreds of thousands of asks: in memory they would grow with the
window, here a page of people is loaded at a time. Never touches the service's database. Used by
`run.py`; `past.py` says what an ask is.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from collector.triggers.rehearse.past import RecordedInvitation

MOST_VARIABLES = 500
MOMENTS = ("at", "decided_at", "lapses_at", "sent_at", "closed_at", "answered_at")


class Store:
    """Asks by world (with the draft, without it) and person."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._fresh: list[tuple[str, str, str, bytes]] = []
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")  # one transaction, never committed: nobody reads it afterwards
        connection.execute("CREATE TABLE asks (world, person, event, body, "
                           "PRIMARY KEY (person, world, event)) WITHOUT ROWID")  # fmt: skip

    def load(self, world: str, people: Iterable[str]) -> dict[str, list[RecordedInvitation]]:
        """The asks given so far to these people, by person."""
        self._write()
        wanted = sorted(people)
        found: dict[str, list[RecordedInvitation]] = {one: [] for one in wanted}
        for start in range(0, len(wanted), MOST_VARIABLES):
            some = wanted[start : start + MOST_VARIABLES]
            marks = ",".join("?" * len(some))
            rows = self._connection.execute(
                f"SELECT body FROM asks WHERE world = ? AND person IN ({marks})",  # noqa: S608
                (world, *some),
            )
            for (body,) in rows:
                ask = _read(orjson.loads(body))
                found[ask.person_id].append(ask)
        return found

    def keep(self, world: str, ask: RecordedInvitation) -> None:
        """Add an ask, or replace the one of the same event."""
        self._fresh.append((world, ask.person_id, ask.event_id, _body(ask)))

    def _write(self) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO asks VALUES (?, ?, ?, ?)", self._fresh)
        self._fresh.clear()


@contextmanager
def temporary() -> Iterator[Store]:
    """A store that is gone after the block, whatever happens in it."""
    with tempfile.TemporaryDirectory(prefix="collector-rehearsal-") as folder:
        connection = sqlite3.connect(Path(folder, "asks.db"), isolation_level=None)
        try:
            yield Store(connection)
        finally:
            connection.close()


def _body(ask: RecordedInvitation) -> bytes:
    return orjson.dumps({name: getattr(ask, name) for name in RecordedInvitation.__slots__})


def _read(body: dict[str, Any]) -> RecordedInvitation:
    for name in MOMENTS:
        if body[name] is not None:
            body[name] = datetime.fromisoformat(body[name])
    body["channels"] = tuple(body["channels"])
    return RecordedInvitation(**body)
