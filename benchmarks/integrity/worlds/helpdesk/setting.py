"""What one seed draws about the company: its sites, habits, noise, and how much is gamed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

PRACTICES = (
    "requester_swap",  # the survey goes to a mailbox of the agent's
    "assumed_identity",  # rates as the customer, in the portal
    "remote_hand",  # rates on the customer's screen during remote help
    "ghost_ticket",  # tickets in the name of people who went quiet
    "pet_customer",  # a friend among the customers opens trifles
    "begging",  # asks for the five
    "five_then_credit",  # the credit note comes after the five
    "merge_sink",  # merges the unhappy into something old
    "hot_potato",  # reassigns the unhappy before it is solved
    "last_touch",  # takes the glad ones of another shift
    "sweep",  # a lead uses the unanswered links at month's end
)

# name, time zone, country, languages of its floor, in house
SITES = (
    ("drs", "Europe/Berlin", "DE", True),
    ("lds", "Europe/London", "GB", True),
    ("pnq", "Asia/Kolkata", "IN", False),
    ("ceb", "Asia/Manila", "PH", False),
    ("sjo", "America/Costa_Rica", "CR", False),
)

# region: time zones, country of its carriers, locale, share of iPhones, generosity
REGIONS = {
    "de": (("Europe/Berlin", "Europe/Berlin", "Europe/Vienna"), "DE", "de", 0.42, -0.14),
    "uk": (("Europe/London",), "GB", "en", 0.52, 0.0),
    "us": (("America/Chicago", "America/New_York", "America/Denver"), "US", "en", 0.58, 0.07),
    "in": (("Asia/Kolkata",), "IN", "hi", 0.09, 0.16),
}
COUNTRIES = ("DE", "GB", "US", "IN", "PH", "CR")

# reason: weight, how hard, usual minutes of work, helped by remote control
REASONS = {
    "login_sso": (16, 0.12, 9, 0.10),
    "how_to": (22, 0.22, 12, 0.15),
    "billing": (11, -0.20, 14, 0.0),
    "import_error": (13, -0.16, 31, 0.45),
    "report_wrong": (12, -0.10, 27, 0.35),
    "api": (8, -0.05, 38, 0.05),
    "printing": (6, 0.0, 22, 0.60),
    "year_end": (7, -0.18, 44, 0.40),
    "permissions": (5, 0.15, 11, 0.10),
}


@dataclass
class Draw:
    """One company, as the seed has it."""

    start: datetime
    days: int
    target: float
    vendors: tuple[str, ...]
    base: float
    noise: float
    widget: float
    ces: float
    both: float
    send_delay: float
    cap_days: int
    mail_rate: float
    chat_rate: float
    blind: float
    portal: float
    gaming: float
    weights: dict[str, float]
    level: float
    careful: float
    circle: bool
    vendor_lean: float
    oddity: float
    gateways: float
    detonation: float
    handover: float
    great: int
    poor: float
    bombed: int
    outages: int
    qa: float
    qa_hears: float

    @classmethod
    def drawn(cls, rng: Random) -> Draw:
        weights = {name: rng.gammavariate(1.1, 1.0) for name in PRACTICES}
        for name in rng.sample(PRACTICES, rng.randint(1, 4)):
            weights[name] *= 0.04
        clean = rng.random() < 0.12
        share = rng.uniform(0.0, 0.012) if clean else rng.uniform(0.08, 0.22)
        year, month = rng.choice(((2025, 4), (2025, 7), (2025, 10), (2026, 1)))
        extra = rng.choice((("ceb",), ("sjo",), ("ceb", "sjo")))
        return cls(
            start=datetime(year, month, 1, tzinfo=UTC),
            days=rng.choice((89, 90, 91)),
            target=rng.uniform(4900, 7600),
            vendors=("pnq", *extra),
            base=rng.uniform(0.62, 1.12),
            noise=rng.uniform(0.85, 1.1),
            widget=rng.uniform(0.18, 0.45),
            ces=rng.uniform(0.2, 0.42),
            both=rng.choice((0.0, 0.1, rng.uniform(0.15, 0.3))),
            send_delay=rng.choice((0.15, 1.0, 4.0, 24.0)),
            cap_days=rng.choice((0, 1, 2, 4)),
            mail_rate=rng.uniform(0.13, 0.22),
            chat_rate=rng.uniform(0.26, 0.42),
            blind=rng.uniform(0.08, 0.3),
            portal=rng.uniform(0.08, 0.24),
            gaming=share,
            weights=weights,
            level=rng.uniform(0.45, 1.0),
            careful=rng.uniform(0.1, 0.75),
            circle=rng.random() < 0.45,
            vendor_lean=rng.uniform(0.9, 3.0),
            oddity=rng.uniform(0.5, 1.6),
            gateways=rng.uniform(0.03, 0.13),
            detonation=rng.uniform(0.04, 0.2),
            handover=rng.uniform(0.015, 0.09),
            great=rng.randint(2, 5),
            poor=rng.uniform(0.03, 0.1),
            bombed=rng.choice((0, 1, 1, 2, 3)),
            outages=rng.choice((0, 1, 1, 2)),
            qa=rng.uniform(0.012, 0.035),
            qa_hears=rng.uniform(0.35, 0.85),
        )
