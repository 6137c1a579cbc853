"""What the running statistics keeps of one answer, and sums up of one subject. Pure; used by
`running_statistics.py`."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from collector.integrity.engine.counters import HitRate

LOWS = 64


@dataclass(slots=True)
class Visit:
    """One answer as others may see it: in its invitation, or just before on the same device."""

    id: str
    at: float
    who: str
    subject: str
    score: float
    position: float
    device: str | None
    ip: str | None
    net: str | None
    client: str | None


@dataclass(slots=True)
class Low:
    """A low score of a subject, kept for finding out whether it came in a burst from one origin."""

    at: float
    who: str
    device: str | None
    ip: str | None
    net: str | None
    phantom: bool


@dataclass(slots=True)
class Profile:
    """What one subject's answers look like in sum."""

    clients: dict[str, list[int]] = field(default_factory=dict)  # answers, last day
    client_total: int = 0
    changed: HitRate = field(default_factory=HitRate)
    phantom: HitRate = field(default_factory=HitRate)
    comments: int = 0
    first: float = 0.0
    last: float = 0.0
    answers: int = 0
    kinds: list[float] = field(default_factory=lambda: [0.0] * 5)  # best, good, rest, expected b, r
    qa: list[float] = field(default_factory=lambda: [0.0, 0.0])  # sum of z, count
    lows: deque[Low] = field(default_factory=lambda: deque(maxlen=LOWS))

    def used(self, client: str) -> int:
        """How many answers came from this browser."""
        row = self.clients.get(client)
        return row[0] if row else 0

    def count(self, at: float, day: int, kind: int, expected: tuple[float, float],
              client: str | None) -> None:  # fmt: skip
        """Count an answer, once an invitation."""
        if not self.first or at < self.first:
            self.first = at
        if at > self.last:
            self.last = at
        self.answers += 1
        kinds = self.kinds
        kinds[kind] += 1
        kinds[3] += expected[0]
        kinds[4] += expected[1]
        if client:
            self.client_total += 1
            row = self.clients.get(client)
            if row is None:
                self.clients[client] = [1, day]
            else:
                row[0] += 1
                row[1] = day

    def sweep(self, before: int) -> None:
        """Drop browsers that nobody used since that day, and low scores of days before."""
        if any(day < before for _, day in self.clients.values()):
            self.clients = {key: row for key, row in self.clients.items() if row[1] >= before}
        while self.lows and self.lows[0].at // 86400.0 < before:
            self.lows.popleft()
