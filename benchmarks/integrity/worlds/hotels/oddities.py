"""Single guests and clerks who look like cheats and are not."""

from collections.abc import Callable
from datetime import timedelta

from . import words
from .book import Case, Seat
from .desk import Desk
from .draw import CONCIERGE, FRONT
from .guests import Guest, local
from .staff import Agent

# Share of the cases that fit, times the seed's liking for the oddity.
SHARES = {
    "real_mail_taken": 0.28,
    "portal_replay": 0.09,
    "second_thoughts": 0.06,
    "helped_guest": 0.09,
    "card_in_pocket": 0.08,
    "trainee_login": 0.05,
}


class Oddities:
    """Each takes a case that fits and plays it out honestly."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.rng, self.book, self.crowd = desk, desk.rng, desk.book, desk.crowd
        self.plays: dict[str, Callable[[Case, Guest, Agent], None]] = {
            "real_mail_taken": self.real_mail_taken,
            "portal_replay": self.portal_replay,
            "second_thoughts": self.second_thoughts,
            "helped_guest": self.helped_guest,
            "card_in_pocket": self.card_in_pocket,
            "trainee_login": self.trainee_login,
        }
        self.schooled = {
            a.hotel.store: self.rng.choice([0.1, 0.5, 2.2]) for a in desk.agents
        }  # some houses train everybody to ask for the real address

    def odd(self, case: Case, agent: Agent) -> str | None:
        """The oddity that this case is, if any."""
        if case.suppressed:
            return None
        likings = self.desk.company.oddities
        for name, share in SHARES.items():
            if name == "real_mail_taken":
                share *= self.schooled[agent.hotel.store]
            if self.rng.random() >= share * likings[name]:
                continue
            fits = {
                "real_mail_taken": case.source == "ota" and case.channel == "email",
                "portal_replay": case.willing and case.channel in ("qr", "in_app"),
                "second_thoughts": case.willing and case.trouble and case.channel != "kiosk",
                "helped_guest": case.willing
                and agent.part in (FRONT, CONCIERGE)
                and case.channel in ("sms", "qr", "email"),
                "card_in_pocket": case.willing and case.channel == "qr",
                "trainee_login": agent.part == FRONT and not agent.trainee,
            }
            if fits[name]:
                return name
        return None

    def real_mail_taken(self, case: Case, guest: Guest, agent: Agent) -> None:
        """The clerk asks an agency's guest for a real address, as trained, and types it in."""
        case.contact = guest.contact
        case.willing = case.willing or self.rng.random() < 0.08  # real mail gets read
        self.desk.record(case, agent)
        self.desk.honest(case, guest, agent, "real_mail_taken")

    def portal_replay(self, case: Case, guest: Guest, agent: Agent) -> None:
        """The Wi-Fi forgets everybody at six; logging in again opens the page left behind."""
        rng = self.rng
        self.desk.record(case, agent)
        morning = local(case.at.date() + timedelta(days=1), 6.0, case.tz)
        opened = morning + timedelta(seconds=rng.lognormvariate(8.0, 0.6))
        line = agent.hotel.wifi
        seat = Seat(rng.choice(line.ips), line.net, None, words.PORTAL)
        self.book.answer(
            case, case.opinion, opened, rng.uniform(1.5, 7), seat, trap="portal_replay"
        )

    def second_thoughts(self, case: Case, guest: Guest, agent: Agent) -> None:
        """The trouble gets solved, and the guest changes the score without being asked."""
        rng, first = self.rng, case.opinion
        step = rng.choice([2, 3, 4]) if case.metric == "NPS" else rng.choice([1, 2])
        final = min(case.top, first + step) if rng.random() < 0.85 else max(1, first - 1)
        case.opinion = final
        self.desk.record(case, agent)
        case.opinion = first
        done = self.desk.honest(case, guest, agent, "second_thoughts")
        case.opinion = final
        if done is None or final == first:
            return
        opened = done[1] + timedelta(seconds=rng.lognormvariate(10.4, 1.1))
        seat = self.crowd.seat(guest, rng.choice(["mobile", "home"]), agent.hotel)
        self.book.answer(
            case, final, opened, rng.lognormvariate(3.0, 0.6), seat, trap="second_thoughts",
            comment=self.desk.remark(case, final, agent), supersedes=done[0],
        )  # fmt: skip

    def helped_guest(self, case: Case, guest: Guest, agent: Agent) -> None:
        """The guest's telephone cannot open the page: the clerk lends a tablet or a phone."""
        rng, hotel = self.rng, agent.hotel
        if case.channel == "email":
            case.channel, case.contact = "sms", guest.contact
        case.sent_at = case.at + timedelta(seconds=rng.uniform(10, 90))
        self.desk.record(case, agent)
        seat = rng.choice(hotel.tablets)
        spot = rng.random()
        if spot < 0.35:
            line = hotel.office if spot < 0.2 else hotel.wifi
            seat = Seat(rng.choice(line.ips), line.net, agent.phone.device, agent.phone.ua)
        opened = case.due + timedelta(seconds=rng.uniform(40, 900))
        self.book.answer(
            case, case.opinion, opened, rng.uniform(15, 120), seat, trap="helped_guest",
            locale=hotel.locale if rng.random() < 0.4 else None,
        )  # fmt: skip

    def card_in_pocket(self, case: Case, guest: Guest, agent: Agent) -> None:
        """The card travels home in a coat and is scanned a week later."""
        rng = self.rng
        self.desk.record(case, agent)
        opened = case.due + timedelta(days=rng.uniform(2, 12))
        seat = self.crowd.seat(guest, rng.choice(["home", "mobile", "mobile"]), agent.hotel)
        self.book.answer(
            case, case.opinion, opened, rng.lognormvariate(3.1, 0.6), seat, trap="card_in_pocket",
            comment=self.desk.remark(case, case.opinion, agent),
        )  # fmt: skip

    def trainee_login(self, case: Case, guest: Guest, agent: Agent) -> None:
        """The trainee's login stays open at the desk: good and bad stays alike go to them."""
        other = self.desk.colleague(agent, trainees=True)
        if other:
            case.credited = other.agent
        self.desk.record(case, agent)
        self.desk.honest(case, guest, agent, "trainee_login")
