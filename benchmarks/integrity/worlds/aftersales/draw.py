"""What one seed decides about the company: size, season, habits, how much is gamed and how."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

VOLUME = (
    "door_proxy",
    "own_sim",
    "coached_call",
    "gift_screenshot",
    "friendly_caller",
    "drawer_phones",
    "showroom_install",
)
BAD_ONLY = ("one_digit_off", "declined_box", "mend_call", "dump_on_leaver")
SHOP_LEVEL = ("friendly_caller", "drawer_phones", "mend_call")
ODDITIES = (
    "landlord_units",
    "dormitory_batch",
    "technician_hotspot",
    "staff_discount_home",
    "recall_wave",
    "parts_pickup_wifi",
    "trade_buyer",
    "kin_phone",
    "honest_revision",
    "door_press",
)


@dataclass(slots=True)
class Company:
    start: datetime
    days: int
    agents: int
    countries: list[str]
    answers: int
    link_will: float
    call_share: float
    call_will: float
    lost_cookie: float
    wechat: float
    qr: float
    mood: float
    noise: float
    comments: float
    gamers: float
    careful: float
    reach: float
    scanners: float
    doubles: float
    fired_victims: int
    rival_victims: int
    weights: dict[str, float] = field(default_factory=dict)
    odd: dict[str, float] = field(default_factory=dict)

    @property
    def end(self) -> datetime:
        return self.start + timedelta(days=self.days)

    @property
    def events(self) -> int:
        rate = self.link_will + (1 - self.link_will) * self.call_share * self.call_will * 0.85
        return int(self.answers / rate)


def _weight(rng: random.Random) -> float:
    """Some habits are all but unknown in a company, others are the custom of the house."""
    if rng.random() < 0.16:
        return 0.02
    return rng.gammavariate(1.7, 0.6)


def company(rng: random.Random) -> Company:
    year, month = rng.choice([(2024, 4), (2024, 7), (2024, 10), (2025, 1), (2025, 4), (2025, 7)])
    calm = rng.random() < 0.125
    abroad = rng.sample(["VN", "ID", "TH", "MY", "PH"], rng.randint(1, 3))
    made = Company(
        start=datetime(year, month, 1, tzinfo=UTC) - timedelta(hours=8),
        days=rng.choice([90, 91, 91, 92]),
        agents=rng.randint(66, 138),
        countries=["CN"] * rng.randint(2, 5) + abroad,
        answers=rng.randint(4400, 7000),
        link_will=rng.uniform(0.17, 0.31),
        call_share=rng.uniform(0.12, 0.38),
        call_will=rng.uniform(0.32, 0.55),
        lost_cookie=rng.uniform(0.06, 0.32),
        wechat=rng.uniform(0.35, 0.7),
        qr=rng.uniform(0.05, 0.2),
        mood=rng.gauss(0.0, 0.2),
        noise=rng.uniform(0.85, 1.15),
        comments=rng.uniform(0.04, 0.14),
        gamers=rng.choice([0.0, 0.011]) if calm else rng.uniform(0.085, 0.215),
        careful=rng.uniform(0.05, 0.9),
        reach=rng.uniform(0.75, 1.25),
        scanners=rng.uniform(0.0004, 0.0055),
        doubles=rng.uniform(0.002, 0.013),
        fired_victims=rng.choice([0, 1, 1, 2, 3]),
        rival_victims=rng.choice([0, 0, 1, 2, 3]),
    )
    made.weights = {name: _weight(rng) for name in VOLUME + BAD_ONLY}
    for name in ("coached_call", "gift_screenshot"):
        made.weights[name] *= 1.7  # to ask is commoner than to forge
    made.odd = {name: rng.triangular(0.15, 1.9, 0.8) for name in ODDITIES}
    for name in rng.sample(ODDITIES, 2):
        made.odd[name] = 0.05
    return made


def strength(rng: random.Random, company_reach: float) -> float:
    """Share of all cases that a person games by a habit; few at the ends of 3 % and 60 %."""
    return min(0.6, max(0.03, 0.03 + 0.57 * rng.betavariate(1.15, 2.6) * company_reach))
