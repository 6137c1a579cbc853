"""What the book keeps of one answer, and sums up of one subject. Pure; used by `book.py`."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from collector.integrity.forensics.tallies import Counter2

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
    client: str | None
    channel: str | None
    since_sent: float | None


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

    clients: dict[str, int] = field(default_factory=dict)
    client_total: int = 0
    changed: Counter2 = field(default_factory=Counter2)
    phantom: Counter2 = field(default_factory=Counter2)
    revised: Counter2 = field(default_factory=Counter2)
    comments: int = 0
    first: float = 0.0
    last: float = 0.0
    answers: int = 0
    kinds: list[float] = field(default_factory=lambda: [0.0] * 5)  # best, good, rest, expected b, r
    qa: list[float] = field(default_factory=lambda: [0.0, 0.0])  # sum of z, count
    lows: deque[Low] = field(default_factory=lambda: deque(maxlen=LOWS))
