"""Reads the files of an export into SQLite files, one each: of a large export several at a time, in
processes of their own. Which process read a file makes no difference to what is in it.

`scratch.py` joins them.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from multiprocessing import active_children, connection, get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any, Final

from collector.integrity.audit import reading
from collector.integrity.audit.judging.apart import ended
from collector.integrity.audit.understanding import Understood

BATCH = 5000
CACHE = -8192  # kB of each file in memory; the rest is the system's to keep
# Starting a process costs a second, in which ten megabytes are read.
APART_FROM = 50_000_000  # bytes
LOOK_EVERY = 0.25
CLEARED_WITHIN = 10.0  # seconds
PRAGMAS = f"""
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE; PRAGMA cache_size={CACHE};
"""


@dataclass(frozen=True, slots=True)
class Table:
    """How a file is kept, and how many columns a row has."""

    width: int
    schema: str
    indexes: str = ""


TABLES: Final[Mapping[str, Table]] = {
    "events": Table(10, """CREATE TABLE events(id PRIMARY KEY, occurred, agent, worker, team, store,
      customer, on_file, reason, seconds) WITHOUT ROWID""",
      "CREATE INDEX by_customer ON events(customer, occurred)"),
    "invitations": Table(10, """CREATE TABLE invitations(id PRIMARY KEY, event, held, sent, channel,
      contact, agent, team, store, delay) WITHOUT ROWID""",
      "CREATE INDEX by_asked ON invitations(event)"),
    "responses": Table(21, """CREATE TABLE responses(id PRIMARY KEY, invitation, agent, team, store,
      metric, low, high, score, channel, opened, answered, ip, net, device, client, comment, locale,
      supersedes, number, judged) WITHOUT ROWID""",
      """CREATE INDEX by_invitation ON responses(invitation);
      CREATE INDEX by_time ON responses(number, answered, id)"""),
    "signals": Table(7, "CREATE TABLE signals(event, agent, kind, value, at, tags, number)",
      "CREATE INDEX by_event ON signals(event)"),
    "roster": Table(3, """CREATE TABLE roster(agent PRIMARY KEY, team, store) WITHOUT ROWID;
      CREATE TABLE staff(contact PRIMARY KEY) WITHOUT ROWID"""),
}  # fmt: skip
Progress = Callable[[str, int], None]
# In a process that reads for another: how many bytes of each file were read, for whoever waits.
_told: Any = None


def place(folder: Path, name: str) -> Path:
    """Where a file's table is."""
    return folder / f"{name}.db"


def load(
    folder: Path, files: Mapping[str, Understood], notes: reading.Notes, progress: Progress,
    processes: int,
) -> None:  # fmt: skip
    """Read every file in, and what was read and what was not into `notes`."""
    whole = sum(known.path.stat().st_size for known in files.values())
    if processes < 2 or len(files) < 2 or whole < APART_FROM:
        found = {
            name: _one(place(folder, name), known, partial(progress, name))
            for name, known in files.items()
        }  # fmt: skip
    else:
        found = _apart(folder, files, progress, processes)
    for name in files:  # in one order, whichever was read first
        notes.add(found[name])


def _apart(
    folder: Path, files: Mapping[str, Understood], progress: Progress, processes: int
) -> dict[str, reading.Notes]:
    """The same in processes of their own, the largest first."""
    others = set(active_children())
    context = get_context("spawn")  # rather than forked: the caller may have threads
    done = context.Array("q", len(files), lock=False)
    names = sorted(files, key=lambda name: -files[name].path.stat().st_size)
    with ProcessPoolExecutor(processes, context, _begin, (done,)) as pool:
        waiting = {
            name: pool.submit(_in_process, place(folder, name), files[name], number)
            for number, name in enumerate(names)
        }  # fmt: skip
        try:
            left = set(waiting.values())
            while left:
                over, left = wait(left, LOOK_EVERY, "FIRST_COMPLETED")
                for future in over:
                    future.result()
                for number, name in enumerate(names):
                    if done[number]:
                        progress(name, done[number])
        except BaseException as error:
            for child in set(active_children()) - others:
                child.terminate()
            pool.shutdown(cancel_futures=True)
            if isinstance(error, BrokenProcessPool):
                raise ended() from error
            raise
        return {name: future.result() for name, future in waiting.items()}


def end_with_parent() -> None:
    """In a process that works for another: end once that one is gone, however it ended."""
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    connection.wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)  # who has something to clear away does it now
    time.sleep(CLEARED_WITHIN)
    os._exit(1)


def _begin(told: Any) -> None:
    global _told
    _told = told
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts tells the other, which ends this
    end_with_parent()


def _in_process(path: Path, known: Understood, number: int) -> reading.Notes:
    def progress(done: int) -> None:
        _told[number] = done

    return _one(path, known, progress)


def _one(path: Path, known: Understood, progress: Callable[[int], None]) -> reading.Notes:
    """Read one file into a table of its own. A second line with the same id is left out."""
    name, notes = known.file, reading.Notes()
    table = TABLES[name]
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(PRAGMAS + table.schema)
        db.execute("BEGIN")
        rows: Iterable[tuple[Any, ...]] = reading.rows(known, notes, progress)
        if name == "roster":
            rows = _staff(db, rows)
        marks = ",".join("?" * table.width)
        statement = f"INSERT OR IGNORE INTO {name} VALUES ({marks})"  # noqa: S608  # fixed names
        before = db.total_changes
        _many(db, statement, rows)
        if name != "roster":
            notes.repeated(name, known.path, notes.read[name] - db.total_changes + before)
        db.execute("COMMIT")
        db.executescript(table.indexes)
    return notes


def _staff(db: sqlite3.Connection, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for agent, team, store, contacts in rows:
        for contact in contacts:
            db.execute("INSERT OR IGNORE INTO staff VALUES (?)", (contact,))
        yield agent, team, store


def _many(db: sqlite3.Connection, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    batch: list[tuple[Any, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= BATCH:
            db.executemany(statement, batch)
            batch.clear()
    db.executemany(statement, batch)
