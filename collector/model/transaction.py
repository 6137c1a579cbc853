"""`@transaction` on a verb: run it again where the database let another transaction win.

A verb is a function that opens one unit of work, and that may be run again from its beginning
because nothing of a unit that failed is left. PostgreSQL gives up on one of two transactions that
wait for each other or that cannot be put in a row, and SQLite on whoever waits too long for the
writer: who lost had written nothing, so the whole verb is run again, a few times and not at once.
Locks are taken in one order (`locks.py`), so this is rare.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import wraps
from time import monotonic, sleep
from typing import Final, ParamSpec, TypeVar

import structlog
from sqlalchemy.exc import DBAPIError

from collector.model.sql import faults

TRIES: Final = 5
PAUSE: Final = 0.01  # seconds, at most, before the second try; twice as long before each further
PATIENCE: Final = 30.0  # seconds after which nothing is begun again: somebody waits for an answer

Args = ParamSpec("Args")
Result = TypeVar("Result")
log = structlog.get_logger()


def transaction(verb: Callable[Args, Result]) -> Callable[Args, Result]:
    """Run the verb up to five times. Raises what it raises for everything but such a clash, and
    the clash itself where it lasts."""

    @wraps(verb)
    def run(*args: Args.args, **kwargs: Args.kwargs) -> Result:
        began, left = monotonic(), TRIES
        while True:
            left -= 1
            try:
                return verb(*args, **kwargs)
            except DBAPIError as error:
                if not (left and faults.clashed(error) and monotonic() - began < PATIENCE):
                    raise
                state = faults.sqlstate(error)
            name = f"{verb.__module__}.{verb.__qualname__}"
            log.warning("transaction_retried", verb=name, sqlstate=state, left=left)
            # Not all at the same time, or they would meet again.
            sleep(random.uniform(0, PAUSE * 2 ** (TRIES - 1 - left)))  # noqa: S311

    return run
