"""What changed of an invitation becomes a row, once; what says nothing new becomes none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update

from collector.exports.invited import publish
from collector.model.base import db, is_postgres
from collector.model.ids import new_id
from collector.model.invitations import Invitation, Message
from collector.model.sql.bulk import set_by_id
from collector.work import tasks
from tests import factories
from tests.exports.erasing import ANSWERED, NOW, answered, at, until
from tests.exports.invited.looking import behind, newest, publish_all, rows
from tests.factories import NOON

pytestmark = pytest.mark.usefixtures("ctx")
HOUR = timedelta(hours=1)


def message_of(invitation_id: str) -> Message:
    return db.session.scalars(
        select(Message).where(Message.invitation_id == invitation_id)
    ).one()  # fmt: skip


def test_the_life_of_an_ask_is_told_row_by_row() -> None:
    asked = factories.invitation(db.session)
    publish_all(NOON)
    asked.status, asked.sent_at = "sent", NOON + HOUR
    db.session.add(
        Message(
            id=new_id("msg"), invitation_id=asked.id, channel="sms", attempt=1, address="+1415",
            status="sent", claimed_at=NOON + HOUR, sent_at=NOON + HOUR, settled_at=NOON + HOUR,
        )
    )  # fmt: skip
    publish_all(NOON + HOUR)
    message = message_of(asked.id)
    message.status, message.settled_at = "delivered", NOON + 2 * HOUR
    publish_all(NOON + 2 * HOUR)
    scanned = {"kind": "provisional", "opened_at": NOON + 1.1 * HOUR}
    factories.tap(db.session, asked.id, 1, **scanned)
    factories.tap(db.session, asked.id, 4, opened_at=NOON + 2.5 * HOUR)
    given = factories.response(db.session, asked, answered_at=NOON + 3 * HOUR)
    publish_all(NOON + 3 * HOUR)
    told = rows()
    assert [one["number"] for one in told] == [one["revision"] for one in told] == [1, 2, 3, 4]
    assert [one["state"] for one in told] == ["waiting", "sent", "sent", "sent"]
    assert [one["handed_over"] for one in told] == [0, 1, 1, 1]
    last = told[-1]
    assert (last["channel"], last["channels"]) == ("sms", ["sms", "email"])
    assert (last["sent_at"], last["delivered_at"]) == (
        "2026-03-02T13:00:00.000Z",
        "2026-03-02T14:00:00.000Z",
    )
    assert (last["opened_at"], last["answered_at"]) == (
        "2026-03-02T14:30:00.000Z",
        "2026-03-02T15:00:00.000Z",
    )
    assert (last["response_id"], last["person_id"]) == (given.id, asked.person_id)
    assert (last["ended_at"], last["kind"]) == (None, "invitation")
    assert last["updated_at"] == last["published_at"] == "2026-03-02T15:00:00.000Z"
    (sms,) = last["by_channel"]
    assert (sms["channel"], sms["messages"], sms["delivered"], sms["sent"]) == ("sms", 1, 1, 0)
    assert sms["first_sent_at"] == "2026-03-02T13:00:00.000Z"
    assert told[0]["by_channel"] == []
    assert told[0]["channel"] is told[0]["response_id"] is told[0]["sent_at"] is None


def test_what_says_nothing_new_makes_no_row_and_is_not_looked_at_again() -> None:
    asked = factories.sent_invitation(db.session)
    assert publish_all() == 1
    assert publish.run_batch() == 0
    asked.step, asked.next_at = 1, NOON + HOUR
    assert publish_all() == 1
    message_of(asked.id).address = "+1416"
    assert publish_all() == 1
    assert len(rows()) == 1


def test_a_claim_that_is_under_way_is_not_told() -> None:
    asked = factories.invitation(db.session)
    publish_all()
    asked.status = "sending"
    db.session.add(
        Message(
            id=new_id("msg"), invitation_id=asked.id, channel="sms", attempt=1, address="+1415",
            status="claimed", claimed_at=NOON,
        )
    )  # fmt: skip
    publish_all()
    (one,) = rows()
    assert (one["state"], one["messages"], one["by_channel"]) == ("waiting", 0, [])


def test_machines_alone_are_no_answer_and_no_opening() -> None:
    asked = factories.sent_invitation(db.session)
    factories.tap(db.session, asked.id, 5)
    factories.response(db.session, asked, score=None, state="set_aside")
    publish_all()
    (one,) = rows()
    assert (one["answered_at"], one["opened_at"]) == (None, None)
    assert one["response_id"] is not None


@pytest.mark.parametrize(
    ("state", "expected"),
    [("lapsed", NOON + 5 * HOUR), ("failed", NOON + HOUR), ("cancelled", NOON + 9 * HOUR)],
)
def test_an_end_is_told_with_its_time_which_stays(state: str, expected: Any) -> None:
    asked = factories.invitation(db.session, status=state, send_by=NOON + 5 * HOUR)
    if state == "failed":
        db.session.add(
            Message(
                id=new_id("msg"), invitation_id=asked.id, channel="sms", attempt=1, address="+1",
                status="failed", claimed_at=NOON, settled_at=NOON + HOUR,
            )
        )  # fmt: skip
    publish_all(NOON + 9 * HOUR)
    asked.locale = "de"
    publish_all(NOON + 20 * HOUR)
    first, second = rows()
    assert first["state"] == second["state"] == state
    assert first["ended_at"] == second["ended_at"] == f"{expected:%Y-%m-%dT%H:%M:%S}.000Z"


def by_row(row: Any, name: str, value: Any) -> None:
    setattr(row, name, value)


def by_statement(row: Any, name: str, value: Any) -> None:
    kind = type(row)
    db.session.execute(update(kind).where(kind.id == row.id).values({name: value}))


def in_bulk(row: Any, name: str, value: Any) -> None:
    set_by_id(db.session(), type(row).__table__, [{"id": row.id, name: value}])


@pytest.mark.parametrize("write", [by_row, by_statement, in_bulk])
def test_whatever_writes_a_row_takes_its_mark_off(write: Callable[..., None]) -> None:
    asked = factories.sent_invitation(db.session)
    given = factories.response(db.session, asked)
    message = message_of(asked.id)
    for row, name, value in (
        (asked, "locale", "fr"), (message, "status", "delivered"), (given, "state", "set_aside"),
    ):  # fmt: skip
        publish_all()
        before = len(rows())
        db.session.refresh(row)
        assert row.exported
        write(row, name, value)
        assert publish_all() == 1
        assert len(rows()) == before + 1, name
    assert behind(NOON) == []


def test_after_sending_answering_and_erasing_for_real_the_feed_says_what_is_true() -> None:
    """By the verbs themselves, so that a way of writing that leaves the mark is found."""
    quiet = {"quiet_hours": {"sms": "none", "email": "none", "inapp": "none"}}
    for channels in (["inapp"], ["sms"], ["email"], ["sms", "email"]):
        factories.invitation(db.session, channels=channels, rule_definition=quiet)
    factories.invitation(db.session, lapses_at=NOON + timedelta(minutes=30), due_at=NOON + HOUR)
    cases = [answered(score=score) for score in (1, 3, 5)]
    at(ANSWERED, tasks.drain)
    assert behind(ANSWERED) == []
    until(NOW)
    assert behind(NOW) == []
    at(NOW, cases[0].erase)
    until(NOW + HOUR)
    assert behind(NOW + HOUR) == []
    until(NOW + timedelta(days=30))
    assert behind(NOW + timedelta(days=30)) == []
    told = newest()
    states = sorted(one["state"] for one in told.values())
    assert "lapsed" in states
    assert states.count("sent") >= 4
    numbers = [one["number"] for one in rows()]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("changed", [Invitation, Message])
def test_what_somebody_holds_is_passed_over_and_comes_later(changed: Any) -> None:
    """Whoever erases holds the invitation alone and then waits for the feed's head: the publisher,
    who holds the head, must not wait for them."""
    if not is_postgres():
        pytest.skip("SQLite has one writer at a time")
    held = factories.sent_invitation(db.session)
    free = factories.sent_invitation(db.session)
    publish_all()
    if changed is Invitation:
        held.locale = free.locale = "de"
    else:
        message_of(held.id).channel = message_of(free.id).channel = "email"
    db.session.commit()
    before = newest()[held.id]
    with db.engine.connect() as other:
        other.execute(select(Invitation.id).where(Invitation.id == held.id).with_for_update())
        db.session.execute(text("SET lock_timeout = '2s'"))
        db.session.commit()
        assert publish.run_batch() == 1
        assert newest()[free.id]["revision"] == 2
        assert newest()[held.id] == before
        other.rollback()
    publish_all()
    assert newest()[held.id]["revision"] == 2
