"""Receipts come late, twice, early and in any order; the end is always the same."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from channels.base import Channel, Receipt
from channels.base import Message as Finished
from collector import clock
from collector.errors import InvalidInput
from collector.invitations import receipts, send
from collector.model.base import db, unit_of_work
from collector.model.invitations import Message
from collector.model.invitations import Receipt as ReceiptRow
from collector.model.people import Suppression
from tests import factories
from tests.channels.fake_twilio import FakeTwilio
from tests.invitations.conftest import Due, statuses

ORDER = ("sent", "failed", "delivered", "bounced")


def message_of(invitation_id: str) -> Message:
    db.session.rollback()
    chosen = select(Message).where(Message.invitation_id == invitation_id)
    return db.session.scalars(chosen.order_by(Message.claimed_at.desc())).first()  # type: ignore[return-value]


def kept(message_id: str) -> int:
    count = select(func.count()).where(ReceiptRow.message_id == message_id)
    return db.session.scalar(count) or 0


def test_every_order_of_the_same_receipts_ends_at_the_same_status(
    by_twilio: Flask, due: Due, at_start: datetime
) -> None:
    for words in itertools.permutations(ORDER):
        (id,) = due(1)
        send.run_batch()
        message_id = message_of(id).id
        for word in (*words, *words):
            assert receipts.record(message_id, word)
        assert message_of(id).status == "bounced"
        assert kept(message_id) == 4


def test_a_status_never_goes_back(by_twilio: Flask, due: Due, at_start: datetime) -> None:
    (id,) = due(1)
    send.run_batch()
    message_id = message_of(id).id
    for word, then in (("delivered", "delivered"), ("sent", "delivered"), ("failed", "delivered")):
        receipts.record(message_id, word, "30008" if word == "failed" else "")
        assert message_of(id).status == then
    assert statuses([id]) == ["sent"]


class Hasty(Channel):
    """A provider whose receipts arrive before its own answer to the request."""

    kind = "sms"
    at_most_once = True

    def __init__(self, status: str, code: str = "") -> None:
        self.status, self.code = status, code

    @classmethod
    def from_options(cls, options: object) -> Hasty:
        raise NotImplementedError

    def check(self) -> str:
        return ""

    def send(self, message: Finished) -> Receipt:
        receipts.record(message.status_url.rsplit("/", 1)[1], self.status, self.code, "SM1")
        return Receipt("sent", "SM1")


def test_a_receipt_may_come_before_our_own_commit(
    by_twilio: Flask, due: Due, at_start: datetime
) -> None:
    by_twilio.extensions["collector.channels"]["sms"] = Hasty("delivered")
    (id,) = due(1)
    send.run_batch()
    message = message_of(id)
    assert (message.status, message.provider_ref) == ("delivered", "SM1")
    assert message.sent_at == at_start
    assert statuses([id]) == ["sent"]


def test_an_early_failure_goes_on_to_the_next_channel_and_is_not_taken_back(
    by_twilio: Flask, due: Due, at_start: datetime
) -> None:
    by_twilio.extensions["collector.channels"]["sms"] = Hasty("failed", "30005")
    (id,) = due(1, channels=["sms", "email"])
    send.run_batch()
    assert message_of(id).status == "failed"
    assert statuses([id]) == ["waiting"]
    send.run_batch()
    assert message_of(id).channel in ("email", "sms")
    assert statuses([id]) == ["sent"]


@pytest.mark.parametrize(
    ("code", "suppressed", "next_status"),
    [
        ("30005", ["undeliverable"], "waiting"),
        ("21610", ["stop"], "waiting"),
        ("30004", [], "waiting"),
        ("99999", [], "waiting"),
    ],
)
def test_a_lost_text_falls_back_and_may_suppress_the_number(
    by_twilio: Flask,
    due: Due,
    at_start: datetime,
    code: str,
    suppressed: list[str],
    next_status: str,
) -> None:
    (id,) = due(1, channels=["sms", "email"])
    send.run_batch()
    receipts.record(message_of(id).id, "failed", code)
    assert statuses([id]) == [next_status]
    assert db.session.scalars(select(Suppression.reason)).all() == suppressed
    send.run_batch()
    assert statuses([id]) == ["sent"]
    with unit_of_work() as work:
        channels = work.session.scalars(select(Message.channel).order_by(Message.channel)).all()
    assert channels == ["email", "sms"]


def test_a_phone_that_was_off_is_tried_once_more(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    (id,) = due(1)
    send.run_batch()
    receipts.record(message_of(id).id, "failed", "30003")
    assert (send.run_batch(), statuses([id])) == (0, ["waiting"])
    with clock.at(at_start + timedelta(minutes=1)):
        send.run_batch()
        receipts.record(message_of(id).id, "failed", "30003")
    assert statuses([id]) == ["failed"]
    assert twilio.count == 2


def test_somebody_who_has_answered_is_not_asked_again_whatever_the_provider_says(
    by_twilio: Flask, due: Due, at_start: datetime
) -> None:
    (id,) = due(1, channels=["sms", "email"])
    send.run_batch()
    with unit_of_work() as work:
        factories.tap(work.session, id, 5)
        work.commit()
    receipts.record(message_of(id).id, "failed", "30005")
    assert statuses([id]) == ["sent"]


def test_a_receipt_for_nothing_and_a_word_that_is_none(ctx: Flask) -> None:
    assert receipts.record("msg_unknown", "sent") is False
    with pytest.raises(InvalidInput) as caught:
        receipts.record("msg_unknown", "read")
    assert caught.value.code == "unknown_status"
