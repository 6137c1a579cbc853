"""What the engine is fed: a case for each answer, an exposure for each interaction that could have
led to one. Pure.

Times are seconds since 1970 (UTC). Every field but the first few may be missing (None): the checks
that need it then stay silent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from sys import intern
from typing import Any

from collector.integrity.engine import text

SYSTEM_REASONS = frozenset({"freq_cap", "policy_exempt", "legal_hold"})
TROUBLE = frozenset({"complaint", "refund", "repeat_contact"})
GOOD_FROM = 0.7  # CSAT 4, NPS 7, CES 6: where nobody who cheats for a score would stay below
LOW_TO = 0.5
SOON = 3600.0  # after the work: paying, waiting for the car, the way to the door
_COMMON = (
    "agent", "worker", "team", "store", "metric", "channel", "client", "locale", "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signal:
    """Independent evidence about the interaction. `value`: of QA, on whatever scale the source
    has.
    """

    kind: str
    value: float | None
    at: float
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An answer with all that is known about it and its interaction.

    `agent` is credited, `worker` did the work. `cases_then` and `cases_later`: how many
    interactions the customer had when answering, and by the last re-judging.

    A live service adds `number` and `heard` (place in the log of evidence, when it came in),
    `same_as` (an answer about the same interaction that came before), `taps` (what the stream of
    taps shows, see `checks/robots/tap_stream.py`), and `bands`, `begs` and `long` in place of the
    comment's words. Its `signals` may be a list that grows; checks look at what had come in by
    their own moment.
    """

    id: str
    invitation: str
    agent: str
    worker: str
    team: str
    store: str
    metric: str
    low: float
    high: float
    score: float
    answered: float
    channel: str | None = None
    opened: float | None = None
    ip: str | None = None
    net: str | None = None
    device: str | None = None
    client: str | None = None
    comment: str | None = None
    locale: str | None = None
    supersedes: str | None = None
    event: str | None = None
    customer: str | None = None
    contact: str | None = None
    on_file: str | None = None
    occurred: float | None = None
    sent: float | None = None
    seconds: float | None = None
    reason: str | None = None
    staff_contact: bool = False
    cases_then: int | None = None
    cases_later: int | None = None
    signals: Sequence[Signal] = ()
    number: int = 0
    heard: float | None = None
    same_as: str | None = None
    taps: Mapping[str, object] | None = None
    bands: tuple[int, ...] | None = None
    begs: bool = False
    long: bool = False
    # Worked out once, because every check asks. `position`: 0 the lowest score of the scale, 1 the
    # best. `respondent`: the customer; where unknown, each invitation counts as somebody else.
    position: float = field(init=False, repr=False, compare=False)
    best: bool = field(init=False, repr=False, compare=False)
    good: bool = field(init=False, repr=False, compare=False)
    poor: bool = field(init=False, repr=False, compare=False)
    respondent: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        position = (self.score - self.low) / (self.high - self.low)
        put = object.__setattr__
        put(self, "position", position)
        put(self, "best", self.score >= self.high)
        put(self, "good", position >= GOOD_FROM)
        put(self, "poor", position <= LOW_TO)
        put(self, "respondent", self.customer or self.invitation)
        # Thousands of answers wait for their last night; equal names are held in memory once.
        for name in _COMMON:
            value = getattr(self, name)
            if value:
                put(self, name, intern(value))
        if self.on_file == self.contact:
            put(self, "on_file", self.contact)

    @property
    def arrived(self) -> float:
        """When it could first be judged."""
        return self.answered if self.heard is None else self.heard

    @property
    def contact_changed(self) -> bool:
        """Was another contact point asked than the customer's on file?"""
        return bool(self.contact and self.on_file and self.contact != self.on_file)

    @property
    def wrote(self) -> bool:
        """Is there a comment?"""
        return bool(self.comment) or self.bands is not None

    @property
    def sketch(self) -> tuple[int, ...]:
        """The comment's bands (`text.sketch`); empty without one, or for a very short one."""
        return self.bands if self.bands is not None else text.sketch(self.comment or "")

    @property
    def wrote_long(self) -> bool:
        """Is the comment longer than what two people write alike by chance?"""
        return self.long or text.is_long(self.comment or "")

    @property
    def admits_begging(self) -> bool:
        """Does the customer write that a score was asked for?"""
        return self.begs or text.admits_begging(self.comment or "")

    @property
    def since_sent(self) -> float | None:
        return None if self.sent is None else self.answered - self.sent

    @property
    def at_once(self) -> bool:
        """Opened and answered in the same moment?"""
        return self.opened is not None and abs(self.answered - self.opened) <= 0.3

    @property
    def since_event(self) -> float | None:
        return None if self.occurred is None else self.answered - self.occurred

    @property
    def soon(self) -> bool | None:
        """Was it given while the customer was likely still there? None where nobody knows.

        A case may be dated by its beginning: the work itself is not counted as waiting. Who is only
        asked later, on fetching the car or by rule the next day, and answers then, says nothing.
        """
        since, asked = self.since_event, self.since_sent
        if since is None:
            return None
        if since <= SOON + (self.seconds or 0.0):
            return True
        return None if asked is not None and asked <= SOON else False

    def troubled(self, now: float) -> bool:
        """Did a complaint, refund or repeat contact arrive by `now`?"""
        return any(signal.kind in TROUBLE and signal.at <= now for signal in self.signals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """An interaction that could have led to an answer, and what became of it.

    `held`: why nobody was asked, else None. `delay`: seconds from the interaction to the sending.
    """

    agent: str
    worker: str
    team: str
    store: str
    held: str | None
    delay: float | None
    channel: str | None
    troubled: bool
    answered: bool
    signals: tuple[Signal, ...] = ()

    @property
    def by_system(self) -> bool:
        return self.held in SYSTEM_REASONS


JUDGED = frozenset(f.name for f in fields(Case) if f.init) - {"id", "invitation", "signals"}


def case_of(id: str, invitation: str, signals: Sequence[Signal], body: Mapping[str, Any]) -> Case:
    """The case of what a live service wrote down. Raises TypeError for what it does not write."""
    if unknown := set(body) - JUDGED:
        raise TypeError(f"not fields of a case: {', '.join(sorted(unknown))}")
    given = dict(body)
    if given.get("bands") is not None:
        given["bands"] = tuple(given["bands"])
    return Case(id=id, invitation=invitation, signals=signals, **given)
