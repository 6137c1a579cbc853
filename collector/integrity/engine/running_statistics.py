"""What the engine remembers: who used what, and what is usual here. Pure; every look-up is O(1).

`add` writes an arriving answer in, `add_call_score` a listened call, `add_trouble` what is known
once an answer's signals are complete; everything below "What the checks ask" only reads. Base rates
are learned from the data, so no threshold of one company is carried into the next. What nobody used
for `KEPT_DAYS` is dropped: neither memory nor an answer's cost grows with the number of answers.
"""

from __future__ import annotations

from collections import defaultdict
from sys import intern

from collector.integrity.engine.counters import (
    BEST,
    GOOD,
    REST,
    DayCounts,
    HitRate,
    MailAnswers,
    RunningMean,
    ScoreCounts,
    Spread,
)  # fmt: skip
from collector.integrity.engine.profiles import PoorAnswer, Profile, RecentAnswer, Reputation
from collector.integrity.engine.records import Case, Signal
from collector.integrity.engine.repeats import Everything, same
from collector.integrity.engine.seen.memory import Memory
from collector.integrity.engine.seen.moments import ordinary, quick_in, usually_quick
from collector.integrity.engine.similar_wording import Wording
from collector.integrity.engine.usage_index import (
    LATER,
    SOON,
    STAGED,
    UNKNOWN,
    Cluster,
    Usage,
    UsageIndex,
)  # fmt: skip

DAY = 86400.0
RECENT = 8  # answers remembered of one device or address
KEPT_DAYS, SWEEP_EVERY_DAYS = 120, 30
QUICK_MAIL = 120.0
PHANTOM_RANK = 0.25
CHANNEL_FEW = 20.0  # answers until a channel has a share of its own; half is its own by then
CALLS_LEAST = 20  # listened calls until one is compared with the others


class RunningStatistics:
    """One company's memory; `subject`: who is credited. What `repeats` calls rare is not kept."""

    def __init__(self, repeats: Everything | None = None) -> None:
        self.repeats = repeats or Everything()
        self.devices = UsageIndex()
        self.ips = UsageIndex()
        self.nets = UsageIndex()
        self.contacts = UsageIndex()
        # By what the answers have in common and the subject.
        self.clusters: dict[tuple[str, str], Cluster] = {}
        self.mail: dict[str, MailAnswers] = {}  # by address and by network
        self.wording = Wording(self.repeats)
        self.seen = Memory()
        self.days: dict[tuple[str, int], DayCounts] = {}  # by store and day
        self.swept: int | None = None
        self.by_invitation: dict[str, list[RecentAnswer]] = {}
        self.recent: dict[str, list[RecentAnswer]] = {}  # by device and by address
        self.mail_delay = Spread()
        self.mail_instant = HitRate()  # opened and answered at once, among people's
        self.soon = HitRate()  # answered while the customer was still there
        self.profiles: defaultdict[str, Profile] = defaultdict(Profile)
        self.stores: defaultdict[str, Profile] = defaultdict(Profile)
        self.company = Profile()
        # Answers by agent, team or store ("" for all) and channel; subjects by team or store.
        self.volume: defaultdict[tuple[str, str | None], int] = defaultdict(int)
        self.answers: defaultdict[str, int] = defaultdict(int)  # the same, over all channels
        self.members: defaultdict[str, set[str]] = defaultdict(set)
        # By store ("" for all) and metric; best scores among answers with trouble, by store.
        self.base_rates: defaultdict[tuple[str, str], ScoreCounts] = defaultdict(ScoreCounts)
        self.best_in_trouble: defaultdict[str, HitRate] = defaultdict(HitRate)
        self.reputation: defaultdict[str, Reputation] = defaultdict(Reputation)
        self.usual_changed = 0.05
        self.usual_phantom = 0.05
        self.usual_quick: dict[str, tuple[float, ...]] = {}  # by channel and band
        self.call_scores = RunningMean()
        self.learned = False  # were the usual rates worked out since the last answer?

    def add(self, case: Case) -> None:
        """Write an arriving answer in."""
        self.learned = False
        subject, respondent, at = intern(case.agent), case.respondent, case.answered
        kind = BEST if case.best else GOOD if case.good else REST
        client = intern(case.client) if case.client else None
        day = same(int(case.arrived // DAY))
        expected = self.expected(case)
        changed = case.contact_changed
        phantom_like = self._phantom_like(case)
        soon = None if phantom_like else case.soon
        when = STAGED if phantom_like else UNKNOWN if soon is None else SOON if soon else LATER
        usage = Usage(
            day, respondent, subject, kind, *expected, changed, (case.cases_then or 1) > 2,
            case.invitation, case.store, when, case.device, case.contact,
            self.seen.hasty(case), case.answered,
        )  # fmt: skip
        again = self.repeats.again
        met = bool(case.customer) and again(case.customer or "")
        for index, key in ((self.devices, case.device), (self.ips, case.ip),
                           (self.nets, case.net), (self.contacts, case.contact)):  # fmt: skip
            if key and again(key):
                index.add(key, usage)
                met = True
        self.seen.add(case, usage, soon, self.contacts)
        sketch = case.sketch if case.wrote else ()
        earlier = self.by_invitation.get(case.invitation, ())
        said_before = any(answer.sketch == sketch for answer in earlier)
        first = self._remember(RecentAnswer(
            case.id, at, respondent, subject, case.score, case.position, case.device, case.ip,
            case.net, client, sketch,
        ), case.invitation)  # fmt: skip
        if case.channel == "email":
            self._mail(case, day)
        profiles = (self.profiles[subject], self.stores[case.store], self.company)
        if first:
            self._once(case, kind)
            known = case.customer if met else None
            self.seen.acquaintances.add(known, subject, day, often=usage.often)
            today = self.days.setdefault((case.store, int(at // DAY)), DayCounts())
            today.add(poor=case.poor, quick=phantom_like)
            for profile in profiles:
                profile.count(at, day, kind, expected, client, case.channel or "")
                if case.contact and case.on_file:
                    profile.changed.add(changed)
        if soon is not None:
            self.soon.add(soon)
        if self.seen.moments.prompt(case.channel):
            for profile in profiles:
                profile.phantom.add(phantom_like)
        for common in quick_in(case, self.seen.moments.add(case), profiles):
            self._cluster(common, usage)
        if changed:
            self._cluster("changed", usage)
        if phantom_like:
            self._cluster("phantom", usage)
        if client:
            self.seen.browsers.add(client, case.channel)
        if client and self.repeats.alike(client, subject):
            self._cluster(client, usage)
        if case.poor:
            low = PoorAnswer(at, respondent, case.device, case.ip, case.net, phantom_like)
            profiles[0].remember_poor(low)
            self.company.quick_poor.add(phantom_like)
        # Posted twice, or with another score, the same words were written once.
        if case.wrote and not said_before:
            self.wording.add(sketch, day, subject)
            for profile in profiles:
                profile.comments += 1

    def _cluster(self, common: str, usage: Usage) -> None:
        """Count the answer to those of its subject that have the same in common."""
        cluster = self.clusters.get((common, usage[2]))
        if cluster is None:
            cluster = self.clusters[common, usage[2]] = Cluster()
        cluster.add(usage)

    def _remember(self, answer: RecentAnswer, invitation: str) -> bool:
        """Remember the answer for a while; is it the invitation's first?"""
        earlier = self.by_invitation.get(invitation)
        if earlier is not None:
            earlier.append(answer)
        elif self.repeats.again(invitation):
            self.by_invitation[invitation] = [answer]
        for key in (answer.device, answer.ip):
            if key and self.repeats.again(key):
                row = self.recent.setdefault(key, [])
                row.append(answer)
                if len(row) > RECENT:
                    del row[0]
        return earlier is None

    def _once(self, case: Case, kind: int) -> None:
        """What counts once an invitation, whatever is answered to it again."""
        channel, subject = case.channel, case.agent
        for unit in {subject, case.team, case.store, ""}:
            self.volume[unit, channel] += 1
            self.answers[unit] += 1
        for unit in {case.team, case.store, ""}:
            self.members[unit].add(subject)
        for unit in {case.store, ""}:
            self.base_rates[unit, case.metric].add(kind)
        if case.seconds is not None:
            self.seen.handling.add(channel, case.seconds)

    def _phantom_like(self, case: Case) -> bool:
        """In the app, the customer's only case, hardly any work, answered at once."""
        rank = self.seen.moments.rank(case)
        if rank is None or rank > PHANTOM_RANK or (case.cases_then or 1) > 1:
            return False
        if not self.seen.moments.prompt(case.channel):
            return False
        return case.seconds is not None and self.seen.handling.rank(case) <= PHANTOM_RANK

    def _mail(self, case: Case, day: int) -> None:
        if case.since_sent is None:
            return
        self.mail_delay.add(max(case.since_sent, 0.0))
        if case.opened is not None and case.since_sent > 5 * QUICK_MAIL:
            self.mail_instant.add(case.at_once)
        for key in (case.ip, case.net):
            if key and self.repeats.again(key):
                mail = self.mail.setdefault(key, MailAnswers())
                mail.add(case.respondent, day, quick=case.since_sent < QUICK_MAIL)

    def add_call_score(self, agent: str, signal: Signal) -> None:
        """Write in the score of a listened call, on the scale of whoever listens."""
        if signal.kind != "qa" or signal.value is None:
            return
        usual = self.call_scores
        usual.add(signal.value)
        if usual.count > CALLS_LEAST and usual.squares > 0:
            profile = self.profiles[agent]
            profile.call_scores += (signal.value - usual.mean) / usual.deviation
            profile.calls += 1

    def add_trouble(self, case: Case, now: float) -> None:
        """Write in what is only known once the signals about an answer have come in."""
        if case.troubled(now):
            for unit in {case.store, ""}:
                self.best_in_trouble[unit].add(case.best)

    def forget(self, case: Case) -> None:
        """The answer is final: drop what only answers of its own days ask for."""
        answers = self.by_invitation.get(case.invitation)
        if answers and answers[-1].id == case.id:
            del self.by_invitation[case.invitation]
        for key in (case.device, case.ip):
            row = self.recent.get(key or "")
            if row and row[-1].at <= case.answered:
                del self.recent[key or ""]

    def end_day(self, now: float) -> None:
        """Every night: the rates of ordinary subjects, which a few extreme ones hardly move."""
        self.seen.end_day(now)
        today = int(now // DAY)
        self.swept = today if self.swept is None else self.swept
        if today - self.swept >= SWEEP_EVERY_DAYS:
            self.swept = today
            self.sweep(today - KEPT_DAYS)
        if self.learned:
            return  # nothing came since
        self.learned = True
        active = [profile for profile in self.profiles.values() if profile.answers]
        self.usual_changed = ordinary([profile.changed for profile in active], 0.05)
        self.usual_phantom = ordinary(self.seen.moments.of_others(self.profiles), 0.05)
        self.usual_quick = usually_quick([profile.quick for profile in active])

    def sweep(self, before: int) -> None:
        """Drop what nobody used since that day (whole days since 1970)."""
        for index in (self.devices, self.ips, self.nets, self.contacts):
            index.sweep(before)
        self.clusters = {key: row for key, row in self.clusters.items() if row.day >= before}
        self.mail = {key: mail for key, mail in self.mail.items() if mail.day >= before}
        self.days = {key: row for key, row in self.days.items() if key[1] >= before}
        self.wording.sweep(before)
        self.seen.sweep(before)
        for profile in (*self.profiles.values(), *self.stores.values(), self.company):
            profile.sweep(before)
        self.seen.browsers.sweep(self.company.clients)

    # What the checks ask.

    def expected(self, case: Case) -> tuple[float, float]:
        """Base rates here, for this metric: of the best score, and of one that is not good."""
        everywhere = self.base_rates["", case.metric]
        total = everywhere.total
        best = (everywhere.best + 5.0) / (total + 10.0)
        rest = (everywhere.rest + 2.5) / (total + 10.0)
        here = self.base_rates[case.store, case.metric]
        total = here.total
        return (here.best + 30 * best) / (total + 30), (here.rest + 30 * rest) / (total + 30)

    def share(self, case: Case, here: int = 0, of: int = 0) -> float:
        """The subject's part of the team's answers on this channel (of the store's, if tiny).

        Drawn to its part on all channels while the channel has few answers: of four on a rare one,
        three that are made up would else make three in four "expected". `here`, `of`: the subject's
        and all answers whose share is asked for; on the channel the others alone say what is usual.
        """
        for unit in (case.team, case.store, ""):
            size = len(self.members[unit])
            if size >= 4 and unit:
                break
        everywhere = (self.answers[case.agent] + 1.0) / (self.answers[unit] + max(size, 1))
        mine, total = self.volume[case.agent, case.channel], self.volume[unit, case.channel]
        mine, total = max(mine - here, 0), max(total - of, 0)
        return min((min(mine, total) + CHANNEL_FEW * everywhere) / (total + CHANNEL_FEW), 1.0)

    def quality(self, subject: str) -> float:
        """How good listened calls say the subject is, in standard deviations, drawn towards 0."""
        profile = self.profiles[subject]
        return profile.call_scores / (profile.calls + 2.0)
