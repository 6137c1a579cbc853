"""Quiet hours by the person's own clock: 50 zones, every change of a clock in two years, compared
with a plain reading of the same calendar minute by minute."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collector.rules.quiet_times import Window, read_window
from collector.triggers.hours import Closed, never, next_open, open_at
from collector.triggers.locality import Locality, closed_days, locality_of

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Africa/Lagos", "America/Anchorage",
    "America/Argentina/Buenos_Aires", "America/Asuncion", "America/Bogota", "America/Chicago",
    "America/Denver", "America/Halifax", "America/Havana", "America/Lima", "America/Los_Angeles",
    "America/Mexico_City", "America/Miquelon", "America/New_York", "America/Nuuk",
    "America/Phoenix", "America/Santiago", "America/Sao_Paulo", "America/Scoresbysund",
    "America/St_Johns", "Antarctica/Troll", "Asia/Beirut", "Asia/Dubai", "Asia/Gaza",
    "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Shanghai", "Asia/Singapore",
    "Asia/Tehran", "Asia/Tokyo", "Atlantic/Azores", "Australia/Adelaide", "Australia/Lord_Howe",
    "Australia/Sydney", "Europe/Berlin", "Europe/Chisinau", "Europe/Istanbul", "Europe/Lisbon",
    "Europe/London", "Europe/Moscow", "Pacific/Apia", "Pacific/Auckland", "Pacific/Chatham",
    "Pacific/Easter", "Pacific/Norfolk", "UTC",
)  # fmt: skip
# channel and quiet hours: the default for texts, none for mail, a short night that ends inside the
# hour that clocks skip, one within a day, and a long one with weekends.
SETTINGS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("sms", "21:00-08:00", ()),
    ("email", "none", ()),
    ("sms", "23:30-02:30", ()),
    ("email", "00:15-01:45", ()),
    ("sms", "18:00-10:00", ("weekend",)),
)
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)


def changes(zone: ZoneInfo) -> list[date]:
    """The local days of two years on which the clock is changed."""
    days, day = [], FIRST
    while day <= LAST:
        begin = datetime(day.year, day.month, day.day, tzinfo=UTC)
        if begin.astimezone(zone).utcoffset() != (begin + DAY).astimezone(zone).utcoffset():
            days.append(day)
        day += DAY
    return days


def quiet_minute(local: datetime, window: Window | None, closed: Closed) -> bool:
    if closed(local.date()):
        return True
    if window is None:
        return False
    minute = local.hour * 60 + local.minute
    start, end = window
    return start <= minute < end if start < end else minute >= start or minute < end


def test_there_are_fifty_zones_and_most_change_their_clocks() -> None:
    assert len(set(ZONES)) == 50
    assert sum(bool(changes(ZoneInfo(name))) for name in ZONES) >= 30
    assert sum(len(changes(ZoneInfo(name))) for name in ZONES) >= 120


@pytest.mark.parametrize("name", ZONES)
def test_nothing_goes_out_in_quiet_hours_and_nothing_later_than_it_must(name: str) -> None:
    zone = ZoneInfo(name)
    days = changes(zone) or [date(2025, 3, 30), date(2026, 10, 25)]
    for day in days:
        begin = datetime(day.year, day.month, day.day, tzinfo=UTC) - 12 * timedelta(hours=1)
        minutes = [begin + n * MINUTE for n in range(6 * 24 * 60)]
        walls = [instant.astimezone(zone) for instant in minutes]
        for _, text, off in SETTINGS:
            window, closed = read_window(text), closed_days("US", off)
            opens = [n for n, wall in enumerate(walls) if not quiet_minute(wall, window, closed)]
            for asked in range(0, 48 * 60, 37):
                answer = next_open(minutes[asked], window, (name,), closed)
                expected = minutes[opens[bisect_left(opens, asked)]]
                assert answer == expected, (name, text, minutes[asked])
                assert not quiet_minute(answer.astimezone(zone), window, closed)


def test_seconds_are_kept_where_nothing_is_put_off() -> None:
    at = datetime(2026, 3, 2, 12, 0, 17, tzinfo=UTC)
    assert next_open(at, read_window("21:00-08:00"), ("UTC",)) == at


def test_a_person_who_may_be_in_several_zones_is_asked_when_all_are_awake() -> None:
    window = read_window("21:00-08:00")
    zones = ("Europe/Moscow", "Asia/Kamchatka")
    answer = next_open(datetime(2026, 3, 2, 12, tzinfo=UTC), window, zones)
    assert answer == datetime(2026, 3, 3, 5, tzinfo=UTC)  # 8:00 in Moscow, 17:00 in Kamchatka
    narrow = read_window("11:00-10:00")
    assert next_open(answer, narrow, zones) == datetime(2026, 3, 3, 7, tzinfo=UTC)


def test_weekends_and_holidays_are_those_of_the_country() -> None:
    friday = datetime(2026, 3, 6, 9, tzinfo=UTC)
    assert open_at(friday, None, ("Europe/Madrid",), closed_days("ES", ["weekend"]))
    assert not open_at(friday, None, ("Asia/Riyadh",), closed_days("SA", ["weekend"]))
    festival = datetime(2026, 2, 17, 9, tzinfo=UTC)
    shanghai = ("Asia/Shanghai",)
    assert not open_at(festival, None, shanghai, closed_days("CN", ["holiday"]))
    off = closed_days("CN", ["holiday", "weekend"])
    after = next_open(festival, read_window("21:00-08:00"), shanghai, off)
    assert after == datetime(2026, 2, 24, 0, tzinfo=UTC)
    assert open_at(festival, None, ("UTC",), never)


@pytest.mark.parametrize(
    ("timezone", "phone", "attributes", "locale", "expected"),
    [
        ("Asia/Tokyo", "+5511987654321", {}, "pt-BR", Locality(("Asia/Tokyo",), "BR", "profile")),
        ("", "+5511987654321", {}, "", Locality(("America/Sao_Paulo",), "BR", "phone")),
        ("", "+12125550000", {}, "", Locality(("America/New_York",), "US", "phone")),
        ("", "", {"country": "cn"}, "", Locality(("Europe/Madrid",), "CN", "workspace")),
        ("", "", {}, "pt-BR", Locality(("Europe/Madrid",), "BR", "workspace")),
        ("", "", {}, "", Locality(("Europe/Madrid",), "ES", "workspace")),
        ("", "nonsense", {"country": 7}, "", Locality(("Europe/Madrid",), "ES", "workspace")),
    ],
)
def test_a_person_is_where_the_profile_the_phone_or_else_the_workspace_says(
    timezone: str, phone: str, attributes: dict[str, object], locale: str, expected: Locality
) -> None:
    workspace = Locality(("Europe/Madrid",), "ES", "workspace")
    assert locality_of(timezone, phone, attributes, locale, workspace) == expected


@pytest.mark.parametrize("text", ["21-8", "25:00-08:00", "08:00-08:00", "always", ""])
def test_quiet_hours_that_mean_nothing_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="quiet hours"):
        read_window(text)
