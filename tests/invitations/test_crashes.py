"""A worker that dies in the middle loses nothing and sends no text twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from channels.base import Channel, Receipt
from channels.base import Message as Finished
from collector import clock
from collector.invitations import reconcile, send
from collector.model.base import db, unit_of_work
from collector.model.invitations import Message
from tests.channels.fake_twilio import FakeTwilio, Fault
from tests.invitations.conftest import Due, statuses

SWEEP = timedelta(seconds=30)
DEADLINE = timedelta(seconds=90)


class KillNine(BaseException):
    """What a process sees of kill -9: nothing after this line runs."""


class Mortal(Channel):
    """A real channel under a worker that dies when `dies` says so, before or after the request."""

    def __init__(self, real: Channel, dies: Callable[[], str]) -> None:
        self.real, self.dies = real, dies
        self.kind, self.at_most_once = real.kind, real.at_most_once  # type: ignore[misc]

    @classmethod
    def from_options(cls, options: object) -> Mortal:
        raise NotImplementedError

    def check(self) -> str:
        return self.real.check()

    def send(self, message: Finished) -> Receipt:
        moment = self.dies()
        if moment == "before":
            raise KillNine
        receipt = self.real.send(message)
        if moment == "after":
            raise KillNine
        return receipt

    def find(self, message: Finished, since: datetime) -> Receipt | None:
        return self.real.find(message, since)

    def close(self) -> None:
        self.real.close()


def dying_once(app: Flask, kind: str, moment: str, at: int = 1) -> None:
    """The `at`-th message of this kind kills its worker."""
    count = 0

    def dies() -> str:
        nonlocal count
        count += 1
        return moment if count == at else ""

    real = app.extensions["collector.channels"][kind]
    app.extensions["collector.channels"][kind] = Mortal(real, dies)


def message_statuses() -> dict[str, int]:
    with unit_of_work() as work:
        found = work.session.execute(select(Message.status, func.count()).group_by(Message.status))
        return {str(row[0]): int(row[1]) for row in found}


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_text_in_doubt_is_looked_for_and_never_sent_twice(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime, moment: str
) -> None:
    ids = due(5)
    dying_once(by_twilio, "sms", moment, at=3)
    with pytest.raises(KillNine):
        send.run_batch()
    assert twilio.count == (2 if moment == "before" else 3)
    assert send.run_batch() == 0, "what a dead worker holds is not due"
    assert reconcile.run_batch() == 0, "nor abandoned before its lease ends"
    with clock.at(at_start + timedelta(seconds=21)):
        assert reconcile.backlog() == 3
        assert reconcile.run_batch() == 3
        assert reconcile.run_batch() == 0
        # Only the one that was being handed over is in doubt; the others never left this house.
        assert message_statuses() == {"sent": 2, "unknown": 1, "not_sent": 2}
    with clock.at(at_start + timedelta(seconds=26)):
        assert reconcile.run_batch() == 1
        assert reconcile.backlog() == 0
        while send.run_batch():
            pass
    assert statuses(ids) == ["sent"] * 5
    assert (twilio.count, twilio.duplicates()) == (5, [])


def test_a_request_whose_answer_was_lost_is_found_and_not_repeated(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    ids = due(6)
    twilio.plan(
        Fault("drop"), Fault("lose"), Fault("error", accepted=True), Fault("error"), Fault("garble")
    )
    while send.run_batch():
        pass
    assert message_statuses() == {"unknown": 5, "sent": 1}
    assert statuses(ids).count("sending") == 5
    with clock.at(at_start + timedelta(seconds=26)):
        while reconcile.run_batch() + send.run_batch():
            pass
    assert statuses(ids) == ["sent"] * 6
    assert (twilio.count, twilio.duplicates()) == (6, [])


def test_a_text_is_found_although_the_keys_were_rotated_since(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    ids = due(1)
    twilio.plan(Fault("drop"))
    send.run_batch()
    settings = by_twilio.extensions["collector.settings"]
    by_twilio.extensions["collector.settings"] = replace(
        settings, secret_keys=(*settings.secret_keys, "a-key-that-was-added-a-moment-later-0000")
    )
    with clock.at(at_start + timedelta(seconds=30)):
        assert reconcile.run_batch() == 1
    assert (statuses(ids), twilio.count) == (["sent"], 1)


def test_while_the_provider_is_away_what_is_unknown_stays_unknown(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    ids = due(3)
    twilio.plan(Fault("drop"), Fault("drop"), Fault("drop"))
    send.run_batch()
    twilio.list_status = 503
    with clock.at(at_start + timedelta(seconds=30)):
        before = len(twilio.requests)
        assert reconcile.run_batch() == 0
        assert len(twilio.requests) == before + 1, "one refusal is enough to know"
        assert statuses(ids) == ["sending"] * 3
        twilio.list_status = 200
        assert reconcile.run_batch() == 3
    assert statuses(ids) == ["sent"] * 3
    assert twilio.count == 3


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_mail_in_doubt_goes_out_again_under_the_same_id(
    by_twilio: Flask, due: Due, at_start: datetime, moment: str
) -> None:
    ids = due(2, channels=["email"])
    preview = by_twilio.extensions["collector.channels"]["email"]
    dying_once(by_twilio, "email", moment)
    with pytest.raises(KillNine):
        send.run_batch()
    with clock.at(at_start + timedelta(seconds=20)):
        assert reconcile.run_batch() == 2
        send.run_batch()
    assert statuses(ids) == ["sent"] * 2
    assert {kept.message.id for kept in preview.list()} == {f"{id}-email" for id in ids}


def test_a_worker_that_lost_its_claim_does_not_send(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    """A batch may take longer than its lease; what was taken back meanwhile is another's."""
    ids = due(2)
    real = by_twilio.extensions["collector.channels"]["sms"]

    def slowly() -> str:
        if twilio.count == 0:
            with clock.at(at_start + timedelta(seconds=40)):
                reconcile.run_batch()
        return ""

    by_twilio.extensions["collector.channels"]["sms"] = Mortal(real, slowly)
    send.run_batch()
    assert twilio.count == 1, "the second one was no longer ours"
    with clock.at(at_start + timedelta(seconds=80)):
        while reconcile.run_batch() + send.run_batch():
            pass
    assert statuses(ids) == ["sent"] * 2
    assert (twilio.count, twilio.duplicates()) == (2, [])


def test_workers_dying_all_along_leave_nothing_behind_within_ninety_seconds(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    ids = due(150)
    chance = random.Random(7)
    real = by_twilio.extensions["collector.channels"]["sms"]
    draws = {0: "before", 1: "after"}
    by_twilio.extensions["collector.channels"]["sms"] = Mortal(
        real, lambda: draws.get(chance.randrange(15), "")
    )
    deaths = 0
    while send.backlog():
        try:
            send.run_batch()
        except KillNine:
            deaths += 1
            db.session.rollback()
    assert deaths >= 5
    by_twilio.extensions["collector.channels"]["sms"] = real
    moment = at_start
    while set(statuses(ids)) != {"sent"}:
        moment += SWEEP
        assert moment <= at_start + DEADLINE
        with clock.at(moment):
            while reconcile.run_batch() + send.run_batch():
                pass
    assert (twilio.count, twilio.duplicates()) == (150, [])
    assert message_statuses().keys() <= {"sent", "not_sent"}
