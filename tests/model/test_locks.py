"""Rows are locked in one order everywhere, and a test notices whoever does not keep to it."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import event, select

from collector.invitations.optouts import optout
from collector.model import locks
from collector.model.base import db, is_postgres, unit_of_work
from collector.model.invitations import Invitation, Message
from collector.model.people import Person
from tests import factories


def test_a_lock_out_of_order_is_noticed(ctx: Flask) -> None:
    of = factories.sent_invitation(db.session)
    person_id, invitation_id = of.person_id, of.id
    db.session.commit()
    with unit_of_work() as work:
        locks.one(work.session, Invitation, invitation_id)
        with pytest.raises(locks.OutOfOrder, match="people comes before invitations"):
            locks.one(work.session, Person, person_id)
    with unit_of_work() as work:
        locks.one(work.session, Person, person_id)
        locks.one(work.session, Invitation, invitation_id)
        assert locks.one(work.session, Person, person_id) is not None, "what is held is held"


def test_rows_are_locked_by_key_whatever_order_was_asked_for(ctx: Flask) -> None:
    ids = [factories.person(db.session, locale=locale).id for locale in ("fr", "de")]
    db.session.commit()
    with unit_of_work() as work:
        wanted = select(Person).order_by(Person.locale)
        assert [row.id for row in locks.entities(work.session, Person, wanted)] == sorted(ids)


def test_what_somebody_else_holds_is_passed_over(ctx: Flask) -> None:
    if not is_postgres():
        return  # there the unit of work itself is the lock
    ids = sorted(factories.person(db.session).id for _ in range(2))
    db.session.commit()
    with db.engine.begin() as other, unit_of_work() as work:
        other.execute(select(Person.id).where(Person.id == ids[0]).with_for_update())
        found = locks.rows(work.session, Person, select(Person.id), skip=True)
        assert [row.id for row in found] == ids[1:]


def test_two_complaints_of_one_person_at_once_both_hold(ctx: Flask) -> None:
    """The messages of one person, each with a reminder waiting: each complaint stops both."""
    of = factories.person(db.session)
    asks = [factories.sent_invitation(db.session, of=of, channels=["email"]) for _ in range(2)]
    for ask in asks:
        ask.status = "waiting"
    db.session.commit()
    ids = list(db.session.scalars(select(Message.id).order_by(Message.id)))
    deadlocks: list[BaseException] = []
    event.listen(db.engine, "handle_error", lambda context: deadlocks.append(context))
    start, problems = threading.Barrier(2), []

    def complain(id: str) -> None:
        try:
            with ctx.app_context():
                start.wait(20)
                optout.complain(id)
                db.session.remove()
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=complain, args=(id,)) for id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (problems, deadlocks) == ([], [])
    db.session.rollback()
    assert {row.code for row in db.session.scalars(select(Message))} == {"complaint"}
    assert "waiting" not in set(db.session.scalars(select(Invitation.status)))
