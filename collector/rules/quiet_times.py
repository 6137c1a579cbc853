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
# 9pm-8am, 21-8, 21.00 – 8.00, 21:00 to 24:00
LOOSE = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?\s*(?:-|–|—|to|until)\s*"
    r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?"
)
NONE = "none"
WEEKEND, HOLIDAY = "weekend", "holiday"
DAYS_OFF = (WEEKEND, HOLIDAY)


def read_window(text: str) -> Window | None:
    """`21:00-08:00` as minutes; None for `none`. Raises ValueError for anything else."""
    if text.strip() == NONE:
        return None
    found = WINDOW.fullmatch(text.strip())
    if found is None:
        raise ValueError(meant(text))
    start = int(found[1]) * 60 + int(found[2])
    end = int(found[3]) * 60 + int(found[4])
    if start == end:
        raise ValueError("quiet hours that begin when they end would be a whole day")
    return start, end


def meant(value: object) -> str:
    """Why this is no quiet time, with the form that was likely meant."""
    why = "quiet hours are written like 21:00-08:00, or none"
    if str(value).strip().lower() in ("no", "off", "false", "never", "null"):
        return f"{why}; write none"
    if isinstance(value, int):
        return f"{why}, in quotes: YAML 1.1 reads 21:00 as the number 1260"
    hours = LOOSE.fullmatch(str(value).strip().lower())
    if hours is None:
        return why
    start, end = _clock(hours[1], hours[2], hours[3]), _clock(hours[4], hours[5], hours[6])
    return f"{why}; write {start}-{end}" if start and end else why


def _clock(hour: str, minute: str | None, half: str | None) -> str:
    number = int(hour) % 12 + 12 * (half == "pm") if half else int(hour)
    number = 0 if number == 24 else number
    return f"{number:02}:{int(minute or 0):02}" if number < 24 and int(minute or 0) < 60 else ""


def knows_holidays() -> bool:
    """Is the package `holidays` (extra `calendar`) installed?"""
    return find_spec("holidays") is not None
