"""The customer answers, but not freely: stars begged for, paid for, or asked back."""

from __future__ import annotations

import random
from datetime import timedelta

from benchmarks.integrity.worlds.apps.answering import Answer, on_shift, opened_at
from benchmarks.integrity.worlds.apps.cases import GOOD, TOP, Case
from benchmarks.integrity.worlds.apps.people import Agent
from benchmarks.integrity.worlds.apps.places import Networks


class Persuading:
    """Practices in which the customer's own finger presses."""

    def __init__(self, rng: random.Random, nets: Networks) -> None:
        self._rng, self._nets = rng, nets

    def _own(self, case: Case, practice: str, agent: Agent) -> Answer:
        """An answer from the customer's own device and line."""
        rng, customer = self._rng, case.customer
        opened = opened_at(rng, case, 0.45)
        done = opened + timedelta(seconds=rng.lognormvariate(2.0, 0.7))
        line = customer.home
        if rng.random() < 0.25:
            line = self._nets.carrier(customer.market)
        in_app = case.channel == "in_app"
        device, agent_string = customer.phone if in_app else customer.computer
        if customer.group is not None:
            line = rng.choice(customer.group.lines)
            if customer.group.devices[0][0] is not None:
                device, agent_string = rng.choice(customer.group.devices)[0] or device, agent_string
        answer = Answer(case, case.true, opened, done, line, device, agent_string)
        answer.label, answer.practice, answer.evasive = "solicited", practice, agent.evasive
        answer.true = case.true if case.would else None
        return answer

    def ask(self, practice: str, agent: Agent, case: Case) -> Answer | None:
        """Stars asked for as the talk ends; null if the customer does not go along."""
        if practice == "star_talk":
            return self._talk(agent, case)
        return self._credit(agent, case)

    def _talk(self, agent: Agent, case: Case) -> Answer | None:
        """'Anything below five counts as nothing for me.'"""
        rng = self._rng
        if agent.evasive and case.feeling < 0.1:
            return None  # asks only the contented
        case.asked_for = True
        if not case.would and rng.random() > 0.3:
            return None
        answer = self._own(case, "star_talk", agent)
        if case.feeling > -0.7 and rng.random() < 0.7:
            answer.score = TOP[case.metric]
        elif case.feeling > -1.2 and rng.random() < 0.4:
            answer.score = max(answer.score, GOOD[case.metric])
        answer.changed = answer.score != case.true
        return answer

    def _credit(self, agent: Agent, case: Case) -> Answer | None:
        """A goodwill credit, posted once the stars are in; the chat stays open meanwhile."""
        rng = self._rng
        assert case.sent is not None
        case.asked_for = True
        if rng.random() > 0.72:
            return None
        answer = self._own(case, "credit_for_stars", agent)
        answer.opened = case.sent + timedelta(seconds=rng.uniform(12, 200))
        answer.answered = answer.opened + timedelta(seconds=rng.uniform(3, 25))
        answer.score = TOP[case.metric] - (rng.random() < 0.06)
        answer.changed = answer.score != case.true
        wait = timedelta(seconds=rng.uniform(30, 420))
        if agent.evasive:  # on the next morning, among the other credits
            wait = timedelta(hours=rng.uniform(3, 26))
        case.refunds.append((answer.answered + wait, rng.choice((3.0, 5.0, 5.0, 10.0))))
        return answer

    def call_back(self, agent: Agent, first: Answer) -> Answer | None:
        """The customer is rung up until the score is another, or the agent presses it alone."""
        rng, case = self._rng, first.case
        opened = on_shift(
            rng, agent, first.answered + timedelta(hours=rng.lognormvariate(2.4, 0.9))
        )
        if case.sent is None or (opened - case.sent) > timedelta(days=12):
            return None
        done = opened + timedelta(seconds=rng.uniform(4, 30))
        again = Answer(
            case, first.score, opened, done, first.line, first.device, first.agent_string
        )
        again.supersedes, again.practice, again.true = first, "callback_revote", first.true
        again.evasive, again.changed, again.label = agent.evasive, True, "solicited"
        again.score = GOOD[case.metric] if rng.random() < 0.35 else TOP[case.metric]
        if not agent.evasive and rng.random() < 0.4:
            # the ticket's own copy of the link, opened at the desk
            again.label = "fabricated"
            again.line = rng.choice(agent.site.office)
            again.device, again.agent_string = agent.workstation
        return again
