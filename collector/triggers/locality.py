"""Where a person is, as far as is known: their time zones and their country. Pure.

The profile's zone counts first, then the phone number's country (a wide country has several zones,
and all of them count), then the workspace's own. Zones of numbers: phonenumbers' copy of Google's
libphonenumber data; holidays and weekends: the package `holidays` (extra `calendar`). Used by
`person_loader.py` and `invitations/claims.py`. Next: `hours.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import Any

import phonenumbers
from phonenumbers import timezone as phone_zones

from collector.rules.quiet_times import HOLIDAY, WEEKEND, knows_holidays
from collector.triggers.hours import Closed, never

UNKNOWN = "Etc/Unknown"
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Locality:
    """`zones`: every time zone that the person may be in, at least one; `country`: ISO 3166-1
    alpha-2, or empty; `source`: profile, phone or workspace."""

    zones: tuple[str, ...]
    country: str = ""
    source: str = "workspace"


def locality_of(
    timezone: str,
    phone: str,
    attributes: Mapping[str, Any],
    locale: str,
    workspace: Locality,
) -> Locality:
    """The place of a person. `phone` is E.164 or empty; `attributes.country` names a country."""
    zones, region = _of_phone(phone) if phone else ((), "")
    said = attributes.get("country")
    country = said.upper() if isinstance(said, str) and len(said) == 2 and said.isalpha() else ""
    country = country or region or _region(locale) or workspace.country
    if timezone:
        return Locality((timezone,), country, "profile")
    if zones:
        return Locality(zones, country, "phone")
    return Locality(workspace.zones, country, workspace.source)


def closed_days(country: str, off: Iterable[str]) -> Closed:
    """Which local dates are closed there, of `weekend` and `holiday`."""
    wanted = frozenset(off)
    return _closed(country, wanted) if wanted else never


@lru_cache(maxsize=1_000)
def _closed(country: str, wanted: frozenset[str]) -> Closed:
    """One and the same function for one country, so that what follows from it can be remembered."""

    def closed(day: date) -> bool:
        if WEEKEND in wanted and day.weekday() in _weekend(country):
            return True
        return HOLIDAY in wanted and day in _holidays(country, day.year)

    return closed


@lru_cache(maxsize=50_000)
def _of_phone(phone: str) -> tuple[tuple[str, ...], str]:
    try:
        number = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return (), ""
    zones = tuple(one for one in phone_zones.time_zones_for_number(number) if one != UNKNOWN)
    return zones, phonenumbers.region_code_for_number(number) or ""


def _region(locale: str) -> str:
    parts = [part for part in locale.split("-")[1:] if len(part) == 2 and part.isalpha()]
    return parts[0].upper() if parts else ""


@lru_cache(maxsize=300)
def _weekend(country: str) -> frozenset[int]:
    calendar = _calendar(country, None)
    found = getattr(calendar, "weekend", None)
    return frozenset(found) if found else frozenset({SATURDAY, SATURDAY + 1})


@lru_cache(maxsize=2_000)
def _holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(_calendar(country, year) or ())


def _calendar(country: str, year: int | None) -> Any:
    """The country's calendar; None for an unknown country or without the package."""
    if not country or not knows_holidays():
        return None
    holidays = import_module("holidays")  # an extra, and large
    try:
        return holidays.country_holidays(country, years=year)
    except NotImplementedError:
        return None
