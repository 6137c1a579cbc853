"""What a seed decides about the company before anybody comes through its door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

DAYS = 90
START = datetime(2026, 1, 5, tzinfo=UTC)

SALES = (
    "gift_for_full_marks", "phone_in_hand", "own_numbers", "car_bound_to_own_wechat",
    "red_packet_ghosts", "bought_correction", "prescreen", "switchboard_parking",
)  # fmt: skip
WORKSHOP = (
    "gift_for_full_marks", "phone_in_hand", "own_numbers", "wash_card_first", "red_packet_ghosts",
    "bought_correction", "prescreen", "switchboard_parking", "borrowed_job_card",
)  # fmt: skip


@dataclass(frozen=True)
class Profile:
    """The draw of one seed."""

    target: int
    stores: int
    abroad: int
    gaming: float
    clustered: bool  # one store's managers push: most of who games is there
    popular: dict[str, float]  # how much each practice is at home here
    strength: tuple[float, float]
    evasive: float
    great: float
    poor: float
    answer_rate: float
    level: float
    spread: float
    forgets: float
    wechat: float
    email: float
    qr: float  # a card at the cashier's
    lounge: float  # answers given on the shop's own Wi-Fi, by people with a coffee
    one_wifi: bool  # guests and staff leave the shop by the same address
    instant: bool  # the WeChat survey leaves when the job card is closed
    comments: float
    listened: float
    camps: int
    lucky_stores: int
    fleets: int
    night_drivers: int
    price_cut: int | None  # the day of it
    points_hunters: float
    spouses: float
    cover: float
    children: float
    victims: int
    twice: float
    gateways: float
    cleaned: int


def draw(rng: Random, clean: bool) -> Profile:
    """Everything is drawn even where it is not used, so that seeds differ in all at once."""
    names = sorted({*SALES, *WORKSHOP})
    popular = {name: rng.choice((0.0, 0.4, 1.0, 1.0, 1.8)) for name in names}
    low = rng.uniform(0.03, 0.24)
    return Profile(
        target=rng.randint(4700, 7900),
        stores=rng.randint(5, 8),
        abroad=rng.randint(1, 2),
        gaming=rng.choice((0.0, 0.008)) if clean else rng.uniform(0.085, 0.215),
        clustered=rng.random() < 0.4,
        popular=popular,
        strength=(low, low + rng.uniform(0.08, 0.42)),
        evasive=rng.uniform(0.15, 0.85),
        great=rng.uniform(0.02, 0.055),
        poor=rng.uniform(0.03, 0.10),
        answer_rate=rng.uniform(0.19, 0.33),
        level=rng.uniform(-0.25, 0.35),
        spread=rng.uniform(0.25, 0.5),
        forgets=rng.uniform(0.03, 0.19),
        wechat=rng.uniform(0.35, 0.72),
        email=rng.uniform(0.3, 0.65),
        qr=rng.choice((0.0, 0.02, 0.07)),
        lounge=rng.uniform(0.02, 0.13),
        one_wifi=rng.random() < 0.5,
        instant=rng.random() < 0.75,
        comments=rng.uniform(0.06, 0.2),
        listened=rng.uniform(0.02, 0.07),
        camps=rng.choice((0, 1, 2, 3)),
        lucky_stores=rng.choice((0, 1, 2, 3)),
        fleets=rng.randint(0, 5),
        night_drivers=rng.choice((0, 15, 40, 70)),
        price_cut=rng.randint(25, 75) if rng.random() < 0.65 else None,
        points_hunters=rng.uniform(0.01, 0.06),
        spouses=rng.uniform(0.01, 0.07),
        cover=rng.uniform(0.01, 0.05),
        children=rng.uniform(0.01, 0.06),
        victims=rng.choice((0, 0, 1, 1, 2, 3)),
        twice=rng.uniform(0.002, 0.012),
        gateways=rng.uniform(0.0, 0.03),
        cleaned=rng.choice((0, 1, 2)),
    )
