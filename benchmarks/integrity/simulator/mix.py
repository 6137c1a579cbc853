"""What kind of company one seed is: sizes, channels, habits and how much cheating there is.

Drawn widely, so that nothing tuned on one seed can count on its base rates in the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Mix:
    """The habits of one company. Shares are 0…1, `days` whole days, `agents` about how many."""

    agents: int
    days: int
    stores: int
    events_per_agent: float
    chinese: float
    channels: tuple[float, float, float]  # sms, email, in_app
    metrics: tuple[float, float, float]  # CSAT, NPS, CES
    gaming: float
    evasive: float
    store_leads: bool
    bombings: int
    scanner_firms: float
    scanner_clicks_all: float
    double_posts: float
    corrections: float
    recovery: float
    file_outdated: float
    handed_over: float
    held_by_person: float
    freq_cap: float
    answer_rate: float
    comment_rate: float
    qa_rate: float
    device_missing: float
    kiosks: float
    tablets: float
    wifi: float
    households: float
    regulars: float
    business: float
    mobile: float
    carrier_exits: int
    outages: int
    level: float
    great: float


def draw(random: Random) -> Mix:
    """A company. Every figure comes from `random`, so equal seeds give equal companies."""
    span = random.uniform
    sms, email, in_app = span(0.5, 1.5), span(0.4, 1.3), span(0.6, 1.8)
    csat, nps, ces = span(0.8, 1.6), span(0.5, 1.2), span(0.25, 0.8)
    return Mix(
        agents=int(span(240, 350)),
        days=int(span(75, 95)),
        stores=random.randint(4, 10),
        events_per_agent=span(95, 145),
        chinese=span(0.25, 0.85),
        channels=_share(sms, email, in_app),
        metrics=_share(csat, nps, ces),
        gaming=span(0.10, 0.20),
        evasive=span(0.2, 0.45),
        store_leads=random.random() < 0.4,
        bombings=random.randint(1, 4),
        scanner_firms=span(0.01, 0.025),
        scanner_clicks_all=span(0.15, 0.5),
        double_posts=span(0.006, 0.018),
        corrections=span(0.01, 0.025),
        recovery=span(0.04, 0.12),
        file_outdated=span(0.015, 0.06),
        handed_over=span(0.01, 0.035),
        held_by_person=span(0.015, 0.045),
        freq_cap=span(0.04, 0.18),
        answer_rate=span(0.2, 0.33),
        comment_rate=span(0.15, 0.35),
        qa_rate=span(0.06, 0.15),
        device_missing=span(0.04, 0.16),
        kiosks=span(0.1, 0.4),
        tablets=span(0.03, 0.12),
        wifi=span(0.1, 0.35),
        households=span(0.04, 0.12),
        regulars=span(0.10, 0.3),
        business=span(0.03, 0.10),
        mobile=span(0.35, 0.65),
        carrier_exits=random.randint(8, 40),
        outages=random.randint(1, 4),
        level=span(-0.15, 0.3),
        great=span(0.03, 0.07),
    )


def _share(*weights: float) -> tuple[float, float, float]:
    total = sum(weights)
    first, second, third = (weight / total for weight in weights)
    return first, second, third
