"""What the gates look at for one event and one rule, and what each of them answers. Pure.

Situations and checks are named tuples: many are made for each event, and a frozen dataclass takes
several times as long to make.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from collector.rules import conditions
from collector.rules.definition import Rule
from collector.triggers.history import PastInvitation
from collector.triggers.locality import Locality

PASS = ""
INAPP = "inapp"
# Channels on which a person goes by their reference, so that everybody can be reached.
BY_REFERENCE = (INAPP, "webhook")
# Suppressions that say "cannot be reached"; every other kind says "does not want to be".
UNDELIVERABLE = ("bounce", "undeliverable", "soft_bounces", "invalid")
# For how many days people may ask to be left alone; one that was begun is of one of these lengths.
BREAKS = (30, 90)
NOWHERE = Locality(("UTC",))
NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PersonContext:
    """What is known of a person at the moment of deciding.

    `consent` maps a channel or `any` to granted or denied; `suppressed` maps a channel to why its
    address must not be used. About the contact points, by channel: `since` when each has been what
    it is, `shared` by how many other people, `staff` those of employees, `failed` those at which
    the last message was lost. `asks` hold those of other people at the same contact points too.
    `paused_until`: the end of the break that the person took last, which may be over.
    `unusable` maps a channel that cannot be used for this person here to why: `not_set_up`, or
    `no_links_there` for a number that gets no texts.
    """

    ref: str
    contacts: Mapping[str, str] = field(default_factory=dict)
    consent: Mapping[str, str] = field(default_factory=dict)
    suppressed: Mapping[str, str] = field(default_factory=dict)
    asks: Sequence[PastInvitation] = ()
    kind: str = "customer"
    place: Locality = NOWHERE
    since: Mapping[str, datetime] = field(default_factory=dict)
    shared: Mapping[str, int] = field(default_factory=dict)
    staff: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()
    paused_until: datetime | None = None
    unusable: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Later:
    """An event of the same person after the one that is decided."""

    type: str
    event_id: str
    occurred_at: datetime
    context: Mapping[str, Any]
    subjects: Mapping[str, Any]


class Situation(NamedTuple):
    """All that the gates look at for one event and one rule.

    `later` are events that may have overtaken this one. `used` counts a rule's invitations by
    (rule key, period, segment). `workspace` is where dates of a rule are read.
    """

    rule: Rule
    occurred_at: datetime
    now: datetime
    lapse_days: int
    facts: conditions.Facts
    person: PersonContext
    context: Mapping[str, Any] = NOTHING
    subjects: Mapping[str, Any] = NOTHING
    later: Sequence[Later] = ()
    used: Mapping[tuple[str, str, str], int] = NOTHING
    workspace: Locality = NOWHERE
    # What earlier gates made of it: when the ask would go out, and by what.
    planned: datetime | None = None
    left: tuple[str, ...] | None = None

    @property
    def ask_at(self) -> datetime:
        """When the survey would go out: after the rule's delay, never in the past; later gates see
        what earlier ones (a cap that delays, quiet hours) made of it."""
        return self.planned or max(self.occurred_at + self.rule.delay, self.now)

    @property
    def channels(self) -> tuple[str, ...]:
        """The rule's channels, less those that earlier gates took away."""
        return self.rule.channels if self.left is None else self.left


class Check(NamedTuple):
    """One gate's answer: `reason` is empty if it lets the event pass; `facts` are what it saw.

    A gate may put the ask off (`ask_at`), take channels away (`channels`), or mark the contact
    point for the integrity stage (`marks`).
    """

    gate: str
    reason: str
    facts: dict[str, Any]
    ask_at: datetime | None = None
    channels: tuple[str, ...] | None = None
    marks: tuple[str, ...] = ()
