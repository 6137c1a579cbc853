"""Answers of real customers, of their mail gateways, and presses that arrive twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from .customers import Contact
from .kit import GATEWAYS, Networks, Place, desk_browser, humane, next_local, next_weekday, zone
from .kit import seconds as secs
from .setting import Draw
from .tickets import Survey
from .words import said


@dataclass
class Answer:
    """One row of the survey tool's answers, with the truth about it."""

    survey: Survey
    score: int
    channel: str
    opened: datetime
    at: datetime
    where: Place
    device: str | None
    ua: str
    label: str = "honest"
    practice: str | None = None
    trap: str = ""
    true: int | None = None
    changed: bool = False
    evasive: bool = False
    comment: str | None = None
    supersedes: Answer | None = None
    response_id: str = ""


class Customers:
    """How customers answer when they answer by themselves."""

    def __init__(self, rng: Random, draw: Draw, nets: Networks) -> None:
        self.rng = rng
        self.draw = draw
        self.nets = nets
        self.sittings: dict[tuple[str, datetime], datetime] = {}
        self.ascending = rng.random() < 0.5

    def _when(self, survey: Survey, person: Contact) -> tuple[datetime, str, Place | None]:
        rng, sent, tz = self.rng, survey.sent_at, person.account.tz
        if survey.ticket.channel == "widget":
            wait = rng.lognormvariate(2.3, 0.75) + 2
            if rng.random() < 0.1:
                wait += rng.expovariate(1 / 900)
            return sent + secs(wait), "instant_chat" if wait < 6 else "", None
        for day, where in person.classes:
            lunch = next_local(day, tz, 12.1) + secs(rng.uniform(0, 2900))
            if timedelta(0) < lunch - sent < timedelta(days=4):
                return lunch, "training_room", where
        if person.batch is not None:
            sitting = next_weekday(sent, tz, *person.batch)
            key = (person.contact, sitting)
            last = self.sittings.get(key, sitting + secs(rng.uniform(0, 2400)))
            self.sittings[key] = last + secs(rng.uniform(7, 38))
            return self.sittings[key], "batch_day", None
        kind = rng.random()
        if kind < 0.44:
            wait = rng.lognormvariate(6.6, 1.0)
        elif kind < 0.83:
            wait = rng.lognormvariate(9.5, 0.9)
        else:
            wait = rng.lognormvariate(12.1, 0.8)
        at = humane(rng, sent + secs(wait + 8), tz, owl=person.owl, weekend=person.weekend)
        return min(at, sent + timedelta(days=24)), "", None

    def _from(self, person: Contact, at: datetime, chat: bool) -> tuple[Place, str, str | None]:
        """Where, with which browser, and with what cookie."""
        rng, account = self.rng, person.account
        here = at.astimezone(zone(account.tz))
        office = here.weekday() < 5 and 7 <= here.hour < 18
        pick = rng.random()
        if rng.random() < 0.012:
            return rng.choice(self.nets.exits), person.desk.ua, person.desk.seen(rng)
        if office and (chat or pick < 0.8):
            spot = rng.choice(account.egress) if rng.random() < 0.85 else person.home
            return spot, person.desk.ua, person.desk.seen(rng)
        if pick < (0.9 if office else 0.5):
            spot = self.nets.mobile(rng, account.country)
            return spot, person.phone.ua, person.phone.seen(rng)
        machine = person.phone if rng.random() < 0.45 and not chat else person.desk
        return person.home, machine.ua, machine.seen(rng)

    def answer(self, survey: Survey, *, score: int | None = None) -> Answer:
        rng, ticket = self.rng, survey.ticket
        person = ticket.contact
        at, trap, spot = self._when(survey, person)
        chat = ticket.channel == "widget"
        where, ua, cookie = self._from(person, at, chat)
        if spot is not None:
            where, ua, cookie = spot, person.phone.ua, person.phone.seen(rng)
        true = survey.honest_score()
        given = true if score is None else score
        comment = said(rng, person.account.locale, given / survey.top, 0.085)
        fill = rng.lognormvariate(1.2 if chat else 1.9, 0.6) + 1
        fill += rng.uniform(8, 70) if comment else 0
        opened = max(survey.sent_at, at - secs(fill))
        channel = ticket.channel
        if channel == "email" and rng.random() < self.draw.portal:
            channel = "portal"
        trap = ticket.trap or trap or person.trap or person.account.trap
        if where in self.nets.exits:
            trap = trap or "vpn"
        made = Answer(survey, given, channel, opened, at, where, cookie, ua)
        made.true, made.comment, made.trap = true, comment, trap
        if ticket.practice in ("hot_potato", "last_touch"):
            made.practice, made.trap = ticket.practice, ""
            made.evasive = (
                ticket.agent if ticket.practice == "last_touch" else ticket.worker
            ).evasive
        return made

    def rethought(self, first: Answer) -> Answer | None:
        """Another score days later, after the fix held or did not."""
        rng, top = self.rng, first.survey.top
        chance = 0.1 if first.score <= top - 2 else 0.008
        if rng.random() > chance * self.draw.oddity:
            return None
        up = first.score <= top - 2 and rng.random() < 0.75
        score = rng.randint(max(first.score + 1, top - 2), top) if up else max(1, first.score - 2)
        if score == first.score:
            return None
        person = first.survey.ticket.contact
        at = first.at + secs(rng.lognormvariate(11.2, 0.9) + 40)
        at = humane(rng, at, person.account.tz, owl=person.owl, weekend=person.weekend)
        at = max(at, first.at + secs(20))
        where, ua, cookie = self._from(person, at, False)
        made = Answer(first.survey, score, first.channel, at, at, where, cookie, ua)
        made.opened = max(first.at, at - secs(rng.uniform(3, 40)))
        made.true, made.trap, made.supersedes = score, "changed_mind", first
        made.practice, made.evasive = first.practice, first.evasive
        first.survey.final = score
        return made

    def gateway(self, survey: Survey) -> list[Answer]:
        """A machine in the customer's mail system follows the links before a person does."""
        rng, account = self.rng, survey.ticket.contact.account
        kind = account.gateway
        if (
            kind is None
            or survey.ticket.channel != "email"
            or survey.ticket.mailbox
            or survey.second
        ):
            return []
        if rng.random() > self.draw.detonation * (0.35 if kind == "every" else 1.0):
            return []
        links = list(range(1, survey.top + 1))
        if not self.ascending:
            links.reverse()
        where, ua = rng.choice(self.nets.clouds), rng.choice(GATEWAYS)
        at = survey.sent_at + secs(rng.lognormvariate(1.9, 0.7))
        if kind == "sandbox":
            at = survey.sent_at + secs(rng.uniform(150, 3000))
            links, ua = [rng.choice(links)], desk_browser(rng)
        elif kind == "first":
            links = links[:1]
        made: list[Answer] = []
        for score in links:
            row = Answer(survey, score, "email", at, at, where, None, ua, "scanner")
            row.true = survey.honest_score() if survey.would else None
            row.supersedes = made[-1] if made else None
            made.append(row)
            at += secs(rng.choice((0, 0, 1, 1, 2)))
        return made

    def page_two(self, first: Answer, survey: Survey) -> Answer:
        """The next question on the same form."""
        rng = self.rng
        at = first.at + secs(rng.uniform(4, 28))
        made = Answer(
            survey,
            survey.honest_score(),
            first.channel,
            first.at,
            at,
            first.where,
            first.device,
            first.ua,
        )
        made.true = made.score
        made.trap = first.trap or ("" if first.practice else "second_page")
        made.practice, made.evasive = first.practice, first.evasive
        return made
