"""The running book: who used what, and what is usual here. Pure; every look-up is O(1).

`add` writes an arriving answer in, `hear` a listened call, `settle` what is known once an answer's
evidence is complete; the checks only read. Base rates are learned from the data, per store and for
all, so that no threshold of one company is carried into the next.
"""

from __future__ import annotations

from collections import defaultdict

from collector.integrity.forensics.profiles import Low, Profile, Visit
from collector.integrity.forensics.records import Case, Signal
from collector.integrity.forensics.tallies import Counter2, Spread, Things, Users
from collector.integrity.statistics import bulk_rate

RING = 8
KEPT = 120 * 86400.0
SUBJECTS_A_BAND = 64
DAY = 86400.0
QUICK_MAIL = 60.0
PHANTOM_RANK = 0.25


def _usual(rows: list[Counter2], prior: float) -> float:
    trials = sum(row.trials for row in rows)
    rate = bulk_rate([row.hits for row in rows], [row.trials for row in rows])
    return (rate * trials + prior * 100) / (trials + 100)


def kind_of(case: Case) -> int:
    """0 the best score, 1 a good one, 2 the rest."""
    return 0 if case.best else 1 if case.good else 2


class Book:
    """All of it. One for a company; `subject` is always the credited agent."""

    def __init__(self) -> None:
        self.devices = Things()
        self.ips = Things()
        self.nets = Things()
        self.contacts = Things()
        self.groups: defaultdict[tuple[str, str], Users] = defaultdict(Users)
        self.own: dict[tuple[str, str], list[str]] = {}
        self.invitations: defaultdict[str, list[Visit]] = defaultdict(list)
        self.mail: defaultdict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        self.mail_delay = Spread()
        self.app_delay = Spread()
        self.handling = Spread()
        self.profiles: defaultdict[str, Profile] = defaultdict(Profile)
        self.stores: defaultdict[str, Profile] = defaultdict(Profile)
        self.all = Profile()
        self.volume: defaultdict[tuple[str, str | None], int] = defaultdict(int)
        self.members: defaultdict[str, set[str]] = defaultdict(set)
        self.base: defaultdict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        self.trouble_best: defaultdict[str, Counter2] = defaultdict(Counter2)
        self.rings: dict[str, list[Visit]] = {}
        self.bands: defaultdict[tuple[int, int], dict[str, int]] = defaultdict(dict)
        self.days: defaultdict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
        self.reputation: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self.usual_changed = 0.05
        self.usual_phantom = 0.05
        self.qa = [0.0, 0.0, 0.0]  # count, mean, sum of squares (Welford)

    def add(self, case: Case) -> None:
        """Write an arriving answer in."""
        subject, kind, who = case.agent, kind_of(case), case.who
        expected = self.expected(case)
        visit = Visit(
            case.id, case.answered, who, subject, case.score, case.position, case.device, case.ip,
            case.client, case.channel, case.since_sent,
        )  # fmt: skip
        again = case.invitation in self.invitations
        self.invitations[case.invitation].append(visit)
        flags = (self.is_changed(case), (case.cases_then or 1) > 2)
        use = (case.answered, who, subject, kind, expected, flags)
        for users, key in (
            (self.devices, case.device), (self.ips, case.ip), (self.nets, case.net),
            (self.contacts, case.contact),
        ):  # fmt: skip
            if key:
                users.add(key, use)
        for ring in (case.device, case.ip):
            if ring:
                row = self.rings.setdefault(ring, [])
                row.append(visit)
                if len(row) > RING:
                    del row[0]
        self._own(case)
        if case.channel == "email":
            self._mail(case)
        if not again:
            self._once(case, kind, expected)
        phantom = self.phantom_like(case)
        if case.channel == "in_app" and case.since_event is not None:
            self.app_delay.add(max(case.since_event, 0.0))
        for profile in self._profiles(case):
            if case.channel == "in_app":
                profile.phantom.add(phantom)
        for group in self.groups_of(case, phantom):
            self.groups[group].add(who, subject, kind, expected, flags)
        if case.poor:
            self.profiles[subject].lows.append(
                Low(case.answered, who, case.device, case.ip, case.net, phantom)
            )
        self._words(case)

    def groups_of(self, case: Case, phantom: bool) -> list[tuple[str, str]]:
        """The heaps of this subject that the answer belongs to, by what its members have in
        common.
        """
        found = [("changed", case.agent)] if self.is_changed(case) else []
        if phantom:
            found.append(("phantom", case.agent))
        if case.client:
            found.append((case.client, case.agent))
        return found

    def _profiles(self, case: Case) -> tuple[Profile, Profile, Profile]:
        return self.profiles[case.agent], self.stores[case.store], self.all

    def _once(self, case: Case, kind: int, expected: tuple[float, float]) -> None:
        """What counts once an invitation, whatever is answered to it again."""
        for unit in (case.agent, case.team, case.store, ""):
            self.volume[unit, case.channel] += 1
        for unit in (case.team, case.store, ""):
            self.members[unit].add(case.agent)
        for key in ((case.store, case.metric), ("", case.metric)):
            row = self.base[key]
            row[0] += 1
            row[1] += kind == 0
            row[2] += kind == 2
        if case.seconds is not None:
            self.handling.add(case.seconds)
        day = self.days[case.store, int(case.answered // DAY)]
        day[0] += 1
        day[1] += case.poor
        for profile in self._profiles(case):
            profile.first = min(profile.first or case.answered, case.answered)
            profile.last = max(profile.last, case.answered)
            profile.answers += 1
            profile.kinds[kind] += 1
            profile.kinds[3] += expected[0]
            profile.kinds[4] += expected[1]
            if case.contact and case.on_file:
                profile.changed.add(self.is_changed(case))
            if case.client:
                profile.client_total += 1
                profile.clients[case.client] = profile.clients.get(case.client, 0) + 1

    def _own(self, case: Case) -> None:
        if case.device:
            seen = self.own.setdefault((case.who, case.device), [])
            if case.invitation not in seen and len(seen) < 4:
                seen.append(case.invitation)

    def _mail(self, case: Case) -> None:
        if case.since_sent is None:
            return
        self.mail_delay.add(max(case.since_sent, 0.0))
        for key in (case.ip, case.net):
            if key:
                quick, slow = self.mail[key]
                chosen = quick if case.since_sent < QUICK_MAIL else slow
                if len(chosen) < 16:
                    chosen.add(case.who)

    def _words(self, case: Case) -> None:
        if not case.wrote:
            return
        for profile in self._profiles(case):
            profile.comments += 1
        for band in enumerate(case.sketch):
            row = self.bands[band]
            if case.agent in row or len(row) < SUBJECTS_A_BAND:
                row[case.agent] = row.get(case.agent, 0) + 1
            else:
                row[""] = row.get("", 0) + 1

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
        if count > 20 and squares > 0:
            row = self.profiles[agent].qa
            row[0] += (signal.value - mean) / (squares / count) ** 0.5
            row[1] += 1

    def settle(self, case: Case, now: float) -> None:
        """Write in what is only known once the signals about an answer have come in."""
        if case.troubled(now):
            for key in (case.store, ""):
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
        for things in (self.devices, self.ips, self.nets, self.contacts):
            things.forget(now - KEPT)
        rows = [profile for profile in self.profiles.values() if profile.answers]
        self.usual_changed = _usual([profile.changed for profile in rows], 0.05)
        self.usual_phantom = _usual([profile.phantom for profile in rows], 0.05)

    # What the checks ask.

    def expected(self, case: Case) -> tuple[float, float]:
        """Base rates of the best score and of a poor one here, for this metric."""
        total, best, rest = self.base["", case.metric]
        b, r = (best + 5.0) / (total + 10.0), (rest + 2.5) / (total + 10.0)
        total, best, rest = self.base[case.store, case.metric]
        return (best + 30 * b) / (total + 30), (rest + 30 * r) / (total + 30)

    def share(self, case: Case) -> float:
        """The subject's part of the team's answers on this channel (of the store's, if tiny)."""
        unit = next(
            (u for u in (case.team, case.store) if u and len(self.members[u]) >= 4), ""
        )  # fmt: skip
        size = max(len(self.members[unit]), 1)
        mine, total = self.volume[case.agent, case.channel], self.volume[unit, case.channel]
        return min((mine + 1.0) / (total + size), 1.0)

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

    def quality(self, subject: str) -> float:
        """How good listened calls say the subject is, in standard deviations, drawn towards 0."""
        total, count = self.profiles[subject].qa
        return total / (count + 2.0)
