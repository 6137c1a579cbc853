"""Keeps what is said about people, inside somebody's unit of work: whole batches in few statements.

A helper without a commit, used by `receive.py` and `update_person.py`. Rows are locked in the order
of `id` and then created in the order of `ref`, everywhere, so that two batches about the same
people wait for each other; the rare clash that is left is tried again (`model/transaction.py`).
Others are free to write rows that refer to these people meanwhile. What changes is decided in
`profile.py`; how its times are kept is in `said_at.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from collector import clock
from collector.errors import Problem
from collector.intake import said_at
from collector.intake.incoming import IncomingPerson
from collector.intake.profile import Contact, Profile, Word, told
from collector.model import locks
from collector.model.ids import derived_id, new_id
from collector.model.people import Consent, ContactPoint, Person
from collector.model.sql.bulk import (
    insert_new,
    insert_or_set,
    one_of,
    pair_of,
    set_by_id,
)

PEOPLE: Any = Person.__table__
CONTACTS: Any = ContactPoint.__table__
CONSENTS: Any = Consent.__table__
OWNER = ("person_id", "channel")
Notes = dict[int, tuple[Problem, ...]]  # id() of a word in hand → what was left out of it


@dataclass(frozen=True, slots=True)
class Said:
    """What was said about a person, and of which moment it is."""

    person: IncomingPerson
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """`profiles` by ref; `notes`: what was left out of each word, in the order given."""

    profiles: Mapping[str, Profile]
    notes: Sequence[tuple[Problem, ...]]


def keep(session: Session, said: Sequence[Said], source: str) -> Kept:
    """Create or update everybody who was spoken of; their rows stay locked until the commit.

    `said` is taken in the order of its times, and as given where they are the same.
    """
    words: dict[str, list[Said]] = {}
    for word in sorted(said, key=lambda word: word.at):
        words.setdefault(word.person.ref, []).append(word)
    notes: Notes = {}
    before = load(session, words)
    fresh = {
        ref: _tell(_nobody(ref, spoken), spoken, source, notes)
        for ref, spoken in words.items()
        if ref not in before
    }
    created = _create(session, fresh) if fresh else set()
    if len(created) < len(fresh):
        # Somebody else's transaction made some of them since we looked.
        before |= load(session, [ref for ref in fresh if ref not in created])
        created |= _create_anew(session, fresh, before, created)
        before |= load(session, [ref for ref in fresh if ref not in {*created, *before}])
    after: dict[str, Profile] = {}
    for ref, spoken in words.items():
        if ref in created:
            # The row was written complete; its contacts and consents were not.
            before[ref] = Profile(fresh[ref].id, ref, fresh[ref].updated_at)
            after[ref] = fresh[ref]
        else:
            after[ref] = _tell(before[ref], spoken, source, notes)
    _write(session, before, after, created)
    return Kept(after, [notes[id(word)] for word in said])


def load(session: Session, refs: Collection[str]) -> dict[str, Profile]:
    """The profiles of these people, by ref, their rows locked in the order of id."""
    connection = session.connection()
    wanted = select(
        PEOPLE.c.id, PEOPLE.c.ref, PEOPLE.c.kind, PEOPLE.c.locale, PEOPLE.c.timezone,
        PEOPLE.c.attributes, PEOPLE.c.said_at, PEOPLE.c.updated_at,
    ).where(one_of(PEOPLE.c.ref, refs))  # fmt: skip
    people = locks.rows(session, Person, wanted)
    if not people:
        return {}
    ids = [row.id for row in people]
    contacts = connection.execute(
        select(
            CONTACTS.c.person_id, CONTACTS.c.channel, CONTACTS.c.address, CONTACTS.c.changed_at
        ).where(one_of(CONTACTS.c.person_id, ids))
    ).all()
    consents = connection.execute(
        select(
            CONSENTS.c.person_id, CONSENTS.c.channel, CONSENTS.c.state, CONSENTS.c.source,
            CONSENTS.c.changed_at,
        ).where(one_of(CONSENTS.c.person_id, ids))
    ).all()  # fmt: skip
    by_person: dict[str, tuple[list[Any], list[Any]]] = {one: ([], []) for one in ids}
    for contact in contacts:
        by_person[contact.person_id][0].append(contact)
    for consent in consents:
        by_person[consent.person_id][1].append(consent)
    return {row.ref: said_at.profile(row, *by_person[row.id]) for row in people}


def _nobody(ref: str, spoken: Sequence[Said]) -> Profile:
    first = spoken[0].at
    return Profile(derived_id("per", first, ref), ref, first)


def _tell(profile: Profile, spoken: Sequence[Said], source: str, notes: Notes) -> Profile:
    for word in spoken:
        profile, notes[id(word)] = told(profile, word.person, word.at, source)
    return profile


def _create(session: Session, fresh: Mapping[str, Profile]) -> set[str]:
    rows = [{**_row(fresh[ref]), "created_at": clock.now()} for ref in sorted(fresh)]
    # Whatever collides is left out: two transactions making one person collide on the id too.
    return {row.ref for row in insert_new(session, PEOPLE, rows, ("ref",))}


def _create_anew(
    session: Session, fresh: dict[str, Profile], before: Collection[str], created: set[str]
) -> set[str]:
    """Whose reference belonged, from this very moment on, to somebody who was erased since: they
    are somebody new, and their id cannot be worked out from the two."""
    anew = {
        ref: replace(profile, id=new_id("per"))
        for ref, profile in fresh.items()
        if ref not in before and ref not in created
    }
    fresh.update(anew)
    return _create(session, anew) if anew else set()


def _write(
    session: Session,
    before: Mapping[str, Profile],
    after: Mapping[str, Profile],
    created: set[str],
) -> None:
    changed = [
        _row(after[ref])
        for ref in sorted(after, key=lambda ref: after[ref].id)
        if ref not in created and after[ref] != before[ref]
    ]
    set_by_id(session, PEOPLE, changed)
    contacts = [row for ref in sorted(after) for row in _contacts(before[ref], after[ref])]
    insert_or_set(session, CONTACTS, contacts, OWNER, ("address", "changed_at"))
    consents = [row for ref in sorted(after) for row in _consents(before[ref], after[ref])]
    insert_or_set(session, CONSENTS, consents, OWNER, ("state", "source", "changed_at"))
    gone = {
        (after[ref].id, channel)
        for ref in after
        for channel in before[ref].addresses.keys() - after[ref].addresses.keys()
    }
    if gone:
        session.execute(
            delete(ContactPoint).where(pair_of(ContactPoint.person_id, ContactPoint.channel, gone)),
            execution_options={"synchronize_session": False},
        )


def _row(profile: Profile) -> dict[str, Any]:
    return {
        "id": profile.id,
        "ref": profile.ref,
        "kind": profile.kind,
        "locale": profile.locale,
        "timezone": profile.timezone,
        "attributes": profile.attributes,
        "said_at": said_at.column(profile),
        "updated_at": profile.updated_at,
    }


def _contacts(before: Profile, after: Profile) -> list[dict[str, Any]]:
    """The contact points that are not what they were."""
    return [
        {
            "id": derived_id("con", held.since, after.id, channel),
            "person_id": after.id,
            "channel": channel,
            "address": held.address,
            "changed_at": held.since,
        }
        for channel, held in sorted(after.contacts.items())
        if held.address and not _stands(before.contacts.get(channel), held)
    ]


def _stands(before: Contact | None, held: Contact) -> bool:
    return before is not None and (before.address, before.since) == (held.address, held.since)


def _consents(before: Profile, after: Profile) -> list[dict[str, Any]]:
    """What was said about being asked and is not what it was."""
    return [
        {
            "id": derived_id("cns", word.since, after.id, channel),
            "person_id": after.id,
            "channel": channel,
            "state": word.state,
            "source": word.source,
            "changed_at": word.since,
        }
        for channel, word in sorted(after.consents.items())
        if word.state and not _holds(before.consents.get(channel), word)
    ]


def _holds(before: Word | None, word: Word) -> bool:
    return before is not None and (before.state, before.source, before.since) == (
        word.state,
        word.source,
        word.since,
    )
