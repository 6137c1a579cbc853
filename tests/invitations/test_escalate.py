"""What follows an ask that nobody answers: the next channel, one reminder, never two at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.invitations import escalate, lapse, send
from collector.invitations.optouts import optout
from collector.model.base import unit_of_work
from collector.model.events import Decision
from collector.model.invitations import Invitation, Message
from collector.model.people import ContactPoint, Person
from tests import factories
from tests.invitations.conftest import START

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Asked = Callable[..., str]
RULE = {"quiet_hours": {"sms": "none"}, "fallback_after": "24h", "reminder_after": "3d"}


@pytest.fixture
def asked(ctx: Flask) -> Asked:
    """`asked(channels=[…], rule={…})`: an invitation due at START under such a rule; its id."""

    def make(rule: dict[str, Any] | None = None, **changes: Any) -> str:
        with unit_of_work() as work:
            row = factories.invitation(
                work.session,
                rule_definition={**RULE, **(rule or {})},
                **{
                    "due_at": START,
                    "created_at": START,
                    "lapses_at": START + 14 * DAY,
                    "channels": ["inapp", "sms", "email"],
                    **changes,
                },
            )
            id = row.id
            work.commit()
        return id

    return make


def at(moment: datetime) -> int:
    """Do what the workers do at that moment; how many messages there are then."""
    with clock.at(moment):
        lapse.run_batch()
        escalate.run_batch()
        while send.run_batch():
            pass
    return len(messages())


def messages() -> list[tuple[str, int, str]]:
    with unit_of_work() as work:
        rows = work.session.scalars(select(Message).order_by(Message.claimed_at, Message.id))
        return [(row.channel, row.attempt, row.status) for row in rows]


def stands(id: str) -> Invitation:
    with unit_of_work() as work:
        row = work.session.get(Invitation, id)
        assert row is not None
        work.session.expunge(row)
        return row


def change(id: str, run: Callable[[Any, Invitation], None], moment: datetime) -> None:
    with clock.at(moment), unit_of_work() as work:
        row = work.session.get(Invitation, id)
        assert row is not None
        run(work.session, row)
        work.commit()


def tap(id: str, moment: datetime) -> None:
    change(id, lambda session, row: factories.tap(session, row.id, 5) and None, moment)


def test_what_nobody_saw_in_the_product_goes_out_by_text_a_day_later(asked: Asked) -> None:
    id = asked()
    assert at(START) == 1
    assert at(START + DAY - HOUR) == 1
    assert at(START + DAY) == 2
    assert messages() == [("inapp", 1, "failed"), ("sms", 1, "sent")]
    assert stands(id).sent_at == START
    assert at(START + 2 * DAY) == 2  # a text may have been read: no third channel


def test_one_reminder_and_no_more(asked: Asked) -> None:
    id = asked(channels=["sms", "email"])
    assert [at(START + n * DAY) for n in range(10)] == [1, 1, 1, 2, 2, 2, 2, 2, 2, 2]
    assert messages() == [("sms", 1, "sent"), ("sms", 2, "sent")]
    row = stands(id)
    assert (row.status, row.sent_at, row.reminded_at) == ("sent", START, START + 3 * DAY)


def test_fall_back_and_reminder_follow_each_other(asked: Asked) -> None:
    asked()
    for n in range(14):
        at(START + n * DAY)
    assert [(one, attempt) for one, attempt, _ in messages()] == [
        ("inapp", 1), ("sms", 1), ("sms", 2),
    ]  # fmt: skip


@pytest.mark.parametrize("answered", [START + HOUR, START + DAY + HOUR])
def test_an_answer_stops_all_that_would_follow(asked: Asked, answered: datetime) -> None:
    id = asked()
    at(START)
    before = at(answered)
    tap(id, answered)
    assert at(START + 5 * DAY) == before
    assert stands(id).status == "sent"


def test_an_answer_between_the_look_and_the_sending_stops_it_too(asked: Asked) -> None:
    id = asked()
    at(START)
    with clock.at(START + DAY):
        escalate.run_batch()
        assert stands(id).status == "waiting"
        tap(id, START + DAY)
        send.run_batch()
    assert [channel for channel, _, _ in messages()] == ["inapp"]
    assert stands(id).status == "sent"


def test_a_no_on_any_channel_stops_the_reminder(asked: Asked) -> None:
    id = asked(channels=["sms", "email"])
    at(START)
    with unit_of_work() as work:
        row = work.session.get(Invitation, id)
        assert row is not None
        email = work.session.scalars(
            select(ContactPoint.address).where(
                ContactPoint.person_id == row.person_id, ContactPoint.channel == "email"
            )
        ).one()
    with clock.at(START + DAY):
        optout.stop("email", email, "test")
    assert at(START + 4 * DAY) == 1


def test_what_was_closed_in_the_product_was_seen(asked: Asked) -> None:
    asked()
    at(START)
    with unit_of_work() as work:
        work.session.scalars(select(Message)).one().status = "delivered"
        work.commit()
    assert at(START + 2 * DAY) == 1


def test_nothing_follows_where_the_rule_says_nothing(asked: Asked) -> None:
    asked({"fallback_after": "", "reminder_after": ""})
    assert [at(START + n * DAY) for n in (0, 2, 9)] == [1, 1, 1]


def test_what_lapses_meanwhile_was_sent_all_the_same(asked: Asked) -> None:
    id = asked({"reminder_after": "6d"}, channels=["sms"], lapses_at=START + 7 * DAY)
    at(START)
    with clock.at(START + 6 * DAY):
        escalate.run_batch()
    assert stands(id).status == "waiting"
    assert at(START + 8 * DAY) == 1
    assert stands(id).status == "sent"


def test_after_the_rule_s_own_limit_nothing_goes_out_for_the_first_time(asked: Asked) -> None:
    id = asked(channels=["sms"], send_by=START + HOUR)
    assert at(START + HOUR) == 0
    assert stands(id).status == "lapsed"


def test_quiet_hours_hold_at_the_moment_of_sending(asked: Asked) -> None:
    local = START.astimezone().replace(tzinfo=START.tzinfo)
    night = f"{local.hour:02}:00-{(local.hour + 2) % 24:02}:00"
    id = asked({"quiet_hours": {"sms": night}}, channels=["sms"])
    assert at(START) == 0
    row = stands(id)
    assert row.status == "waiting"
    assert row.due_at == START.replace(minute=0, second=0) + 2 * HOUR
    assert at(row.due_at - timedelta(seconds=1)) == 0
    assert at(row.due_at) == 1


def test_the_person_s_own_zone_decides_at_the_moment_of_sending(asked: Asked) -> None:
    id = asked({"quiet_hours": {"sms": "21:00-08:00"}}, channels=["sms"])

    def move(session: Any, row: Invitation) -> None:
        person = session.get(Person, row.person_id)
        person.timezone = "Asia/Shanghai"
        row.due_at = START + 3 * DAY

    change(id, move, START)
    day = (START + 4 * DAY).replace(hour=14, minute=0, second=0)  # 22:00 in Shanghai
    assert at(day) == 0
    assert stands(id).due_at == day + 10 * HOUR


@pytest.mark.parametrize(
    ("policy", "expected", "marks"),
    [("mark", "sent", ["contact_changed:sms"]), ("hold", "cancelled", []), ("off", "sent", [])],
)
def test_a_number_that_was_changed_since_the_event(
    asked: Asked, policy: str, expected: str, marks: list[str]
) -> None:
    id = asked({"contact_integrity": {"changed": policy}}, channels=["sms"])

    def swap(session: Any, row: Invitation) -> None:
        point = session.scalars(
            select(ContactPoint).where(
                ContactPoint.person_id == row.person_id, ContactPoint.channel == "sms"
            )
        ).one()
        point.address, point.changed_at = "+14155559999", START

    change(id, swap, START)
    at(START)
    row = stands(id)
    assert (row.status, row.marks) == (expected, marks)
    with unit_of_work() as work:
        decided = select(Decision.reason).where(Decision.event_id == row.event_id)
        reasons = list(work.session.scalars(decided.order_by(Decision.number)))
    assert reasons == (["invited", "contact_changed"] if policy == "hold" else ["invited"])
