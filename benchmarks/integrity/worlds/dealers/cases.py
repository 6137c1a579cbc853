"""A case, the presses on its survey, and how a visit becomes a score."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from benchmarks.integrity.worlds.dealers.people import Agent, Customer, Spot, Store
from benchmarks.integrity.worlds.dealers.profile import Profile
from benchmarks.integrity.worlds.dealers.words import Browser, Phone


@dataclass
class Press:
    opened: datetime
    answered: datetime
    score: int
    place: Spot
    device: str | None
    agent_string: str
    comment: str | None = None
    tongue: str = "zh"
    label: str = "honest"
    practice: str | None = None
    trap: str = ""
    changed: bool = False
    true: int | None = None
    evasive: bool = False
    replaces: Press | None = None


@dataclass
class Case:
    at: datetime  # UTC, when the job card is closed or the keys are handed over
    agent: Agent  # credited
    worker: Agent
    who: Customer
    reason: str
    on_file: str
    seconds: int
    feel: float
    real: bool = True  # counts for what the team would have
    would: bool = False  # would answer of their own accord
    free: int = 0  # what they would say
    sent_to: str = ""
    channel: str = ""
    sent: datetime | None = None
    suppress: str | None = None
    practice: str | None = None  # what decides the answer
    trap: str = ""
    presses: list[Press] = field(default_factory=list)
    wish: datetime | None = None  # when the answers of a crowd come
    place: Spot | None = None  # where it is given, if that is settled
    no_survey: bool = False

    @property
    def store(self) -> Store:
        return self.worker.team.store

    @property
    def nps(self) -> bool:
        return self.agent.team.sales

    @property
    def top(self) -> int:
        return 10 if self.nps else 5

    @property
    def freely(self) -> int | None:
        return self.free if self.would else None


_NPS = ((0.12, 10), (-0.42, 9), (-0.9, 8), (-1.2, 7), (-1.42, 6), (-1.65, 5), (-1.85, 3), (-2.2, 1))
_CSAT = ((-0.22, 5), (-0.98, 4), (-1.4, 3), (-1.78, 2))


def score(case: Case, feel: float) -> int:
    for bound, value in _NPS if case.nps else _CSAT:
        if feel > bound:
            return value
    return 0 if case.nps else 1


_SALES = (("delivery", 0.0, 0.45), ("test_drive", 0.0, 0.38), ("used_car_purchase", -0.15, 0.17))
_WORKSHOP = (
    ("first_service", 0.35, 0.16), ("maintenance", 0.1, 0.46), ("repair", -0.3, 0.16),
    ("warranty_claim", -0.6, 0.09), ("bodywork", -0.2, 0.1), ("recall", -0.1, 0.03),
    ("free_check", 0.3, 0.05),
)  # fmt: skip


def visit(
    rng: Random, profile: Profile, at: datetime, agent: Agent, who: Customer,
    reason: str | None = None,
) -> Case:  # fmt: skip
    """An ordinary visit: the person's skill, the matter, the day, and the customer's taste."""
    menu = _SALES if agent.team.sales else _WORKSHOP
    if reason is None:
        reason = rng.choices([m[0] for m in menu], [m[2] for m in menu])[0]
    matter = next((m[1] for m in menu if m[0] == reason), 0.0)
    feel = profile.level + agent.skill + matter + who.taste + rng.gauss(0, 0.9)
    if agent.great:
        feel = max(feel, rng.gauss(1.0, 0.6))
    pace = agent.pace * (2.6 if agent.team.sales else 1.0)
    if reason == "free_check":
        pace *= 0.22
    case = Case(
        at=at, agent=agent, worker=agent, who=who, reason=reason, on_file=who.number,
        seconds=max(90, int(rng.lognormvariate(7.2, 0.45) * pace)), feel=feel,
    )  # fmt: skip
    case.free = score(case, feel)
    drive = who.eager * (1.25 if feel > 0.9 or feel < -1.4 else 0.92)
    if agent.great:
        drive *= 1.3
    case.would = rng.random() < min(0.9, profile.answer_rate * drive)
    return case


def local(at: datetime, store: Store) -> datetime:
    return at + timedelta(hours=store.offset)


def utc(at: datetime, store: Store) -> datetime:
    return at - timedelta(hours=store.offset)


def by_hand(
    rng: Random, case: Case, opened: datetime, handset: Phone, place: Spot,
    value: int, took: float, browser: Browser | None = None,
) -> Press:  # fmt: skip
    """One press by somebody on some handset; labels are set by who calls."""
    if browser is None:
        browser = "wechat" if case.channel in ("wechat", "qr") else "browser"
    return Press(
        opened=opened, answered=opened + timedelta(seconds=took), score=value, place=place,
        device=handset.cookie(rng, browser), agent_string=handset.name(browser, place[2]),
        tongue="zh" if case.store.zh else "en",
    )  # fmt: skip
