"""When the engine's state is written to its file, and when it is read from there.

One file a home, `integrity.snapshot`, for all workers of a machine. It is written after a commit,
never of what is not committed, by whoever is further than the file; and it is only ever a shortcut:
a file that is not this log's and this code's, whole and sealed, is taken away, and the log is read.
What is in it is what was in the log; once somebody took back what it knows, it goes.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy.orm import Session

from collector import keys, logs
from collector.config import settings
from collector.integrity.evidence.snapshot import of_log, sealed
from collector.integrity.evidence.snapshot.graph import Graph
from collector.integrity.evidence.snapshot.kinds import NotReadable
from collector.integrity.evidence.snapshot.rebuild import Rebuilding

PURPOSE = "integrity snapshot"
NIGHTLY = 1_000  # entries behind, after a night; fewer are read in half a second
AT_MOST_BEHIND = 20_000  # whatever the hour
SHARE = 50  # a worker spends no more than this part of its time on writing
log = structlog.get_logger()


@dataclass(slots=True)
class Pace:
    """When this process wrote last, and what was in the file then."""

    number: int = 0
    night: float | None = None
    at: float = 0.0
    took: float = 0.0

    def due(self, number: int, night: float | None) -> bool:
        behind = number - self.number
        if behind < NIGHTLY or (night == self.night and behind < AT_MOST_BEHIND):
            return False
        return time.monotonic() - self.at >= SHARE * self.took

    def wrote(self, number: int, night: float | None, began: float) -> None:
        self.number, self.night = number, night
        self.at = time.monotonic()
        self.took = self.at - began


def path() -> Path:
    """Where the file is."""
    return settings().home / "integrity.snapshot"


def restore(session: Session) -> object | None:
    """The state that is in the file; None, and no file, where there is none to go by."""
    where = path()
    try:
        said = sealed.head_of(where, _keys())
        wrong = of_log.fits(session, said)
        if not wrong:
            began = time.monotonic()
            with _undisturbed(), sealed.opened(where, _keys()) as (head, body, directory):
                if head != said:
                    raise NotReadable("another one meanwhile")
                found = Rebuilding(body, directory).root()
            log.info("snapshot_read", entries=said["number"],
                     seconds=round(time.monotonic() - began, 1))  # fmt: skip
            return found
    except FileNotFoundError:
        return None
    except NotReadable as error:
        wrong = f"damaged: {error}"
    except Exception as error:  # the log says the same, and is there
        logs.failure("snapshot_unreadable", error)
        wrong = "unreadable"
    log.warning("snapshot_ignored", why=wrong)
    sealed.remove(where)
    return None


def save(session: Session, state: Any, pace: Pace) -> None:
    """Write the state, if it is due and nobody else's is newer. Never raises for a full disk."""
    number, night = state.number, state.engine.night
    if not pace.due(number, night):
        return
    began = time.monotonic()
    try:
        written = _write(session, state, number, night)
    except Exception as error:
        logs.failure("snapshot_failed", error)
        written = False
    finally:
        session.rollback()
    pace.wrote(number, night, began)
    if written:
        size = path().stat().st_size if path().exists() else 0
        log.info("snapshot_written", entries=number, bytes=size, seconds=round(pace.took, 1))


def forget(first: int) -> None:
    """An entry with this number is taken back: a file that knows it goes."""
    where = path()
    try:
        if sealed.head_of(where, _keys())["number"] < first:
            return
    except FileNotFoundError:
        pass
    except (NotReadable, OSError, ValueError, KeyError):
        log.warning("snapshot_ignored", why="unreadable")
    sealed.remove(where)


def described() -> tuple[int, int, float] | None:
    """Entries in the file, its bytes, and when it was written; None where there is none."""
    try:
        head, stat = sealed.head_of(path(), _keys()), path().stat()
    except (OSError, NotReadable, ValueError):
        return None
    return int(head["number"]), stat.st_size, stat.st_mtime


def _write(session: Session, state: Any, number: int, night: float | None) -> bool:
    head = of_log.head(session, number, night, state.erased)
    session.rollback()
    if head is None or _further(session, number):
        return False
    with _undisturbed():
        return sealed.write(path(), _keys()[-1], head, lambda out: Graph(out).directory(state))


def _further(session: Session, number: int) -> bool:
    """Is the file's state newer, and of use?"""
    try:
        said = sealed.head_of(path(), _keys())
    except (OSError, NotReadable, ValueError):
        return False
    return bool(said["number"] >= number and not of_log.fits(session, said))


def _keys() -> Sequence[bytes]:
    return keys.derived(PURPOSE)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without the collector of garbage, which would walk over millions of things many times."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
