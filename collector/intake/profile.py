"""How what is said about a person changes what is known of them. Pure.

Events arrive late and out of order, so everything known has the time of the newest word about it,
and an older one changes nothing: any order of arrival ends alike. Of one moment, a denial beats a
grant and taking away beats giving. What a caller says outright (PUT /v1/people) is never older than
what is known. What a person said themselves (STOP, unsubscribe, the preference page) is not
overridden by a system that never heard of it and still says "granted". A denial that is too old to
hold is noted, never dropped in silence. Next: `attributes.py`; `people.py` has the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from collector import clock
from collector.errors import Problem
from collector.intake.attributes import Fact, merged, newer
from collector.intake.incoming import IncomingPerson

FROM_EVENT, FROM_API = "event", "api"
SYSTEMS = (FROM_EVENT, FROM_API)
OWN_FIELDS = ("kind", "locale", "timezone")
GRANTED, DENIED = "granted", "denied"
OUTDATED = "outdated_denial"


@dataclass(frozen=True, slots=True)
class Contact:
    """An address ("" where it was withdrawn), since when it has been that, and when it was last
    said to be. A late word about another address in between moves `since` forward, never back."""

    address: str
    since: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Word:
    """What was said about being asked: granted or denied ("" where the person took a denial back),
    by whom, since when, and when it was last said."""

    state: str
    source: str
    since: datetime
    at: datetime

    @property
    def own(self) -> bool:
        """Is it the person's own no?"""
        return self.state == DENIED and self.source not in SYSTEMS


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as far as known. `updated_at` is the time of the newest word about them.

    `own` has what is known of `OWN_FIELDS`, `facts` the attributes; what was taken away is in
    there, without a value.
    """

    id: str
    ref: str
    updated_at: datetime
    own: Mapping[str, Fact] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    consents: Mapping[str, Word] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return str(self.own["kind"].value) if "kind" in self.own else "customer"

    @property
    def locale(self) -> str:
        return str(self.own["locale"].value) if "locale" in self.own else ""

    @property
    def timezone(self) -> str:
        return str(self.own["timezone"].value) if "timezone" in self.own else ""

    @property
    def attributes(self) -> dict[str, Any]:
        return {name: fact.value for name, fact in self.facts.items() if fact.value is not None}

    @property
    def addresses(self) -> dict[str, str]:
        """Where the person can be reached now, by channel."""
        return {channel: held.address for channel, held in self.contacts.items() if held.address}

    @property
    def words(self) -> dict[str, Word]:
        """What the person, or somebody for them, said about being asked and holds now."""
        return {channel: word for channel, word in self.consents.items() if word.state}


def told(
    known: Profile, said: IncomingPerson, at: datetime, source: str
) -> tuple[Profile, tuple[Problem, ...]]:
    """The profile after `source` said this of `at`, and what of it was left out.

    Pointers of problems begin at the person. The same word twice changes nothing.
    """
    last = source == FROM_API
    facts, too_much = merged(known.facts, said.attributes, at, last=last)
    consents, outdated = _consents(known.consents, said.consent, at, source)
    profile = replace(
        known,
        updated_at=max(at, known.updated_at),
        own=_own(known.own, said, at, last),
        facts=facts,
        contacts=_contacts(known.contacts, said, at, last),
        consents=consents,
    )
    return profile, too_much + outdated


def _own(
    known: Mapping[str, Fact], said: IncomingPerson, at: datetime, last: bool
) -> dict[str, Fact]:
    given = {name: getattr(said, name) for name in OWN_FIELDS}
    return dict(known) | {
        name: newer(known.get(name), value, at, last=last) for name, value in given.items() if value
    }


def _contacts(
    known: Mapping[str, Contact], said: IncomingPerson, at: datetime, last: bool
) -> dict[str, Contact]:
    given = dict.fromkeys(said.forget, "") | dict(said.contacts)
    return dict(known) | {
        channel: _contact(known.get(channel), address, at, last)
        for channel, address in given.items()
    }


def _contact(held: Contact | None, address: str, at: datetime, last: bool) -> Contact:
    if held is None:
        return Contact(address, at, at)
    if address == held.address:
        return replace(held, at=max(at, held.at))
    fact = newer(Fact(held.address or None, held.at), address or None, at, last=last)
    if (fact.value or "") == address:
        return Contact(address, fact.at, fact.at)
    return replace(held, since=held.at) if at >= held.since else held


def _consents(
    known: Mapping[str, Word], said: Mapping[str, str], at: datetime, source: str
) -> tuple[dict[str, Word], tuple[Problem, ...]]:
    words, outdated = dict(known), []
    for channel, state in said.items():
        held = known.get(channel)
        words[channel] = _word(held, state, at, source)
        if state == DENIED and held is not None and words[channel].state != DENIED:
            outdated.append(
                Problem(
                    OUTDATED,
                    f"This denial is older than what was said at {clock.iso(held.at)}, and does "
                    "not hold. If it is what the person wants now, say so with PUT /v1/people.",
                    f"/consent/{channel}",
                )
            )
    return words, tuple(outdated)


def _word(held: Word | None, state: str, at: datetime, source: str) -> Word:
    if held is None:
        return Word(state, source, at, at)
    if held.own:
        return held
    if source == FROM_API:
        at = max(at, held.at)
    if state == held.state:
        return replace(held, at=max(at, held.at))
    # Two calls of one moment came one after the other; of all else it cannot be told.
    decides = state == DENIED or (source == FROM_API and held.source == FROM_API)
    if at > held.at or (at == held.at and decides):
        return Word(state, source, at, at)
    return replace(held, since=held.at) if at >= held.since else held
