"""What one seed decides about the chain before anybody checks in."""

import random
from dataclasses import dataclass
from datetime import date

FRONT, HOUSE, BREAKFAST, CONCIERGE, LOYALTY = (
    "front_desk",
    "housekeeping",
    "breakfast",
    "concierge",
    "loyalty_desk",
)

# Who can do what: a housekeeper has no access to addresses, a desk clerk none to left cards.
PRACTICES: dict[str, tuple[str, ...]] = {
    FRONT: (
        "own_mailbox",
        "spoiled_address",
        "points_for_ten",
        "desk_tablet",
        "passed_folio",
        "recovery_call",
        "ghost_stay",
        "drivers_table",
    ),
    HOUSE: ("left_cards", "chocolate_note"),
    BREAKFAST: ("table_watch", "desk_tablet"),
    CONCIERGE: ("points_for_ten", "own_mailbox"),
    LOYALTY: ("on_the_line", "spoiled_address", "recovery_call"),
}
ODDITIES = (
    "coach_leader",
    "crew_tablets",
    "staff_rate",
    "real_mail_taken",
    "portal_replay",
    "friday_batch",
    "long_stay",
    "walked_group",
    "second_thoughts",
    "helped_guest",
    "card_in_pocket",
    "trainee_login",
    "bad_keyboard",
)
# Share of a department's invitations by channel, before the seed's jitter.
MIX: dict[str, dict[str, float]] = {
    FRONT: {"email": 0.52, "sms": 0.24, "in_app": 0.09, "qr": 0.07, "kiosk": 0.08},
    HOUSE: {"qr": 0.72, "sms": 0.13, "in_app": 0.15},
    BREAKFAST: {"qr": 0.55, "kiosk": 0.27, "in_app": 0.18},
    CONCIERGE: {"email": 0.35, "sms": 0.38, "in_app": 0.27},
    LOYALTY: {"sms": 0.55, "email": 0.45},
}
# How often an invited guest answers: the tablet is asked face to face, a printed code is not.
ANSWERS = {"email": 0.15, "sms": 0.25, "in_app": 0.29, "qr": 0.17, "kiosk": 0.48}


@dataclass(frozen=True)
class Draw:
    """The company of one seed."""

    start: date
    days: int
    agents: int
    answers: int
    gaming: float
    careful: float
    weights: dict[str, float]
    strengths: dict[str, float]
    oddities: dict[str, float]
    mix: dict[str, dict[str, float]]
    answer_rate: float
    lost_cookie: float
    noise: float
    comments: float
    ota: float
    corporate: float
    group: float
    suppress: dict[str, float]
    scanners: float
    doubles: float
    clumped: float
    spite: int
    feuds: int
    heard: float


def draw(rng: random.Random) -> Draw:
    """One company. About one in eight has nobody who games, or a single clerk."""
    quiet = rng.random() < 0.125
    every = sorted({name for names in PRACTICES.values() for name in names})
    mix = {
        part: {name: share * rng.uniform(0.5, 1.6) for name, share in shares.items()}
        for part, shares in MIX.items()
    }
    return Draw(
        start=rng.choice([date(2025, 1, 6), date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1)]),
        days=rng.choice([90, 91, 92]),
        agents=rng.randint(66, 140),
        answers=rng.randint(4500, 8100),
        gaming=rng.choice([0.0, 0.011]) if quiet else rng.uniform(0.09, 0.21),
        careful=rng.uniform(0.15, 0.85),
        weights={name: rng.choice([0.03, 0.4, 1.0, 1.0, 2.0]) for name in every},
        strengths={name: 0.08 * 7 ** rng.uniform(0.0, 1.0) for name in every},
        oddities={name: rng.choice([0.1, 0.5, 1.0, 1.0, 1.8]) for name in ODDITIES},
        mix=mix,
        answer_rate=rng.uniform(0.85, 1.3),
        lost_cookie=rng.uniform(0.12, 0.38),
        noise=rng.uniform(0.8, 1.25),
        comments=rng.uniform(0.07, 0.2),
        ota=rng.uniform(0.3, 0.58),
        corporate=rng.uniform(0.08, 0.22),
        group=rng.uniform(0.04, 0.1),
        suppress={
            "policy_exempt": rng.uniform(0.01, 0.04),
            "legal_hold": rng.uniform(0.0, 0.003),
            "customer_declined": rng.uniform(0.01, 0.035),
            "invalid_contact": rng.uniform(0.015, 0.045),
            "duplicate_case": rng.uniform(0.003, 0.01),
            "test_record": rng.uniform(0.0, 0.002),
            "opt_out": rng.uniform(0.006, 0.02),
        },
        scanners=rng.choice([0.0, 0.004, 0.012, 0.03]),
        doubles=rng.uniform(0.002, 0.012),
        clumped=rng.uniform(0.0, 0.7),
        spite=rng.choice([0, 0, 1, 1, 2]),
        feuds=rng.choice([0, 0, 0, 1]),
        heard=rng.uniform(0.006, 0.03),
    )
