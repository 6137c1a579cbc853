"""An honest day: people come when shops are open, things go well or not, some answer.

Times are seconds from the first midnight (UTC). `Visit.truth` is what the customer would honestly
have answered, if anything: the KPI without gaming.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from random import Random

from benchmarks.integrity.foreign import speech
from benchmarks.integrity.foreign.world import Person, Shop, Spot, Worker, World

DAY, HOUR = 86400.0, 3600.0
RANGE = {"CSAT": (1, 5), "NPS": (0, 10), "CES": (1, 7)}
# How people score a visit that went: wonderfully, well, so-so, badly.
SCORES = {
    "CSAT": ((0, 0, 1, 14, 85), (1, 1, 6, 34, 58), (6, 10, 34, 34, 16), (46, 24, 16, 9, 5)),
    "NPS": (
        (0, 0, 0, 0, 0, 1, 1, 4, 12, 22, 60), (0, 0, 0, 1, 1, 5, 5, 14, 24, 20, 30),
        (3, 2, 4, 6, 6, 18, 14, 18, 14, 7, 8), (34, 10, 10, 9, 7, 11, 6, 5, 3, 2, 3),
    ),
    "CES": (
        (0, 0, 0, 1, 4, 20, 75), (1, 1, 2, 6, 15, 30, 45), (5, 8, 14, 20, 23, 18, 12),
        (36, 22, 16, 10, 8, 5, 3),
    ),
}  # fmt: skip
REASONS = {"question": 30, "purchase": 25, "repair": 15, "billing": 18, "complaint": 7, "return": 5}
HARD = {"repair": 0.4, "billing": 0.3, "complaint": 1.3, "return": 0.5}
BY_HAND = ("customer_declined", "invalid_contact", "duplicate_case", "test_record", "opt_out")
HOURS = tuple(8 + 13 * i / 40 for i in range(40))
BUSY = tuple(
    1 + 1.6 * math.exp(-((h - 11) ** 2) / 3) + 2 * math.exp(-((h - 19) ** 2) / 4) for h in HOURS
)


@dataclass(slots=True)
class Reply:
    """One answer as it came in. `label`, `moved`, `trap` are for the truth only."""

    score: int
    at: float
    opened: float
    device: str | None
    browser: str
    spot: Spot
    text: str = ""
    label: str = "honest"
    moved: bool = False
    trap: str = ""
    after: Reply | None = None
    number: str = ""


@dataclass(slots=True)
class Visit:
    """One case with its ask."""

    at: float
    worker: Worker
    credit: Worker
    who: Person
    reason: str
    seconds: float
    went: int
    metric: str
    channel: str
    number: str
    sent: float
    held: str | None = None
    truth: Reply | None = None
    replies: list[Reply] = field(default_factory=list)
    noted: list[tuple[float, str, float, tuple[str, ...]]] = field(default_factory=list)
    invented: bool = False
    hidden: bool = False  # withheld by somebody who feared the answer


class Honest:
    """Makes visits as they would be if nobody gamed."""

    def __init__(self, r: Random, world: World) -> None:
        self.r, self.world, self.h = r, world, world.habits

    def days(self, worker: Worker) -> list[Visit]:
        r, shop = self.r, worker.shop
        visits = []
        for day in range(worker.since, worker.until):
            if day % 7 in worker.days_off:
                continue
            busy = self.h.cases_a_day * 7 / 5 * (shop.weekend if day % 7 in (3, 4) else 1.0)
            for _ in range(_poisson(r, busy)):
                visits.append(self.visit(worker, self.guest(worker), day))
        return visits

    def guest(self, worker: Worker) -> Person:
        r, shop = self.r, worker.shop
        if worker.firm and r.random() < 0.3:
            return r.choice(worker.firm)
        if r.random() < 0.3:
            return shop.people[int(len(shop.people) * r.random() ** 2)]
        return self.world.person(shop)

    def visit(self, worker: Worker, who: Person, day: int) -> Visit:
        r, shop, h = self.r, worker.shop, self.h
        hour = r.choices(HOURS, BUSY)[0] + r.random() * 0.33
        at = day * DAY + ((hour - shop.offset) % 24) * HOUR
        reason = r.choices(list(REASONS), list(REASONS.values()))[0]
        glad = worker.skill + h.generous + who.lenient - HARD.get(reason, 0.0)
        glad -= 2.2 if day in shop.bad_days else 0.0
        x = glad + r.gauss(0, 1.0)
        went = 0 if x > 0.5 else 1 if x > -0.6 else 2 if x > -1.4 else 3
        metric = shop.metric or r.choices(list(h.metrics), list(h.metrics.values()))[0]
        channel = r.choices(("in_app", "sms", "email"), h.channels)[0]
        wait = {
            "in_app": r.expovariate(1 / 45) + 3,
            "sms": 600 + r.expovariate(1 / 1800),
            "email": 3600.0,
        }
        sent = at + wait[channel]
        if day in shop.slow_days:
            sent += r.uniform(1, 3) * DAY
        seconds = r.gammavariate(1.6, 260) + 15
        number = self.world.new("t") if r.random() < h.renumbered else who.number
        visit = Visit(at, worker, worker, who, reason, seconds, went, metric, channel, number, sent)
        self._noted(visit)
        self._hold(visit)
        if r.random() < h.handover:
            visit.credit = r.choice(shop.staff)
        chance = h.answering * {"in_app": 1.15, "sms": 0.95, "email": 0.6}[channel]
        chance *= (1.3, 0.9, 0.85, 1.4)[went]
        if r.random() < chance:
            visit.truth = self.reply(visit)
            if visit.held is None:
                visit.replies = [replace(visit.truth)]
        return visit

    def _noted(self, visit: Visit) -> None:
        r = self.r
        for kind, chances in (
            ("complaint", (0.002, 0.01, 0.08, 0.3)), ("refund", (0.01, 0.02, 0.06, 0.2)),
            ("repeat_contact", (0.03, 0.05, 0.15, 0.25)),
        ):  # fmt: skip
            if r.random() < chances[visit.went]:
                visit.noted.append((visit.at + r.expovariate(1 / (30 * HOUR)), kind, 1.0, ()))
        if r.random() < self.h.listened:
            tags = []
            if r.random() < 0.1:
                tags.append("survey_mentioned")
            if r.random() < 0.01:
                tags.append("survey_solicitation")
            value = 3.6 + 0.3 * visit.worker.skill - 0.25 * visit.went + r.gauss(0, 0.6)
            at = visit.at + r.uniform(0.2, 9) * DAY
            visit.noted.append((at, "qa", round(min(max(value, 1), 5), 1), tuple(tags)))

    def _hold(self, visit: Visit) -> None:
        r, h = self.r, self.h
        if r.random() < h.capped:
            visit.held = r.choices(("freq_cap", "policy_exempt", "legal_hold"), (8, 2, 1))[0]
        elif r.random() < h.declined * (1, 1, 1.3, 2.2)[visit.went]:
            visit.held = r.choices(BY_HAND, (5, 4, 2, 1, 3))[0]

    def score(self, visit: Visit) -> int:
        """What the customer thinks of it, whoever asks."""
        low = RANGE[visit.metric][0]
        weights = SCORES[visit.metric][visit.went]
        return low + self.r.choices(range(len(weights)), weights)[0]

    def reply(self, visit: Visit) -> Reply:
        """The customer's own answer: when, where, from what."""
        r, who, shop = self.r, visit.who, visit.worker.shop
        device, browser, spot, trap = who.device, who.browser, self.whereabouts(who, shop), who.sort
        if visit.channel == "in_app" and r.random() < 0.6:
            wait = r.expovariate(1 / 100) + 6
        else:
            wait = r.paretovariate(0.9) * {"in_app": 700, "sms": 240, "email": 2200}[visit.channel]
            wait = min(wait, 6 * DAY * r.random() + 600)
        if visit.channel == "in_app" and who.sort == "single":
            if visit.worker.tablet and r.random() < 0.6:
                device, browser = visit.worker.tablet, "Mozilla/5.0 (iPad; CPU OS 16_7) Desk/3.0"
                spot, trap, wait = shop.wifi, "tablet", r.uniform(8, 120)
            elif shop.kiosk and r.random() < 0.35:
                (device, browser), spot, trap = shop.kiosk, shop.wifi, "kiosk"
                wait = r.uniform(10, 300)
        if trap == "single" and wait < 1200 and r.random() < self.h.guest_wifi:
            spot, trap = shop.wifi, "wifi"
        at = visit.sent + wait
        local = (at / HOUR + shop.offset) % 24
        if local < 7 and wait > 3600:  # asleep
            at += (7 - local + 3 * r.random()) * HOUR
        text = ""
        if r.random() < self.h.comments:
            text = speech.own(r, shop.tongue, visit.went < 2, shop.tags)
        value = self.score(visit)
        return Reply(value, at, at - r.gammavariate(1.5, 3), device, browser, spot, text, trap=trap)

    def whereabouts(self, who: Person, shop: Shop) -> Spot:
        road = 0.1 if who.sort == "firm" else 0.5
        return self.world.road(shop) if self.r.random() < road else who.home


def _poisson(r: Random, mean: float) -> int:
    limit, count, product = math.exp(-mean), 0, r.random()
    while product > limit:
        count, product = count + 1, product * r.random()
    return count
