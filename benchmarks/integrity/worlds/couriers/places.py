"""Cities with their carriers, homes' lines and phones: where an answer comes from."""

from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.integrity.worlds.couriers.draw import Dice

ANDROIDS = (
    ("SM-A155F", "14", 9),
    ("SM-A057F", "13", 6),
    ("SM-S911B", "15", 4),
    ("2311DRN14I", "13", 6),
    ("23129RAA4G", "14", 5),
    ("CPH2591", "14", 5),
    ("V2247", "13", 4),
    ("RMX3890", "14", 4),
    ("moto g24", "14", 4),
    ("Infinix X6532", "13", 3),
    ("TECNO BG6", "13", 3),
    ("Pixel 7a", "15", 2),
)
IPHONES = (("16_7", 2), ("17_5", 4), ("17_7", 3), ("18_1", 5), ("18_3", 6), ("18_5", 5))
CHROMES = (118, 124, 127, 129, 131, 132, 133, 134, 135, 136, 137)
APP_VERSIONS = ("5.38.0", "5.39.2", "5.40.0", "5.40.1", "5.41.0", "5.42.3")
TOWNS = (
    # name, zone, hours from UTC, languages, share of iPhones
    ("phoenix", "America/Phoenix", -7, (("en", 74), ("es", 26)), 0.52),
    ("bogota", "America/Bogota", -5, (("es", 97), ("en", 3)), 0.2),
    ("lima", "America/Lima", -5, (("es", 98), ("en", 2)), 0.18),
    ("surabaya", "Asia/Jakarta", 7, (("id", 97), ("en", 3)), 0.11),
    ("makassar", "Asia/Makassar", 8, (("id", 98), ("en", 2)), 0.08),
    ("singapore", "Asia/Singapore", 8, (("en", 93), ("id", 7)), 0.47),
    ("accra", "Africa/Accra", 0, (("en", 100),), 0.16),
)


class Where(NamedTuple):
    ip: str
    net: str


@dataclass
class City:
    """A town: its zone, its tongues, the address pools of its carriers and of its fixed lines."""

    name: str
    tz: str
    offset: int
    tongues: tuple[tuple[str, int], ...]
    iphones: float
    carriers: list[list[tuple[str, list[str]]]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def hour(self, at: float) -> float:
        return (at / 3600 + self.offset) % 24

    def midnight(self, at: float) -> int:
        """The UTC second at which the local day of `at` began."""
        shift = self.offset * 3600
        return int((at + shift) // 86_400) * 86_400 - shift

    def tongue(self, dice: Dice) -> str:
        names, weights = zip(*self.tongues, strict=True)
        return str(dice.choices(names, weights)[0])

    def mobile(self, dice: Dice, carrier: int) -> Where:
        net, addresses = dice.choice(self.carriers[carrier % len(self.carriers)])
        return Where(dice.choice(addresses), net)

    def line(self, dice: Dice) -> Where:
        return Where(dice.token(), dice.choice(self.lines))


def towns(dice: Dice, count: int) -> list[City]:
    """The seed's towns, every language that it happens to speak among them."""
    cities = []
    for name, tz, offset, tongues, iphones in dice.sample(TOWNS, count):
        city = City(name, tz, offset, tongues, iphones)
        for _ in range(dice.randint(3, 5)):
            nets = [dice.token() for _ in range(dice.randint(5, 22))]
            city.carriers.append(
                [(net, [dice.token() for _ in range(dice.randint(18, 60))]) for net in nets]
            )
        city.lines = [dice.token() for _ in range(dice.randint(160, 420))]
        cities.append(city)
    return cities


@dataclass
class Phone:
    """A phone: what the app and what its browser say of it, and whose SIM is in it."""

    app_id: str
    web_id: str
    app_agent: str
    web_agent: str
    carrier: int
    forgets: float


def phone(dice: Dice, city: City, loss: float, *, cheap: bool = False) -> Phone:
    version = dice.choice(APP_VERSIONS)
    if not cheap and dice.hit(city.iphones):
        system = dice.choices([name for name, _ in IPHONES], [n for _, n in IPHONES])[0]
        app = f"TernTide/{version} (iOS {system.replace('_', '.')}; iPhone{dice.randint(12, 17)},"
        app += f"{dice.randint(1, 5)})"
        web = f"Mozilla/5.0 (iPhone; CPU iPhone OS {system} like Mac OS X) AppleWebKit/605.1.15 "
        web += f"(KHTML, like Gecko) Version/{system.replace('_', '.')} Mobile/15E148 Safari/604.1"
    else:
        model, system, _ = dice.choices(ANDROIDS, [n for *_, n in ANDROIDS])[0]
        app = f"TernTide/{version} (Android {system}; {model})"
        web = _browser(dice, model, system)
    return Phone(
        app_id=dice.token(),
        web_id=dice.token(),
        app_agent=app,
        web_agent=web,
        carrier=dice.randrange(60),
        forgets=min(0.95, dice.choice((0.2, 0.5, 1.0, 2.5)) * loss),
    )


def _browser(dice: Dice, model: str, system: str) -> str:
    chrome = dice.choice(CHROMES)
    tail = f"AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chrome}.0.0.0 Mobile Safari/537.36"
    kind = dice.random()
    if model.startswith("SM-") and kind < 0.45:
        tail = tail.replace("Chrome/", f"SamsungBrowser/{dice.randint(24, 28)}.0 Chrome/")
    elif kind > 0.93:
        build = f"Linux; Android {system}; {model} Build/{dice.choice(('UP1A', 'TP1A', 'AP3A'))}"
        return f"Mozilla/5.0 ({build}; wv) {tail.replace('Chrome/', 'Version/4.0 Chrome/')}"
    return f"Mozilla/5.0 (Linux; Android 10; K) {tail}"


@dataclass
class Person:
    """Anybody with a phone: a customer, a courier, a shopkeeper, a cousin."""

    id: str
    contact: str
    phone: Phone
    home: Where
    tongue: str
    city: City
    on_wifi: float
    elder: bool = False
    habit: str = ""


def person(dice: Dice, city: City, loss: float, home: Where | None = None) -> Person:
    return Person(
        id=dice.token("cus_"),
        contact=dice.token(),
        phone=phone(dice, city, loss),
        home=home or city.line(dice),
        tongue=city.tongue(dice),
        city=city,
        on_wifi=dice.betavariate(1.4, 1.4),
    )


class Seen(NamedTuple):
    """What the server sees of a visitor."""

    where: Where
    device: str | None
    agent: str


def seen(dice: Dice, who: Person, channel: str, where: Where | None = None) -> Seen:
    """A visit by this person's own phone, from home, from the road, or from a given place."""
    if where is None:
        where = who.home if dice.hit(who.on_wifi) else who.city.mobile(dice, who.phone.carrier)
    if channel == "in_app":
        return Seen(where, None if dice.hit(0.02) else who.phone.app_id, who.phone.app_agent)
    lost = dice.hit(who.phone.forgets)
    return Seen(where, None if lost else who.phone.web_id, who.phone.web_agent)
