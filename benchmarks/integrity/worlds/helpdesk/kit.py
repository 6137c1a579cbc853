"""Clocks, browsers and networks that the other modules share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo


@cache
def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def token(rng: Random, digits: int = 16) -> str:
    return f"{rng.getrandbits(4 * digits):0{digits}x}"


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds(amount: float) -> timedelta:
    return timedelta(seconds=round(amount))


def next_local(at: datetime, tz: str, hour: float) -> datetime:
    """The first moment after `at` whose local clock shows `hour`."""
    here = at.astimezone(zone(tz))
    whole = int(hour) % 24
    goal = here.replace(hour=whole, minute=int(hour % 1 * 60), second=0, microsecond=0)
    if goal <= here:
        goal += timedelta(days=1)
    return goal.astimezone(UTC)


def next_weekday(at: datetime, tz: str, day: int, hour: float) -> datetime:
    goal = next_local(at, tz, hour)
    ahead = (day - goal.astimezone(zone(tz)).weekday()) % 7
    return goal + timedelta(days=ahead)


def humane(rng: Random, at: datetime, tz: str, *, owl: float, weekend: float) -> datetime:
    """Moved out of the night and the weekend, unless this person is one who reads mail then."""
    here = at.astimezone(zone(tz))
    if (here.hour >= 22 or here.hour < 6) and rng.random() > owl:
        at = next_local(at, tz, 7.2) + seconds(rng.gammavariate(2.0, 2900))
        here = at.astimezone(zone(tz))
    if here.weekday() >= 5 and rng.random() > weekend:
        at += timedelta(days=7 - here.weekday())
        at += seconds(rng.uniform(-1800, 5400))
    return at


class Place(NamedTuple):
    """Where an answer comes from: one address in one /24."""

    ip: str
    net: str


def place(rng: Random) -> Place:
    return Place(token(rng), token(rng, 12))


def beside(rng: Random, other: Place) -> Place:
    return Place(token(rng), other.net)


@dataclass
class Device:
    """A browser: how it names itself, its cookie, and how often that cookie is lost."""

    ua: str
    cookie: str
    blind: float = 0.0
    lossy: float = 0.0

    def seen(self, rng: Random) -> str | None:
        if rng.random() < self.blind:
            return None
        if rng.random() < self.lossy:
            self.cookie = token(rng, 20)
        return self.cookie


def _chrome(rng: Random, system: str, extra: str = "") -> str:
    major = rng.choices((138, 139, 140, 141, 142), (1, 2, 6, 9, 4))[0]
    return (
        f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) "
        f"Chrome/{major}.0.0.0 {extra}Safari/537.36" + (f" Edg/{major}.0.0.0" if not extra else "")
    )


ANDROIDS = ("SM-A546B", "SM-S921B", "Redmi Note 13", "CPH2581", "V2318", "Pixel 8", "moto g84 5G")


def desk_browser(rng: Random) -> str:
    pick = rng.random()
    if pick < 0.48:
        return _chrome(rng, "Windows NT 10.0; Win64; x64")
    if pick < 0.74:
        return _chrome(rng, "Windows NT 10.0; Win64; x64").split(" Edg/")[0]
    if pick < 0.87:
        return _chrome(rng, "Macintosh; Intel Mac OS X 10_15_7").split(" Edg/")[0]
    gecko = rng.choice(("128.0", "140.0", "143.0"))
    return f"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:{gecko}) Gecko/20100101 Firefox/{gecko}"


def phone_browser(rng: Random, apple: float) -> str:
    if rng.random() < apple:
        minor = rng.choice(("17_6_1", "18_4", "18_5", "18_6"))
        return (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS {minor} like Mac OS X) AppleWebKit/605.1.15 "
            f"(KHTML, like Gecko) Version/{minor.replace('_', '.')} Mobile/15E148 Safari/604.1"
        )
    release = rng.choice(("13", "14", "14", "15"))
    return _chrome(rng, f"Linux; Android {release}; {rng.choice(ANDROIDS)}", "Mobile ")


GATEWAYS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/79.0.3945.88 Safari/537.36",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/96.0.4664.93 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "HeadlessChrome/120.0.0.0 Safari/537.36",
    "python-requests/2.31.0",
)


@dataclass
class Networks:
    """Carriers by country, rented exits of VPNs, the clouds that mail gateways run in."""

    carriers: dict[str, list[list[Place]]] = field(default_factory=dict)
    exits: list[Place] = field(default_factory=list)
    clouds: list[Place] = field(default_factory=list)

    @classmethod
    def drawn(cls, rng: Random, countries: tuple[str, ...]) -> Networks:
        made = cls()
        for country in countries:
            nets: list[list[Place]] = []
            for _ in range(rng.randint(5, 11)):
                first = place(rng)
                nets.append([first, *(beside(rng, first) for _ in range(rng.randint(8, 30)))])
            made.carriers[country] = nets
        for _ in range(rng.randint(5, 9)):
            first = place(rng)
            made.exits += [first, *(beside(rng, first) for _ in range(rng.randint(2, 7)))]
        for _ in range(rng.randint(4, 7)):
            first = place(rng)
            made.clouds += [first, *(beside(rng, first) for _ in range(rng.randint(6, 14)))]
        return made

    def mobile(self, rng: Random, country: str) -> Place:
        nets = self.carriers[country]
        return rng.choice(nets[min(int(rng.expovariate(0.5)), len(nets) - 1)])
