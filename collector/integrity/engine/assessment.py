"""One judgement of one answer: all that a check may look at. Pure.

Made for a single judgement and dropped after it. What several checks ask is worked out once; that
cannot go stale, because nothing is written to the statistics while an answer is judged.
"""

from __future__ import annotations

from functools import cached_property

from collector.integrity.engine.presence import Presence, presence
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import RunningStatistics
from collector.integrity.engine.score_pattern import ScorePattern, score_pattern
from collector.integrity.engine.seen.spokespeople import PLAIN_MOST, spokesperson
from collector.integrity.engine.usage_index import Origin, SubjectCounts


class Assessment:
    """The answer, what is known about the company, and the moment of the judgement."""

    def __init__(self, case: Case, stats: RunningStatistics, now: float) -> None:
        self.case = case
        self.stats = stats
        self.now = now

    @cached_property
    def device(self) -> Origin | None:
        """The answer's device, where other answers came from it as well."""
        return self.stats.devices.get(self.case.device)

    @property
    def shared_device(self) -> Origin | None:
        """The answer's device, where more customers than a couple answered from it."""
        return self.device if self.device is not None and self.device.shared else None

    @property
    def shared_contact(self) -> bool:
        """Were more customers than a couple asked over the answer's number?"""
        contact = self.stats.contacts.get(self.case.contact)
        return contact is not None and contact.shared

    @cached_property
    def device_scores(self) -> ScorePattern | None:
        """The subject's scores from a shared device: one hand's, or many customers' own?"""
        return self.scores_from(self.shared_device) if self.shared_device else None

    @cached_property
    def device_presence(self) -> Presence | None:
        """Were the subject's customers there when the shared device answered for them?"""
        return self.presence_at(self.shared_device) if self.shared_device else None

    @property
    def assisted(self) -> bool:
        """Is the device a kiosk or a counter's tablet, on which customers answer themselves?"""
        return self.device_scores is not None and self.device_scores.assisted

    def strangers(self, origin: Origin, plain_most: float = PLAIN_MOST) -> float:
        """1 less what is plain about so many customers there: that they come often and keep to
        whose it is, or (at most so much of it) that one person is asked for them all.
        """
        strangers = self.stats.seen.acquaintances.not_regulars(origin, self.case.agent)
        if not self.asked_for_many:
            return strangers
        plain = min(self.asked_for_many, plain_most) * origin.with_contact(self.case.contact)
        return strangers * (1 - plain)

    @cached_property
    def asked_for_many(self) -> float:
        """How far the number on file is that of one person who is asked for many customers.

        Where this answer's file says nothing: as far as files are known in this company.
        """
        case, changed = self.case, self.stats.company.changed
        contact = self.stats.contacts.get(case.contact)
        if contact is None or not contact.shared or case.contact_changed:
            return 0.0
        known = 1.0 if case.on_file else changed.trials / max(self.stats.company.answers, 1)
        return spokesperson(contact) * known

    def scores_from(self, origin: Origin) -> ScorePattern:
        """The subject's scores from there: one hand's, or many customers' own?"""
        agent = self.case.agent
        there = self._there(origin)
        return score_pattern(self.stats, {agent: there}, self.presence_at(origin).counter)

    def presence_at(self, origin: Origin) -> Presence:
        """Were the subject's customers there when the answers came?"""
        return presence(self.stats, [self._there(origin)])

    def _there(self, origin: Origin) -> SubjectCounts:
        """The subject's answers from there; none yet where this one has not been added."""
        return origin.by_subject.get(self.case.agent) or SubjectCounts()
