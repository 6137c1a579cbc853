"""What a database's error means for whoever got it: run again, come back later, or a mistake.

Decided by SQLSTATE on PostgreSQL (its manual, appendix A) and by the result code on SQLite
(https://sqlite.org/rescode.html), never by the class alone: drivers file a renamed column and a
lost connection under the same one. Pure. Next: `transaction.py`.
"""

from __future__ import annotations

import sqlite3
from typing import Any, Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

SERIALIZATION, DEADLOCK, UNIQUE = "40001", "40P01", "23505"
NO_TABLE: Final = "42P01"
# Connection exceptions, insufficient resources, and an operator's intervention.
GONE: Final = ("08", "53", "57P0")
SCHEMA: Final = ("42", "3F")  # a table, a column or a right that is not as the code believes
TAKEN: Final = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
UNREACHABLE: Final = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)


def sqlstate(error: BaseException) -> str:
    """The SQLSTATE that PostgreSQL gave, '' where there is none."""
    return str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")


def clashed(error: BaseException) -> bool:
    """Did another transaction come in between? Nothing was written; the same may work now.

    A key that somebody else has just taken counts too: whoever looks again finds it.
    """
    if sqlstate(error) in (SERIALIZATION, DEADLOCK, UNIQUE):
        return True
    return _code(error) & 0xFF in BUSY or _code(error) in TAKEN


def away(error: BaseException) -> bool:
    """Is the database out of reach or out of room, so that the same may work later?"""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = sqlstate(error)
    if error.connection_invalidated or state.startswith(GONE):
        return True
    if state in (SERIALIZATION, DEADLOCK):  # after all the tries
        return True
    if _code(error):
        return _code(error) & 0xFF in (*BUSY, *UNREACHABLE)
    # libpq's own: it never reached a server that could have said a SQLSTATE.
    at_fault: Any = error.orig
    return not state and type(at_fault).__name__ == "OperationalError" and not _ours(at_fault)


def of_schema(error: BaseException) -> bool:
    """Do the tables lack something that the code needs? No row is to blame for that."""
    return sqlstate(error).startswith(SCHEMA) or _says(error, "no such ", "has no column")


def no_tables(error: BaseException) -> bool:
    """Is a table missing, as before the first migration?"""
    return sqlstate(error) == NO_TABLE or _says(error, "no such table")


def _says(error: BaseException, *words: str) -> bool:
    # SQLite has one code for everything that is wrong with a statement.
    at_fault = getattr(error, "orig", None)
    return _ours(at_fault) and any(one in str(at_fault) for one in words)


def _ours(at_fault: object) -> bool:
    return isinstance(at_fault, sqlite3.Error)


def _code(error: BaseException) -> int:
    """SQLite's extended result code, 0 where there is none."""
    return int(getattr(getattr(error, "orig", None), "sqlite_errorcode", None) or 0)
