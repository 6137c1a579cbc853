"""How often a page may call: per person and per site, never per network address.

A whole office may sit behind one address, so addresses say nothing. A call is charged only once its
identity is verified, to the person first: nobody without a signed identity can use up a site's
allowance, and nobody with one more than their own. Kept in the memory of each process, so that the
common call stays one query; N processes allow N times as much. Used by `calls.py`.
"""

from __future__ import annotations

import hashlib
import math
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final, cast

from flask import current_app

from collector import clock
from collector.errors import TooMany

KEPT = "collector.widget_rates"
MOST_BUCKETS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Limit:
    """`burst` calls at once, and `per_second` more as time goes by."""

    burst: float
    per_second: float


PERSON: Final = Limit(60, 1)
SITE: Final = Limit(5_000, 500)


@dataclass(slots=True)
class Bucket:
    """Calls left, as of `at` (seconds)."""

    left: float
    at: float


class Buckets:
    """Token buckets by name; the one that was used longest ago makes room for a new one.

    One for all threads of the process: a call is taken whole, or the last one is given out twice.
    """

    def __init__(self, most: int = MOST_BUCKETS) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, Bucket] = OrderedDict()

    def take(self, name: bytes, limit: Limit, now: float) -> float:
        """Take one call. 0 if it was there, otherwise how many seconds until it will be."""
        with self._lock:
            return self._take(name, limit, now)

    def _take(self, name: bytes, limit: Limit, now: float) -> float:
        bucket = self._kept.get(name)
        if bucket is None:
            while len(self._kept) >= self._most:
                self._kept.popitem(last=False)
            bucket = self._kept[name] = Bucket(limit.burst, now)
        else:
            gone = max(0.0, now - bucket.at)  # a clock that is set back refills nothing
            bucket.left = min(limit.burst, bucket.left + gone * limit.per_second)
            bucket.at = now
            self._kept.move_to_end(name)
        if bucket.left >= 1:
            bucket.left -= 1
            return 0.0
        return (1 - bucket.left) / limit.per_second


class SlowDown(TooMany):
    """`seconds` goes into Retry-After."""

    def __init__(self, seconds: int, whose: str) -> None:
        super().__init__(f"too many calls for {whose}; come back in {seconds} s", code="too_many")
        self.seconds = seconds


def charge(public_key: str, ref: str) -> None:
    """One call of this person on this site. Raises SlowDown when there is none left."""
    buckets = cast(Buckets, current_app.extensions.setdefault(KEPT, Buckets()))
    now = clock.now().timestamp()
    person = hashlib.blake2b(f"{public_key}\x1e{ref}".encode(), digest_size=16).digest()
    if wait := buckets.take(person, PERSON, now):
        raise SlowDown(math.ceil(wait), "one person")
    if wait := buckets.take(public_key.encode(), SITE, now):
        raise SlowDown(math.ceil(wait), "one site")
