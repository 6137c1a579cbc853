"""One case at a desk: who rang, how it went, what the customer would say of it if asked."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from benchmarks.integrity.worlds.apps.draw import Draw
from benchmarks.integrity.worlds.apps.people import METRICS, START, Agent, Customer

REASONS: dict[str, dict[str, float]] = {
    "chat": {"sync_lost": -0.25, "login": 0.2, "billing_question": 0.0, "how_to": 0.35,
             "crash_after_update": -0.5, "contact_change": 0.25},
    "phone": {"login": 0.1, "billing_question": 0.0, "data_export": -0.1, "how_to": 0.3,
              "subscription_cancel": -0.6, "contact_change": 0.2},
    "onboarding": {"first_setup": 0.3, "import_books": -0.2, "team_invite": 0.2, "training": 0.45},
    "refunds": {"refund_request": 0.1, "chargeback": -0.8, "double_charge": -0.1,
                "store_purchase": -0.35},
    "partner": {"licence_seats": 0.2, "price_list": -0.1, "migration": -0.2, "invoice": 0.0},
}  # fmt: skip
MINUTES = {"chat": 11.0, "phone": 9.0, "onboarding": 34.0, "refunds": 13.0, "partner": 17.0}
STEPS: dict[str, tuple[tuple[float, int], ...]] = {
    "CSAT": ((0.45, 5), (-0.1, 4), (-0.6, 3), (-1.0, 2), (-99, 1)),
    "NPS": ((1.4, 10), (0.8, 9), (0.25, 8), (-0.15, 7), (-0.4, 6), (-0.65, 5), (-0.9, 4),
            (-1.1, 3), (-1.35, 2), (-1.7, 1), (-99, 0)),
    "CES": ((0.8, 7), (0.3, 6), (-0.1, 5), (-0.5, 4), (-0.9, 3), (-1.3, 2), (-99, 1)),
}  # fmt: skip
TOP = {"CSAT": 5, "NPS": 10, "CES": 7}
GOOD = {"CSAT": 4, "NPS": 9, "CES": 5}
BAD = {"CSAT": 2, "NPS": 6, "CES": 3}


@dataclass
class Case:
    event_id: str
    at: datetime
    worker: Agent
    credited: Agent
    customer: Customer
    on_file: str | None
    contact: str
    reason: str
    handle: int
    metric: str
    feeling: float
    channel: str
    true: int = 0
    would: bool = False
    counts: bool = True  # a genuine customer who belongs into the true KPI
    sent: datetime | None = None
    suppressed: str | None = None
    invitation_id: str = ""
    trap: str = ""
    tally: bool = False  # would have been asked, if nobody had kept the question back
    asked_for: bool = False  # a listener would have heard stars asked for
    refunds: list[tuple[datetime, float]] = field(default_factory=list)


def mark(metric: str, feeling: float) -> int:
    """The score that a feeling presses."""
    return next(score for floor, score in STEPS[metric] if feeling > floor)


def local(moment: datetime, tz: str) -> datetime:
    return moment.astimezone(ZoneInfo(tz))


def at_local(day: date, hour: float, tz: str) -> datetime:
    """This hour of this day on the wall clock of tz, as UTC."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(tz))
    return (midnight + timedelta(hours=hour)).astimezone(START.tzinfo)


def new_case(
    rng: random.Random,
    draw: Draw,
    event_id: str,
    at: datetime,
    worker: Agent,
    customer: Customer,
    lift: float = 0.0,
) -> Case:
    """A case as it happened, before anybody thinks of the survey."""
    desk = worker.desk
    reasons = REASONS[desk]
    reason = rng.choice(list(reasons))
    feeling = (
        draw.mood
        + worker.quality
        + customer.market.kindness
        + reasons[reason]
        + lift
        + rng.gauss(0, draw.noise)
    )
    metric = METRICS[desk]
    on_file: str | None = customer.contact
    contact = customer.contact
    trap = ""
    if (
        reason == "contact_change"
        and customer.group is None
        and rng.random() < 0.5 * min(1.6, draw.odd["new_number"])
    ):
        # the customer rang because the address on file is dead: the survey goes to the new one
        contact = f"{rng.getrandbits(96):024x}"
        customer.contact = contact
        trap = "new_number"
    elif rng.random() < 0.04:
        on_file = None
    case = Case(
        event_id=event_id,
        at=at,
        worker=worker,
        credited=worker,
        customer=customer,
        on_file=on_file,
        contact=contact,
        reason=reason,
        handle=max(35, int(60 * MINUTES[desk] * rng.lognormvariate(0, 0.6))),
        metric=metric,
        feeling=feeling,
        channel=_channel(rng, draw, desk),
        trap=trap,
    )
    case.true = mark(metric, feeling)
    if worker.mentor and at.date() < worker.active_from + timedelta(days=14):
        case.credited, case.trap = worker.mentor, "buddy_login"
    eager = 0.65 + 0.43 * min(2.0, abs(feeling - 0.35)) + (0.25 if worker.great else 0.0)
    case.would = rng.random() < draw.answer_rate[case.channel] * eager
    if reason in ("refund_request", "double_charge", "chargeback") and rng.random() < 0.55:
        paid = at - timedelta(seconds=rng.randint(20, case.handle))
        if rng.random() < 0.35:  # the finance batch of the next hours
            paid = at + timedelta(minutes=rng.randint(10, 300))
        case.refunds.append((paid, rng.choice((2.99, 4.99, 9.99, 19.99, 39.99, 59.0))))
    elif rng.random() < 0.025:  # an honest goodwill credit, given as the case is closed
        case.refunds.append(
            (at + timedelta(seconds=rng.randint(-300, 240)), rng.choice((3.0, 5.0, 10.0)))
        )
    return case


def _channel(rng: random.Random, draw: Draw, desk: str) -> str:
    if desk == "phone":
        return "sms" if rng.random() < draw.sms_share else "email"
    share = draw.in_app_share * (0.35 if desk == "partner" else 1.0)
    return "in_app" if rng.random() < share else "email"


def send_after(rng: random.Random, case: Case) -> timedelta:
    """How long the survey tool waits after the case is closed."""
    if case.channel == "in_app":
        return timedelta(seconds=rng.randint(1, 25))
    if case.channel == "sms":
        return timedelta(seconds=rng.randint(60, 400))
    return timedelta(minutes=rng.randint(15, 65), seconds=rng.randint(0, 59))


def ask(rng: random.Random, draw: Draw, case: Case) -> None:
    """What the systems and honest people decide about the invitation."""
    customer, dice = case.customer, rng.random()
    waited = customer.last_asked is None or case.at - customer.last_asked > timedelta(
        days=draw.capped_days
    )
    shared = customer.group is not None and customer.group.contact is not None
    if not waited and not shared:
        case.suppressed = "freq_cap"
    elif dice < 0.012:
        case.suppressed = "policy_exempt"
    elif case.reason == "chargeback" and dice < 0.16:
        case.suppressed = "legal_hold"
    elif dice < 0.052:
        case.suppressed = rng.choices(
            ("customer_declined", "invalid_contact", "duplicate_case", "test_record", "opt_out"),
            weights=(5, 14, 10, 2, 12),
        )[0]
    else:
        case.tally = True
        case.sent = case.at + send_after(rng, case)
        customer.last_asked = case.sent
