"""Cities with carriers and homes, stores with teams, people with phones. Used by `honest.py`."""

# ruff: noqa: E501  # browsers as they are
from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from random import Random

from benchmarks.integrity.foreign import speech
from benchmarks.integrity.foreign.habits import Habits

Spot = tuple[str, str]  # address, its /24
WECHAT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS {}_{} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.4{} NetType/{}",
    "Mozilla/5.0 (Linux; Android 1{}; PGT-AN{}0) AppleWebKit/537.36 XWEB/116{} MMWEBSDK/2024 MicroMessenger/8.0.47 NetType/{}",
    "Mozilla/5.0 (Linux; Android 1{}; 2206{}22C) AppleWebKit/537.36 XWEB/112{} MicroMessenger/8.0.44 NetType/{}",
)
WEB = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS {}_{} like Mac OS X) AppleWebKit/605.1.15 Version/17.{} Mobile Safari/604.1 {}",
    "Mozilla/5.0 (Linux; Android 1{}; Pixel {}) AppleWebKit/537.36 Chrome/12{}.0.0.0 Mobile Safari/537.36 {}",
    "Mozilla/5.0 (Linux; Android 1{}; SM-A{}46B) AppleWebKit/537.36 SamsungBrowser/2{}.0 {}",
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Safari/537.36 Edg/{}"


@dataclass(slots=True)
class Person:
    """A customer. `sort`: single, family, firm. `gateway`: the mail filter of where they work."""

    id: str
    number: str
    device: str | None
    browser: str
    home: Spot
    sort: str = "single"
    gateway: Spot | None = None
    lenient: float = 0.0


@dataclass(slots=True)
class Shop:
    id: str
    tongue: str
    zone: str
    offset: float
    wifi: Spot
    city: City
    kiosk: tuple[str, str] | None
    tags: tuple[str, ...]
    weekend: float
    bad_days: frozenset[int]
    slow_days: frozenset[int]
    metric: str | None = None
    people: list[Person] = field(default_factory=list)
    staff: list[Worker] = field(default_factory=list)


@dataclass(slots=True)
class Worker:
    """`does`: what this one does to scores; `careful`: and hides; `force`: how much of it."""

    id: str
    team: str
    shop: Shop
    skill: float
    great: bool
    phone: Person
    numbers: tuple[str, str]
    tablet: str | None
    since: int
    until: int
    days_off: frozenset[int]
    does: frozenset[str] = frozenset()
    careful: bool = False
    force: float = 0.0
    friends: list[Person] = field(default_factory=list)
    lines: tuple[str, ...] = ()
    firm: list[Person] = field(default_factory=list)


class City:
    """Carrier exits that thousands share, and neighbourhoods whose homes share a /24."""

    def __init__(self, world: World) -> None:
        self.exits: list[Spot] = []
        for _ in range(world.r.randint(2, 5)):
            net = world.new("n")
            self.exits += [(world.new("x"), net) for _ in range(world.r.randint(3, 12))]
        self.streets = [world.new("n") for _ in range(world.r.randint(30, 120))]


class World:
    """Everything is made here, from one source."""

    def __init__(self, r: Random, habits: Habits, salt: str) -> None:
        self.r, self.habits, self.salt, self.count = r, habits, salt, 0
        self.cities = [City(self) for _ in range(r.randint(2, 6))]
        self.filters: list[Spot] = []
        for _ in range(r.randint(3, 8)):
            net = self.new("n")
            self.filters += [(self.new("x"), net) for _ in range(r.randint(1, 4))]
        self.shops = [self._shop(n) for n in range(habits.stores)]
        self.workers: list[Worker] = []
        for shop in self.shops:
            self._hire(shop)
        r.shuffle(self.workers)
        for number, worker in enumerate(self.workers):
            worker.id = f"A{number:04d}"

    def new(self, what: str) -> str:
        self.count += 1
        return hashlib.sha1(f"{self.salt}{what}{self.count}".encode()).hexdigest()[:16]

    def browser(self, tongue: str, desk: bool = False) -> str:
        """A browser with its version; a few models and versions are everywhere."""
        r = self.r

        def low(top: int) -> int:
            return min(int(r.paretovariate(1.1)) - 1, top)

        if desk:
            return DESK.format(r.choice((120, 121, 122, 122, 122)), r.choice((121, 122, 122)))
        wechat = r.random() < (0.85 if tongue == "zh" else 0.05)
        kind = r.choices((0, 1, 2), (5, 4, 3))[0]
        pool = WECHAT if wechat else WEB
        net = (
            r.choice(("WIFI", "4G", "5G"))
            if wechat and r.random() < 0.3
            else "WIFI"
            if wechat
            else ""
        )
        first = 17 - (low(3) > 0) if kind == 0 else 4 - low(2)
        return pool[kind].format(first, low(5), low(9), net)

    def home(self, city: City) -> Spot:
        return self.new("x"), self.r.choice(city.streets)

    def person(self, shop: Shop, sort: str = "single") -> Person:
        r, h = self.r, self.habits
        desk = r.random() < (0.7 if sort == "firm" else 0.1)
        cookie = None if r.random() < h.no_cookie else self.new("d")
        gateway = r.choice(self.filters) if r.random() < h.gateways else None
        return Person(
            self.new("c"), self.new("t"), cookie, self.browser(shop.tongue, desk),
            self.home(shop.city), sort, gateway, r.gauss(0, 0.5),
        )  # fmt: skip

    def road(self, shop: Shop) -> Spot:
        return self.r.choice(shop.city.exits)

    def _shop(self, number: int) -> Shop:
        r, h = self.r, self.habits
        tongue = "zh" if r.random() < h.chinese else "en"
        zone, offset = ("Asia/Shanghai", 8) if tongue == "zh" else r.choice(
            (("Europe/London", 0), ("America/New_York", -5))
        )  # fmt: skip
        city = r.choice(self.cities)
        kiosk = (self.new("k"), "Mozilla/5.0 (Linux; Android 11; Kiosk) Chrome/110.0 Safari")
        shop = Shop(
            f"S{number:03d}", tongue, zone, offset, (self.new("x"), r.choice(city.streets)), city,
            kiosk if r.random() < h.kiosks else None, tuple(r.sample(speech.TAGS[tongue], 5)),
            r.choice((0.4, 1.0, 1.7)),
            frozenset(r.sample(range(90), h.outages)), frozenset(r.sample(range(90), h.backlog_days)),
        )  # fmt: skip
        if h.metric_by_store:
            shop.metric = r.choices(list(h.metrics), list(h.metrics.values()))[0]
        for _ in range(r.randint(120, 400)):
            shop.people.append(self.person(shop))
        for _ in range(r.randint(5, 30)):
            family = [self.person(shop, "family") for _ in range(r.randint(2, 4))]
            same_device, same_number = r.random() < 0.5, r.random() < 0.4
            for member in family:
                member.home = family[0].home
                if same_device:
                    member.device, member.browser = family[0].device, family[0].browser
                if same_number:
                    member.number = family[0].number
            shop.people += family
        return shop

    def _hire(self, shop: Shop) -> None:
        r, h = self.r, self.habits
        for team in range(3):
            for _ in range(max(2, h.team_size + r.randint(-1, 1))):
                great = r.random() < 0.05
                phone = self.person(shop)
                phone.device = self.new("d")
                leaves = r.random() < 0.1
                worker = Worker(
                    "", f"{shop.id}T{team}", shop, r.uniform(1.1, 1.9) if great else r.gauss(0, 0.45),
                    great, phone, (phone.number, self.new("t")),
                    self.new("d") if r.random() < h.tablets else None,
                    r.randint(1, 60) if r.random() < 0.1 else 0,
                    r.randint(30, 89) if leaves else 90,
                    frozenset(r.sample(range(7), 2)),
                )  # fmt: skip
                if r.random() < h.managers:
                    office, net = self.new("x"), self.new("n")
                    machine = self.browser(shop.tongue, desk=True)
                    for _ in range(r.randint(3, 12)):
                        member = self.person(shop, "firm")
                        member.home, member.browser = (office, net), machine
                        worker.firm.append(member)
                shop.staff.append(worker)
                self.workers.append(worker)
