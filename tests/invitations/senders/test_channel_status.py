"""The purse that all workers share, the stop that lasts, and numbers where links do not pass."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.invitations import receipts, send
from collector.invitations.senders import channel_status
from collector.model.base import db, unit_of_work
from collector.model.invitations import Invitation, Message
from collector.model.senders import Sender
from tests import factories
from tests.channels.fake_twilio import FakeTwilio, Fault
from tests.invitations.conftest import START, Due, statuses

FAR = datetime(2100, 1, 1, tzinfo=UTC)


def limit(app: Flask, **changes: object) -> None:
    settings = app.extensions["collector.settings"]
    app.extensions["collector.settings"] = replace(settings, **changes)


def send_all() -> None:
    while send.run_batch():
        pass


def row() -> Sender:
    db.session.rollback()
    return db.session.get_one(Sender, "sms", populate_existing=True)


def test_what_does_not_fit_into_a_day_goes_out_the_next(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    limit(by_twilio, sms_segments_per_day=7)
    ids = due(20)
    for day in range(3):
        midnight = datetime.combine(START.date(), datetime.min.time(), UTC) + timedelta(days=day)
        with clock.at(START if day == 0 else midnight):
            send_all()
            assert twilio.count == min(20, 7 * (day + 1))
            assert send.backlog() == 0
    assert set(statuses(ids)) == {"sent"}


def test_the_cap_holds_over_workers_at_once(by_twilio: Flask, twilio: FakeTwilio, due: Due) -> None:
    limit(by_twilio, sms_segments_per_day=33)
    due(80, lapses_at=FAR)
    db.session.remove()
    broken: list[Exception] = []

    def work() -> None:
        try:
            with by_twilio.app_context():
                send_all()
                db.session.remove()
        except Exception as error:
            broken.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    assert (twilio.count, row().segments) == (33, 33)


def test_the_rate_is_shared_and_nothing_is_lost(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    limit(by_twilio, sms_per_second=0.5, sweep_seconds=30)
    ids = due(40)
    send_all()
    assert twilio.count == 15
    for sweeps in range(1, 3):
        with clock.at(START + timedelta(seconds=30 * sweeps)):
            send_all()
            assert twilio.count == min(40, 15 * (sweeps + 1))
    assert set(statuses(ids)) == {"sent"}


def test_a_text_held_past_its_moment_goes_by_the_next_channel(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    limit(by_twilio, sms_segments_per_day=1)
    soon = START + timedelta(minutes=1)
    ids = due(3, channels=["sms", "email"], lapses_at=soon)
    send_all()
    assert (twilio.count, set(statuses(ids))) == (1, {"sent"})


def test_what_the_provider_did_not_take_is_given_back(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    twilio.plan(Fault("throttle"))
    due(1)
    send.run_batch()
    assert row().segments == 0
    with clock.at(START + timedelta(seconds=10)):
        send_all()
    assert (twilio.count, row().segments) == (1, 1)


@pytest.mark.parametrize("how", ["refused", "reported"])
def test_taken_for_spam_stops_the_sender_until_a_person_lifts_it(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime, how: str
) -> None:
    first = due(1)
    if how == "refused":
        twilio.plan(Fault("refuse", code=30007))
    send.run_batch()
    if how == "reported":
        message = db.session.scalars(select(Message)).one()
        receipts.record(message.id, "failed", "30007")
    assert (row().stop_code, statuses(first)) == ("30007", ["failed"])
    before = twilio.count
    waits, falls = due(3), due(2, channels=["sms", "email"])
    send_all()
    with clock.at(START + timedelta(hours=3)):
        send_all()
    assert twilio.count == before, "a stop lasts"
    assert (set(statuses(waits)), set(statuses(falls))) == ({"waiting"}, {"sent"})
    with clock.at(START + timedelta(hours=4)):
        assert channel_status.resume("sms")
        send_all()
    assert twilio.count == before + 3
    assert set(statuses(waits)) == {"sent"}


def test_a_stop_in_the_middle_of_a_batch_keeps_the_rest(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    twilio.plan(Fault("refuse", code=30007))
    ids = due(10)
    send_all()
    assert twilio.count == 0
    assert sorted(statuses(ids)) == ["failed"] + ["waiting"] * 9


def test_where_links_do_not_pass_no_text_is_sent_and_it_is_written_down(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    with unit_of_work() as work:
        chinese = [
            factories.person(
                work.session,
                contact_points={"sms": f"+86138000000{at}", "email": f"li{at}@example.cn"},
            )
            for at in range(2)
        ]
        rows = [
            factories.invitation(work.session, of=one, channels=via, due_at=START, lapses_at=FAR).id
            for one, via in zip(chinese, (["sms", "email"], ["sms"]), strict=True)
        ]
        work.commit()
    send_all()
    assert (twilio.count, statuses(rows)) == (0, ["sent", "failed"])
    noted = db.session.execute(select(Message.status, Message.code).filter_by(channel="sms")).all()
    assert [tuple(one) for one in noted] == [("not_sent", "ours:no_links_there")] * 2


def test_it_can_be_allowed(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    limit(by_twilio, sms_not_to=())
    with unit_of_work() as work:
        person = factories.person(work.session, contact_points={"sms": "+8613800000000"})
        factories.invitation(work.session, of=person, channels=["sms"], due_at=START, lapses_at=FAR)
        work.commit()
    send_all()
    assert twilio.count == 1


def test_an_invitation_knows_what_it_cost(by_twilio: Flask, due: Due, at_start: datetime) -> None:
    due(1)
    send.run_batch()
    message = db.session.scalars(select(Message)).one()
    assert (message.segments, len(message.text_digest or "")) == (1, 64)
    assert db.session.scalars(select(Invitation.status)).one() == "sent"
