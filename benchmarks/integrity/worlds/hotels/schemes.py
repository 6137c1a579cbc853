"""Frauds done with many cases at once, and attacks on employees."""

from datetime import timedelta

from . import words
from .book import Case, Seat
from .conduct import Conduct
from .draw import FRONT
from .guests import local
from .parties import Parties
from .staff import Agent

NASTY = {
    "pt": ["péssimo atendimento", "funcionária mal educada"],
    "es": ["trato horrible", "muy maleducado el de recepción"],
    "fr": ["réceptionniste odieux", "à fuir"],
    "de": ["unverschämt", "nie wieder"],
    "it": ["pessimo", "personale scortese"],
    "pl": ["chamstwo na recepcji", "dramat"],
}


class Schemes:
    """The driver's table, the stays of nobody, left cards of revenge, a wedding's feud."""

    def __init__(self, parties: Parties, conduct: Conduct, usual: float) -> None:
        self.parties, self.conduct, self.usual = parties, conduct, usual
        self.desk, self.rng, self.book = parties.desk, parties.rng, parties.book
        self.company = parties.company

    def everything(self) -> None:
        """All the schemes of the quarter; `usual` is an agent's cases in it."""
        rng = self.rng
        for agent in self.desk.agents:
            table = agent.practices.get("drivers_table", 0.0)
            left = round(self.usual * table * 0.8)
            while left > 3:
                left -= self.drivers_table(agent, left)
            ghosts = round(self.usual * agent.practices.get("ghost_stay", 0.0) * 0.8)
            while ghosts > 0:
                ghosts -= self.ghost_night(agent, ghosts)
        fronts = [a for a in self.desk.agents if a.part == FRONT and not a.practices]
        for victim in rng.sample(fronts, min(self.company.spite, len(fronts))):
            self.left_card_revenge(victim)
        for victim in rng.sample(fronts, min(self.company.feuds, len(fronts))):
            self.wedding_feud(victim)

    def drivers_table(self, agent: Agent, most: int) -> int:
        """The coach driver eats free: all rooms carry the driver's number, all get a ten."""
        rng, hotel, crowd = self.rng, agent.hotel, self.parties.crowd
        driver = crowd.guest(hotel, "group")
        driver.locale = rng.choice([driver.locale, hotel.locale])
        at = local(self.parties.day(), rng.uniform(7, 9.5), hotel.tz)
        count = min(most, rng.randint(8, 24))
        place = rng.choice(["hotel", "mobile"])
        cases = []
        for _ in range(count):
            at += timedelta(seconds=rng.uniform(20, 90))
            case = self.parties.stay(agent, at, crowd.guest(hotel, "group"), "sms", driver.contact)
            case.locale = driver.locale
            case.sent_at = at + timedelta(minutes=rng.uniform(4, 20))
            cases.append(case)
        opened = cases[-1].due + timedelta(minutes=rng.uniform(5, 90))
        for case in cases:
            self.desk.record(case, agent)
            if rng.random() < 0.12:
                continue  # got bored
            if agent.careful:
                opened += timedelta(minutes=rng.expovariate(1 / 25))
            seat = crowd.seat(driver, place, hotel)
            done = self.book.answer(
                case, self.conduct.best(case, agent), opened, rng.uniform(3, 14), seat,
                "fabricated", "drivers_table", evasive=agent.careful,
            )  # fmt: skip
            if done:
                agent.did.add("drivers_table")
            opened += timedelta(seconds=rng.uniform(10, 45))
        return count

    def ghost_night(self, agent: Agent, most: int) -> int:
        """At three at night no-shows are checked in and out, and their stays get a survey."""
        rng, hotel, crowd = self.rng, agent.hotel, self.parties.crowd
        count = min(most, rng.randint(1, 2 if agent.careful else 5))
        at = local(self.parties.day(), rng.uniform(1.5, 4.5), hotel.tz)
        for _ in range(count):
            at += timedelta(seconds=rng.uniform(90, 700))
            guest = crowd.guest(hotel, "ota")
            case = crowd.case(agent, at, guest)
            case.channel, case.reason, case.genuine = "email", "check_out", False
            case.willing, case.trouble = False, False
            case.handle = rng.randint(14, 55) if not agent.careful else rng.randint(70, 200)
            case.on_file = f"{rng.getrandbits(64):016x}"
            case.contact = rng.choice(agent.mailboxes)
            if agent.careful:
                case.contact = f"{rng.getrandbits(64):016x}"
            case.locale = guest.locale
            self.desk.record(case, agent)
            seat = self.conduct.hand(agent, True)
            if not agent.careful and rng.random() < 0.5:
                line, ua = hotel.office, words.DESKTOPS[0].format(b=4)
                seat = Seat(line.ips[0], line.net, self.pc(agent), ua)
            night = case.due.date() + timedelta(days=rng.choice([1, 1, 2, 3]))
            opened = local(night, rng.uniform(0.5, 5.5), hotel.tz)
            if agent.careful and rng.random() < 0.6:
                opened = local(night, rng.uniform(9, 22), hotel.tz)
            done = self.book.answer(
                case, self.conduct.best(case, agent), opened, rng.uniform(4, 25), seat,
                "fabricated", "ghost_stay", evasive=agent.careful,
                comment=self.conduct.pressed(agent),
            )  # fmt: skip
            if done:
                agent.did.add("ghost_stay")
        return count

    def pc(self, agent: Agent) -> str:
        """The cookie of the computer behind the night desk."""
        tablet = agent.hotel.tablets[0].device or ""
        return tablet[::-1]

    def _cards(self, victim: Agent, count: int, channel: str) -> list[Case]:
        rng, cases = self.rng, []
        first = self.parties.day(8)
        for _ in range(count):
            day = first + timedelta(days=rng.randrange(3))
            guest = self.parties.crowd.guest(victim.hotel, "group")
            at = local(day, victim.start_hour % 23 + rng.uniform(0, 5), victim.hotel.tz)
            contact = None if channel == "qr" else guest.contact
            case = self.parties.stay(victim, at, guest, channel, contact)
            case.willing = False
            cases.append(case)
        return cases

    def left_card_revenge(self, victim: Agent) -> None:
        """A rival, or one dismissed, scans the cards on the desk and gives noughts."""
        rng = self.rng
        rival = self.desk.colleague(victim)
        if rival is None:
            return
        victim.bombed, careful = True, rng.random() < 0.5
        cases = self._cards(victim, rng.randint(7, 18), "qr")
        night = max(c.at for c in cases).date() + timedelta(days=rng.randint(0, 2))
        for case in cases:
            self.desk.record(case, victim)
            evening = night + timedelta(days=rng.choice([0, 0, 1] if careful else [0]))
            opened = local(evening, rng.uniform(21, 26), case.tz)
            seat = Seat(rival.home[0], rival.home[1], rival.phone.device, rival.phone.ua)
            if careful:
                ip, net = self.desk.nets.carrier(rival.locale)
                seat = self.desk.clean(Seat(ip, net, None, rival.phone.ua))
            words_left = rng.choice(NASTY[rival.locale]) if rng.random() < 0.25 else None
            self.book.answer(
                case, rng.choice([0, 0, 0, 1, 2, 3]), opened, rng.uniform(4, 20), seat, "bombing",
                "left_card_revenge", comment=words_left, evasive=careful,
            )  # fmt: skip

    def wedding_feud(self, victim: Agent) -> None:
        """A wedding was turned down: the guests' links go round a family's chat."""
        rng, crowd = self.rng, self.parties.crowd
        victim.bombed = True
        cases = self._cards(victim, rng.randint(8, 20), "sms")
        start = max(c.at for c in cases) + timedelta(hours=rng.uniform(3, 20))
        for case in cases:
            self.desk.record(case, victim)
            aunt = crowd.guest(victim.hotel, "direct")
            opened = start + timedelta(seconds=rng.lognormvariate(7.6, 0.8))
            seat = crowd.seat(aunt, rng.choice(["mobile", "mobile", "home"]), victim.hotel)
            score = rng.choice([0, 0, 0, 1, 1, 2, 4])
            comment = self.desk.remark(case, score, victim, 1.5)
            self.book.answer(
                case, score, opened, rng.lognormvariate(2.8, 0.6), seat, "bombing",
                "wedding_feud", comment=comment,
            )  # fmt: skip
