"""What kind of company one seed is. Drawn widely; some seeds have hardly any of one practice."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

PRACTICES = (
    "self_phone", "friends", "phantom", "beg", "gift", "skip", "late", "reassign", "revise",
)  # fmt: skip


@dataclass(slots=True)
class Habits:
    """Shares are 0…1. `practices`: how common each is among those who game."""

    stores: int
    team_size: int
    cases_a_day: float
    channels: tuple[float, float, float]  # in_app, sms, email
    metrics: dict[str, float]
    metric_by_store: bool
    gaming: float
    evasive: float
    practices: dict[str, float]
    bombings: int
    answering: float
    no_cookie: float
    chinese: float
    declined: float
    capped: float
    outages: int
    backlog_days: int
    listened: float
    generous: float
    tablets: float
    kiosks: float
    managers: float
    gateways: float
    renumbered: float
    handover: float
    double_posts: float
    slips: float
    made_good: float
    guest_wifi: float
    comments: float
    ring: bool
    extra: dict[str, float] = field(default_factory=dict)


def draw(r: Random) -> Habits:
    """One company's habits."""
    shares = {kind: r.choice((0.15, 1.0, 1.0, 2.0)) for kind in PRACTICES}
    for kind in ("late", "reassign", "revise"):
        shares[kind] *= 0.6
    shares["self_phone"] *= 1.5
    app = r.triangular(0.45, 0.75, 0.6)
    sms = (1 - app) * r.uniform(0.35, 0.75)
    return Habits(
        stores=r.randint(12, 24),
        team_size=r.choice((4, 5, 5, 6)),
        cases_a_day=r.uniform(1.2, 1.7),
        channels=(app, sms, 1 - app - sms),
        metrics={"CSAT": r.uniform(1, 2), "NPS": r.uniform(0.6, 1.4), "CES": r.uniform(0.2, 0.9)},
        metric_by_store=r.random() < 0.3,
        gaming=r.uniform(0.1, 0.2),
        evasive=r.uniform(0.15, 0.5),
        practices=shares,
        bombings=r.randint(1, 6),
        answering=r.uniform(0.16, 0.26),
        no_cookie=r.uniform(0.1, 0.4),
        chinese=r.choice((0.3, 0.7, 1.0)),
        declined=r.uniform(0.015, 0.05),
        capped=r.uniform(0.03, 0.2),
        outages=r.randint(0, 3),
        backlog_days=r.randint(0, 2),
        listened=r.uniform(0.05, 0.1),
        generous=r.gauss(0, 0.3),
        tablets=r.uniform(0.0, 0.15),
        kiosks=r.uniform(0.1, 0.6),
        managers=r.uniform(0.02, 0.08),
        gateways=r.uniform(0.15, 0.45),
        renumbered=r.uniform(0.01, 0.07),
        handover=r.uniform(0.005, 0.04),
        double_posts=r.uniform(0.004, 0.02),
        slips=r.uniform(0.005, 0.02),
        made_good=r.uniform(0.03, 0.15),
        guest_wifi=r.uniform(0.05, 0.35),
        comments=r.uniform(0.15, 0.4),
        ring=r.random() < 0.3,
    )
