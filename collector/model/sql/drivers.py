"""Errors of the drivers themselves, for `faults.py`, which knows them as SQLAlchemy hands them on.

For whoever reads over a driver's connection without SQLAlchemy. Knows a driver only if it is
loaded: an error of another one cannot have come.
"""

from __future__ import annotations

import sys

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import OperationalError as Operational

_DRIVERS = ("psycopg", "sqlite3", "adbc_driver_manager")


def wrapped(error: BaseException) -> SQLAlchemyError | None:
    """The error as SQLAlchemy would raise it; None if no database is behind it."""
    if isinstance(error, SQLAlchemyError):
        return error
    for name in _DRIVERS:
        of_driver = getattr(sys.modules.get(name), "Error", None)
        if of_driver is not None and isinstance(error, of_driver):
            kind = Operational if type(error).__name__ == "OperationalError" else DBAPIError
            return kind(None, None, error, hide_parameters=True)
    return None
