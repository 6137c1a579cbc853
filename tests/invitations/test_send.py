"""Sending to a real stand-in for Twilio: claimed first, sent once, an outcome for every refusal."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from channels.base import Channel, Message, Receipt
from collector import clock
from collector.invitations import lapse, send
from collector.model.base import db, unit_of_work
from collector.model.events import Decision
from collector.model.invitations import Invitation
from collector.model.invitations import Message as MessageRow
from collector.model.people import Consent, Suppression
from tests import factories
from tests.channels.fake_twilio import FakeTwilio, Fault
from tests.invitations.conftest import Due, statuses


def messages(invitation_id: str) -> list[tuple[str, int, str, str]]:
    with unit_of_work() as work:
        rows = work.session.scalars(
            select(MessageRow)
            .where(MessageRow.invitation_id == invitation_id)
            .order_by(MessageRow.claimed_at, MessageRow.channel.desc(), MessageRow.attempt)
        ).all()
        return [(row.channel, row.attempt, row.status, row.code) for row in rows]


def row_of(id: str) -> Invitation:
    row = db.session.get(Invitation, id, populate_existing=True)
    assert row is not None
    return row


def test_what_is_due_goes_out_once(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    ids = due(25)
    assert send.backlog() == 25
    while send.run_batch(10):
        pass
    assert statuses(ids) == ["sent"] * 25
    assert twilio.count == 25
    assert twilio.duplicates() == []
    assert send.backlog() == 0
    assert send.run_batch() == 0
    assert row_of(ids[0]).sent_at == at_start
    assert messages(ids[0]) == [("sms", 1, "sent", "")]


def test_the_text_holds_the_signed_link_and_a_status_address(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    due(1)
    send.run_batch()
    (text,) = twilio.created
    assert "http://collector.test/t/" in text["body"]
    assert text["status_callback"].startswith("http://collector.test/callbacks/twilio/status/msg_")


def test_what_is_not_due_yet_or_has_lapsed_stays(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    later = due(1, due_at=at_start + timedelta(seconds=1))
    over = due(1, lapses_at=at_start)
    assert send.run_batch() == 0
    assert lapse.backlog() == 1
    assert lapse.run_batch() == 1
    assert lapse.run_batch() == 0
    assert statuses(later + over) == ["waiting", "lapsed"]
    assert twilio.count == 0


def test_a_busy_provider_is_asked_again_later(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    ids = due(3)
    twilio.plan(Fault("throttle"))
    send.run_batch()
    # The limit is our sender's: the rest of the batch was not even tried.
    assert (twilio.count, statuses(ids)) == (0, ["waiting"] * 3)
    assert send.run_batch() == 0
    with clock.at(at_start + timedelta(minutes=10)):
        send.run_batch()
    assert (twilio.count, statuses(ids)) == (3, ["sent"] * 3)


def test_a_number_that_does_not_exist_is_suppressed_and_the_next_channel_tried(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    (id,) = due(1, channels=["sms", "email"])
    twilio.plan(Fault("refuse", code=21211))
    while send.run_batch():
        pass
    assert messages(id) == [("sms", 1, "failed", "21211"), ("email", 1, "sent", "")]
    assert statuses([id]) == ["sent"]
    (suppressed,) = db.session.scalars(select(Suppression)).all()
    assert (suppressed.channel, suppressed.reason) == ("sms", "undeliverable")
    assert "send" in by_twilio.extensions["collector.rung"]


def test_an_invitation_fails_when_every_channel_is_spent(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    ids = due(1)
    twilio.plan(Fault("refuse", code=21612))
    send.run_batch()
    assert statuses(ids) == ["failed"]


def test_a_wrong_password_burns_no_message(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    ids = due(5)
    twilio.auth_failures = True
    send.run_batch()
    assert statuses(ids) == ["waiting"] * 5
    assert len(twilio.requests) == 1
    twilio.auth_failures = False
    with clock.at(at_start + timedelta(minutes=5)):  # one goes out to see, the channel being held
        send.run_batch()
    assert sorted(statuses(ids)) == ["sent"] + ["waiting"] * 4
    with clock.at(at_start + timedelta(minutes=10)):
        while send.run_batch():
            pass
    assert statuses(ids) == ["sent"] * 5


def test_a_person_who_said_no_since_the_decision_is_not_asked(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    silent, other = due(1), due(1, channels=["sms", "email"])
    with unit_of_work() as work:
        for id in silent + other:
            person_id = work.session.get_one(Invitation, id).person_id
            work.session.add(
                Consent(
                    id=f"cns_{id}",
                    person_id=person_id,
                    channel="sms",
                    state="denied",
                    source="api",
                    changed_at=at_start,
                )
            )
        work.commit()
    send.run_batch()
    assert twilio.count == 0
    assert statuses(silent + other) == ["cancelled", "sent"]


def test_a_person_without_an_address_fails_and_a_missing_channel_calls_the_ask_off(
    by_twilio: Flask, due: Due, at_start: datetime
) -> None:
    with unit_of_work() as work:
        nobody = factories.person(work.session, contact_points={})
        unreachable = factories.invitation(
            work.session, of=nobody, due_at=at_start, lapses_at=at_start + timedelta(days=1)
        ).id
        work.commit()
    del by_twilio.extensions["collector.channels"]["sms"]
    (called_off,) = due(1)
    send.run_batch()
    assert statuses([unreachable, called_off]) == ["failed", "cancelled"]
    held = select(Decision.reason, Decision.facts).where(Decision.number == 2)
    (decision,) = db.session.execute(held).all()
    assert tuple(decision) == (
        "channel_unusable", {"unusable": ["sms (not_set_up)"], "before": "invited"},
    )  # fmt: skip


def test_an_invitation_inside_the_product_waits_in_the_inbox_of_its_person(
    by_twilio: Flask, due: Due, at_start: datetime
) -> None:
    (id,) = due(1, channels=["inapp"])
    send.run_batch()
    assert messages(id) == [("inapp", 1, "sent", "")]


class Peeking(Channel):
    """Notes what the database shows to somebody else while the provider is being called."""

    kind = "sms"

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.seen: list[tuple[str, str, bool]] = []

    @classmethod
    def from_options(cls, options: object) -> Peeking:
        raise NotImplementedError

    def check(self) -> str:
        return ""

    def send(self, message: Message) -> Receipt:
        open_here = db.session().in_transaction()

        def look() -> None:
            with self.app.app_context():
                row = db.session.scalars(select(MessageRow)).one()
                invitation = db.session.scalars(select(Invitation)).one()
                self.seen.append((row.status, invitation.status, open_here))
                db.session.remove()

        reader = threading.Thread(target=look)
        reader.start()
        reader.join()
        return Receipt("sent", "ref")


def test_the_attempt_is_committed_and_no_transaction_is_open_while_the_provider_answers(
    ctx: Flask, due: Due, at_start: datetime
) -> None:
    channel = Peeking(ctx)
    ctx.extensions["collector.channels"] = {"sms": channel}
    due(1)
    send.run_batch()
    assert channel.seen == [("claimed", "sending", False)]


def test_two_workers_at_once_send_everything_once(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    ids = due(60)
    problems: list[BaseException] = []

    def work() -> None:
        try:
            with by_twilio.app_context(), clock.at(at_start):
                while send.run_batch(7):
                    pass
                db.session.remove()
        except BaseException as error:
            problems.append(error)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert problems == []
    assert statuses(ids) == ["sent"] * 60
    assert (twilio.count, twilio.duplicates()) == (60, [])
