"""Ids shown outside: prefixed, time-ordered, 128 bits. Imported by tables and verbs.

`new_id` is a UUIDv7. `derived_id` is for rows that have a natural key: the same input gives the
same id, so writing it twice cannot make two, and a replay of the same week gives the same export.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from uuid_utils.compat import uuid7

from collector import clock, keys

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, lower case
PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
LOW = (1 << 70) - 1
HIGH_SHIFTS, LOW_SHIFTS = range(50, -1, -10), range(60, -1, -10)


def new_id(prefix: str) -> str:
    """A fresh id such as `per_01j…`, sorted by creation time."""
    return f"{prefix}_{_base32(uuid7().int)}"


def derived_id(prefix: str, at: datetime, *natural_key: str) -> str:
    """The id of the row with this natural key: 48 bits of time, 80 bits of keyed digest."""
    millis = _millis(at)
    digest = int.from_bytes(keys.natural_digest(prefix, *natural_key)[:10], "big")
    return f"{prefix}_{_base32(millis << 80 | digest)}"


@lru_cache(maxsize=1_000)
def _millis(at: datetime) -> int:
    """One event is the origin of several ids."""
    return int(clock.aware(at).timestamp() * 1000) & ((1 << 48) - 1)


def _base32(number: int) -> str:
    high, low = number >> 70, number & LOW  # two halves that are worked on faster than the whole
    return "".join(
        [PAIRS[high >> shift & 1023] for shift in HIGH_SHIFTS]
        + [PAIRS[low >> shift & 1023] for shift in LOW_SHIFTS]
    )
