"""What is asked once more at the last moment, for the world moves on while a batch is sent."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from channels.base import Message as Finished
from channels.base import Receipt
from channels.preview import Preview
from collector import clock
from collector.invitations import claims, escalate, outcomes, receipts, send, still_wanted
from collector.model.base import db, unit_of_work
from collector.model.invitations import Message
from tests import factories
from tests.invitations.conftest import START, Due, statuses

HOUR = timedelta(hours=1)
NEXT_HOUR = START.replace(minute=0, second=0) + HOUR
NIGHT = f"{NEXT_HOUR.hour:02}:00-{(NEXT_HOUR.hour + 5) % 24:02}:00"


class Slow(Preview):
    """Takes so long over its first message that it is `then` when it has sent it."""

    def __init__(self, kind: str, folder: object, clocks: ExitStack, then: datetime) -> None:
        super().__init__(kind, folder)  # type: ignore[arg-type]
        self.clocks, self.then = clocks, then

    def send(self, message: Finished) -> Receipt:
        receipt = super().send(message)
        self.clocks.enter_context(clock.at(self.then))
        return receipt


def test_a_night_that_begins_while_a_batch_is_sent_keeps_the_rest_of_it(
    ctx: Flask, due: Due, at_start: datetime
) -> None:
    ids = due(3, rule_definition={"quiet_hours": {"sms": NIGHT}})
    folder = ctx.extensions["collector.settings"].home / "preview"
    with ExitStack() as clocks:
        slow = Slow("sms", folder, clocks, NEXT_HOUR + HOUR / 2)
        slow.local = False  # type: ignore[misc]
        ctx.extensions["collector.channels"] = {"sms": slow}
        assert send.run_batch() == 3
        assert send.run_batch() == 2, "the next claim puts them off until the night is over"
        assert send.run_batch() == 0
    assert sorted(statuses(ids)) == ["sent", "waiting", "waiting"]
    codes = db.session.scalars(select(Message.code).where(Message.status == "not_sent")).all()
    assert codes == ["ours:quiet_hours"] * 2


def test_what_is_past_the_rules_own_limit_is_not_sent_even_before_it_is_marked(due: Due) -> None:
    ids = due(2, channels=["email"], send_by=START + HOUR)
    with clock.at(START + HOUR):
        assert send.backlog() == 0
        assert send.run_batch() == 0
    assert statuses(ids) == ["waiting"] * 2
    with clock.at(START + HOUR - timedelta(seconds=1)):
        assert send.backlog() == 2
        assert send.run_batch() == 2
    assert statuses(ids) == ["sent"] * 2


def test_that_limit_is_for_the_first_message_and_not_for_its_reminder(due: Due) -> None:
    rule = {"reminder_after": "1d"}
    due(1, channels=["email"], send_by=START + HOUR, rule_definition=rule)
    for moment in (START, START + 24 * HOUR):
        with clock.at(moment):
            escalate.run_batch()
            assert send.run_batch() == 1


@pytest.mark.usefixtures("ctx")
def test_an_ask_that_was_answered_stays_in_the_product_and_nothing_waits(due: Due) -> None:
    rule = {"fallback_after": "2h"}
    (id,) = due(1, channels=["inapp", "email"], rule_definition=rule)
    with clock.at(START):
        send.run_batch()
    with unit_of_work() as work:
        factories.tap(work.session, id, 5)
        work.commit()
    with clock.at(START + 2 * HOUR):
        assert escalate.run_batch() == 1
        assert send.backlog() == 0
    assert statuses([id]) == ["sent"]
    assert db.session.scalars(select(Message.status)).all() == ["sent"]


@pytest.mark.usefixtures("ctx")
def test_an_ask_that_arrived_by_text_is_not_cancelled_when_its_mail_is_stopped(due: Due) -> None:
    (id,) = due(1, channels=["sms", "email"], step=1)
    with clock.at(START):
        (attempt,) = claims.claim(1).attempts
        with unit_of_work() as work:  # the text was thought lost, and now its receipt comes
            text = Message(
                id="msg_text", invitation_id=id, channel="sms", attempt=1, address="+14155550000",
                status="failed", claimed_at=START - HOUR, settled_at=START - HOUR,
            )  # fmt: skip
            work.session.add(text)
            work.commit()
        assert receipts.record("msg_text", "delivered")
        with unit_of_work() as work:
            outcomes.apply(work, id, attempt.message_id, still_wanted.OPTED_OUT, START)
            work.commit()
    assert statuses([id]) == ["sent"]
    mail = db.session.get_one(Message, attempt.message_id)
    assert (mail.status, mail.code) == ("not_sent", "opted_out")
