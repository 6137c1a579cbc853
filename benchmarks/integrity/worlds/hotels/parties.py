"""Honest guests who come in numbers: coaches, aircrews, builders, travellers, colleagues."""

from datetime import date, datetime, timedelta

from . import words
from .book import Case, Seat, token
from .desk import Desk
from .draw import FRONT
from .guests import Guest, local
from .staff import Agent, Hotel


class Parties:
    """Groups and repeated guests; also makes the cases that group frauds are done with."""

    def __init__(self, desk: Desk, hotels: list[Hotel]) -> None:
        self.desk, self.rng, self.book, self.crowd = desk, desk.rng, desk.book, desk.crowd
        self.company, self.hotels = desk.company, hotels

    def times(self, name: str, usual: float) -> int:
        """How often an oddity happens in this seed's quarter."""
        return round(usual * self.company.oddities[name] * self.rng.uniform(0.6, 1.4))

    def day(self, margin: int = 4) -> date:
        """Any day of the quarter."""
        return self.company.start + timedelta(days=self.rng.randrange(self.company.days - margin))

    def clerk(self, hotel: Hotel, start_hour: int | None = None) -> Agent:
        """Somebody at the front desk, of a shift if one is named."""
        there = [a for a in self.desk.agents if a.hotel is hotel and a.part == FRONT]
        shift = [a for a in there if a.start_hour == start_hour]
        return self.rng.choice(shift or there)

    def stay(
        self, agent: Agent, at: datetime, guest: Guest, channel: str, contact: str | None
    ) -> Case:
        """A check-out of somebody who belongs to a party."""
        case = self.crowd.case(agent, at, guest)
        case.channel, case.contact, case.reason = channel, contact, "check_out"
        case.on_file = contact
        return case

    def everything(self) -> None:
        """All the honest parties of the quarter."""
        for _ in range(self.times("coach_leader", 4)):
            self.coach_leader()
        for hotel in self.hotels:
            if hotel.airport:
                self.crew_tablets(hotel)
        for _ in range(self.times("walked_group", 2)):
            self.walked_group()
        for _ in range(self.times("long_stay", 3)):
            self.long_stay()
        for _ in range(self.times("friday_batch", 22)):
            self.friday_batch()
        for _ in range(self.times("staff_rate", 45)):
            self.staff_rate()

    def coach_leader(self) -> None:
        """On the coach the leader's phone goes from seat to seat; all have the same contact."""
        rng, hotel = self.rng, self.rng.choice(self.hotels)
        agent, leader = self.clerk(hotel, 7), self.crowd.guest(hotel, "group")
        at = local(self.day(), rng.uniform(7.5, 9.5), hotel.tz)
        cases = []
        for _ in range(rng.randint(12, 26)):
            guest = self.crowd.guest(hotel, "group")
            at += timedelta(seconds=rng.uniform(20, 90))
            case = self.stay(agent, at, guest, "sms", leader.contact)
            case.locale = leader.locale
            cases.append(case)
        seat = self.crowd.seat(leader, "mobile", hotel)
        opened = cases[-1].at + timedelta(minutes=rng.uniform(25, 200))
        for case in cases:
            case.sent_at = case.at + timedelta(minutes=rng.uniform(4, 20))
            case.willing = rng.random() < 0.8
            self.desk.record(case, agent)
            if not case.willing:
                continue
            seconds = rng.lognormvariate(3.4, 0.5)
            comment = self.desk.remark(case, case.opinion, agent)
            self.book.answer(
                case, case.opinion, opened, seconds, seat, trap="coach_leader", comment=comment
            )
            opened += timedelta(seconds=seconds + rng.uniform(8, 60))

    def crew_tablets(self, hotel: Hotel) -> None:
        """An airline's crews, on the firm's tablets, before the shuttle at four in the morning."""
        rng, desk_mail = self.rng, token(self.rng)
        crew = [self.crowd.guest(hotel, "corporate") for _ in range(rng.randint(16, 40))]
        agent = self.clerk(hotel, 23)
        day = self.company.start + timedelta(days=rng.randint(0, 6))
        while day < self.company.start + timedelta(days=self.company.days - 2):
            if rng.random() < 0.55 * self.company.oddities["crew_tablets"]:
                shuttle = local(day, 4.1, hotel.tz)
                for guest in rng.sample(crew, rng.randint(3, 8)):
                    at = shuttle + timedelta(minutes=rng.uniform(-35, -12))
                    case = self.stay(agent, at, guest, "email", desk_mail)
                    case.sent_at = at + timedelta(seconds=rng.uniform(20, 120))
                    case.willing = rng.random() < 0.42
                    self.desk.record(case, agent)
                    if case.willing:
                        device = guest.device if rng.random() < 0.6 else None
                        seat = Seat(
                            rng.choice(hotel.wifi.ips), hotel.wifi.net, device, words.CREW_PAD
                        )
                        opened = case.due + timedelta(minutes=rng.uniform(1, 12))
                        self.book.answer(
                            case, case.opinion, opened, rng.uniform(3, 15), seat,
                            trap="crew_tablets",
                        )  # fmt: skip
            day += timedelta(days=rng.randint(3, 6))

    def walked_group(self) -> None:
        """Overbooked: a party is driven to another house and says what it thinks, all at once."""
        rng, hotel = self.rng, self.rng.choice(self.hotels)
        agent = self.clerk(hotel, 15)
        at = local(self.day(), rng.uniform(18, 22), hotel.tz)
        for _ in range(rng.randint(8, 18)):
            guest = self.crowd.guest(hotel, "group")
            case = self.stay(agent, at, guest, "sms", guest.contact)
            case.reason, case.trouble, case.willing = "room_change", True, rng.random() < 0.7
            case.opinion = rng.choice([0, 0, 1, 1, 2, 3, 4, 6])
            case.sent_at = at + timedelta(minutes=rng.uniform(10, 40))
            self.desk.record(case, agent)
            opened = case.due + timedelta(seconds=rng.lognormvariate(6.5, 0.9))
            if case.willing:
                seat = self.crowd.seat(guest, rng.choice(["hotel", "mobile"]), hotel)
                self.book.answer(
                    case, case.opinion, opened, rng.lognormvariate(3.2, 0.6), seat,
                    trap="walked_group", comment=self.desk.remark(case, case.opinion, agent, 2.0),
                )  # fmt: skip

    def long_stay(self) -> None:
        """Builders in house for weeks: the same men, the same evening, the same score."""
        rng, hotel = self.rng, self.rng.choice(self.hotels)
        agent, begin = self.clerk(hotel, 15), self.day(50)
        for guest in [self.crowd.guest(hotel, "corporate") for _ in range(rng.randint(3, 7))]:
            usual = max(5, min(10, round(rng.gauss(9, 1.2))))
            for week in range(rng.randint(4, 7)):
                day = begin + timedelta(days=7 * week)
                at = local(day, rng.uniform(17, 19), hotel.tz)
                case = self.stay(agent, at, guest, "sms", guest.contact)
                case.opinion = max(0, min(10, usual + rng.choice([0, 0, 0, 0, -1, 1])))
                case.willing = rng.random() < 0.6
                self.desk.record(case, agent)
                if case.willing:
                    opened = local(day, rng.uniform(20, 21.5), hotel.tz)
                    seat = self.crowd.seat(guest, "hotel", hotel)
                    self.book.answer(
                        case, case.opinion, opened, rng.uniform(3, 12), seat, trap="long_stay"
                    )

    def friday_batch(self) -> None:
        """A traveller clears the week's mail on Friday night, house after house."""
        rng = self.rng
        guest = self.crowd.guest(rng.choice(self.hotels), "corporate")
        monday = self.day(12)
        monday -= timedelta(days=monday.weekday())
        if monday < self.company.start:
            monday += timedelta(days=7)
        seat = self.crowd.seat(guest, "home", self.hotels[0])
        opened = local(monday + timedelta(days=4), rng.uniform(19, 22.5), self.hotels[0].tz)
        for offset in sorted(rng.sample(range(4), rng.randint(2, 4))):
            hotel = rng.choice(self.hotels)
            agent = self.clerk(hotel, 7)
            at = local(monday + timedelta(days=offset), rng.uniform(7, 10), hotel.tz)
            case = self.stay(agent, at, guest, "email", guest.contact)
            case.willing = True
            self.desk.record(case, agent)
            seconds = rng.uniform(6, 40)
            self.book.answer(
                case, case.opinion, opened, seconds, seat, trap="friday_batch",
                comment=self.desk.remark(case, case.opinion, agent),
            )  # fmt: skip
            opened += timedelta(seconds=seconds + rng.uniform(5, 50))

    def staff_rate(self) -> None:
        """Employees on holiday in a sister house, with the number that HR knows."""
        rng = self.rng
        friend = rng.choice(self.desk.agents)
        others = [h for h in self.hotels if h is not friend.hotel]
        if not others or not friend.contacts:
            return
        hotel = rng.choice(others)
        agent = self.clerk(hotel, 7)
        guest = self.crowd.guest(hotel, "direct")
        guest.locale, guest.ua = friend.locale, friend.phone.ua
        at = local(self.day(), rng.uniform(8, 11), hotel.tz)
        case = self.stay(agent, at, guest, rng.choice(["sms", "email"]), friend.contacts[0])
        case.willing = rng.random() < 0.55
        self.desk.record(case, agent)
        if case.willing:
            opened, seconds, place = self.crowd.reaction(case)
            line = (
                friend.home
                if place in ("home", "office")
                else self.desk.nets.carrier(friend.locale)
            )
            seat = Seat(line[0], line[1], friend.phone.device, friend.phone.ua)
            self.book.answer(case, case.opinion, opened, seconds, seat, trap="staff_rate")
