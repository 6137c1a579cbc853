"""Ids shown outside: prefixed, time-ordered, 128 bits. Imported by tables and verbs.

`new_id` is a UUIDv7. `derived_id` is for rows that have a natural key: the same input gives the
same id, so writing it twice cannot make two, and a replay of the same week gives the same export.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from uuid_utils.compat import uuid7

from collector import clock, keys

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, lower case
PAIRS = [first + second for first in ALPHABET for second in ALPHABET]


def new_id(prefix: str) -> str:
    """A fresh id such as `per_01j…`, sorted by creation time."""
    number = uuid7().int
    digest = (number & ((1 << 80) - 1)).to_bytes(10, "big")
    return f"{prefix}_{_first(number >> 80)}{_last(digest)}"


def derived_id(prefix: str, at: datetime, *natural_key: str) -> str:
    """The id of the row with this natural key: 48 bits of time, 80 bits of keyed digest."""
    return deriving()(prefix, at, *natural_key)


def deriving() -> Callable[..., str]:
    """`derived_id` for a batch: the key is looked up once."""
    key = keys.natural_key()

    def derive(prefix: str, at: datetime, *natural_key: str) -> str:
        digest = keys.natural_digest(key, prefix, *natural_key)
        return f"{prefix}_{_begins(at)}{_last(digest)}"

    return derive


@lru_cache(maxsize=1_000)
def _begins(at: datetime) -> str:
    """One event is the origin of several ids."""
    return _first(int(clock.aware(at).timestamp() * 1000) & ((1 << 48) - 1))


def _first(millis: int) -> str:
    """48 bits of time: the first ten letters."""
    return "".join([PAIRS[millis >> shift & 1023] for shift in range(40, -1, -10)])


def _last(digest: bytes) -> str:
    """80 bits: the other sixteen, written out, since several are made for each event."""
    high, low = int.from_bytes(digest[:5], "big"), int.from_bytes(digest[5:10], "big")
    return (
        f"{PAIRS[high >> 30]}{PAIRS[high >> 20 & 1023]}{PAIRS[high >> 10 & 1023]}"
        f"{PAIRS[high & 1023]}{PAIRS[low >> 30]}{PAIRS[low >> 20 & 1023]}"
        f"{PAIRS[low >> 10 & 1023]}{PAIRS[low & 1023]}"
    )
