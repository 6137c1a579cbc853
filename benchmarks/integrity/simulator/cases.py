"""Honest life: a customer comes, an agent helps, somebody may be asked and may answer.

`Life.case` makes one interaction with all that would honestly follow from it; `gaming.py` then
changes what some agents change. `Case.honest` stays: it is the truth the KPI is measured against.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from random import Random

from benchmarks.integrity.simulator import words
from benchmarks.integrity.simulator.mix import Mix
from benchmarks.integrity.simulator.people import Agent, Customer, Device, Place, Store, Town

SCALES = {"CSAT": (1, 5), "NPS": (0, 10), "CES": (1, 7)}
CUTS = {
    "CSAT": (-1.2, -0.85, -0.45, 0.15),
    "NPS": (-1.65, -1.5, -1.35, -1.2, -1.0, -0.8, -0.6, -0.25, 0.15, 0.55),
    "CES": (-1.4, -1.1, -0.8, -0.4, 0.0, 0.4),
}
REASONS = {"inquiry": 0.15, "order": 0.1, "delivery": -0.05, "technical": -0.2, "complaint": -0.6}
DAY, HOUR, MINUTE = 86400.0, 3600.0, 60.0


@dataclass(slots=True)
class Given:
    """One answer as it reached the survey. `label` and `trap` are for the truth file only."""

    score: int
    at: float
    opened: float
    device: Device
    place: Place
    comment: str
    label: str = "honest"
    changed: bool = False
    trap: str = ""
    supersedes: Given | None = None
    said_as_superseding: bool = True
    number: str = ""


@dataclass(slots=True)
class Case:
    """One interaction. `worker` did it, `credited` gets the score. Times are seconds from day 0."""

    at: float
    worker: Agent
    credited: Agent
    customer: Customer
    reason: str
    seconds: float
    happy: float
    metric: str
    channel: str
    contact: str
    sent: float
    held: str | None = None
    honest: Given | None = None
    answers: list[Given] = field(default_factory=list)
    signals: list[tuple[float, str, float, tuple[str, ...]]] = field(default_factory=list)
    invented: bool = False
    on_the_spot: bool = False


def score(metric: str, happy: float) -> int:
    """The honest score of so happy a customer."""
    return SCALES[metric][0] + sum(happy > cut for cut in CUTS[metric])


class Life:
    """Makes honest interactions from one seeded source."""

    def __init__(self, random: Random, mix: Mix, town: Town) -> None:
        self.random, self.mix, self.town = random, mix, town

    def case(self, agent: Agent, customer: Customer, day: int) -> Case:
        random, store = self.random, agent.store
        at = (day + min(max(random.gauss(0.55, 0.16), 0.3), 0.97)) * DAY
        reason = random.choices(list(REASONS), (30, 25, 20, 17, 8))[0]
        happy = (
            store.level + agent.quality + REASONS[reason] + customer.mood + random.gauss(0, 0.95)
            - (1.5 if day in store.outages else 0)
        )  # fmt: skip
        metric = random.choices(("CSAT", "NPS", "CES"), self.mix.metrics)[0]
        channel = random.choices(("sms", "email", "in_app"), store.channels)[0]
        seconds = random.lognormvariate(5.9, 0.65) * (1.4 if reason == "technical" else 1)
        case = Case(
            at, agent, agent, customer, reason, seconds, happy, metric, channel,
            customer.contact, at + self._dispatch(channel),
        )  # fmt: skip
        if random.random() < self.mix.file_outdated:
            case.contact = self.town.fresh("contact")
        self._signals(case)
        self._held(case)
        if case.held is None:
            self.answer(case)
        return case

    def _dispatch(self, channel: str) -> float:
        if channel == "in_app":
            return self.random.uniform(2, 150)
        return self.random.lognormvariate(math.log(20 * MINUTE), 1.0)

    def _signals(self, case: Case) -> None:
        random = self.random
        sad = 1 / (1 + math.exp(2.2 * (case.happy + 0.9)))

        def later(hours: float) -> float:
            return case.at + random.expovariate(1 / (hours * HOUR))

        if random.random() < 0.45 * sad + 0.004:
            case.signals.append((later(10), "complaint", 1, ()))
        if random.random() < 0.25 * sad + 0.02:
            case.signals.append((later(30), "refund", 1, ()))
        if random.random() < 0.35 * sad + 0.03:
            case.signals.append((later(40), "repeat_contact", 1, ()))
        if random.random() < self.mix.qa_rate:
            value = 74 + 11 * case.worker.quality + 4 * case.happy + random.gauss(0, 8)
            tags = (
                ("survey_mentioned",) * (random.random() < 0.12)
                + ("survey_solicitation",) * (random.random() < 0.012)
            )  # fmt: skip
            case.signals.append((later(48), "qa", round(min(max(value, 0), 100)), tags))

    def _held(self, case: Case) -> None:
        random = self.random
        if random.random() < self.mix.freq_cap:
            case.held = random.choice(("freq_cap", "freq_cap", "policy_exempt", "legal_hold"))
        elif random.random() < self.mix.held_by_person * (1.6 if case.happy < -0.5 else 1):
            case.held = random.choice(
                ("customer_declined", "invalid_contact", "duplicate_case", "test_record", "opt_out")
            )

    def answer(self, case: Case) -> None:
        """What this customer would honestly answer, if anything; kept as the truth."""
        random = self.random
        extreme = 1.25 if abs(case.happy - 0.2) > 1 else 0.9
        bonus = {"in_app": 1.25, "sms": 1.0, "email": 0.75}[case.channel]
        if case.customer.kind == "business":
            bonus *= 0.8
        if random.random() > self.mix.answer_rate * extreme * bonus:
            return
        case.honest = self.given(case, score(case.metric, case.happy))
        case.answers = [replace(case.honest)]

    def given(self, case: Case, value: int) -> Given:
        """The customer's own answer with this score: when, from what, from where, in what words."""
        random, customer, store = self.random, case.customer, case.worker.store
        device, place, trap = customer.device, self.whereabouts(customer), customer.kind
        median = {"in_app": 4 * MINUTE, "sms": 35 * MINUTE, "email": 5 * HOUR}[case.channel]
        wait = random.lognormvariate(math.log(median), 1.3)
        if case.channel == "in_app" and customer.kind == "plain":
            if case.worker.tablet and random.random() < 0.7:
                device, place, trap = case.worker.tablet, store.wifi, "tablet"
                wait = random.uniform(10, 180)
            elif store.kiosk and random.random() < 0.5:
                device, place, trap = store.kiosk, store.wifi, "kiosk"
                wait = random.uniform(15, 400)
        if trap == "plain" and wait < 15 * MINUTE and random.random() < self.mix.wifi:
            place, trap = store.wifi, "wifi"
        at = case.sent + max(wait, 4 if case.channel == "in_app" else 9)
        text = ""
        if random.random() < self.mix.comment_rate:
            text = words.comment(random, customer.locale, store.chips)
        return Given(
            value, at, at - random.lognormvariate(1.4, 0.7), device, place, text, trap=trap
        )

    def whereabouts(self, customer: Customer) -> Place:
        """At home or in the office, or on the road behind one of the carrier's exits."""
        if customer.kind == "business":
            return customer.home if self.random.random() < 0.85 else self.road()
        return self.road() if self.random.random() < self.mix.mobile else customer.home

    def road(self) -> Place:
        return self.random.choice(self.town.exits)


def store_of(random: Random, number: int, mix: Mix, town: Town) -> Store:
    """A shop or a call centre: language, level, wifi, perhaps a kiosk, its own mix of channels."""
    locale = "zh" if random.random() < mix.chinese else "en"
    kiosk = Device(town.fresh("kiosk"), "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) Kiosk/2.1")
    shares = [share * random.uniform(0.5, 1.6) for share in mix.channels]
    total = sum(shares)
    return Store(
        f"S{number:03d}", locale, mix.level + random.gauss(0, 0.15), town.place(),
        kiosk if random.random() < mix.kiosks else None,
        tuple(random.sample(words.CHIPS[locale], 4)),
        frozenset(random.sample(range(mix.days), mix.outages)),
        channels=(shares[0] / total, shares[1] / total, shares[2] / total),
    )  # fmt: skip
