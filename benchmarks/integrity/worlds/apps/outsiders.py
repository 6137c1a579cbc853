"""Answers by others than customers and staff at work: mobs, leavers, machines, double presses."""

from __future__ import annotations

import random
from datetime import date, timedelta

from benchmarks.integrity.worlds.apps.answering import Answer, honest, opened_at
from benchmarks.integrity.worlds.apps.cases import GOOD, Case, mark
from benchmarks.integrity.worlds.apps.draw import Draw
from benchmarks.integrity.worlds.apps.people import SCALES, START, Agent
from benchmarks.integrity.worlds.apps.places import Hasher, Line, Networks, browser_agent

SPITE = (
    "scammers, keep my money", "thief", "blocked my account for nothing", "avoid this agent",
    "worst support ever lol", "refused my refund", "liar",
)  # fmt: skip


class Outsiders:
    def __init__(self, rng: random.Random, draw: Draw, nets: Networks, ids: Hasher) -> None:
        self._rng, self._draw, self._nets, self._ids = rng, draw, nets, ids
        self._grudges: dict[str, tuple[Agent, date, float]] = {}
        old = "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 Chrome/79.0 Safari/537.36"
        self._scanners = [old, "python-requests/2.31.0", browser_agent(rng, True)]
        self._vpn = nets.vpn()

    def send_away(self, staff: list[Agent]) -> None:
        """Some people leave within the quarter; in few companies one of them with a grudge."""
        rng = self._rng
        idle = [a for a in staff if not a.great and not a.mentor and a.quality < 0.5]
        gone = rng.sample(idle, rng.randint(1, 4) + self._draw.leavers)
        for leaver in gone:
            leaver.active_to = START.date() + timedelta(days=rng.randint(15, 60))
        for leaver in gone[: self._draw.leavers]:
            mates = [a for a in staff if a.team_id == leaver.team_id and a.active_to is None]
            if mates and leaver.active_to:
                victim = rng.choice(mates)
                victim.bombed = True
                self._grudges[victim.agent_id] = (leaver, leaver.active_to, rng.uniform(0.08, 0.3))

    def leaver(self, case: Case) -> Answer | None:
        """The former colleague still holds the export of survey links and presses the lowest."""
        rng, grudge = self._rng, self._grudges.get(case.credited.agent_id)
        if grudge is None or case.at.date() <= grudge[1] or rng.random() > grudge[2]:
            return None
        who = grudge[0]
        line, device = (who.home, who.phone[0]) if rng.random() < 0.55 else (self._vpn, None)
        low = SCALES[case.metric][0]
        answer = self._hostile(case, line, device, who.phone[1], low + (rng.random() < 0.2))
        answer.practice = "leaver_list"
        answer.true = case.true if case.would else None
        answer.changed = answer.true is not None and answer.true != answer.score
        return answer

    def mob(self, case: Case) -> Answer | None:
        rng, customer = self._rng, case.customer
        if case.sent is None or rng.random() < 0.12:
            return None
        carrier = self._nets.carrier(customer.market)
        line: Line = self._vpn if rng.random() < 0.3 else rng.choice((carrier, customer.home))
        score = SCALES[case.metric][0] + (rng.random() < 0.08)
        answer = self._hostile(case, line, *customer.phone, score)
        if case.channel == "in_app":
            answer.opened = case.sent + timedelta(seconds=rng.lognormvariate(4.0, 1.1))
            answer.answered = answer.opened + timedelta(seconds=rng.uniform(3, 40))
        answer.practice = "refund_mob"
        return answer

    def _hostile(
        self, case: Case, line: Line, device: str | None, agent_string: str, score: int
    ) -> Answer:
        rng = self._rng
        opened = opened_at(rng, case)
        done = opened + timedelta(seconds=rng.uniform(3, 30))
        answer = Answer(case, score, opened, done, line, device, agent_string)
        answer.label = "bombing"
        if rng.random() < 0.3:
            answer.comment = rng.choice(SPITE)
        return answer

    def scanner(self, case: Case) -> Answer | None:
        """The mail gateway of a customer's employer follows a link of the mail."""
        rng = self._rng
        if case.channel != "email" or case.sent is None or rng.random() > self._draw.scanner_rate:
            return None
        low, high = SCALES[case.metric]
        score = low if rng.random() < 0.5 else rng.randint(low, high)
        agent = rng.choices(self._scanners, weights=(5, 2, 4))[0]
        wait = rng.uniform(1, 28) if rng.random() < 0.75 else rng.uniform(40, 600)
        opened = case.sent + timedelta(seconds=wait)
        done = opened + timedelta(seconds=rng.uniform(0.0, 1.4))
        answer = Answer(case, score, opened, done, self._nets.scanner(), None, agent)
        answer.label, answer.true = "scanner", case.true if case.would else None
        return answer

    def double(self, answer: Answer) -> Answer | None:
        """The same press arrives twice, from a slow line or a restless thumb."""
        rng = self._rng
        if answer.label == "scanner" or rng.random() > self._draw.double_rate:
            return None
        later = answer.answered + timedelta(seconds=rng.uniform(0.3, 5))
        twin = Answer(answer.case, answer.score, answer.opened, later, answer.line,
                      answer.device, answer.agent_string)  # fmt: skip
        twin.label, twin.true = "duplicate", answer.true
        twin.comment = answer.comment
        twin.supersedes = answer if rng.random() < 0.5 else None
        return twin

    def second_thought(self, first: Answer) -> Answer | None:
        """An honest customer who scored low says so when the repair has come, unasked."""
        rng, case = self._rng, first.case
        if first.score >= GOOD[case.metric] or case.sent is None:
            return None
        if rng.random() > 0.04 * self._draw.odd["changed_mind"]:
            return None
        lift = rng.choice((-0.5, 0.7, 1.2, 1.8))
        again = honest(rng, self._draw, self._nets, case)
        again.opened = first.answered + timedelta(hours=rng.lognormvariate(3.2, 0.8))
        again.answered = again.opened + timedelta(seconds=rng.uniform(8, 70))
        again.score = again.true = mark(case.metric, case.feeling + lift)
        again.trap, again.supersedes, again.comment = "changed_mind", first, None
        late = again.answered - case.sent > timedelta(days=12)
        return None if late or again.score == first.score else again
