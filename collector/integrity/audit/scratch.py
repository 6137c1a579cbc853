"""Joins an export's files on disk, so that memory does not grow with them. Temporary SQLite files.

`Scratch` has the files loaded (`loading.py`), then streams cases (answers with all around them),
exposures and listened calls in the order of time, and holds verdicts until all are there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from collector.integrity.audit import loading, reading
from collector.integrity.audit.understanding import Understood
from collector.integrity.engine.engine import AGES
from collector.integrity.engine.records import Case, Exposure, Signal, case_of

MEMORY = ":memory:"
HORIZON = (AGES[-1] + 1) * 86400.0
_SIGNALS = """(SELECT json_group_array(json_array(kind, value, at, json(tags))) FROM signals s
  WHERE s.event = {event})"""
CASES = f"""
SELECT r.*, i.event, i.contact, i.sent, e.customer, e.on_file, e.occurred, e.seconds, e.reason,
  COALESCE(e.worker, e.agent, i.agent, r.agent), w.team, w.store, r.channel IS NULL, i.channel,
  EXISTS(SELECT 1 FROM staff WHERE contact = i.contact),
  (SELECT count(*) FROM events x WHERE x.customer = e.customer AND x.occurred <= r.answered),
  (SELECT count(*) FROM events x WHERE x.customer = e.customer AND x.occurred <= r.answered +
  {HORIZON}), {_SIGNALS.format(event="i.event")}
FROM responses r LEFT JOIN invitations i ON i.id = r.invitation
  LEFT JOIN events e ON e.id = i.event
  LEFT JOIN roster w ON w.agent = COALESCE(e.worker, e.agent, i.agent, r.agent)
ORDER BY r.number, r.answered, r.id
"""  # noqa: S608  # fixed text and a fixed number
EXPOSURES = f"""
SELECT COALESCE(i.agent, e.agent), COALESCE(e.worker, e.agent, i.agent),
  COALESCE(w.team, i.team, e.team), COALESCE(w.store, i.store, e.store), i.held,
  COALESCE(i.delay, i.sent - e.occurred), i.channel, e.reason,
  EXISTS(SELECT 1 FROM responses r WHERE r.invitation = i.id), {_SIGNALS.format(event="i.event")}
FROM invitations i LEFT JOIN events e ON e.id = i.event
  LEFT JOIN roster w ON w.agent = COALESCE(e.worker, e.agent, i.agent)
ORDER BY i.id
"""  # noqa: S608  # fixed text
DELAYS = """
SELECT channel, delay FROM (SELECT i.channel, COALESCE(i.delay, i.sent - e.occurred) AS delay
  FROM invitations i LEFT JOIN events e ON e.id = i.event WHERE i.held IS NULL)
WHERE delay IS NOT NULL
"""
CALLS = """
SELECT COALESCE(s.agent, e.worker, e.agent), s.value, s.at, COALESCE(s.number, 1) FROM signals s
  LEFT JOIN events e ON e.id = s.event
WHERE s.kind = 'qa' AND s.at IS NOT NULL AND s.value IS NOT NULL
ORDER BY s.at, s.number, 1, 2
"""


# Signals of a case that no other file knows: they are evidence about nothing.
ASTRAY = """
SELECT kind, count(*) FROM signals s WHERE event IS NOT NULL
  AND NOT EXISTS(SELECT 1 FROM events e WHERE e.id = s.event)
  AND NOT EXISTS(SELECT 1 FROM invitations i WHERE i.event = s.event)
  AND (kind != 'qa' OR agent IS NULL)
GROUP BY kind ORDER BY kind
"""


class Scratch:
    """One audit's working file in `folder`; remove the folder when done."""

    def __init__(self, folder: Path, place: str = "scratch.db") -> None:
        self.folder = folder
        self.names: tuple[str, ...] = ()
        self.db = sqlite3.connect(
            place if place == MEMORY else folder / place, isolation_level=None
        )
        self.db.executescript(loading.PRAGMAS)

    def load(
        self, files: Mapping[str, Understood], notes: reading.Notes,
        progress: Callable[[str, int], None], processes: int = 1,
    ) -> None:  # fmt: skip
        """Read every file in. A second line with the same id is noted and left out."""
        loading.load(self.folder, files, notes, progress, processes)
        self._attach(tuple(files))
        notes.astray = dict(self.db.execute(ASTRAY).fetchall()) if len(files) > 1 else {}

    def reader(self) -> Scratch:
        """The same files for a forked process, which must not use this one's connection."""
        other = Scratch(self.folder, MEMORY)
        other._attach(self.names)
        return other

    def _attach(self, names: tuple[str, ...]) -> None:
        self.names = names
        for name in loading.TABLES:
            if name in names:
                self.db.execute(f"ATTACH ? AS of_{name}", (str(loading.place(self.folder, name)),))
                self.db.execute(f"PRAGMA of_{name}.cache_size={loading.CACHE}")
            else:
                self.db.executescript(loading.TABLES[name].schema)

    def period(self) -> tuple[float, float] | None:
        """The times of the first and the last answer; None without answers."""
        first, last = self.db.execute(
            "SELECT min(answered), max(answered) FROM responses"
        ).fetchone()
        return None if first is None else (first, last)

    def examples(self, count: int) -> list[tuple[Any, ...]]:
        """The first answers: id, time, score, metric, agent, and whether there is a comment."""
        return self.db.execute(
            "SELECT id, answered, score, metric, agent, comment IS NOT NULL FROM responses "
            "ORDER BY answered, id LIMIT ?", (count,),
        ).fetchall()  # fmt: skip

    def cases(self) -> Iterator[Case]:
        """Every answer with all around it, in the order of time."""
        for row in self.db.execute(CASES):
            yield _case(row)

    def exposures(self) -> Iterator[Exposure]:
        """Every invitation, sent or held back."""
        for row in self.db.execute(EXPOSURES):
            signals = _signals(row[9])
            yield Exposure(
                agent=row[0] or "", worker=row[1] or "", team=row[2] or "", store=row[3] or "",
                held=row[4], delay=row[5], channel=row[6], answered=bool(row[8]), signals=signals,
                troubled=row[7] == "complaint"
                or any(s.kind in ("complaint", "refund", "repeat_contact") for s in signals),
            )  # fmt: skip

    def delays(self) -> Iterator[tuple[str | None, float]]:
        """Channel and delay of every invitation that was sent, where it is known."""
        yield from self.db.execute(DELAYS)

    def calls(self) -> Iterator[tuple[int, str, Signal]]:
        """Scores of listened calls, by time: place in the log (else 1), whose call, the score."""
        for agent, value, at, number in self.db.execute(CALLS):
            yield int(number), agent or "", Signal("qa", value, at)


def _signals(text: str) -> tuple[Signal, ...]:
    if text == "[]":
        return ()
    return tuple(
        Signal(kind, value, at if at is not None else 0.0, tuple(tags))
        for kind, value, at, tags in orjson.loads(text)
    )


def _case(row: tuple[Any, ...]) -> Case:
    signals = _signals(row[37])
    if row[20] is not None:
        return case_of(row[0], row[1], signals, orjson.loads(row[20]))
    return Case(
        id=row[0], invitation=row[1], agent=row[2] or row[29] or "", metric=row[5], low=row[6],
        high=row[7], score=row[8], channel=row[9] or row[33], opened=row[10], answered=row[11],
        ip=row[12], net=row[13], device=row[14], client=row[15], comment=row[16], locale=row[17],
        supersedes=row[18], event=row[21], contact=row[22], sent=row[23], customer=row[24],
        on_file=row[25], occurred=row[26], seconds=row[27], reason=row[28],
        worker=row[29] or row[2] or "", team=row[30] or row[3] or "",
        store=row[31] or row[4] or "", staff_contact=bool(row[34]),
        cases_then=row[35] or None, cases_later=row[36] or None, signals=signals,
    )  # fmt: skip
