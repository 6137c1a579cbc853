"""Runs a transaction again when PostgreSQL chose it as the victim of a deadlock.

Locks are taken in sorted order, so this should never be needed; where it is, nothing was written
and the second try finds the way free. Used by the verbs of this stage.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import OperationalError

TRIES = 4
# serialization_failure and deadlock_detected (PostgreSQL manual, appendix A).
AGAIN = ("40001", "40P01")

Result = TypeVar("Result")
log = structlog.get_logger()


def retried(run: Callable[[], Result]) -> Result:
    """`run()`, up to four times. Raises what it raises for everything that is not such a clash."""
    for left in reversed(range(TRIES)):
        try:
            return run()
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", "") not in AGAIN or not left:
                raise
            log.warning("transaction_retried", left=left)
    raise AssertionError("unreachable: the last try returned or raised")
