"""A verb whose transaction lost against another one is run again from its beginning."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError, OperationalError

from collector.model import transaction as room
from collector.model.base import db, is_postgres, unit_of_work
from collector.model.people import Person
from collector.model.transaction import TRIES, transaction
from tests.factories import person


class Clash(Exception):
    """As psycopg raises one."""

    sqlstate = "40001"


def busy() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error


def failing(times: int, error: Callable[[], BaseException]) -> tuple[Callable[[], int], list[int]]:
    calls: list[int] = []

    @transaction
    def verb() -> int:
        calls.append(1)
        if len(calls) <= times:
            raise OperationalError("UPDATE", {}, error())
        return len(calls)

    return verb, calls


@pytest.mark.parametrize("error", [Clash, busy])
def test_a_clash_is_tried_again(
    error: Callable[[], BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(room, "sleep", pauses.append)
    verb, _ = failing(TRIES - 1, error)
    assert verb() == TRIES
    assert len(pauses) == TRIES - 1
    assert all(0 <= pause <= room.PAUSE * 2**nth for nth, pause in enumerate(pauses))


def test_a_clash_that_lasts_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "sleep", lambda _: None)
    verb, calls = failing(TRIES, Clash)
    with pytest.raises(OperationalError):
        verb()
    assert len(calls) == TRIES


def test_nothing_is_begun_again_for_somebody_who_has_waited_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    times = iter([0.0, room.PATIENCE])
    monkeypatch.setattr(room, "monotonic", lambda: next(times))
    verb, calls = failing(1, Clash)
    with pytest.raises(OperationalError):
        verb()
    assert len(calls) == 1


def test_what_is_no_clash_is_raised_at_once() -> None:
    verb, calls = failing(1, lambda: ValueError("no"))
    with pytest.raises(OperationalError):
        verb()
    assert len(calls) == 1


def test_two_that_make_the_same_row_find_it_the_second_time(ctx: Flask) -> None:
    seen: list[bool] = []

    @transaction
    def verb() -> str:
        with unit_of_work() as work:
            held = work.session.query(Person).filter_by(ref="one").one_or_none()
            seen.append(held is not None)
            if held is not None and len(seen) > 1:
                return held.id
            id = person(work.session, ref="one").id
            work.commit()
            return id

    first = verb()
    seen.clear()
    assert verb() == first
    assert seen == [True, True]


def test_a_key_that_stays_taken_is_raised_in_the_end(
    ctx: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "sleep", lambda _: None)

    @transaction
    def verb() -> None:
        with unit_of_work() as work:
            person(work.session, ref="one")
            work.commit()

    verb()
    with pytest.raises(IntegrityError):
        verb()


def test_two_that_wait_for_each_other_both_end(ctx: Flask) -> None:
    """On PostgreSQL a real deadlock; on SQLite one simply waits for the other."""
    with unit_of_work() as work:
        ids = [person(work.session).id for _ in range(2)]
        work.commit()
    meet = threading.Barrier(2)
    postgres, problems = is_postgres(), []

    def touch(order: list[str]) -> None:
        met = False

        @transaction
        def verb() -> None:
            nonlocal met
            with unit_of_work() as work:
                for id in order:
                    work.session.execute(update(Person).where(Person.id == id).values(locale="fr"))
                    if postgres and not met:
                        met = True
                        meet.wait(20)
                work.commit()

        try:
            with ctx.app_context():
                verb()
                db.session.remove()
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=touch, args=(order,)) for order in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    db.session.rollback()
    assert {row.locale for row in db.session.query(Person)} == {"fr"}
