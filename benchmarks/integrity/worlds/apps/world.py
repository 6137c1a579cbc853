"""Writes one quarter of the company: python -m benchmarks.integrity.worlds.apps.world SEED DIR."""

from __future__ import annotations

import random
import sys
from datetime import timedelta
from pathlib import Path

from benchmarks.integrity.worlds.apps import records
from benchmarks.integrity.worlds.apps.answering import Answer, honest
from benchmarks.integrity.worlds.apps.cases import Case, ask, new_case, send_after
from benchmarks.integrity.worlds.apps.diary import Diary, Entry
from benchmarks.integrity.worlds.apps.draw import ODDITIES, Draw
from benchmarks.integrity.worlds.apps.gaming import Gaming, recruit
from benchmarks.integrity.worlds.apps.outsiders import Outsiders
from benchmarks.integrity.worlds.apps.people import Crowd, build_staff, give_mentors
from benchmarks.integrity.worlds.apps.places import Hasher, Networks


class Quarter:
    """Ninety-one days of one company."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = random.Random(seed)
        self.draw = draw = Draw.of(rng)
        self.ids = ids = Hasher(rng)
        self._nets = nets = Networks(rng)
        self.staff = build_staff(rng, draw, nets, ids)
        give_mentors(rng, draw, self.staff)
        self._outsiders = Outsiders(rng, draw, nets, ids)
        self._outsiders.send_away(self.staff)
        recruit(rng, draw, self.staff)
        self._crowd = Crowd(rng, draw, nets, ids)
        self._gaming = Gaming(rng, draw, nets, ids, self.staff)
        self.cases: list[Case] = []
        self.answers: list[Answer] = []

    def live(self) -> None:
        diary = Diary(self.rng, self.draw, self._nets, self.ids, self._crowd, self.staff)
        entries = diary.entries()
        self._gaming.partners = {agent: groups[0] for agent, groups in diary.partners.items()}
        for entry in entries:
            self._enter(entry)
        self.answers.sort(key=lambda answer: answer.answered)
        for answer in self.answers:
            answer.response_id = self.ids.row("rs")

    def _enter(self, entry: Entry) -> None:
        rng, draw = self.rng, self.draw
        customer = entry.customer or self._crowd.caller(entry.agent.site.market)
        case = new_case(rng, draw, self.ids.row("ev"), entry.at, entry.agent, customer, entry.lift)
        case.invitation_id = self.ids.row("in")
        if entry.kind in ODDITIES:
            case.trap = entry.kind
        self._habits(case)
        made_up = entry.kind in ("sandbox_tickets", "mob")
        if made_up:
            case.trap, case.counts, case.would, case.feeling, case.true = (
                "",
                False,
                False,
                rng.gauss(0.5, 0.6),
                1,
            )
            case.refunds.clear()
            case.credited = case.worker
            if entry.kind == "mob" and case.worker.desk != "phone":
                case.channel = "in_app" if rng.random() < 0.9 else "email"
        ask(rng, draw, case)
        self.cases.append(case)
        if made_up:
            self._made_up(case, entry.kind)
            return
        self._gaming.move(case)
        if case.sent is not None:
            self._answer(case)

    def _made_up(self, case: Case, kind: str) -> None:
        if kind == "mob":
            hostile = self._outsiders.mob(case)
            if hostile:
                self.answers.append(hostile)
            return
        if case.sent is None and case.suppressed != "freq_cap":
            case.suppressed, case.sent = None, case.at + send_after(self.rng, case)
        if case.sent is not None:
            self._keep(self._gaming.sandbox(case))

    def _habits(self, case: Case) -> None:
        """Who answers more readily than others."""
        rng, group = self.rng, case.customer.group
        kind = group.kind if group else ""
        willing = {"reseller_clerk": 0.3, "relay_centre": 0.42, "dogfooder": 0.4}.get(kind)
        if willing is not None:
            case.would = rng.random() < willing
        elif case.trap == "open_evening":
            case.channel, case.would = "in_app", rng.random() < 0.55
        elif case.trap == "fix_release":
            case.would = case.would or rng.random() < 0.2

    def _answer(self, case: Case) -> None:
        hostile = self._outsiders.leaver(case)
        if hostile is not None:
            self._keep(hostile)
            return
        helped = self._gaming.play(case) if case.credited is case.worker else None
        if helped is not None:
            self._keep(helped)
            return
        machine = self._outsiders.scanner(case)
        if machine is not None:
            self.answers.append(machine)
        if not case.would:
            return
        answer = honest(self.rng, self.draw, self._nets, case)
        assert case.sent is not None
        if case.trap == "open_evening":
            answer.line = self.rng.choice(case.worker.site.office)
            answer.device, answer.agent_string = case.customer.phone
            answer.opened = case.sent + timedelta(seconds=self.rng.lognormvariate(4.4, 1.0))
            answer.answered = answer.opened + timedelta(seconds=self.rng.uniform(3, 45))
        elif case.trap == "fix_release":  # people had waited for this
            answer.opened = case.sent + timedelta(minutes=self.rng.lognormvariate(2.4, 1.0))
            answer.answered = answer.opened + timedelta(seconds=self.rng.uniform(3, 60))
        if machine is not None:
            answer.supersedes = machine
            answer.opened = max(answer.opened, machine.answered + timedelta(seconds=20))
            answer.answered = max(answer.answered, answer.opened + timedelta(seconds=3))
        self._keep(answer)
        again = self._gaming.after(answer)
        if again is None:
            again = self._outsiders.second_thought(answer)
            if again is not None:
                case.true = again.score
        if again is not None:
            self._keep(again)

    def _keep(self, answer: Answer) -> None:
        self.answers.append(answer)
        twin = self._outsiders.double(answer)
        if twin is not None:
            self.answers.append(twin)


def write(seed: int, folder: Path) -> None:
    """One seed's company, as its systems would hand it out, into this folder."""
    quarter = Quarter(seed)
    quarter.live()
    folder.mkdir(parents=True, exist_ok=True)
    cases, answers, ids = quarter.cases, quarter.answers, quarter.ids
    told = list(records.signals(quarter.rng, quarter.draw, ids, cases))
    told.sort(key=lambda row: str(row["at"]))
    records.save(folder / "events.ndjson", records.events(cases))
    records.save(folder / "invitations.ndjson", records.invitations(cases))
    records.save(folder / "responses.ndjson", records.responses(answers, ids))
    records.save(folder / "signals.ndjson", told)
    records.save(folder / "roster.ndjson", records.roster(quarter.staff))
    records.save(folder / "truth.ndjson", records.truth(quarter.staff, cases, answers))


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
