"""What is remembered of one answer, and of one subject's, store's or the company's answers. Pure.

Held by `running_statistics.py`.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, field

from collector.integrity.engine.counters import HitRate, ScoreCounts
from collector.integrity.engine.seen.moments import Quick

POOR_A_DAY = 32
DAY = 86400.0


@dataclass(slots=True)
class RecentAnswer:
    """An answer as later ones may see it: to the same invitation, or from the same origin."""

    id: str
    at: float
    respondent: str
    subject: str
    score: float
    position: float
    device: str | None
    ip: str | None
    net: str | None
    client: str | None
    sketch: tuple[int, ...] = ()


@dataclass(slots=True)
class PoorAnswer:
    """A subject's poor score, remembered to see whether others came from the same hand."""

    at: float
    respondent: str
    device: str | None
    ip: str | None
    net: str | None
    phantom_like: bool


@dataclass(slots=True)
class Reputation:
    """How many of a subject's judged answers were likely made up."""

    made_up: float = 0.0
    answers: int = 0

    def log_odds(self) -> float:
        """ln of the made-up share against the usual 3 %, drawn to 0 while there are few answers."""
        return math.log((self.made_up + 0.6) / (self.answers + 20) / 0.03)


@dataclass(slots=True)
class Profile:
    """What the answers of one subject, of one store, or of all look like in sum."""

    clients: dict[str, list[int]] = field(default_factory=dict)  # browser → answers, last day
    client_totals: dict[str, int] = field(default_factory=dict)  # by channel, answers with one
    changed: HitRate = field(default_factory=HitRate)  # contact points other than on file
    phantom: HitRate = field(default_factory=HitRate)  # phantom-like sessions in the app
    # Within moments of the case, by channel and band.
    quick: Quick = field(default_factory=Quick)
    comments: int = 0
    first: float = 0.0
    last: float = 0.0
    answers: int = 0
    scores: ScoreCounts = field(default_factory=ScoreCounts)
    calls: int = 0
    call_scores: float = 0.0  # sum, in standard deviations from the company's mean
    quick_poor: HitRate = field(default_factory=HitRate)  # phantom-like among poor scores
    poor: dict[int, list[PoorAnswer]] = field(default_factory=dict)  # by day

    def used(self, client: str) -> int:
        """How many answers came from this browser."""
        row = self.clients.get(client)
        return row[0] if row else 0

    def remember_poor(self, answer: PoorAnswer) -> None:
        """Remember a poor score by its day, so that later ones do not push it out."""
        self.quick_poor.add(answer.phantom_like)
        today = self.poor.setdefault(int(answer.at // DAY), [])
        if len(today) < POOR_A_DAY:
            today.append(answer)

    def poor_near(self, at: float, within: float) -> list[PoorAnswer]:
        """The poor scores given so near that moment, before or after."""
        days = range(int((at - within) // DAY), int((at + within) // DAY) + 1)
        return [low for day in days for low in self.poor.get(day, ()) if abs(low.at - at) <= within]

    def with_client(self, channels: Collection[str]) -> int:
        """How many answers over these channels came from a browser that is known."""
        return sum(self.client_totals.get(channel, 0) for channel in channels)

    def count(self, at: float, day: int, kind: int, expected: tuple[float, float],
              client: str | None, channel: str) -> None:  # fmt: skip
        """Count an invitation's first answer. `expected`: base rates of best and of rest."""
        if not self.first or at < self.first:
            self.first = at
        if at > self.last:
            self.last = at
        self.answers += 1
        self.scores.add(kind, *expected)
        if client:
            self.client_totals[channel] = self.client_totals.get(channel, 0) + 1
            row = self.clients.get(client)
            if row is None:
                self.clients[client] = [1, day]
            else:
                row[0] += 1
                row[1] = day

    def sweep(self, before: int) -> None:
        """Drop browsers that nobody used since that day, and poor scores of days before."""
        if any(day < before for _, day in self.clients.values()):
            self.clients = {key: row for key, row in self.clients.items() if row[1] >= before}
        self.poor = {day: row for day, row in self.poor.items() if day >= before}
