"""The running book: who used what, and what is usual here. Pure; every look-up is O(1).

`add` writes an arriving answer in, `hear` a listened call, `settle` what is known once an answer's
evidence is complete; the checks only read. Base rates are learned from the data, per store and for
all, so that no threshold of one company is carried into the next. What nobody used for `KEPT` is
forgotten, and sums are kept by subject, so that neither memory nor the cost of an answer grows with
the answers that were ever given.
"""

from __future__ import annotations

from collections import defaultdict
from sys import intern
from typing import TYPE_CHECKING

from collector.integrity.engine.counters import HitRate, Mail, Spread
from collector.integrity.engine.profiles import Low, Profile, Visit
from collector.integrity.engine.records import Case, Signal
from collector.integrity.engine.similar_wording import Wording
from collector.integrity.engine.statistics import bulk_rate
from collector.integrity.engine.usage_index import Group, Usage, UsageIndex

if TYPE_CHECKING:
    from collector.integrity.engine.patterns import Pattern

RING = 8
DAY = 86400.0
KEPT, SWEPT = 120, 30  # days: what is older may be forgotten; and how often that is looked after
QUICK_MAIL = 120.0
PHANTOM_RANK = 0.25


def _usual(rows: list[HitRate], prior: float) -> float:
    trials = sum(row.trials for row in rows)
    rate = bulk_rate([row.hits for row in rows], [row.trials for row in rows])
    return (rate * trials + prior * 100) / (trials + 100)


class RunningStatistics:
    """All of it. One for a company; `subject` is always the credited agent."""

    def __init__(self) -> None:
        self.devices = UsageIndex()
        self.ips = UsageIndex()
        self.nets = UsageIndex()
        self.contacts = UsageIndex()
        self.groups: dict[tuple[str, str], Group] = {}
        self.mail: dict[str, Mail] = {}
        self.wording = Wording()
        self.days: dict[tuple[str, int], list[int]] = {}
        self.swept: int | None = None
        self.invitations: dict[str, list[Visit]] = {}
        self.rings: dict[str, list[Visit]] = {}
        self.mail_delay = Spread()
        self.mail_instant = HitRate()  # opened and answered at once, among people's
        self.app_delay = Spread()
        self.handling = Spread()
        self.profiles: defaultdict[str, Profile] = defaultdict(Profile)
        self.stores: defaultdict[str, Profile] = defaultdict(Profile)
        self.all = Profile()
        self.volume: defaultdict[tuple[str, str | None], int] = defaultdict(int)
        self.members: defaultdict[str, set[str]] = defaultdict(set)
        self.base: defaultdict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        self.trouble_best: defaultdict[str, HitRate] = defaultdict(HitRate)
        self.reputation: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self.hands: dict[
            tuple[int, str], Pattern
        ] = {}  # kept by `patterns.py` within one judgement
        self.usual_changed = 0.05
        self.usual_phantom = 0.05
        self.qa = [0.0, 0.0, 0.0]  # count, mean, sum of squares (Welford)

    def add(self, case: Case) -> None:
        """Write an arriving answer in."""
        self.hands.clear()
        subject, who, at = intern(case.agent), case.who, case.answered
        kind = 0 if case.best else 1 if case.good else 2
        client = intern(case.client) if case.client else None
        day = int(case.arrived // DAY)
        expected = self.expected(case)
        changed = self.is_changed(case)
        use: Usage = (
            day, who, subject, kind, *expected, changed, (case.cases_then or 1) > 2, case.invitation
        )  # fmt: skip
        if case.device:
            self.devices.add(case.device, use)
        if case.ip:
            self.ips.add(case.ip, use)
        if case.net:
            self.nets.add(case.net, use)
        if case.contact:
            self.contacts.add(case.contact, use)
        first = self._visit(Visit(
            case.id, at, who, subject, case.score, case.position, case.device, case.ip,
            case.net, client,
        ), case.invitation)  # fmt: skip
        if case.channel == "email":
            self._mail(case, day)
        profiles = (self.profiles[subject], self.stores[case.store], self.all)
        if first:
            self._once(case, kind)
            for profile in profiles:
                profile.count(at, day, kind, expected, client)
                if case.contact and case.on_file:
                    profile.changed.add(changed)
        phantom = False
        if case.channel == "in_app":
            phantom = self.phantom_like(case)
            if case.since_event is not None:
                self.app_delay.add(max(case.since_event, 0.0))
            for profile in profiles:
                profile.phantom.add(phantom)
        if changed:
            self._group("changed", use)
        if phantom:
            self._group("phantom", use)
        if client:
            self._group(client, use)
        if case.poor:
            profiles[0].lows.append(Low(at, who, case.device, case.ip, case.net, phantom))
        if case.wrote:
            self.wording.add(case.sketch, day, subject)
            for profile in profiles:
                profile.comments += 1

    def _group(self, common: str, use: Usage) -> None:
        """The heap of this subject that the answer belongs to, by what its members have in
        common.
        """
        group = self.groups.get((common, use[2]))
        if group is None:
            group = self.groups[common, use[2]] = Group()
        group.add(use)

    def _visit(self, visit: Visit, invitation: str) -> bool:
        """Remember for a while who was here; is it the invitation's first answer?"""
        visits = self.invitations.get(invitation)
        if visits is None:
            self.invitations[invitation] = [visit]
        else:
            visits.append(visit)
        for key in (visit.device, visit.ip):
            if key:
                row = self.rings.get(key)
                if row is None:
                    self.rings[key] = [visit]
                else:
                    row.append(visit)
                    if len(row) > RING:
                        del row[0]
        return visits is None

    def _once(self, case: Case, kind: int) -> None:
        """What counts once an invitation, whatever is answered to it again."""
        channel, subject, day = case.channel, case.agent, int(case.answered // DAY)
        for unit in {subject, case.team, case.store, ""}:
            self.volume[unit, channel] += 1
        for unit in {case.team, case.store, ""}:
            self.members[unit].add(subject)
        for unit in {case.store, ""}:
            row = self.base[unit, case.metric]
            row[0] += 1
            row[1] += kind == 0
            row[2] += kind == 2
        if case.seconds is not None:
            self.handling.add(case.seconds)
        today = self.days.get((case.store, day))
        if today is None:
            today = self.days[case.store, day] = [0, 0]
        today[0] += 1
        today[1] += case.poor

    def _mail(self, case: Case, day: int) -> None:
        if case.since_sent is None:
            return
        self.mail_delay.add(max(case.since_sent, 0.0))
        if case.opened is not None and case.since_sent > 5 * QUICK_MAIL:
            self.mail_instant.add(case.at_once)
        for key in (case.ip, case.net):
            if key:
                mail = self.mail.get(key)
                if mail is None:
                    mail = self.mail[key] = Mail()
                mail.add(case.who, day, quick=case.since_sent < QUICK_MAIL)

    def hear(self, agent: str, signal: Signal) -> None:
        """Write in the score of a listened call, on the scale of whoever listens."""
        if signal.kind != "qa" or signal.value is None:
            return
        count, mean, squares = self.qa
        count += 1
        delta = signal.value - mean
        mean += delta / count
        squares += delta * (signal.value - mean)
        self.qa = [count, mean, squares]
        self.hands.clear()
        if count > 20 and squares > 0:
            row = self.profiles[agent].qa
            row[0] += (signal.value - mean) / (squares / count) ** 0.5
            row[1] += 1

    def settle(self, case: Case, now: float) -> None:
        """Write in what is only known once the signals about an answer have come in."""
        if case.troubled(now):
            for key in {case.store, ""}:
                self.trouble_best[key].add(case.best)

    def forget(self, case: Case) -> None:
        """The answer is final: drop what only answers of its own days ask for."""
        visits = self.invitations.get(case.invitation)
        if visits and visits[-1].id == case.id:
            del self.invitations[case.invitation]
        for key in (case.device, case.ip):
            row = self.rings.get(key or "")
            if row and row[-1].at <= case.answered:
                del self.rings[key or ""]

    def rest(self, now: float) -> None:
        """Every night: what is usual among ordinary subjects, whom a few others hardly move."""
        today = int(now // DAY)
        self.swept = today if self.swept is None else self.swept
        if today - self.swept >= SWEPT:
            self.swept = today
            self.sweep(today - KEPT)
        rows = [profile for profile in self.profiles.values() if profile.answers]
        self.usual_changed = _usual([profile.changed for profile in rows], 0.05)
        self.usual_phantom = _usual([profile.phantom for profile in rows], 0.05)

    def sweep(self, before: int) -> None:
        """Forget what nobody used since that day (whole days since 1970)."""
        for things in (self.devices, self.ips, self.nets, self.contacts):
            things.sweep(before)
        self.groups = {key: group for key, group in self.groups.items() if group.day >= before}
        self.mail = {key: mail for key, mail in self.mail.items() if mail.day >= before}
        self.days = {key: row for key, row in self.days.items() if key[1] >= before}
        self.wording.sweep(before)
        for profile in (*self.profiles.values(), *self.stores.values(), self.all):
            profile.sweep(before)

    # What the checks ask.

    def expected(self, case: Case) -> tuple[float, float]:
        """Base rates of the best score and of a poor one here, for this metric."""
        total, best, rest = self.base["", case.metric]
        b, r = (best + 5.0) / (total + 10.0), (rest + 2.5) / (total + 10.0)
        total, best, rest = self.base[case.store, case.metric]
        return (best + 30 * b) / (total + 30), (rest + 30 * r) / (total + 30)

    def share(self, case: Case) -> float:
        """The subject's part of the team's answers on this channel (of the store's, if tiny)."""
        for unit in (case.team, case.store, ""):
            size = len(self.members[unit])
            if size >= 4 and unit:
                break
        mine, total = self.volume[case.agent, case.channel], self.volume[unit, case.channel]
        return min((mine + 1.0) / (total + max(size, 1)), 1.0)

    @staticmethod
    def is_changed(case: Case) -> bool:
        """Was somebody else's contact point asked than the one on file?"""
        return bool(case.contact and case.on_file and case.contact != case.on_file)

    def phantom_like(self, case: Case) -> bool:
        """In the app, the customer's only case, hardly any work, answered at once."""
        if case.channel != "in_app" or case.since_event is None or (case.cases_then or 1) > 1:
            return False
        if self.app_delay.rank(max(case.since_event, 0.0)) > PHANTOM_RANK:
            return False
        return case.seconds is None or self.handling.rank(case.seconds) <= PHANTOM_RANK

    def answered_before(self, case: Case) -> int:
        """How many invitations, at most four, this customer answered on this device, of which at
        most one other customer makes use.
        """
        users = self.devices.get(case.device)
        return len(users.own.get(case.who, ())) if users is not None and users.own else 0

    def at_once(self, key: str | None) -> tuple[int, int]:
        """Of how many customers mail was answered at once from this address, and later."""
        mail = self.mail.get(key) if key else None
        return (len(mail.quick), len(mail.slow)) if mail else (0, 0)

    def quality(self, subject: str) -> float:
        """How good listened calls say the subject is, in standard deviations, drawn towards 0."""
        total, count = self.profiles[subject].qa
        return total / (count + 2.0)
