"""How the times of what is known of a person are kept: `people.said_at`. Pure.

    {"kind": 1772452800000000, "locale": …, "timezone": …,
     "attributes": {"plan": …}, "contacts": {"sms": …}, "consent": {"any": …}}

Microseconds since 1970: when each was last said. A name that has a time and nothing else was taken
away (of consent: a no that was taken back). What has no time here was written before there were
any, and counts as of the row it stands in (`updated_at`, `changed_at`); of consent, a row that is
newer than the time here holds what the person said themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from collector.intake.attributes import Fact
from collector.intake.profile import OWN_FIELDS, Contact, Profile, Word

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
TAKEN_BACK: Final = "preferences"


def stamp(at: datetime) -> int:
    """A moment as it is kept."""
    return (at - EPOCH) // MICROSECOND


def moment(kept: int) -> datetime:
    return EPOCH + kept * MICROSECOND


def column(profile: Profile) -> dict[str, Any]:
    """The times of a profile. Without `attributes`, a row is from before there were any."""
    return {
        **{name: stamp(fact.at) for name, fact in profile.own.items()},
        "attributes": {name: stamp(fact.at) for name, fact in profile.facts.items()},
        "contacts": {channel: stamp(held.at) for channel, held in profile.contacts.items()},
        "consent": {channel: stamp(word.at) for channel, word in profile.consents.items()},
    }


def profile(row: Any, contacts: Iterable[Any], consents: Iterable[Any]) -> Profile:
    """The profile of a row of `people` with those of its contact points and consents."""
    times: Mapping[str, Any] = row.said_at or {}
    return Profile(
        row.id,
        row.ref,
        row.updated_at,
        _own(row, times),
        _facts(row, times.get("attributes", {})),
        _contacts(contacts, times.get("contacts", {})),
        _words(consents, times.get("consent", {})),
    )


def _own(row: Any, times: Mapping[str, Any]) -> dict[str, Fact]:
    own = {}
    for name in OWN_FIELDS:
        value = getattr(row, name)
        if name in times:
            own[name] = Fact(value, moment(times[name]))
        elif value and ("attributes" not in times or (name, value) != ("kind", "customer")):
            own[name] = Fact(value, row.updated_at)
    return own


def _facts(row: Any, times: Mapping[str, int]) -> dict[str, Fact]:
    known: Mapping[str, Any] = row.attributes
    facts = {name: Fact(known.get(name), moment(at)) for name, at in times.items()}
    return facts | {
        name: Fact(value, row.updated_at)
        for name, value in known.items()
        if name not in facts and value is not None
    }


def _contacts(rows: Iterable[Any], times: Mapping[str, int]) -> dict[str, Contact]:
    held = {channel: Contact("", moment(at), moment(at)) for channel, at in times.items()}
    for row in rows:
        said = held[row.channel].at if row.channel in held else row.changed_at
        held[row.channel] = Contact(row.address, row.changed_at, max(said, row.changed_at))
    return held


def _words(rows: Iterable[Any], times: Mapping[str, int]) -> dict[str, Word]:
    held = {channel: Word("", TAKEN_BACK, moment(at), moment(at)) for channel, at in times.items()}
    for row in rows:
        said = held[row.channel].at if row.channel in held else row.changed_at
        held[row.channel] = Word(row.state, row.source, row.changed_at, max(said, row.changed_at))
    return held
