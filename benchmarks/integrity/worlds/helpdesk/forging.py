"""Answers that an agent gives, fetches or buys, and those given to harm an agent."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from .answering import Answer, Customers
from .kit import Device, Networks, Place, desk_browser, next_local, phone_browser, token, zone
from .kit import seconds as secs
from .people import Agent
from .setting import Draw
from .tickets import Survey
from .words import SPITE, said


class Cheats:
    """What comes back to surveys that somebody has a hand in."""

    def __init__(
        self, rng: Random, draw: Draw, nets: Networks, customers: Customers, leads: list[Agent]
    ) -> None:
        self.rng = rng
        self.leads = leads
        self.draw = draw
        self.nets = nets
        self.customers = customers
        self.queue: dict[tuple[str, datetime], datetime] = {}
        self.spare: dict[str, list[Device]] = {}

    def act(self, survey: Survey) -> list[Answer] | None:
        """Rows for a survey on a ticket with a practice; None: the customer does as ever."""
        practice = survey.ticket.practice
        if practice in ("requester_swap", "ghost_ticket"):
            return self._mailbox(survey, practice)
        if practice == "assumed_identity":
            return self._portal(survey)
        if practice == "remote_hand":
            return self._remote(survey)
        if practice == "pet_customer":
            return self._pet(survey)
        if practice == "begging":
            return self._begged(survey)
        if practice == "five_then_credit":
            return self._bought(survey)
        if practice in ("grudge_account", "ex_colleague"):
            return self._harm(survey, practice)
        return None

    def _top(self, survey: Survey, agent: Agent) -> int:
        off = self.rng.choices((0, 1, 2), (73, 23, 4) if agent.evasive else (94, 5, 1))[0]
        return survey.top - off

    def _forged(self, survey: Survey, agent: Agent, practice: str, score: int) -> Answer:
        """An empty form in the agent's hand; the caller says when and from where."""
        now = survey.sent_at
        where, ua = agent.home, agent.phone.ua
        made = Answer(survey, score, "email", now, now, where, None, ua, "fabricated", practice)
        made.true = survey.honest_score() if survey.would else None
        made.changed = made.true is None or made.true != score
        made.evasive = agent.evasive
        if self.rng.random() < (0.1 if agent.evasive else 0.16) and agent.phrases:
            made.comment = self.rng.choice(agent.phrases)
        return made

    def _free(self, agent: Agent, after: datetime) -> datetime:
        """A careful agent's own hours: before the shift, after it, or on the next day off."""
        rng, team = self.rng, agent.team
        hour = team.begins + rng.choice((9.3, 9.8, 10.6, 11.5, -2.0, -1.0))
        return next_local(after + secs(rng.uniform(60, 40000)), team.site.tz, hour % 24) + secs(
            rng.uniform(0, 3300)
        )

    def _row(self, agent: Agent, after: datetime) -> datetime:
        """A careless agent goes through them at the end of the shift, one after the other."""
        rng, team = self.rng, agent.team
        end = next_local(after, team.site.tz, (team.begins + 8.7) % 24)
        key = (agent.agent_id, end)
        last = self.queue.get(key, end + secs(rng.uniform(0, 1500)))
        self.queue[key] = last + secs(rng.uniform(16, 75))
        return self.queue[key]

    def _mask(self, agent: Agent) -> tuple[Place, str, str | None]:
        """Private windows, several phones of the family, rented or mobile networks."""
        rng = self.rng
        if agent.agent_id not in self.spare:
            self.spare[agent.agent_id] = [
                Device(phone_browser(rng, 0.25), token(rng, 20), 0.25, 0.6),
                Device(phone_browser(rng, 0.25), token(rng, 20), 0.2, 0.5),
                Device(desk_browser(rng), token(rng, 20), 0.3, 0.8),
            ]
        machine = rng.choice(self.spare[agent.agent_id])
        pick = rng.random()
        spot = agent.home if pick < 0.12 else self.nets.mobile(rng, agent.team.site.country)
        if pick > 0.66:
            spot = rng.choice(self.nets.exits)
        return spot, machine.ua, machine.seen(rng)

    def _fill(self, made: Answer, at: datetime) -> Answer:
        spell = self.rng.lognormvariate(1.5, 0.5) + (self.rng.uniform(5, 25) if made.comment else 0)
        made.at = max(at, made.survey.sent_at + secs(3))
        made.opened = max(made.survey.sent_at, made.at - secs(spell))
        return made

    def _mailbox(self, survey: Survey, practice: str) -> list[Answer]:
        rng, agent = self.rng, survey.ticket.worker
        agent.nth += 1
        if rng.random() < 0.12:
            return []
        made = self._forged(survey, agent, practice, self._top(survey, agent))
        made.channel = survey.ticket.channel
        if agent.evasive:
            made.where, made.ua, made.device = self._mask(agent)
            return [self._fill(made, self._free(agent, survey.sent_at))]
        hand = rng.choice(agent.pals) if agent.pals and rng.random() < 0.6 else agent
        if rng.random() < 0.35 and self._on_shift(agent, survey.sent_at):
            made.where, made.ua = rng.choice(agent.team.site.egress), agent.desk.ua
            made.device = agent.desk.seen(rng)
            return [self._fill(made, survey.sent_at + secs(rng.lognormvariate(5.6, 0.9)))]
        mobile = self.nets.mobile(rng, agent.team.site.country)
        made.where = hand.home if rng.random() < 0.55 else mobile
        made.ua, made.device = hand.phone.ua, hand.phone.seen(rng)
        return [self._fill(made, self._row(agent, survey.sent_at))]

    def _on_shift(self, agent: Agent, at: datetime) -> bool:
        here = at.astimezone(zone(agent.team.site.tz))
        return (here.hour + here.minute / 60 - agent.team.begins) % 24 < 8.5

    def _portal(self, survey: Survey) -> list[Answer] | None:
        rng, agent = self.rng, survey.ticket.worker
        at = survey.sent_at + secs(rng.lognormvariate(7.1, 0.8))
        if not self._on_shift(agent, at):
            at = next_local(at, agent.team.site.tz, agent.team.begins) + secs(
                rng.uniform(300, 9000)
            )
        first: list[Answer] = []
        if survey.would:
            own = self.customers.answer(survey)
            if own.at < at:
                return None
            if rng.random() < 0.25:
                own.trap = ""
                first = [own]
        made = self._forged(survey, agent, "assumed_identity", self._top(survey, agent))
        made.channel, made.where, made.ua = (
            "portal",
            rng.choice(agent.team.site.egress),
            agent.desk.ua,
        )
        made.device = agent.desk.seen(rng)
        if agent.evasive:
            made.device = None if rng.random() < 0.4 else token(rng, 20)
            if rng.random() < 0.4:
                made.where = agent.home
        self._fill(made, at)
        for own in first:
            own.supersedes = made
        return [made, *first]

    def _remote(self, survey: Survey) -> list[Answer]:
        rng, agent, person = self.rng, survey.ticket.worker, survey.ticket.contact
        made = self._forged(survey, agent, "remote_hand", self._top(survey, agent))
        made.where, made.ua = rng.choice(person.account.egress), person.desk.ua
        made.device = person.desk.seen(rng)
        made.comment = None
        wait = rng.uniform(60, 240) if agent.evasive else rng.uniform(6, 50)
        made.at = survey.sent_at + secs(wait)
        made.opened = max(survey.sent_at, made.at - secs(rng.uniform(1, 6)))
        if survey.would and rng.random() < 0.2:
            own = self.customers.answer(survey)
            if own.at > made.at:
                own.supersedes, own.trap = made, ""
                return [made, own]
        return [made]

    def _asked(self, survey: Survey, score: int, practice: str) -> Answer:
        made = self.customers.answer(survey, score=score)
        felt = survey.honest_score()
        made.label, made.practice, made.trap = "solicited", practice, ""
        made.true = felt if survey.would else None
        made.changed = felt != score
        made.evasive = survey.ticket.worker.evasive
        return made

    def _pet(self, survey: Survey) -> list[Answer]:
        rng = self.rng
        if rng.random() < 0.14:
            return []
        score = survey.top - (rng.random() < 0.08)
        made = self._asked(survey, score, "pet_customer")
        if survey.ticket.channel == "email" and rng.random() < 0.6:
            self._fill(made, survey.sent_at + secs(rng.lognormvariate(6.5, 1.1)))
        return [made]

    def _begged(self, survey: Survey) -> list[Answer] | None:
        rng, felt, top = self.rng, survey.honest_score(), survey.top
        if not survey.would and rng.random() > (0.2 if felt >= top - 2 else 0.05):
            return None
        score = felt
        if top - 2 <= felt < top and rng.random() < 0.66:
            score = top
        elif felt < top - 2 and rng.random() < 0.22:
            score = felt + 2
        return [self._asked(survey, score, "begging")]

    def _bought(self, survey: Survey) -> list[Answer] | None:
        rng = self.rng
        if rng.random() > (0.75 if survey.would else 0.5):
            return None
        made = self._asked(survey, survey.top, "five_then_credit")
        if survey.ticket.channel == "email" and rng.random() < 0.8:
            self._fill(made, survey.sent_at + secs(rng.lognormvariate(6.3, 0.8)))
        note = made.at + secs(rng.lognormvariate(7.6, 0.9))
        survey.ticket.credit_note = note
        return [made]

    def _harm(self, survey: Survey, practice: str) -> list[Answer]:
        rng = self.rng
        if rng.random() < 0.1:
            return []
        score = 1 if rng.random() < 0.84 else 2
        made = self.customers.answer(survey, score=score)
        made.label, made.practice, made.trap = "bombing", practice, ""
        made.true, made.changed = None, True
        locale = survey.ticket.contact.account.locale
        made.comment = said(rng, locale, 0.1, 0.12)
        if rng.random() < 0.2:
            made.comment = rng.choice(SPITE)
        return [made]

    def sweep(self, lead: Agent, open_links: list[Survey]) -> list[Answer]:
        """Links that nobody used lie in the ticket's log; a lead uses them at month's end."""
        rng, draw = self.rng, self.draw
        level = lead.strength("sweep")
        made: list[Answer] = []
        for month in range(3):
            at = draw.start + timedelta(days=30 * (month + 1) - rng.randint(1, 2))
            at = next_local(at, lead.team.site.tz, (lead.team.begins + rng.uniform(3, 8.5)) % 24)
            if not lead.working(at):
                break
            since, until = at - timedelta(days=9), at - timedelta(days=1)
            links = [s for s in open_links if since < s.sent_at < until]
            links = rng.sample(links, round(len(links) * level * 0.55))
            links.sort(key=lambda s: s.sent_at)
            for survey in links:
                row = self._forged(survey, lead, "sweep", self._top(survey, lead))
                row.where, row.ua = lead.team.site.egress[0], lead.desk.ua
                row.device = lead.desk.seen(rng)
                if lead.evasive:
                    row.where, row.ua, row.device = self._mask(lead)
                made.append(self._fill(row, at))
                at += secs(rng.lognormvariate(6.4, 1.0) if lead.evasive else rng.uniform(22, 130))
        return made
