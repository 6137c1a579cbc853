"""Quiet hours and days off as rules write them: `21:00-08:00`, `weekend`, `holiday`. Pure.

Read here, followed in `triggers/hours.py` (by a person's clock) and `triggers/locality.py` (by the
country's calendar). Used by `timing.py`.
"""

from __future__ import annotations

import re
from importlib.util import find_spec

Window = tuple[int, int]
"""From and to, in minutes after midnight; the start is quiet, the end is not any more."""

WINDOW = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)")
NONE = "none"
WEEKEND, HOLIDAY = "weekend", "holiday"
DAYS_OFF = (WEEKEND, HOLIDAY)


def read_window(text: str) -> Window | None:
    """`21:00-08:00` as minutes; None for `none`. Raises ValueError for anything else."""
    if text.strip() == NONE:
        return None
    found = WINDOW.fullmatch(text.strip())
    if found is None:
        raise ValueError("quiet hours are written like 21:00-08:00, or none")
    start = int(found[1]) * 60 + int(found[2])
    end = int(found[3]) * 60 + int(found[4])
    if start == end:
        raise ValueError("quiet hours that begin when they end would be a whole day")
    return start, end


def knows_holidays() -> bool:
    """Is the package `holidays` (extra `calendar`) installed?"""
    return find_spec("holidays") is not None
