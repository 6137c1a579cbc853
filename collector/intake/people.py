"""Keeps what is said about people, inside somebody's unit of work: whole batches in few statements.

A helper without a commit, used by `receive.py` and `update_person.py`. Rows are locked in the order
of `id` and then created in the order of `ref`, everywhere, so that two batches about the same
people wait for each other; the rare clash that is left is tried again (`model/transaction.py`).
Others are free to write rows that refer to these people meanwhile. What changes is decided in
`profile.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from collector import clock
from collector.intake.incoming import IncomingPerson
from collector.intake.profile import Contact, Profile, Word, told, without
from collector.model import locks
from collector.model.ids import derived_id
from collector.model.people import Consent, ContactPoint, Person
from collector.model.sql.bulk import insert_new, insert_or_set, one_of, set_by_id

PEOPLE: Any = Person.__table__
CONTACTS: Any = ContactPoint.__table__
CONSENTS: Any = Consent.__table__
OWNER = ("person_id", "channel")
Said = tuple[IncomingPerson, datetime]


def keep(session: Session, said: Sequence[Said], source: str) -> dict[str, Profile]:
    """Create or update everybody who was spoken of; their rows stay locked until the commit.

    `said` is taken in the order of its times, whatever the order given. Returns profiles by ref.
    """
    words: dict[str, list[Said]] = {}
    for word in sorted(said, key=lambda word: word[1]):
        words.setdefault(word[0].ref, []).append(word)
    before = load(session, words)
    fresh = {
        ref: _tell(_nobody(ref, spoken), spoken, source)
        for ref, spoken in words.items()
        if ref not in before
    }
    created = _create(session, fresh) if fresh else set()
    if len(created) < len(fresh):
        # Somebody else's transaction made some of them since we looked.
        before |= load(session, [ref for ref in fresh if ref not in created])
    after: dict[str, Profile] = {}
    for ref, spoken in words.items():
        if ref in created:
            # The row was written complete; its contacts and consents were not.
            before[ref] = Profile(fresh[ref].id, ref, fresh[ref].updated_at)
            after[ref] = fresh[ref]
        else:
            after[ref] = _tell(before[ref], spoken, source)
    _write(session, before, after, created)
    return after


def load(session: Session, refs: Collection[str]) -> dict[str, Profile]:
    """The profiles of these people, by ref, their rows locked in the order of id."""
    connection = session.connection()
    wanted = select(
        PEOPLE.c.id, PEOPLE.c.ref, PEOPLE.c.kind, PEOPLE.c.locale, PEOPLE.c.timezone,
        PEOPLE.c.attributes, PEOPLE.c.updated_at,
    ).where(one_of(PEOPLE.c.ref, refs))  # fmt: skip
    people = locks.rows(session, Person, wanted)
    if not people:
        return {}
    ids = [row.id for row in people]
    contacts: dict[str, dict[str, Contact]] = {}
    for held in connection.execute(
        select(
            CONTACTS.c.person_id, CONTACTS.c.channel, CONTACTS.c.address, CONTACTS.c.changed_at
        ).where(one_of(CONTACTS.c.person_id, ids))
    ):
        kept = contacts.setdefault(held.person_id, {})
        kept[held.channel] = Contact(held.address, held.changed_at)
    words: dict[str, dict[str, Word]] = {}
    for word in connection.execute(
        select(
            CONSENTS.c.person_id, CONSENTS.c.channel, CONSENTS.c.state, CONSENTS.c.source,
            CONSENTS.c.changed_at,
        ).where(one_of(CONSENTS.c.person_id, ids))
    ):  # fmt: skip
        spoken = words.setdefault(word.person_id, {})
        spoken[word.channel] = Word(word.state, word.source, word.changed_at)
    return {
        row.ref: Profile(
            row.id, row.ref, row.updated_at, row.kind, row.locale, row.timezone,
            row.attributes, contacts.get(row.id, {}), words.get(row.id, {}),
        )
        for row in people
    }  # fmt: skip


def _nobody(ref: str, spoken: Sequence[Said]) -> Profile:
    first = spoken[0][1]
    return Profile(derived_id("per", first, ref), ref, first)


def _tell(profile: Profile, spoken: Sequence[Said], source: str) -> Profile:
    for person, at in spoken:
        profile = without(told(profile, person, at, source), person.forget)
    return profile


def _create(session: Session, fresh: Mapping[str, Profile]) -> set[str]:
    rows = [{**_row(fresh[ref]), "created_at": clock.now()} for ref in sorted(fresh)]
    # Whatever collides is left out: two transactions making one person collide on the id too.
    return {row.ref for row in insert_new(session, PEOPLE, rows, ("ref",))}


def _write(
    session: Session,
    before: Mapping[str, Profile],
    after: Mapping[str, Profile],
    created: set[str],
) -> None:
    changed = [
        _row(after[ref])
        for ref in sorted(after, key=lambda ref: after[ref].id)
        if ref not in created and _row(after[ref]) != _row(before[ref])
    ]
    set_by_id(session, PEOPLE, changed)
    contacts = [
        {
            "id": derived_id("con", held.at, after[ref].id, channel),
            "person_id": after[ref].id,
            "channel": channel,
            "address": held.address,
            "changed_at": held.at,
        }
        for ref in sorted(after)
        for channel, held in sorted(after[ref].contacts.items())
        if before[ref].contacts.get(channel) != held
    ]
    insert_or_set(session, CONTACTS, contacts, OWNER, ("address", "changed_at"))
    consents = [
        {
            "id": derived_id("cns", word.at, after[ref].id, channel),
            "person_id": after[ref].id,
            "channel": channel,
            "state": word.state,
            "source": word.source,
            "changed_at": word.at,
        }
        for ref in sorted(after)
        for channel, word in sorted(after[ref].consents.items())
        if before[ref].consents.get(channel) != word
    ]
    insert_or_set(session, CONSENTS, consents, OWNER, ("state", "source", "changed_at"))
    for ref in sorted(after):
        gone = before[ref].contacts.keys() - after[ref].contacts.keys()
        if gone:
            session.execute(
                delete(ContactPoint).where(
                    ContactPoint.person_id == after[ref].id, ContactPoint.channel.in_(gone)
                )
            )


def _row(profile: Profile) -> dict[str, Any]:
    return {
        "id": profile.id,
        "ref": profile.ref,
        "kind": profile.kind,
        "locale": profile.locale,
        "timezone": profile.timezone,
        "attributes": dict(profile.attributes),
        "updated_at": profile.updated_at,
    }
