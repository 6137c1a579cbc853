"""Keeps what is said about people, inside somebody's unit of work: whole batches in few statements.

A helper without a commit, used by `receive.py` and `update_person.py`. Rows are created in the
order of `ref` and locked in the order of `id`, everywhere, so that two batches about the same
people wait for each other instead of deadlocking. The locks are FOR NO KEY UPDATE, which leaves
others free to write rows that refer to these people. What changes is decided in `profile.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from collector import clock
from collector.model.base import is_postgres
from collector.model.ids import derived_id
from collector.model.people import Consent, ContactPoint, Person
from collector.triggers.intake import IncomingPerson
from collector.triggers.profile import Contact, Profile, Word, told, without

Said = tuple[IncomingPerson, datetime]


def upsert(table: Any) -> Any:
    """INSERT with an ON CONFLICT clause, in the dialect of the app's database."""
    return postgres_insert(table) if is_postgres() else sqlite_insert(table)


def keep(session: Session, said: Sequence[Said], source: str) -> dict[str, Profile]:
    """Create or update everybody who was spoken of; their rows stay locked until the commit.

    `said` is taken in the order of its times, whatever the order given. Returns profiles by ref.
    """
    words: dict[str, list[Said]] = {}
    for word in sorted(said, key=lambda word: word[1]):
        words.setdefault(word[0].ref, []).append(word)
    fresh = {ref: _tell(_nobody(ref, spoken), spoken, source) for ref, spoken in words.items()}
    created = _create(session, fresh)
    known = load(session, words)
    after: dict[str, Profile] = {}
    for ref, spoken in words.items():
        if ref in created:
            # The row was written complete; its contacts and consents were not.
            before = Profile(known[ref].id, ref, known[ref].updated_at)
            after[ref] = fresh[ref]
        else:
            before = known[ref]
            after[ref] = _tell(before, spoken, source)
        known[ref] = before
    _write(session, known, after, created)
    return after


def load(session: Session, refs: Sequence[str] | Mapping[str, Any]) -> dict[str, Profile]:
    """The profiles of these people, by ref, their rows locked in the order of id."""
    people = session.execute(
        select(
            Person.id, Person.ref, Person.kind, Person.locale, Person.timezone,
            Person.attributes, Person.updated_at,
        )
        .where(Person.ref.in_(sorted(refs)))
        .order_by(Person.id)
        .with_for_update(key_share=True)
    ).all()  # fmt: skip
    ids = [row.id for row in people]
    contacts: dict[str, dict[str, Contact]] = {}
    for held in session.execute(
        select(
            ContactPoint.person_id, ContactPoint.channel, ContactPoint.address,
            ContactPoint.changed_at,
        ).where(ContactPoint.person_id.in_(ids))
    ):  # fmt: skip
        kept = contacts.setdefault(held.person_id, {})
        kept[held.channel] = Contact(held.address, held.changed_at)
    words: dict[str, dict[str, Word]] = {}
    for word in session.execute(
        select(
            Consent.person_id, Consent.channel, Consent.state, Consent.source, Consent.changed_at
        ).where(Consent.person_id.in_(ids))
    ):
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
    table = Person.__table__
    # Without a target: two transactions making the same person collide on the derived id too.
    statement = upsert(table).on_conflict_do_nothing()
    return set(session.execute(statement.returning(table.c.ref), rows).scalars())


def _write(
    session: Session,
    before: Mapping[str, Profile],
    after: Mapping[str, Profile],
    created: set[str],
) -> None:
    changed = [
        {**_row(after[ref]), "at": after[ref].id}
        for ref in sorted(after)
        if ref not in created and _row(after[ref]) != _row(before[ref])
    ]
    if changed:
        people = Person.__table__
        statement = update(people).where(people.c.id == bindparam("at"))  # type: ignore[arg-type]
        session.connection().execute(statement, changed)
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
    _overwrite(session, ContactPoint.__table__, contacts, ("address", "changed_at"))
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
    _overwrite(session, Consent.__table__, consents, ("state", "source", "changed_at"))
    for ref in sorted(after):
        gone = before[ref].contacts.keys() - after[ref].contacts.keys()
        if gone:
            session.execute(
                delete(ContactPoint).where(
                    ContactPoint.person_id == after[ref].id, ContactPoint.channel.in_(gone)
                )
            )


def _overwrite(
    session: Session, table: Any, rows: list[dict[str, Any]], columns: tuple[str, ...]
) -> None:
    if rows:
        statement = upsert(table)
        session.connection().execute(
            statement.on_conflict_do_update(
                index_elements=["person_id", "channel"],
                set_={name: statement.excluded[name] for name in columns},
            ),
            rows,
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
