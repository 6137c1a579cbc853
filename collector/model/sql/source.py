"""A driver's own connection to read from: the running service's, or to the database that is set up.

For whoever wants rows and nothing of an ORM: exports, and commands that look one table up. `opened`
needs no service either, so such a command starts at once. Each `reading` is a transaction of its
own, ended before the next: a slow reader keeps no old rows from being cleaned up. Errors are the
driver's (`drivers.py`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

BUSY_SECONDS: Final = 20  # as long as the service itself waits (`../base.py`)
_SQLITE: Final = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Source:
    """`reading` gives a driver's connection for one look; `address`: libpq's, for PostgreSQL."""

    postgres: bool
    reading: Callable[[], AbstractContextManager[Any]]
    address: str


@contextmanager
def opened(database_url: str) -> Iterator[Source]:
    """The database of this address. Raises the driver's own errors."""
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
        raise sqlite3.OperationalError("no such table, for there is no file")
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:

        @contextmanager
        def reading() -> Iterator[Any]:
            yield connection

        yield Source(False, reading, "")
    finally:
        connection.close()
