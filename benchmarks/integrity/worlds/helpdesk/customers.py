"""Business customers: their accounts, people, machines and mail gateways."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from .kit import Device, Networks, Place, beside, desk_browser, phone_browser, place, token
from .people import Site
from .setting import REGIONS, Draw


@dataclass
class Account:
    """One company that bought the software."""

    region: str
    tz: str
    locale: str
    country: str
    egress: list[Place]
    mood: float
    trap: str = ""
    browser: str | None = None
    image: str | None = None
    gateway: str | None = None
    exempt: str | None = None
    moved_on: datetime | None = None
    people: list[Contact] = field(default_factory=list)


@dataclass
class Contact:
    """One person who writes tickets."""

    customer_id: str
    account: Account
    contact: str
    on_file: str
    habit: float
    appetite: float
    owl: float
    weekend: float
    desk: Device
    phone: Device
    home: Place
    trap: str = ""
    batch: tuple[int, float] | None = None
    classes: list[tuple[datetime, Place]] = field(default_factory=list)

    def mailbox(self, at: datetime) -> str:
        moved = self.account.moved_on
        return self.on_file if moved is not None and at < moved else self.contact


def _person(rng: Random, draw: Draw, account: Account) -> Contact:
    apple = REGIONS[account.region][3]
    desk = Device(account.browser or desk_browser(rng), token(rng, 20), draw.blind, 0.06)
    if account.image:
        desk = Device(desk.ua, account.image, draw.blind / 2, 0.0)
    phone = Device(phone_browser(rng, apple), token(rng, 20), draw.blind * 1.3, 0.12)
    box = token(rng)
    on_file = box
    if account.moved_on is not None or rng.random() < 0.02:
        on_file = token(rng)
    batch = None
    if rng.random() < 0.035 * draw.oddity:
        batch = (rng.choice((0, 4, 4)), rng.uniform(8.5, 16.5))
    return Contact(
        customer_id=f"C{token(rng, 8)}",
        account=account,
        contact=box,
        on_file=on_file,
        habit=rng.lognormvariate(-0.25, 0.75),
        appetite=rng.paretovariate(1.35),
        owl=rng.betavariate(0.5, 3.0),
        weekend=rng.betavariate(0.6, 2.5),
        desk=desk,
        phone=phone,
        home=place(rng),
        batch=batch,
    )


def _account(rng: Random, draw: Draw, region: str) -> Account:
    zones, country, locale, _, generous = REGIONS[region]
    if locale == "hi" and rng.random() < 0.55:
        locale = "en"
    first = place(rng)
    account = Account(
        region,
        rng.choice(zones),
        locale,
        country,
        [first],
        rng.gauss(generous, 0.22),
    )
    if rng.random() < draw.gateways:
        account.gateway = rng.choices(("first", "every", "sandbox"), (4, 3, 4))[0]
    if rng.random() < 0.025:
        account.exempt = rng.choice(("policy_exempt", "policy_exempt", "legal_hold"))
    return account


def _large(rng: Random, draw: Draw, account: Account, nets: Networks) -> None:
    """A company with its own IT: one exit, managed browsers, at times cloned thin clients."""
    account.trap = "shared_egress"
    account.browser = desk_browser(rng)
    account.egress += [beside(rng, account.egress[0]) for _ in range(rng.randint(0, 3))]
    pick = rng.random()
    if pick < 0.16 * draw.oddity:
        account.image = token(rng, 20)
        account.trap = "cloned_image"
    elif pick < 0.3 * draw.oddity:
        account.moved_on = draw.start + timedelta(days=rng.randint(10, 80))
        account.trap = "domain_move"
    elif pick < 0.42 * draw.oddity and account.region in ("uk", "us"):
        account.tz = "Asia/Kolkata"
        account.country = "IN"
        account.egress = [rng.choice(rng.choice(nets.carriers["IN"])) for _ in range(2)]
        account.trap = "neighbour_tower"


def _shared_box(rng: Random, account: Account) -> None:
    box = token(rng)
    for person in account.people:
        if rng.random() < 0.7:
            person.contact = box
            person.trap = "shared_mailbox"


def _reseller(rng: Random, draw: Draw, region: str) -> Account:
    """A consultant who files tickets in the names of many small clients."""
    account = _account(rng, draw, region)
    account.exempt = None
    account.trap = "reseller"
    first = _person(rng, draw, account)
    first.habit = rng.uniform(1.6, 3.0)
    account.people.append(first)
    for _ in range(rng.randint(5, 16)):
        other = _person(rng, draw, account)
        other.contact, other.habit, other.batch = first.contact, first.habit, first.batch
        other.desk, other.phone, other.home = first.desk, first.phone, first.home
        other.appetite = rng.uniform(1.5, 5.0)
        account.people.append(other)
    return account


def _dogfood(rng: Random, draw: Draw, site: Site) -> Account:
    """The maker's own bookkeeping runs on its software, in the same building as support."""
    account = _account(rng, draw, "de" if site.name == "drs" else "uk")
    account.egress, account.trap, account.gateway = list(site.egress), "own_house", None
    account.browser = desk_browser(rng)
    account.exempt = None
    account.people = [_person(rng, draw, account) for _ in range(rng.randint(4, 11))]
    for person in account.people:
        person.appetite += 4
        person.habit *= 1.6
    return account


def _training(rng: Random, draw: Draw, accounts: list[Account], site: Site) -> None:
    """Classes at the academy in the house: people answer at lunch over the guests' wireless."""
    region = "de" if site.name == "drs" else "uk"
    crowd = [p for a in accounts if a.region == region and not a.trap for p in a.people]
    for _ in range(round(rng.uniform(2, 5) * draw.oddity)):
        day = draw.start + timedelta(days=rng.randint(6, draw.days - 5))
        if day.weekday() >= 5:
            day += timedelta(days=2)
        for person in rng.sample(crowd, min(len(crowd), rng.randint(7, 14))):
            person.classes.append((day, site.guests))
            person.habit = max(person.habit, 1.5)


def market(
    rng: Random, draw: Draw, nets: Networks, sites: dict[str, Site]
) -> dict[str, list[Account]]:
    """All accounts by region, most of them small."""
    made: dict[str, list[Account]] = {}
    for region, count in (("de", 640), ("uk", 520), ("us", 560), ("in", 340)):
        accounts = []
        for _ in range(round(count * rng.uniform(0.8, 1.25))):
            account = _account(rng, draw, region)
            size = min(int(rng.paretovariate(1.1)), 45)
            if size >= 11:
                _large(rng, draw, account, nets)
            account.people = [_person(rng, draw, account) for _ in range(size)]
            if 3 <= size < 20 and rng.random() < 0.05 * draw.oddity:
                _shared_box(rng, account)
            accounts.append(account)
        accounts += [_reseller(rng, draw, region) for _ in range(round(2.4 * draw.oddity))]
        made[region] = accounts
    for name, region in (("drs", "de"), ("lds", "uk")):
        if rng.random() < 0.75:
            made[region].append(_dogfood(rng, draw, sites[name]))
        _training(rng, draw, made[region], sites[name])
    return made
