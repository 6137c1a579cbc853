"""What an event and a person look like once they are read and found usable. Pure.

The formats make these, `receive.py` keeps them. An item that cannot be used becomes a `Refused`
with all its problems and does not sink its neighbours. Next: `formats/native.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from collector import clock
from collector.errors import InvalidInput
from collector.intake.outcomes import Refused
from collector.rules import same_value
from collector.triggers.gates.consent import ANY

MAX_BATCH = 500
CONSENT_CHANNELS = ("sms", "email", "inapp", "webhook", ANY)


@dataclass(frozen=True, slots=True)
class IncomingPerson:
    """What an event or a call says about a person; empty texts and missing keys say nothing.

    `contacts` maps a channel (sms, email) to an address in its normal form; an attribute of None
    is to be removed; `forget` names channels whose contact point is to be removed.
    """

    ref: str
    kind: str = ""
    locale: str = ""
    timezone: str = ""
    contacts: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)
    consent: Mapping[str, str] = field(default_factory=dict)
    forget: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomingEvent:
    """One event, usable. `subjects` maps a role to {"id": who did, "credited": who is credited}.

    `stamp` is the time as the sender wrote it ("" for none) where `occurred_at` was worked out from
    when the call came in: a repetition is told by what was sent, not by when it was sent again.
    `person_at` and `attributes_at` point into the call, for notes about what was left out.
    """

    source: str
    event_id: str
    type: str
    occurred_at: datetime
    person: IncomingPerson
    context: Mapping[str, Any] = field(default_factory=dict)
    subjects: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    stamp: str | None = None
    person_at: str = "/person"
    attributes_at: str = "/person/attributes"

    @property
    def key(self) -> tuple[str, str]:
        """The caller's own key, unique: the same key again is the same event."""
        return self.source, self.event_id

    def digest(self) -> str:
        """SHA-256 of everything that was said, to tell a repetition from a contradiction: in the
        spelling of `rules/same_value.py`, for 7 and "7" are no contradiction."""
        return self._digest(same_value.fields)

    def older_digest(self) -> str:
        """As events were told apart before: 7 and "7" were two things. For those kept then."""
        return self._digest(dict)

    def _digest(self, spelled: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> str:
        who = self.person
        said = {
            "key": self.key,
            "type": self.type,
            "occurred_at": clock.iso(self.occurred_at) if self.stamp is None else self.stamp,
            "person": (who.ref, who.kind, who.locale, who.timezone, spelled(who.attributes)),
            "reach": (who.contacts, who.consent),
            "context": spelled(self.context),
            "subjects": self.subjects,
        }
        return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


Reader = Callable[[Any, str, datetime], IncomingEvent | Refused]


def read_batch(
    items: Sequence[Any], reader: Reader, now: datetime
) -> list[IncomingEvent | Refused]:
    """Each item read by `reader(item, pointer, now)`, in order; pointers begin with its index.

    Raises InvalidInput (`empty_batch`, `batch_too_large`) for a batch that cannot be taken at all.
    """
    if not items:
        raise InvalidInput("The list of events is empty.", code="empty_batch")
    if len(items) > MAX_BATCH:
        raise InvalidInput(
            f"{len(items)} events in one call; send at most {MAX_BATCH}.", code="batch_too_large"
        )
    return [reader(item, f"/{at}", now) for at, item in enumerate(items)]
