"""Migrations on tables that hold something: nothing is lost in silence, nobody waits for long.

The rows are written as the tables were at that revision, in plain SQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import event, text

from collector import clock
from collector.errors import Conflict
from collector.intake.incoming import IncomingEvent, IncomingPerson
from collector.intake.receive import receive
from collector.model.base import db, is_postgres
from collector.model.integrity import LogEntry
from collector.model.people import Person
from collector.model.sql import migrating
from tests.factories import NOON
from tests.house.test_files import ROOT

ROWS = 2_300
EVENT = (
    "INSERT INTO events (id, source, event_id, type, occurred_at, received_at, person_id, context, "
    "subjects, digest, status) VALUES ('evt_1', 's', 'e', 't', :now, :now, 'per_1', '{}', '{}', "
    "'d', 'decided')"
)
PERSON = (
    "INSERT INTO people (id, ref, kind, locale, timezone, attributes, created_at, updated_at) "
    "VALUES ('per_1', 'p', 'customer', '', '', '{}', :now, :now)"
)
DECISION = (
    "INSERT INTO decisions (id, event_id, rule_key, rule_version_id, survey_key, person_id, "
    "outcome, reason, facts, decided_at) "
    "VALUES (:id, 'evt_1', :id, 'rlv_1', 's', 'per_1', :outcome, 'r', :facts, :now)"
)
RULE = (
    "INSERT INTO rule_versions (id, key, version, definition, digest, created_at) "
    "VALUES ('rlv_1', 'r', 1, '{}', 'd', :now)"
)


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is said to the database meanwhile."""
    said: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield said
    event.remove(db.engine, "before_cursor_execute", note)


@contextmanager
def killed_at_the_second_piece() -> Iterator[None]:
    pieces = 0

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        nonlocal pieces
        pieces += "UPDATE decisions" in statement
        if pieces == 2:
            raise KeyboardInterrupt

    event.listen(db.engine, "before_cursor_execute", note)
    yield
    event.remove(db.engine, "before_cursor_execute", note)


def back_to(revision: str, *said: str) -> None:
    db.session.remove()
    downgrade(revision=revision, x_arg=list(said) or None)


def at_revision() -> str:
    with db.engine.connect() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())


@pytest.fixture
def evidence(ctx: Flask) -> None:
    entry = LogEntry(
        number=1, heard_at=NOON, kind="answer", ref="rsp_1", version=1, body={}, erased=False
    )
    db.session.add(entry)
    db.session.commit()


@pytest.mark.usefixtures("evidence")
def test_going_back_refuses_to_drop_the_log_of_evidence() -> None:
    with pytest.raises(Conflict, match="1 entries of the log of evidence") as refused:
        back_to("0007")
    assert "-x lose=yes" in refused.value.detail
    assert db.session.query(LogEntry).count() == 1
    assert at_revision() == "0008", "what could be undone without loss was"
    db.session.remove()
    upgrade()


@pytest.mark.usefixtures("evidence")
def test_going_back_drops_it_where_that_was_said(ctx: Flask) -> None:
    back_to("0007", "lose=yes")
    assert at_revision() == "0007"
    upgrade()
    assert db.session.query(LogEntry).count() == 0


def test_going_back_refuses_to_forget_who_asked_for_a_break(ctx: Flask) -> None:
    now = clock.now()
    person = Person(id="per_1", ref="p", paused_until=now, created_at=now, updated_at=now)
    db.session.add(person)
    db.session.commit()
    with pytest.raises(Conflict, match="1 breaks that people asked for"):
        back_to("0004")
    upgrade()
    assert db.session.query(Person).one().paused_until is not None


def test_indexes_on_tables_that_hold_rows_keep_nobody_from_writing(ctx: Flask) -> None:
    if not is_postgres():
        return  # SQLite has one writer anyway
    back_to("0008")
    with statements() as said:
        upgrade()
    new = {found for one in said for found in re.findall(r"CREATE TABLE (\w+)", one)}
    made = [one for one in said if re.match(r"CREATE (UNIQUE )?INDEX", one)]
    made = [one for one in made if not any(f" ON {table} " in one for table in new)]
    assert made
    assert all("CONCURRENTLY" in one for one in made)


def test_a_half_built_index_is_built_again(ctx: Flask) -> None:
    back_to("0008")
    with db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS spare (id int)"))
        if is_postgres():
            connection.execute(
                text("CREATE INDEX ix_contact_points_channel_spelling ON spare (id)")
            )
    upgrade()
    with db.engine.begin() as connection:
        connection.execute(text("DROP TABLE spare"))


@pytest.mark.parametrize("stopped", [False, True], ids=["in one go", "stopped half-way"])
def test_the_ledger_is_filled_in_pieces_and_from_where_it_was_stopped(
    ctx: Flask, monkeypatch: pytest.MonkeyPatch, stopped: bool
) -> None:
    back_to("0003")
    monkeypatch.setattr(migrating, "PIECE", 1_000)
    facts = '{"ask_at": "2026-03-02T12:00:00.000Z"}'
    with db.engine.begin() as connection:
        connection.execute(text(PERSON), {"now": NOON})
        connection.execute(text(EVENT), {"now": NOON})
        connection.execute(text(RULE), {"now": NOON})
        rows = [
            {
                "id": f"dec_{n:05}",
                "outcome": "held_back" if n % 10 == 0 else "invited",
                "facts": "{}" if n % 10 == 0 else facts,
                "now": NOON,
            }
            for n in range(ROWS)
        ]
        connection.execute(text(DECISION), rows)
    if stopped and is_postgres():
        with killed_at_the_second_piece(), pytest.raises(KeyboardInterrupt):
            upgrade(revision="0004")
    with statements() as said:
        upgrade(revision="0004")
    pieces = sum("UPDATE decisions" in one for one in said)
    with db.engine.connect() as connection:
        filled = connection.execute(
            text("SELECT count(*) FROM decisions WHERE ask_at IS NOT NULL")
        ).scalar()
    assert filled == ROWS - ROWS // 10
    if is_postgres():
        assert pieces == (3 if stopped else 4), "one for each thousand left, one that finds none"
    upgrade()


LOSSLESS = {
    "0010": "a row that was set apart is tried again",
    "0020": "the feed gets another id, and readers are told to take it again",
}


def test_every_way_back_that_drops_something_asks_whether_that_is_meant() -> None:
    silent = set()
    for path in (ROOT / "migrations" / "versions").glob("*.py"):
        back = path.read_text(encoding="utf-8").partition("def downgrade")[2]
        if re.search(r"drop_table|drop_column|DELETE", back) and "refuse_to_lose(" not in back:
            silent.add(path.name[:4])
    assert silent == set(LOSSLESS)


@pytest.mark.parametrize(
    ("table", "row", "before", "what"),
    [
        ("audit_log", "'a', 'rule', 'k', 1, 'changed', 1, 'eve', '', '{}', :now", "0002",
         "log of changes"),
        ("roster", "'r', 'a1', '', '', 'agent', '[]', NULL, NULL, 'd', :now, NULL", "0006",
         "entries of the roster"),
        ("suppressions", "'s', 'sms', '+1415', 'stop', :now, '', '', ''", "base",
         "never to write to"),
    ],
)  # fmt: skip
def test_going_back_says_what_it_would_drop(
    ctx: Flask, table: str, row: str, before: str, what: str
) -> None:
    columns = ", ".join(column.name for column in db.metadata.tables[table].columns)
    said = text(f"INSERT INTO {table} ({columns}) VALUES ({row})")
    with db.engine.begin() as connection:
        connection.execute(said, {"now": NOON})
    with pytest.raises(Conflict, match=what):
        back_to(before)
    with db.engine.connect() as connection:
        count = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
    assert count == 1
    back_to(before, "lose=yes")
    upgrade()


def test_one_unique_key_takes_the_others_place_without_an_index_built_under_a_lock(
    ctx: Flask,
) -> None:
    if not is_postgres():
        return  # SQLite makes the table anew
    back_to("0003")
    with statements() as said:
        upgrade(revision="0004")
    made = [one for one in said if "uq_decisions_event_id_rule_key_number" in one]
    assert any("CREATE UNIQUE INDEX CONCURRENTLY" in one for one in made)
    assert any("UNIQUE USING INDEX" in one for one in made)
    upgrade()


def test_an_index_that_is_built_beside_writers_waits_for_them_as_long_as_it_takes(
    ctx: Flask,
) -> None:
    """Stopped while it waits it would be left half built, and it stands in nobody's way."""
    if not is_postgres():
        return
    back_to("0008")
    with statements() as said:
        upgrade()
    limits, when_built = [""], set()
    for one in said:
        if "SET lock_timeout" in one:
            limits.append(one)
        if "CONCURRENTLY" in one:
            when_built.add(limits[-1])
    assert when_built == {"SET lock_timeout = 0"}
    assert limits[-2:] == ["SET lock_timeout = '4s'", "RESET lock_timeout"]


def test_people_from_before_keep_their_words_and_times_are_not_dropped_in_silence(
    ctx: Flask,
) -> None:
    back_to("0011")
    known = PERSON.replace("'{}'", """'{"plan": "pro"}'""")
    with db.engine.begin() as connection:
        connection.execute(text(known), {"now": NOON})
    upgrade()
    older = IncomingPerson("p", attributes={"plan": "free", "theme": "dark"})
    receive([IncomingEvent("s", "e", "t", NOON - timedelta(hours=1), older)])
    db.session.rollback()
    assert db.session.get_one(Person, "per_1").attributes == {"plan": "pro", "theme": "dark"}
    with pytest.raises(Conflict, match="times of what was said"):
        back_to("0011")
    back_to("0011", "lose=yes")
    assert at_revision() == "0011"
    upgrade()
