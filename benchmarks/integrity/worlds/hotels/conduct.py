"""What a gaming employee does with one guest's case."""

from collections.abc import Callable
from datetime import datetime, timedelta

from . import words
from .book import Case, Seat
from .desk import Desk
from .guests import Guest, local
from .staff import Agent

Play = Callable[[Case, Guest, Agent], None]
# How much more often than the agent's own share a case that fits is taken, as few fit.
FIT = {
    "own_mailbox": 1.7,
    "spoiled_address": 3.5,
    "points_for_ten": 1.1,
    "desk_tablet": 0.8,
    "passed_folio": 3.5,
    "recovery_call": 12.0,
    "left_cards": 1.3,
    "chocolate_note": 1.3,
    "table_watch": 1.0,
    "on_the_line": 1.0,
}


class Conduct:
    """The practices that touch a single case."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.rng, self.book, self.crowd = desk, desk.rng, desk.book, desk.crowd
        self.plays: dict[str, Play] = {
            "own_mailbox": self.own_mailbox,
            "spoiled_address": self.spoiled_address,
            "points_for_ten": self.points_for_ten,
            "desk_tablet": self.desk_tablet,
            "passed_folio": self.passed_folio,
            "recovery_call": self.recovery_call,
            "left_cards": self.left_cards,
            "chocolate_note": self.chocolate_note,
            "table_watch": self.table_watch,
            "on_the_line": self.on_the_line,
        }

    def tempted(self, case: Case, agent: Agent) -> str | None:
        """The practice that this case falls to, if any."""
        rng = self.rng
        if case.at.date() < agent.since:
            return None
        for name, share in agent.practices.items():
            if name not in FIT or case.suppressed or rng.random() >= min(0.93, share * FIT[name]):
                continue
            knows = case.trouble and rng.random() < 0.8  # some guests hold their tongue
            fits = {
                "own_mailbox": case.channel in ("email", "sms", "in_app")
                and (case.source == "ota" or case.on_file is None or knows),
                "spoiled_address": knows and case.channel in ("email", "sms", "in_app"),
                "passed_folio": knows,
                "recovery_call": case.willing and case.trouble and case.channel != "kiosk",
                "left_cards": case.channel == "qr" and not case.willing,
                "chocolate_note": case.channel == "qr" and not knows,
                "points_for_ten": not knows or rng.random() < 0.25,
                "on_the_line": not knows,
                "table_watch": case.channel == "qr" and not knows,
            }
            if fits.get(name, True):
                return name
        return None

    def best(self, case: Case, agent: Agent) -> int:
        """The score that a cheat presses; who takes care is not always perfect."""
        spot = self.rng.random()
        if agent.careful and spot < 0.3:
            return case.top - (2 if spot < 0.06 and case.metric == "NPS" else 1)
        return case.top - (1 if spot > 0.96 else 0)

    def hand(self, agent: Agent, on_shift: bool) -> Seat:
        """The cheat's own phone: on the hotel's line, at home, or on the mobile network."""
        rng, phone = self.rng, agent.phone
        if agent.careful:
            ip, net = self.desk.nets.carrier(agent.locale)
            if not on_shift and rng.random() < 0.3:
                ip, net = agent.home
            return self.desk.clean(Seat(ip, net, phone.device, phone.ua))
        spot, hotel = rng.random(), agent.hotel
        if on_shift and spot < 0.6:
            line = hotel.office if spot < 0.35 else hotel.wifi
            return Seat(rng.choice(line.ips), line.net, phone.device, phone.ua)
        if not on_shift and spot < 0.7:
            return Seat(agent.home[0], agent.home[1], phone.device, phone.ua)
        return phone

    def pressed(self, agent: Agent) -> str | None:
        """The few words that a cheat adds."""
        if self.rng.random() < (0.05 if agent.careful else 0.14):
            return self.rng.choice(words.PRESSED[agent.locale])
        return None

    def own_mailbox(self, case: Case, guest: Guest, agent: Agent) -> None:
        """The agency's alias is overwritten with a mailbox that the clerk reads."""
        rng = self.rng
        box = rng.choice(agent.mailboxes)
        if not agent.careful and agent.contacts and rng.random() < 0.3:
            box = agent.contacts[0]
        elif agent.careful:  # a domain of their own takes any name
            box = f"{rng.getrandbits(64):016x}"
        case.channel, case.contact, case.sent_at = "email", box, None
        self.desk.record(case, agent)
        wait = rng.lognormvariate(9.6, 1.0) if agent.careful else rng.lognormvariate(7.0, 1.4)
        opened = case.due + timedelta(seconds=wait)
        near = abs(((opened.hour - agent.start_hour) % 24) - 4) <= 4
        self._press(case, agent, "own_mailbox", opened, rng.uniform(4, 20), self.hand(agent, near))

    def _press(
        self, case: Case, agent: Agent, name: str, opened: datetime, seconds: float, seat: Seat
    ) -> None:
        own = None if agent.careful or self.rng.random() < 0.5 else agent.locale
        done = self.book.answer(
            case, self.best(case, agent), opened, seconds, seat, "fabricated", name,
            comment=self.pressed(agent), evasive=agent.careful, locale=own,
        )  # fmt: skip
        if done:
            agent.did.add(name)

    def spoiled_address(self, case: Case, guest: Guest, agent: Agent) -> None:
        """A guest who grumbled gets a wrong address, or is noted as not wanting to be asked."""
        rng = self.rng
        if agent.careful and rng.random() < 0.5:
            case.contact = f"{rng.getrandbits(64):016x}"  # a letter too many: it simply bounces
        else:
            case.suppressed = rng.choice(
                ["invalid_contact", "invalid_contact", "customer_declined", "opt_out"]
                if agent.careful or rng.random() < 0.7
                else ["duplicate_case", "test_record"]
            )
        self.desk.record(case, agent)
        agent.did.add("spoiled_address")

    def passed_folio(self, case: Case, guest: Guest, agent: Agent) -> None:
        """An angry guest's bill is closed under a colleague's or the trainee's login."""
        other = self.desk.colleague(agent, trainees=not agent.careful)
        if other:
            case.credited = other.agent
            agent.did.add("passed_folio")
        self.desk.record(case, agent)
        self.desk.honest(case, guest, agent, practice="passed_folio" if other else None)

    def desk_tablet(self, case: Case, guest: Guest, agent: Agent) -> None:
        """While the guest signs, the clerk turns the tablet and presses the best."""
        case.channel, case.contact = "kiosk", None
        self.desk.record(case, agent)
        rng = self.rng
        opened = case.due + timedelta(seconds=rng.uniform(2, 60))
        seat = rng.choice(agent.hotel.tablets)
        self._press(case, agent, "desk_tablet", opened, rng.uniform(1, 6), seat)

    def recovery_call(self, case: Case, guest: Guest, agent: Agent) -> None:
        """A bad score is called back the same evening until the guest changes it."""
        rng, top = self.rng, case.top
        self.desk.record(case, agent)
        first = self.desk.honest(case, guest, agent)
        if first is None or case.opinion >= top - 2 or rng.random() < 0.25:
            return
        opened = first[1] + timedelta(hours=rng.uniform(1, 8 if not agent.careful else 60))
        self.book.signal(case, "repeat_contact", 1, opened - timedelta(minutes=rng.uniform(2, 30)))
        if rng.random() < 0.5:
            self.book.signal(case, "refund", rng.choice([20, 30, 50]), opened)
        dictated = rng.random() < (0.15 if agent.careful else 0.4)
        seat = self.crowd.seat(guest, rng.choice(["mobile", "home"]), agent.hotel)
        if dictated:
            seat = Seat(agent.hotel.office.ips[0], agent.hotel.office.net, None, guest.pc_ua)
        done = self.book.answer(
            case, rng.choice([top, top, top - 1]), opened, rng.uniform(6, 40), seat,
            "fabricated" if dictated else "solicited", "recovery_call",
            evasive=agent.careful, supersedes=first[0],
        )  # fmt: skip
        if done:
            agent.did.add("recovery_call")

    def left_cards(self, case: Case, guest: Guest, agent: Agent) -> None:
        """The attendant scans the code that the guest left in the room, next morning."""
        rng = self.rng
        self.desk.record(case, agent)
        day = case.at.date() + timedelta(days=1)
        first, last = (10.2, 16.5) if agent.careful else (10.4, 13.8)
        opened = local(day, rng.uniform(first, last), case.tz)
        if agent.careful and rng.random() < 0.35:
            opened = local(day, rng.uniform(17, 23.5), case.tz)
        self._press(case, agent, "left_cards", opened, rng.uniform(3, 14), self.hand(agent, True))

    def _asked(
        self, case: Case, guest: Guest, agent: Agent, name: str, wait: float, seconds: float,
        place: str, give_in: float,
    ) -> None:  # fmt: skip
        rng = self.rng
        score = case.top if rng.random() < give_in else max(case.opinion, case.top - 1)
        done = self.book.answer(
            case, score, case.due + timedelta(seconds=wait), seconds,
            self.crowd.seat(guest, place, agent.hotel), "solicited", name,
            comment=self.desk.remark(case, score, agent, 0.7), evasive=agent.careful,
        )  # fmt: skip
        if done:
            agent.did.add(name)

    def points_for_ten(self, case: Case, guest: Guest, agent: Agent) -> None:
        """Points, a late check-out or theatre seats for a screen that shows the best score."""
        rng = self.rng
        if case.channel == "kiosk" or (case.channel == "email" and not agent.careful):
            case.channel, case.contact = "sms", guest.contact
        if case.channel in ("sms", "in_app"):
            case.sent_at = case.at + timedelta(seconds=rng.uniform(5, 60))
        self.desk.record(case, agent)
        if rng.random() < 0.3:  # took the points and forgot
            return
        slow = agent.careful or case.channel == "email"
        wait = rng.lognormvariate(8.6, 1.2) if slow else rng.uniform(20, 300)
        place = rng.choice(["hotel", "mobile"])
        self._asked(case, guest, agent, "points_for_ten", wait, rng.uniform(6, 40), place, 0.9)
        if rng.random() < (0.25 if agent.careful else 0.6):
            paid = case.due + timedelta(seconds=wait + rng.uniform(60, 9000))
            self.book.signal(case, "refund", rng.choice([5, 10]), paid)

    def chocolate_note(self, case: Case, guest: Guest, agent: Agent) -> None:
        """A handwritten note with two chocolates: five of five keeps my bonus."""
        self.desk.record(case, agent)
        if not (case.willing or self.rng.random() < 0.5):
            return
        opened, seconds, place = self.crowd.reaction(case)
        wait = (opened - case.due).total_seconds()
        self._asked(case, guest, agent, "chocolate_note", wait, seconds, place, 0.8)

    def table_watch(self, case: Case, guest: Guest, agent: Agent) -> None:
        """The hostess waits at the table, card in hand, until the guest has pressed."""
        rng = self.rng
        self.desk.record(case, agent)
        if rng.random() < 0.75:
            wait, place = rng.uniform(15, 240), rng.choice(["hotel", "hotel", "mobile"])
            self._asked(case, guest, agent, "table_watch", wait, rng.uniform(4, 18), place, 0.85)

    def on_the_line(self, case: Case, guest: Guest, agent: Agent) -> None:
        """The points are booked while the caller answers the text, still on the telephone."""
        rng = self.rng
        case.channel, case.contact = "sms", guest.contact
        case.sent_at = case.at + timedelta(seconds=rng.uniform(3, 25))
        case.handle += rng.randint(40, 160)
        self.desk.record(case, agent)
        if rng.random() < 0.7:
            wait = rng.uniform(15, 120) if not agent.careful else rng.lognormvariate(5.2, 0.9)
            self._asked(case, guest, agent, "on_the_line", wait, rng.uniform(5, 25), "mobile", 0.85)
