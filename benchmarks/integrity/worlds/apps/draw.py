"""What one seed draws: how the company is run, how hard it is gamed, how odd honest life is."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

PRACTICES = (
    "drawer_phone",
    "alias_mailbox",
    "remote_hand",
    "sandbox_tickets",
    "star_talk",
    "credit_for_stars",
    "reseller_favour",
    "quiet_close",
    "hot_potato",
    "callback_revote",
)
ODDITIES = (
    "one_roof",
    "tablet_trolley",
    "relay_centre",
    "summary_hour",
    "open_evening",
    "dogfooder",
    "new_number",
    "fix_release",
    "changed_mind",
    "private_relay",
    "buddy_login",
    "reseller_clerk",
    "family_plan",
)


def log_uniform(rng: random.Random, low: float, high: float) -> float:
    """Between low and high, every factor as likely."""
    return math.exp(rng.uniform(math.log(low), math.log(high)))


@dataclass(frozen=True)
class Draw:
    agents: int
    events: int
    gaming_share: float
    evasive_share: float
    weight: dict[str, float]
    strength: dict[str, float]
    odd: dict[str, float]
    answer_rate: dict[str, float]
    in_app_share: float
    sms_share: float
    capped_days: int
    qa_rate: float
    scanner_rate: float
    double_rate: float
    lost_cookie: float
    noise: float
    mood: float
    great: int
    poor: int
    mobs: int
    leavers: int
    contacts_known: float

    @staticmethod
    def of(rng: random.Random) -> Draw:
        """This seed's company."""
        clean = rng.random() < 1 / 8
        agents = rng.randint(66, 138)
        weight = {name: rng.uniform(0.4, 1.6) for name in PRACTICES}
        for name in rng.sample(PRACTICES, rng.randint(1, 3)):
            weight[name] *= 0.04
        odd = {name: log_uniform(rng, 0.35, 2.0) for name in ODDITIES}
        for name in rng.sample(ODDITIES, rng.randint(0, 3)):
            odd[name] = 0.0
        level = rng.uniform(0.8, 1.2)
        return Draw(
            agents=agents,
            events=int(rng.uniform(20_500, 26_500)),
            gaming_share=rng.choice((0.0, 0.0, 0.012)) if clean else rng.uniform(0.08, 0.22),
            evasive_share=rng.uniform(0.1, 0.75),
            weight=weight,
            strength={name: log_uniform(rng, 0.06, 0.55) for name in PRACTICES},
            odd=odd,
            answer_rate={
                "in_app": rng.uniform(0.22, 0.34) * level,
                "email": rng.uniform(0.13, 0.22) * level,
                "sms": rng.uniform(0.17, 0.28) * level,
            },
            in_app_share=rng.uniform(0.35, 0.7),
            sms_share=rng.uniform(0.45, 0.85),
            capped_days=rng.choice((7, 14, 21, 30)),
            qa_rate=rng.uniform(0.02, 0.07),
            scanner_rate=rng.choice((0.0, rng.uniform(0.001, 0.008), rng.uniform(0.006, 0.018))),
            double_rate=rng.uniform(0.001, 0.012),
            lost_cookie=rng.uniform(0.06, 0.3),
            noise=rng.uniform(0.9, 1.35),
            mood=rng.uniform(0.55, 1.05),
            great=rng.randint(3, 7),
            poor=rng.randint(2, 7),
            mobs=rng.choice((0, 0, 1, 1, 2)),
            leavers=rng.choice((0, 0, 1)),
            contacts_known=rng.uniform(0.3, 0.9),
        )
