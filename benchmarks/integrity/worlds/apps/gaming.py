"""Who games, with what, and what is pressed in the customer's stead."""

from __future__ import annotations

import random
from datetime import timedelta

from benchmarks.integrity.worlds.apps.answering import Answer, on_shift, opened_at, sit, words
from benchmarks.integrity.worlds.apps.cases import BAD, TOP, Case
from benchmarks.integrity.worlds.apps.draw import PRACTICES, Draw
from benchmarks.integrity.worlds.apps.people import Agent, Customer, Group
from benchmarks.integrity.worlds.apps.persuading import Persuading
from benchmarks.integrity.worlds.apps.places import Hasher, Networks, browser_agent

DESKS = {
    "drawer_phone": ("chat", "onboarding", "refunds"),
    "remote_hand": ("chat", "onboarding"),
    "credit_for_stars": ("chat", "phone", "refunds"),
    "reseller_favour": ("partner",),
}


def recruit(rng: random.Random, draw: Draw, staff: list[Agent]) -> None:
    """Which agents game, how hard, how carefully; habits spread within teams."""
    wanted = round(draw.gaming_share * len(staff))
    fashion = {team: rng.choice(PRACTICES) for team in sorted({a.team_id for a in staff})}
    bold = {team: rng.lognormvariate(0, 0.7) for team in fashion}
    able = [a for a in staff if not (a.great or a.bombed) and a.active_to is None]
    able.sort(key=lambda a: rng.random() ** (1 / bold[a.team_id]), reverse=True)
    for agent in able[:wanted]:
        fits = [p for p in PRACTICES if agent.desk in DESKS.get(p, (agent.desk,))]
        weights = [
            draw.weight[p]
            * (3.0 if fashion[agent.team_id] == p else 1.0)
            * (3.0 if p == "reseller_favour" else 1.0)
            for p in fits
        ]
        agent.evasive = rng.random() < draw.evasive_share
        for _ in range(rng.choices((1, 2, 3), weights=(64, 30, 6))[0]):
            practice = rng.choices(fits, weights=weights)[0]
            strength = draw.strength[practice] * rng.lognormvariate(0, 0.4)
            agent.strength[practice] = min(0.6, max(0.03, strength * (0.7 if agent.evasive else 1)))
        agent.gaming = sorted(agent.strength)
        count = 25 if agent.evasive else rng.randint(1, 3)
        agent.aliases = [f"{rng.getrandbits(96):024x}" for _ in range(count)]
        if agent.contacts and not agent.evasive and rng.random() < 0.4:
            agent.aliases[0] = agent.contacts[0]


class Gaming:
    """What gaming agents do with the cases that they close."""

    def __init__(
        self, rng: random.Random, draw: Draw, nets: Networks, ids: Hasher, staff: list[Agent]
    ) -> None:
        self._rng, self._draw, self._nets, self._ids = rng, draw, nets, ids
        self._staff = staff
        self._persuading = Persuading(rng, nets)
        self._dumps: dict[str, list[Agent]] = {}
        self._favourite: dict[str, str] = {}
        self.sandboxes: dict[str, list[Customer]] = {}
        self.partners: dict[str, Group] = {}

    def move(self, case: Case) -> None:
        """Bad cases are handed on or hushed, good ones of mates are taken, before any survey."""
        agent, rng = case.worker, self._rng
        if case.credited is not agent:
            return
        strength = agent.strength
        limit = -0.45 if agent.evasive else -0.1
        if case.feeling < limit and rng.random() < 0.85:
            if rng.random() < 1.6 * strength.get("hot_potato", 0):
                case.credited = rng.choice(self._dump(agent))
            elif case.tally and rng.random() < 1.6 * strength.get("quiet_close", 0):
                case.suppressed, case.sent = self._excuse(agent), None
            return
        if case.feeling > 0.5 and not strength:
            for mate in self._takers(agent):
                if rng.random() < mate.strength["hot_potato"] / 6:
                    case.credited = mate
                    return

    def _takers(self, agent: Agent) -> list[Agent]:
        return [
            a
            for a in self._staff
            if a.team_id == agent.team_id and "hot_potato" in a.strength and a is not agent
        ]

    def _dump(self, agent: Agent) -> list[Agent]:
        if agent.agent_id not in self._dumps:
            near = [a for a in self._staff if a.site is agent.site and a.team_id != agent.team_id]
            near = near or [a for a in self._staff if a.team_id != agent.team_id]
            count = min(len(near), 9 if agent.evasive else self._rng.randint(1, 2))
            self._dumps[agent.agent_id] = self._rng.sample(near, count)
        return self._dumps[agent.agent_id]

    def _excuse(self, agent: Agent) -> str:
        rng = self._rng
        reasons = ("duplicate_case", "customer_declined", "invalid_contact", "test_record")
        own = self._favourite.setdefault(agent.agent_id, rng.choice(reasons))
        if not agent.evasive and rng.random() < 0.85:
            return own
        return rng.choices((*reasons, "opt_out"), weights=(6, 4, 7, 1, 4))[0]

    def play(self, case: Case) -> Answer | None:
        """The answer to a sent invitation, if somebody helps it along."""
        agent, rng = case.worker, self._rng
        assert case.sent is not None
        for practice in sorted(agent.strength, key=lambda _: rng.random()):
            if rng.random() >= agent.strength[practice]:
                continue
            answer: Answer | None = None
            if practice == "drawer_phone" and case.channel == "in_app":
                answer = self._drawer(agent, case)
            elif practice == "alias_mailbox" and case.channel != "in_app":
                answer = self._alias(agent, case)
            elif practice == "remote_hand" and case.channel == "in_app":
                answer = self._remote(agent, case)
            elif practice == "reseller_favour":
                answer = self._partner(agent, case)
            elif practice in ("star_talk", "credit_for_stars"):
                answer = self._persuading.ask(practice, agent, case)
            if answer is not None:
                return answer
        return None

    def _made(self, case: Case, agent: Agent, practice: str, answer: Answer) -> Answer:
        """A score chosen by somebody else than the customer."""
        rng, top = self._rng, TOP[case.metric]
        answer.score = top - (rng.random() < (0.24 if agent.evasive else 0.05))
        answer.label, answer.practice, answer.evasive = "fabricated", practice, agent.evasive
        answer.true = case.true if case.would else None
        answer.changed = answer.true is not None and answer.true != answer.score
        if rng.random() < (0.1 if agent.evasive else 0.02):
            answer.comment = words(rng, case, answer.score)
            answer.answered += timedelta(seconds=rng.uniform(8, 50))
        return answer

    def _drawer(self, agent: Agent, case: Case) -> Answer:
        """Signs in 'as the customer' on a test telephone from the team's drawer."""
        rng, site = self._rng, agent.site
        assert case.sent is not None
        device, agent_string = rng.choice(site.drawer)
        line, tag = rng.choice(site.office), device
        if agent.evasive:
            # wipes the app each time and takes the telephone off the office network
            tag = self._ids.fresh()
            line = self._nets.carrier(site.market) if rng.random() < 0.75 else line
            opened = on_shift(rng, agent, case.sent + timedelta(minutes=rng.lognormvariate(4, 1.2)))
        else:
            wait = timedelta(minutes=rng.lognormvariate(2.2, 1.0))
            opened = on_shift(rng, agent, case.sent + wait)
        done = opened + timedelta(seconds=rng.uniform(2, 9) + (8 if agent.evasive else 0))
        answer = Answer(case, 0, opened, done, line, tag, agent_string)
        return self._made(case, agent, "drawer_phone", answer)

    def _alias(self, agent: Agent, case: Case) -> Answer:
        """The survey is sent to a mailbox or number of the agent's own."""
        rng = self._rng
        assert case.sent is not None
        case.contact = rng.choice(agent.aliases)
        opened, line, device, agent_string = opened_at(rng, case), agent.home, *agent.phone
        if agent.evasive:
            case.contact = self._ids.fresh()
            if rng.random() < 0.5:  # the file is changed days before, not as the case is closed
                case.on_file = case.contact
            line = rng.choice((self._nets.carrier(agent.site.market), self._nets.vpn(), agent.home))
            device = self._ids.fresh()
            agent_string = agent_string if rng.random() < 0.6 else browser_agent(rng, True)
        elif rng.random() < 0.4:
            line, (device, agent_string) = rng.choice(agent.site.office), agent.workstation
            opened = on_shift(rng, agent, case.sent + timedelta(minutes=rng.uniform(1, 90)))
        done = opened + timedelta(seconds=rng.lognormvariate(1.9, 0.6))
        answer = Answer(case, 0, opened, done, line, device, agent_string)
        if agent.evasive and rng.random() < 0.5:
            answer.device = None
        return self._made(case, agent, "alias_mailbox", answer)

    def sandbox(self, case: Case) -> Answer:
        """A ticket out of a demonstration account: asked, solved and praised by one person."""
        agent, rng = case.worker, self._rng
        assert case.sent is not None
        case.counts, case.would, case.true = False, False, TOP[case.metric]
        careful = agent.evasive
        case.handle = rng.randint(210, 900) if careful else rng.randint(18, 110)
        line, (device, agent_string) = rng.choice(agent.site.office), agent.workstation
        opened = case.sent + timedelta(minutes=rng.lognormvariate(1.4, 1.0))
        tag: str | None = device
        if careful:
            opened = opened_at(rng, case)
            line = agent.home if rng.random() < 0.6 else self._nets.carrier(agent.site.market)
            tag = None if rng.random() < 0.5 else self._ids.fresh()
            agent_string = browser_agent(rng, rng.random() < 0.5)
        done = opened + timedelta(seconds=rng.lognormvariate(1.8, 0.6))
        answer = Answer(case, 0, opened, done, line, tag, agent_string)
        return self._made(case, agent, "sandbox_tickets", answer)

    def _remote(self, agent: Agent, case: Case) -> Answer:
        """Still in the remote session, the agent's own pointer presses on the customer's screen."""
        rng, customer = self._rng, case.customer
        assert case.sent is not None
        wait = rng.uniform(4, 25) if not agent.evasive else rng.uniform(25, 240)
        opened = case.sent + timedelta(seconds=wait)
        done = opened + timedelta(seconds=rng.uniform(1.2, 3.2) * (4 if agent.evasive else 1))
        answer = Answer(case, 0, opened, done, customer.home, *customer.phone)
        if customer.group is not None:
            answer.line = rng.choice(customer.group.lines)
            answer.device, answer.agent_string = rng.choice(customer.group.devices)
        case.handle += rng.randint(20, 90)
        return self._made(case, agent, "remote_hand", answer)

    def _partner(self, agent: Agent, case: Case) -> Answer | None:
        """A reseller's clerk ticks what the partner manager likes, for a better discount."""
        rng, group = self._rng, self.partners.get(agent.agent_id)
        if group is None or group.contact is None:
            return None
        own = case.customer.group is group
        if not own:
            case.contact = group.contact  # a direct customer's survey, sent to the clerk
        device, agent_string = rng.choice(group.devices)
        answer = Answer(case, 0, case.at, case.at, rng.choice(group.lines), device, agent_string)
        if agent.evasive:
            answer.opened = opened_at(rng, case)
            answer.answered = answer.opened + timedelta(seconds=rng.uniform(6, 40))
            if rng.random() < 0.4:
                answer.line = self._nets.carrier(group.market)
                answer.device = None
        else:
            sit(rng, group, answer, rng.uniform(2, 8))
        answer = self._made(case, agent, "reseller_favour", answer)
        if own:
            answer.label = "solicited"
            answer.changed = answer.score != case.true
        return answer

    def after(self, answer: Answer) -> Answer | None:
        """A poor score that somebody has taken back."""
        case, rng = answer.case, self._rng
        agent = case.credited
        strength = agent.strength.get("callback_revote", 0)
        if answer.label != "honest" or answer.score > BAD[case.metric]:
            return None
        if rng.random() >= min(0.75, 2.2 * strength):
            return None
        return self._persuading.call_back(agent, answer)
