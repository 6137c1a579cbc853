"""When a person may be written to, by their own clock: quiet hours, weekends, holidays. Pure.

Used by the gate `calendar` when an ask is planned and by `invitations/claims.py` when it is sent,
so that a late worker does not write at three in the morning either. Correct over changes of the
clock: what counts is what the person's clock shows, and the answer is the earliest such instant.
Next: `locality.py` says where the person is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from collector.rules.quiet_times import Window

Closed = Callable[[date], bool]

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SEARCH_DAYS = 40
NOT_FOUND = datetime.max.replace(tzinfo=UTC)
STEP = timedelta(hours=3)


def never(_: date) -> bool:
    """No day is closed."""
    return False


def open_at(
    instant: datetime, window: Window | None, zones: Sequence[str], closed: Closed = never
) -> bool:
    """May somebody in any of these zones be written to at this instant?"""
    return all(_open(instant.astimezone(_zone(name)), window, closed) for name in zones)


def next_open(
    at: datetime, window: Window | None, zones: Sequence[str], closed: Closed = never
) -> datetime:
    """The earliest instant from `at` on at which all of the zones are open.

    A person may be in several zones as far as is known (a mobile number of a wide country). Where
    they leave no common hour within 40 days, the first zone decides; where that has none either
    (everything closed for weeks), `at` plus 40 days is looked at again by whoever comes then.
    """
    # Clocks, quiet hours and days change on whole minutes, so within a minute the answer is one.
    opens = _opens(at.replace(second=0, microsecond=0), window, tuple(zones), closed)
    if opens is None:
        return at
    return at + SEARCH_DAYS * DAY if opens is NOT_FOUND else opens


@lru_cache(maxsize=20_000)
def _opens(
    minute: datetime, window: Window | None, zones: tuple[str, ...], closed: Closed
) -> datetime | None:
    """None for a minute that is open itself, NOT_FOUND where nothing opens for weeks."""
    if open_at(minute, window, zones, closed):
        return None
    for choice in (zones, zones[:1]):
        for instant in _edges(minute, window, choice):
            if open_at(instant, window, choice, closed):
                return instant
    return NOT_FOUND


def _open(local: datetime, window: Window | None, closed: Closed) -> bool:
    if closed(local.date()):
        return False
    if window is None:
        return True
    start, end = window
    minute = local.hour * 60 + local.minute
    quiet = start <= minute < end if start < end else minute >= start or minute < end
    return not quiet


def _edges(at: datetime, window: Window | None, zones: Sequence[str]) -> Iterator[datetime]:
    """Every instant after `at` at which something may open, in order: the end of the quiet hours
    and midnight by each zone's clock, and each change of a clock."""
    walls = [time.min]
    if window is not None:
        walls.append(time(window[1] // 60, window[1] % 60))
    for number in range(SEARCH_DAYS):
        begin, end = at + number * DAY, at + (number + 1) * DAY
        found: set[datetime] = set()
        for name in zones:
            zone = _zone(name)
            found.update(_changes(begin, end, zone))
            first = begin.astimezone(zone).date()
            for day in (first - DAY, first, first + DAY, first + 2 * DAY):
                for wall in walls:
                    for fold in (0, 1):
                        local = datetime.combine(day, wall, zone).replace(fold=fold)
                        found.add(local.astimezone(UTC))
        yield from sorted(instant for instant in found if begin < instant <= end)


def _changes(begin: datetime, end: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """When the zone's clock is changed after `begin`, up to `end`."""
    left = begin
    while left < end:
        right = min(left + STEP, end)
        if _offset(left, zone) != _offset(right, zone):
            low, high = left, right
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) / 2
                if _offset(middle, zone) == _offset(left, zone):
                    low = middle
                else:
                    high = middle
            # Clocks change on whole minutes; the search ends just behind one.
            yield high.replace(second=0, microsecond=0)
        left = right


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta | None:
    return instant.astimezone(zone).utcoffset()


@lru_cache(maxsize=700)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
