"""How what is said about a person changes what is known of them. Pure.

Used by `people.py`, which reads and writes the rows. Events arrive late and out of order, so every
word carries its time and an older one never overrides a newer one. What a person said themselves
(STOP, unsubscribe) is not overridden by a system that never heard of it and still says "granted".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from collector.intake.incoming import IncomingPerson

FROM_EVENT, FROM_API = "event", "api"
SYSTEMS = (FROM_EVENT, FROM_API)


@dataclass(frozen=True, slots=True)
class Contact:
    """An address and since when it has been that."""

    address: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Word:
    """What was said about being asked: granted or denied, by whom, when."""

    state: str
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as far as known. `updated_at` is the time of the newest word about them."""

    id: str
    ref: str
    updated_at: datetime
    kind: str = "customer"
    locale: str = ""
    timezone: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    consents: Mapping[str, Word] = field(default_factory=dict)


def told(known: Profile, said: IncomingPerson, at: datetime, source: str) -> Profile:
    """The profile after `source` said this at `at`. The same word twice changes nothing."""
    newer = at >= known.updated_at
    return replace(
        known,
        updated_at=max(at, known.updated_at),
        kind=said.kind if said.kind and newer else known.kind,
        locale=said.locale if said.locale and (newer or not known.locale) else known.locale,
        timezone=(
            said.timezone if said.timezone and (newer or not known.timezone) else known.timezone
        ),
        attributes=_attributes(known.attributes, said.attributes, newer),
        contacts=_contacts(known.contacts, said, at),
        consents=_consents(known.consents, said.consent, at, source),
    )


def without(known: Profile, channels: tuple[str, ...]) -> Profile:
    """The profile after the contact points of these channels were withdrawn."""
    return replace(
        known, contacts={one: held for one, held in known.contacts.items() if one not in channels}
    )


def _attributes(known: Mapping[str, Any], said: Mapping[str, Any], newer: bool) -> dict[str, Any]:
    merged = {**known, **said} if newer else {**said, **known}
    return {name: value for name, value in merged.items() if value is not None}


def _contacts(
    known: Mapping[str, Contact], said: IncomingPerson, at: datetime
) -> dict[str, Contact]:
    contacts = dict(known)
    for channel, address in said.contacts.items():
        held = known.get(channel)
        if held is None or (address != held.address and at >= held.at):
            contacts[channel] = Contact(address, at)
    return contacts


def _consents(
    known: Mapping[str, Word], said: Mapping[str, str], at: datetime, source: str
) -> dict[str, Word]:
    consents = dict(known)
    for channel, state in said.items():
        held = known.get(channel)
        own = held is not None and held.state == "denied" and held.source not in SYSTEMS
        if held is None or (state != held.state and at >= held.at and not own):
            consents[channel] = Word(state, source, at)
    return consents
