"""Who comes to stay, how it went, and when and where a guest answers."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from . import words
from .book import Case, Seat, token
from .draw import ANSWERS, BREAKFAST, CONCIERGE, FRONT, HOUSE, Draw
from .staff import Agent, Hotel, Nets

ABROAD = {
    "en": 30, "de": 16, "fr": 14, "es": 12, "it": 7, "pt": 8, "pl": 7, "ja": 3,
}  # fmt: skip
# Countries use scales differently: a Dutch or German eight is praise.
STRICT = {"de": -0.45, "pl": -0.2, "fr": -0.35, "ja": -0.8, "en": 0.1, "es": 0.2}
REASONS = {
    FRONT: ["check_out", "check_out", "check_out", "check_in", "room_change", "billing"],
    HOUSE: ["departure_clean", "stayover_clean", "extra_request"],
    BREAKFAST: ["breakfast"],
    CONCIERGE: ["booking_made", "transfer", "advice"],
}
MINUTES = {FRONT: 4.0, HOUSE: 26.0, BREAKFAST: 35.0, CONCIERGE: 8.0}


@cache
def zone(name: str) -> ZoneInfo:
    """A time zone, read once."""
    return ZoneInfo(name)


def local(day: date, hour: float, tz: str) -> datetime:
    """The moment of an hour of a hotel's day, in UTC."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone(tz))
    return (midnight + timedelta(hours=hour)).astimezone(ZoneInfo("UTC"))


def hour_of(at: datetime, tz: str) -> int:
    """The clock on the hotel's wall."""
    return at.astimezone(zone(tz)).hour


@dataclass
class Guest:
    """A person: where they live and what they hold in their hand."""

    customer: str
    contact: str
    locale: str
    device: str
    ua: str
    pc: str
    pc_ua: str
    home: tuple[str, str]
    office: tuple[str, str]
    keeps_cookie: bool
    source: str
    asked: datetime | None = None


class Crowd:
    """Makes guests, their stays and their honest behaviour."""

    def __init__(self, rng: random.Random, company: Draw, nets: Nets) -> None:
        self.rng, self.company, self.nets = rng, company, nets
        self.known: dict[str, list[Guest]] = {}

    def guest(self, hotel: Hotel, source: str | None = None) -> Guest:
        """A new face, or one that this house has seen before."""
        rng = self.rng
        regulars = self.known.setdefault(hotel.store, [])
        if source is None and regulars and rng.random() < 0.11:
            return rng.choice(regulars)
        home_market = rng.random() < 0.3
        places = list(ABROAD)
        locale = hotel.locale if home_market else rng.choices(places, list(ABROAD.values()))[0]
        house, firm = self.nets.make(1), rng.choice(self.nets.offices)
        home = (house.ips[0], house.net)
        if regulars and rng.random() < 0.05:  # the partner of somebody who has been here
            home = rng.choice(regulars).home
        draw = self.company
        rest = 1 - draw.ota - draw.corporate - draw.group
        kind = (
            source
            or rng.choices(
                ["ota", "corporate", "group", "direct"],
                [draw.ota, draw.corporate, draw.group, rest],
            )[0]
        )
        made = Guest(
            token(rng), token(rng), locale, token(rng), words.phone(rng), token(rng),
            words.desktop(rng), home, (rng.choice(firm.ips), firm.net),
            rng.random() >= draw.lost_cookie, kind,
        )  # fmt: skip
        if len(regulars) < 400 or rng.random() < 0.2:
            regulars.append(made)
        return made

    def seat(self, guest: Guest, place: str, hotel: Hotel) -> Seat:
        """Network and browser at a place: hotel, mobile, home, office."""
        rng = self.rng
        at_pc = place == "office" or (place == "home" and rng.random() < 0.4)
        kept = guest.keeps_cookie and rng.random() < 0.95
        device = (guest.pc if at_pc else guest.device) if kept else None
        ua = guest.pc_ua if at_pc else guest.ua
        if place == "hotel":
            return Seat(rng.choice(hotel.wifi.ips), hotel.wifi.net, device, ua)
        if place == "mobile":
            roams = rng.random() < 0.25
            ip, net = self.nets.carrier(hotel.locale if roams else guest.locale)
            return Seat(ip, net, device, ua)
        ip, net = guest.office if place == "office" else guest.home
        return Seat(ip, net, device, ua)

    def opinion(self, agent: Agent, locale: str) -> tuple[bool, float]:
        """Whether something went wrong, and how warm the guest feels, 0 worst to 10 best."""
        rng = self.rng
        feeling = agent.quality + agent.hotel.mood
        trouble = rng.random() < min(0.6, 0.13 * 2.0 ** (-feeling))
        spread = self.company.noise
        if trouble:
            return True, rng.gauss(4.0 + 0.5 * feeling, 2.2 * spread)
        warm = 8.9 + 0.45 * feeling + STRICT.get(locale, 0.0)
        return False, rng.gauss(warm, 1.25 * spread)

    def case(self, agent: Agent, at: datetime, guest: Guest) -> Case:
        """One piece of work, with what the guest would say of it."""
        rng, part = self.rng, agent.part
        trouble, warmth = self.opinion(agent, guest.locale)
        mix = dict(self.company.mix[part])
        if guest.source == "ota":
            mix["email"] = mix.get("email", 0.0) * 0.55
        channel = rng.choices(list(mix), list(mix.values()))[0]
        metric = "NPS" if part == FRONT else "CSAT"
        score = max(0, min(10, round(warmth)))
        if metric == "CSAT":
            score = max(1, min(5, round(warmth / 2 + 0.12)))
        reason = rng.choice(REASONS.get(part, ["points_missing", "tier", "redemption"]))
        keen = ANSWERS[channel] * self.company.answer_rate * (1.25 if trouble else 1.0)
        keen *= 1.5 if agent.great else 1.0
        on_file: str | None = guest.contact
        if guest.source == "ota" and channel == "email":
            on_file = token(rng)  # the agency's alias, one for each booking
        elif rng.random() < 0.06:
            on_file = None
        contact: str | None = guest.contact
        if guest.source == "ota" and channel == "email":
            contact = on_file
        if channel in ("qr", "kiosk"):
            contact = None
        minutes = MINUTES.get(part, 7.0) * rng.lognormvariate(0.0, 0.5)
        return Case(
            token(rng), at, agent.agent, agent.agent, agent.team, agent.team, agent.hotel.store,
            agent.hotel.tz, guest.customer, on_file, contact, reason, metric, int(minutes * 60),
            guest.locale, channel, guest.source, score, rng.random() < min(0.85, keen), trouble,
        )  # fmt: skip

    def post(self, case: Case) -> None:
        """When the survey tool sends: at once on tablet and card, next morning by mail."""
        rng = self.rng
        if case.channel in ("qr", "kiosk"):
            case.sent_at = case.at + timedelta(seconds=rng.randint(1, 30))
        elif case.channel == "email":
            morning = local(case.at.date() + timedelta(days=1), 10.0, case.tz)
            case.sent_at = morning + timedelta(seconds=rng.randint(0, 1500))
        else:
            case.sent_at = case.at + timedelta(seconds=rng.lognormvariate(7.2, 0.6))

    def reaction(self, case: Case) -> tuple[datetime, float, str]:
        """When an honest guest opens, how many seconds they take, and where they are."""
        rng, channel = self.rng, case.channel
        seconds = rng.lognormvariate(3.1, 0.7)
        if channel == "kiosk":
            return case.due + timedelta(seconds=rng.uniform(4, 150)), rng.uniform(3, 25), "kiosk"
        centre, spread = {
            "sms": (7.6, 1.7), "email": (10.1, 1.5), "in_app": (8.5, 1.6), "qr": (9.3, 1.5),
        }[channel]  # fmt: skip
        delay = rng.lognormvariate(centre, spread)
        if channel == "email" and rng.random() < 0.18:  # the reminder of the third evening
            day = (case.due + timedelta(days=3)).date()
            evening = local(day, 18.0, case.tz) + timedelta(seconds=rng.lognormvariate(7.5, 1.3))
            delay = (evening - case.due).total_seconds()
        if channel == "qr":
            delay = min(delay, rng.uniform(14, 40) * 3600)
        opened = case.due + timedelta(seconds=delay)
        if hour_of(opened, case.tz) in (1, 2, 3, 4, 5, 6) and rng.random() < 0.8:
            opened += timedelta(hours=rng.uniform(6, 10))
        inside = {"sms": 0.3, "email": 0.06, "in_app": 0.45, "qr": 0.66}[channel]
        spot = rng.random()
        if spot < inside and (opened - case.at).total_seconds() < 20 * 3600:
            return opened, seconds, "hotel"
        work = case.source == "corporate" and 8 <= hour_of(opened, case.tz) < 18
        if spot > 0.62 and channel != "qr":
            return opened, seconds, "office" if work else "home"
        return opened, seconds, "mobile"
