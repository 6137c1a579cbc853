"""What happens to a case when nobody games it: sending, answering, complaining, machines."""

import random
from datetime import datetime, timedelta

from . import words
from .book import Book, Case, Seat, token
from .draw import Draw
from .guests import Crowd, Guest
from .staff import Agent, Nets

ASKING = ("points_for_ten", "on_the_line", "table_watch", "chocolate_note")


class Desk:
    """The honest half of the company, shared by everything that writes cases."""

    def __init__(
        self, rng: random.Random, company: Draw, nets: Nets, book: Book, agents: list[Agent]
    ) -> None:
        self.rng, self.company, self.nets, self.book = rng, company, nets, book
        self.crowd = Crowd(rng, company, nets)
        self.agents = agents
        self.by_id = {a.agent: a for a in agents}
        self.warehouse = [nets.make(6) for _ in range(3)]  # where mail is checked for viruses

    def gate(self, case: Case, guest: Guest, agent: Agent) -> None:
        """Suppression by systems, and by people for honest reasons."""
        rng = self.rng
        mailed = case.channel in ("email", "sms", "in_app")
        if mailed and guest.asked and case.at - guest.asked < timedelta(days=30):
            case.suppressed = "freq_cap"
        for reason, share in self.company.suppress.items():
            if case.suppressed:
                break
            if not mailed and reason in ("invalid_contact", "opt_out"):
                continue
            if reason == "invalid_contact":
                share *= 2.2 if case.source == "ota" else 0.6
                share *= 3.0 if agent.hotel.bad_keyboard else 1.0
            if rng.random() < share:
                case.suppressed = reason
        if mailed and not case.suppressed:
            guest.asked = case.at

    def remark(self, case: Case, score: int, agent: Agent, rate: float = 1.0) -> str | None:
        """A few guests write something; the great are called by their names."""
        rng = self.rng
        happy = score >= (8 if case.metric == "NPS" else 4)
        share = self.company.comments * rate * (2.2 if not happy else 1.0)
        if rng.random() >= share * (1.6 if agent.great else 1.0):
            return None
        name = agent.name if agent.great or rng.random() < 0.6 else rng.choice(words.NAMES)
        return words.remark(rng, case.locale, happy, name)

    def aftermath(self, case: Case, agent: Agent) -> None:
        """Complaints, refunds, second calls and listened calls."""
        rng, bad = self.rng, case.trouble
        if rng.random() < (0.2 if bad else 0.008):
            topic = rng.choice(["noise", "cleanliness", "billing", "waiting", "temperature"])
            at = case.at + timedelta(hours=rng.expovariate(1 / 20))
            self.book.signal(case, "complaint", topic, at)
        if rng.random() < (0.12 if bad else 0.012):
            at = case.at + timedelta(hours=rng.expovariate(1 / 40))
            self.book.signal(case, "refund", rng.choice([10, 15, 25, 40, 60, 95]), at)
        if rng.random() < (0.16 if bad else 0.025):
            at = case.at + timedelta(hours=rng.expovariate(1 / 30))
            self.book.signal(case, "repeat_contact", rng.randint(1, 3), at)
        if rng.random() < self.company.heard:
            asks = max((agent.practices.get(name, 0.0) for name in ASKING), default=0.0)
            tags = []
            if asks and rng.random() < asks * (0.4 if agent.careful else 1.2):
                tags = ["survey_solicitation"]
            elif rng.random() < 0.08:
                tags = ["survey_mentioned"]
            elif rng.random() < 0.004:
                tags = ["survey_solicitation"]  # a listener's slip
            value = round(max(40, min(100, rng.gauss(82 + 5 * agent.quality, 8))))
            self.book.signal(case, "qa", value, case.at + timedelta(days=rng.randint(1, 6)), tags)

    def record(self, case: Case, agent: Agent) -> None:
        """Event, invitation and what follows; the guest's answer comes apart."""
        if case.sent_at is None:
            self.crowd.post(case)
        self.book.enter(case)
        self.aftermath(case, agent)

    def honest(
        self,
        case: Case,
        guest: Guest,
        agent: Agent,
        trap: str = "",
        practice: str | None = None,
    ) -> tuple[str, datetime] | None:
        """The guest answers if willing, as people do. Returns the answer and its time."""
        if case.suppressed or not case.willing:
            return None
        rng = self.rng
        first = self.machine(case) if case.channel == "email" else None
        opened, seconds, place = self.crowd.reaction(case)
        if place == "kiosk":
            seat = rng.choice(agent.hotel.tablets)
        else:
            seat = self.crowd.seat(guest, place, agent.hotel)
        local = agent.hotel.locale if place == "kiosk" and rng.random() < 0.6 else None
        comment = self.remark(case, case.opinion, agent, 0.2 if place == "kiosk" else 1.0)
        done = self.book.answer(
            case, case.opinion, opened, seconds, seat, trap=trap, practice=practice,
            comment=comment, supersedes=first, locale=local,
        )  # fmt: skip
        if done and rng.random() < self.company.doubles:
            self.book.answer(
                case, case.opinion, opened, seconds + rng.uniform(1.0, 4.0), seat,
                label="duplicate", comment=comment, locale=local,
            )  # fmt: skip
        return (done, opened + timedelta(seconds=seconds)) if done else None

    def machine(self, case: Case) -> str | None:
        """A firm's mail filter follows the links of the scores before anybody reads."""
        rng = self.rng
        share = self.company.scanners * (4.0 if case.source == "corporate" else 0.6)
        if rng.random() >= share:
            return None
        net = rng.choice(self.warehouse)
        seat = Seat(rng.choice(net.ips), net.net, None, rng.choice(words.SCANNERS))
        score = rng.choice([0 if case.metric == "NPS" else 1, case.top, case.top])
        opened = case.due + timedelta(seconds=rng.uniform(1, 25))
        return self.book.answer(case, score, opened, rng.uniform(0, 2), seat, label="scanner")

    def mute(self, case: Case) -> None:
        """A machine may follow the links of mail that nobody answers, too."""
        if not case.suppressed and not case.willing and case.channel == "email":
            self.machine(case)

    def colleague(self, agent: Agent, trainees: bool = False) -> Agent | None:
        """Somebody else of the same team, a trainee if asked and there is one."""
        mates = [a for a in self.agents if a.team == agent.team and a is not agent]
        green = [a for a in mates if a.trainee]
        return self.rng.choice(green if trainees and green else mates) if mates else None

    def clean(self, seat: Seat) -> Seat:
        """The same browser in a private window."""
        device = None if self.rng.random() < 0.6 else token(self.rng)
        return Seat(seat.ip, seat.net, device, seat.ua)
