"""Runs a verb of this stage: again after a deadlock, and a clash of keys is said in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from collector.errors import Conflict
from collector.model.retry import retried

Result = TypeVar("Result")


def once(run: Callable[[], Result]) -> Result:
    """`run()`. Raises Conflict where somebody else wrote the same at the same moment."""
    try:
        return retried(run)
    except IntegrityError:
        raise Conflict(
            "Somebody wrote the same at this very moment; look again before you repeat it."
        ) from None
