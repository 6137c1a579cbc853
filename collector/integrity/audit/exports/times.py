"""Reads times as the tools of the world write them. Pure.

One cell rarely says whether 10/05 is in May or October; a whole column nearly always does: `Order`
collects what its cells say. Where none says, the question is asked, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from collector.errors import InvalidInput

EXCEL_DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001  # a serial has no zone
SERIALS = (20_000.0, 80_000.0)  # 1954 to 2119
NAMED_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7, "wet": 0, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "jst": 9, "kst": 9, "hkt": 8,
    "sgt": 8, "aest": 10, "aedt": 11,
}  # fmt: skip
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl")
_AM = ("am", "a.m.", "a. m.", "上午", "凌晨", "早上")
_PM = ("pm", "p.m.", "p. m.", "下午", "晚上", "中午")
_HALF = "|".join(re.escape(word) for word in (*_AM, *_PM))
_CLOCK = re.compile(
    rf"(?P<before>{_HALF})?\s*(?P<h>\d{{1,2}})[:时點点h](?P<m>\d{{1,2}})?"
    rf"(?:[:分](?P<s>\d{{1,2}})?(?:[.,](?P<f>\d{{1,9}}))?秒?)?分?\s*(?P<after>{_HALF})?(?![:\d])",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"^\(?(?:utc|gmt)?\s*(?P<sign>[+\-−])(?P<h>\d{1,2}):?(?P<m>\d{2})?\)?$", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_YEAR_LAST = re.compile(r"^(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})\.?$")
_COMPACT = re.compile(r"^(?:19|20)\d{6}$")
_WORDED = re.compile(r"[^\W\d_]+|\d+")
_NUMBER = re.compile(r"^-?\d+(?:\.\d+)?$")


class NotATime(ValueError):
    """The cell is none; the message says what it is not."""


class Undecided(NotATime):
    """It is one, but which of two days cannot be told."""


@dataclass(slots=True)
class Order:
    """What cells say about the order of day and month: counts, and an example of each."""

    day_first: int = 0
    month_first: int = 0
    open: int = 0  # cells that either order fits
    examples: dict[str, str] = field(default_factory=dict)

    def see(self, value: Any) -> None:
        """Take in one cell."""
        if not isinstance(value, str) or _begins_with_a_year(value):
            return
        found = _YEAR_LAST.match(_parts(value)[0])
        if found is None or found[2] == ".":  # with dots the day comes first, everywhere
            return
        first, second = int(found[1]), int(found[3])
        if first == second:
            return
        name = "day_first" if first > 12 else "month_first" if second > 12 else "open"
        setattr(self, name, getattr(self, name) + 1)
        self.examples.setdefault(name, value)

    def decided(self, asked: str = "") -> bool | None:
        """Is the day first? None where no cell needs to know. Raises InvalidInput."""
        if asked:
            return asked.upper() == "DMY"
        # One slip of the pen does not undo a column that speaks clearly.
        if self.day_first > 50 * self.month_first:
            return True
        if self.month_first > 50 * self.day_first:
            return False
        if self.day_first or self.month_first:
            raise InvalidInput(
                f"The times mix two orders: {self.examples['day_first']} has the day first, "
                f"{self.examples['month_first']} the month. Write one order in the export, or say "
                "--date-order DMY or --date-order MDY; the other lines are then left out.",
                code="mixed_dates",
            )
        if self.open:
            raise InvalidInput(
                f"Nothing in the column says whether {self.examples['open']} has the day or the "
                "month first. Say --date-order DMY (day first) or --date-order MDY (month first).",
                code="undecided_dates",
            )
        return None


def _begins_with_a_year(text: str) -> bool:
    """As nearly all do, and a million of them are asked: 2026-05-10."""
    return text[4:5] == "-" and text[:4].isdigit()


def zone(name: str) -> tzinfo:
    """A time zone by its name (Asia/Shanghai) or offset (+08:00). Raises InvalidInput."""
    text = name.strip()
    offset = _offset(text)
    if offset is not None:
        return offset
    try:
        return ZoneInfo(text)
    except (ValueError, OSError, KeyError) as error:
        raise InvalidInput(
            f"'{name}' is no time zone. Write a name such as Asia/Shanghai or Europe/Berlin, or "
            "an offset such as +08:00.",
            code="bad_timezone",
        ) from error


def read(value: Any, day_first: bool | None = None, usual: tzinfo = UTC) -> float:
    """Seconds since 1970. `usual` holds where the cell names no zone. Raises NotATime."""
    if value.__class__ is str:
        return _text(value.strip(), day_first, usual)
    if isinstance(value, bool):
        raise NotATime("not a time")
    if isinstance(value, int | float):
        return _number(float(value), usual)
    if isinstance(value, datetime):
        return _seconds(value, usual)
    if isinstance(value, date):
        return _seconds(datetime(value.year, value.month, value.day), usual)  # noqa: DTZ001
    return _text(str(value).strip(), day_first, usual)


def _text(text: str, day_first: bool | None, usual: tzinfo) -> float:
    try:
        return _seconds(datetime.fromisoformat(text), usual)
    except ValueError:
        pass
    if _NUMBER.match(text):
        return _number(float(text), usual)
    try:
        return _written(text, day_first, usual)
    except (ValueError, OverflowError) as error:
        raise error if isinstance(error, NotATime) else NotATime("not a time") from error


def _number(value: float, usual: tzinfo) -> float:
    """A serial of a spreadsheet, or seconds, thousandths or millionths since 1970."""
    if SERIALS[0] <= value < SERIALS[1]:
        return _seconds(EXCEL_DAY_0 + timedelta(seconds=round(value * 86400)), usual)
    for unit in (1.0, 1e3, 1e6, 1e9):
        if abs(value) < 1e11 * unit:
            return value / unit
    raise NotATime("not a time")


def _seconds(at: datetime, usual: tzinfo) -> float:
    return (at if at.tzinfo else at.replace(tzinfo=usual)).timestamp()


def _written(text: str, day_first: bool | None, usual: tzinfo) -> float:
    day, clock, rest = _parts(text)
    year, month, number = _day(day, day_first)
    hour, minute, second = _time_of_day(clock)
    at = datetime(year, month, number) + timedelta(  # noqa: DTZ001  # the zone comes next
        hours=hour, minutes=minute, seconds=second
    )
    where = _offset(rest) if rest else None
    if rest and where is None:
        raise NotATime(f"in a time zone that is not known ({rest[:20]}); use --timezone")
    return at.replace(tzinfo=where or usual).timestamp()


def _parts(text: str) -> tuple[str, re.Match[str] | None, str]:
    """The day, the time of day, and the zone."""
    text = " ".join(text.replace("\u202f", " ").replace("\xa0", " ").split())
    clock = _CLOCK.search(text)
    if clock is None:
        return text.rstrip(","), None, ""
    day = text[: clock.start()].strip()
    rest = text[clock.end() :].strip()
    if not re.search(r"\d", day):  # the time stands first
        return rest, clock, ""
    day = re.sub(r"(?<=\d)T$|(?:,|\bat|\bum|\bà|\ba las|-)$", "", day.strip()).strip().rstrip(",")
    year = re.fullmatch(r"(?P<zone>[A-Za-z]{1,5}|[+-]\d{4})\s+(?P<year>\d{4})", rest)
    if year:  # Sat Aug 01 08:00:00 UTC 2026
        return f"{day} {year['year']}", clock, year["zone"]
    return day, clock, rest


def _day(text: str, day_first: bool | None) -> tuple[int, int, int]:
    if found := _YEAR_FIRST.match(text):
        return int(found[1]), int(found[2]), int(found[3])
    if _COMPACT.match(text):
        return int(text[:4]), int(text[4:6]), int(text[6:])
    if found := _YEAR_LAST.match(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        year += 2000 if year < 100 else 0
        if found[2] == ".":
            day_first = True
        elif day_first is None:
            if first <= 12 and second <= 12 and first != second:
                raise Undecided("in an unclear order of day and month")
            day_first = first > 12
        return (year, second, first) if day_first else (year, first, second)
    return _with_month_name(text)


def _with_month_name(text: str) -> tuple[int, int, int]:
    month, numbers = 0, []
    for word in _WORDED.findall(text.lower()):
        if word.isdigit():
            numbers.append(word)
        elif word in _months():
            month = month or _months()[word]
    if not month or len(numbers) != 2:
        raise NotATime("not a time")
    first, second = numbers
    day, year = (second, first) if len(first) == 4 else (first, second)
    return int(year) + (2000 if len(year) < 3 else 0), month, int(day)


@cache
def _months() -> dict[str, int]:
    from babel import Locale  # imported here, because every command waits for what is above
    from babel.dates import get_month_names

    found: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = get_month_names(width, context, Locale(language))
                for number, name in names.items():
                    found.setdefault(str(name).lower().rstrip("."), int(number))
    return found


def _time_of_day(clock: re.Match[str] | None) -> tuple[int, int, float]:
    if clock is None:
        return 0, 0, 0.0
    hour, minute = int(clock["h"]), int(clock["m"] or 0)
    half = (clock["before"] or clock["after"] or "").lower()
    if half in _PM and hour < 12:
        hour += 12
    elif half in _AM and hour == 12:
        hour = 0
    second = int(clock["s"] or 0) + float(f"0.{clock['f'] or 0}")
    if hour > 24 or minute > 59 or second >= 61:
        raise NotATime("not a time")
    return hour, minute, second


def _offset(text: str) -> tzinfo | None:
    text = re.sub(r"\s*\([^)]*\)$", "", text.strip()) or text.strip(" ()")
    if text.lower() in NAMED_ZONES:
        return timezone(timedelta(hours=NAMED_ZONES[text.lower()]))
    found = _OFFSET.match(text)
    if found is None:
        return None
    minutes = int(found["h"]) * 60 + int(found["m"] or 0)
    if minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=minutes if found["sign"] == "+" else -minutes))
