"""A reader that waits for what comes next: it holds a thread, and nothing of the database.

Each look is a short reading that ends before the next pause, so however many wait, the pool of
connections stays free, and no old rows are kept from being cleaned up. A process has few threads,
so only `MOST` of them wait; further readers are told when to come back. Used by `responses.py`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from flask import current_app

from collector.errors import TooMany
from collector.exports.page_span import PageSpan

MOST: Final = 2  # of a process' eight threads (`commands/operating/serve.py`)
PAUSE: Final = 0.5  # seconds between two looks
_KEPT: Final = "collector.waiting_readers"


class EnoughWait(TooMany):
    """Every place to wait is taken."""

    seconds = 10


def waited(look: Callable[[], PageSpan], seconds: int) -> PageSpan:
    """The first page with something on it, or the empty one once `seconds` are over.

    Raises EnoughWait where it would have to wait and `MOST` readers do already.
    """
    span = look()
    if not span.empty or not seconds:
        return span
    places = current_app.extensions.setdefault(_KEPT, threading.BoundedSemaphore(MOST))
    if not places.acquire(blocking=False):
        raise EnoughWait(
            f"{MOST} readers wait at this process already; ask again in {EnoughWait.seconds} s, or "
            "without `wait`.",
            code="too_many_waiting", pointer="/wait",
        )  # fmt: skip
    try:
        over = time.monotonic() + seconds
        while span.empty and (left := over - time.monotonic()) > 0:
            time.sleep(min(PAUSE, left))
            span = look()
        return span
    finally:
        places.release()
