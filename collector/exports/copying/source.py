"""Where an export's rows come from: the running service's database, or the one that is set up.

`opened` needs neither the service nor an ORM: a driver's connection is all, so the command starts
at once. Each page is a transaction of its own, ended before the next: a slow reader of the output
keeps no old rows from being cleaned up. Used by `write.py`'s callers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

BUSY_SECONDS: Final = 20
_SQLITE: Final = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Source:
    """`reading` gives a driver's connection for one page; `address`: libpq's, for PostgreSQL."""

    postgres: bool
    reading: Callable[[], AbstractContextManager[Any]]
    address: str

    def last_number(self) -> int:
        """The newest number given so far; 0 for an empty feed."""
        with self.reading() as connection:
            return int(connection.execute("SELECT last_number FROM feed_head").fetchone()[0])


@contextmanager
def opened(database_url: str) -> Iterator[Source]:
    """The database of this address. Raises the driver's own errors (`drivers.py` tells them)."""
    if database_url.startswith("sqlite"):
        with _opened_sqlite(database_url) as source:
            yield source
        return
    import psycopg

    address = libpq(database_url)
    connection = psycopg.connect(address)
    try:

        @contextmanager
        def reading() -> Iterator[Any]:
            try:
                yield connection
            finally:
                if not connection.closed:
                    connection.rollback()

        yield Source(True, reading, address)
    finally:
        connection.close()


def of_app() -> Source:
    """The database of the running app, over its session's connection."""
    from collector.config import settings
    from collector.model.base import db, is_postgres

    @contextmanager
    def reading() -> Iterator[Any]:
        try:
            yield db.session.connection().connection.driver_connection
        finally:
            db.session.rollback()

    postgres = is_postgres()
    return Source(postgres, reading, libpq(settings().database_url) if postgres else "")


def libpq(database_url: str) -> str:
    """The address as PostgreSQL's own library reads it."""
    return "postgresql://" + database_url.partition("://")[2]


@contextmanager
def _opened_sqlite(database_url: str) -> Iterator[Source]:
    path = Path(unquote(database_url.removeprefix(_SQLITE).partition("?")[0]))
    if not path.is_file():  # looking must not make one
        raise sqlite3.OperationalError("no such table: feed_head")
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:

        @contextmanager
        def reading() -> Iterator[Any]:
            yield connection

        yield Source(False, reading, "")
    finally:
        connection.close()
