"""What some people do to a score, and why it looks as it does.

An agent whose bonus hangs on the score (or a manager whose store's does) does the least that works:
puts an own or a friend's number in place of the customer's, opens the link on the own phone,
invents quick cases in the app, asks at the counter, gives a gift, marks the unhappy as "declined",
sends their invitation days late, or lets a colleague have their case. The careful ones
(`evasive`) change phone, network and words, and do less of it.
"""

from __future__ import annotations

import math
from random import Random

from benchmarks.integrity.simulator import words
from benchmarks.integrity.simulator.cases import (
    DAY,
    HOUR,
    MINUTE,
    SCALES,
    Case,
    Given,
    Life,
    score,
)  # fmt: skip
from benchmarks.integrity.simulator.people import PHONES, Agent, Device, Place, Town

FABRICATES = ("self_phone", "friends", "phantom")
SOLICITS = ("beg", "gift")
SELECTS = ("skip", "late", "reassign")


def choose(random: Random, agent: Agent, evasive: float) -> None:
    """Decide what this agent does, how much, and how carefully."""
    kinds = {random.choice(random.choice((FABRICATES, FABRICATES, FABRICATES, SOLICITS, SELECTS)))}
    if random.random() < 0.4:
        kinds.add(random.choice(FABRICATES + SOLICITS + SELECTS))
    agent.gaming = frozenset(kinds)
    agent.evasive = random.random() < evasive
    agent.intensity = random.uniform(0.35, 1.0) * (0.6 if agent.evasive else 1)


class Cheats:
    """Changes cases as gaming agents do."""

    def __init__(self, random: Random, town: Town, life: Life, colleagues: dict[str, list[Agent]]):
        self.random, self.town, self.life = random, town, life
        self.colleagues = colleagues
        self.hideouts: dict[str, list[Place]] = {}

    def touch(self, case: Case) -> None:
        """Apply what the case's agent does, if anything."""
        agent, random = case.worker, self.random
        unhappy = case.happy < -0.7 or any(kind == "complaint" for _, kind, _, _ in case.signals)
        if case.held in ("freq_cap", "policy_exempt", "legal_hold"):
            return
        for kind in sorted(agent.gaming):
            if case.held is not None:
                return
            if kind == "skip" and unhappy and random.random() < 0.25 + 0.5 * agent.intensity:
                case.held = random.choice(
                    ("customer_declined", "invalid_contact", "duplicate_case")
                )
                case.answers = []
            elif kind == "late" and unhappy and random.random() < 0.25 + 0.5 * agent.intensity:
                self._late(case)
            elif kind == "reassign" and unhappy and random.random() < 0.3 + 0.5 * agent.intensity:
                if case.credited is agent:
                    case.credited = self._other(agent)
            elif kind in SOLICITS:
                self._ask(case, kind)
            elif kind in ("self_phone", "friends") and random.random() < 0.5 * agent.intensity:
                self._fill_in(case, kind)

    def _other(self, agent: Agent) -> Agent:
        return self.random.choice([a for a in self.colleagues[agent.store.id] if a is not agent])

    def _late(self, case: Case) -> None:
        delay = self.random.uniform(2, 7) * DAY
        case.sent += delay
        case.answers = [] if self.random.random() < 0.35 else case.answers
        for given in case.answers:
            given.at += delay
            given.opened += delay

    def _ask(self, case: Case, kind: str) -> None:
        """Begging or a gift at the counter: more answers, sooner, and some of them kinder."""
        random, agent = self.random, case.worker
        for index, (at, what, value, tags) in enumerate(case.signals):
            if what == "qa" and random.random() < 0.3 + 0.4 * agent.intensity:
                case.signals[index] = (at, what, value, (*tags, "survey_solicitation"))
        if random.random() > 0.35 + 0.5 * agent.intensity:
            return
        if random.random() < 0.015:
            late = case.at + random.expovariate(1 / (20 * HOUR))
            case.signals.append((late, "complaint", 1, ("survey_pressure",)))
        if case.honest is None and random.random() < 0.15:
            case.honest = self.life.given(case, _score(case))
            case.answers = [self.life.given(case, _score(case))]
        if not case.answers or case.answers[0].label != "honest":
            return
        given = case.answers[0]
        best = SCALES[case.metric][1]
        case.on_the_spot = True
        given.at = case.sent + random.lognormvariate(math.log(90), 0.7)
        given.opened = given.at - random.lognormvariate(1.2, 0.6)
        given.label = "solicited"
        if given.score < best and random.random() < (0.6 if kind == "gift" else 0.45):
            given.score, given.changed = best, True
        if random.random() < 0.05:
            given.comment = random.choice(words.BEGGED[case.customer.locale])

    def _fill_in(self, case: Case, kind: str) -> None:
        """The agent (or a friend) answers in the customer's place; nobody else can any more."""
        random, agent = self.random, case.worker
        if case.happy > 0.7 and random.random() < 0.6:
            return  # a delighted customer needs no help
        if case.answers and random.random() < 0.6:
            return  # most wait to see whether the customer answers, and fill in what stays open
        if kind == "friends":
            friend = random.choice(agent.friends)
            case.contact = friend.contact
            case.channel = "sms" if case.channel == "email" else case.channel
            wait = random.lognormvariate(math.log(40 * MINUTE), 1.1)
            device, place = friend.device, self.life.whereabouts(friend)
            if agent.evasive:
                device = self._rotated(friend.device)
        else:
            if case.channel != "in_app" or random.random() < 0.3:
                case.channel = random.choice(("sms", "in_app"))
                case.contact = (
                    random.choice(agent.contacts)
                    if not agent.evasive
                    else (self.town.fresh("contact"))
                )
            device, place = self._own(agent)
            shift_end = (math.floor(case.at / DAY) + 0.97) * DAY - case.sent
            batch = shift_end > 0 and random.random() < 0.4 and not agent.evasive
            wait = shift_end + random.uniform(0, 1200) if batch else random.lognormvariate(5.5, 1.0)
        case.answers = [self.made_up(case, agent, device, place, case.sent + max(wait, 5))]

    def _own(self, agent: Agent) -> tuple[Device, Place]:
        random = self.random
        if agent.evasive:
            spots = self.hideouts.setdefault(
                agent.id, [agent.home, *(self.town.place() for _ in range(random.randint(1, 5)))]
            )
            place = self.life.road() if random.random() < 0.5 else random.choice(spots)
            return self._rotated(agent.phone), place
        place = random.choices((agent.store.wifi, agent.home, self.life.road()), (5, 3, 2))[0]
        return agent.phone, place

    def _rotated(self, device: Device) -> Device:
        """Cookies cleared, or a second phone."""
        random = self.random
        same = random.random() < 0.75
        return Device(
            None if random.random() < 0.25 else self.town.fresh("device"),
            device.agent if same else self.town.client(PHONES),
        )

    def made_up(
        self,
        case: Case,
        agent: Agent,
        device: Device,
        place: Place,
        at: float,
        *,
        low: bool = False,
    ) -> Given:
        """An answer that no customer gave."""
        random, (lowest, best) = self.random, SCALES[case.metric]
        careless = random.random() < (0.25 if agent.evasive else 0.1)
        value = lowest + careless if low else best - careless
        text = ""
        if agent.phrases and random.random() < 0.35:
            text = words.varied(random, random.choice(agent.phrases))
        if low:
            text = random.choice(words.INSULT[agent.store.locale])
        label = "bombing" if low else "fabricated"
        return Given(
            value, at, at - random.lognormvariate(1.0, 0.6), device, place, text, label, True
        )

    def invent(self, agent: Agent, day: int) -> Case:
        """A case that never was: a new name, a minute of work, an answer right after."""
        random = self.random
        customer = self.town.customer(agent.store.locale)
        case = self.life.case(agent, customer, day)
        case.invented, case.channel, case.signals, case.held = True, "in_app", [], None
        case.honest, case.reason = None, random.choice(("inquiry", "order"))
        case.seconds = random.uniform(20, 110) * (2 if agent.evasive else 1)
        case.sent = case.at + random.uniform(2, 60)
        device, place = self._own(agent)
        wait = random.uniform(8, 150) * (3 if agent.evasive else 1)
        case.answers = [self.made_up(case, agent, device, place, case.sent + wait)]
        return case

    def bomb(self, victim: Agent, attacker: Agent | None, day: int) -> list[Case]:
        """A colleague, or an angry crowd from one place, gives somebody the lowest scores."""
        random = self.random
        phone, lair = self.town.phone(), self.town.place()
        span, cases = random.randint(1, 7), []
        for _ in range(random.randint(6, 18)):
            case = self.invent(victim, min(day + random.randrange(span), self.life.mix.days - 1))
            if attacker is not None:
                device, place = self._own(attacker)
            else:
                device, place = (phone if random.random() < 0.6 else self.town.phone()), lair
            at = case.sent + random.uniform(10, 600)
            case.answers = [self.made_up(case, attacker or victim, device, place, at, low=True)]
            cases.append(case)
        return cases


def _score(case: Case) -> int:
    return score(case.metric, case.happy)
