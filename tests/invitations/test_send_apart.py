"""A message that cannot be written down keeps no other from going out; none goes out twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.invitations import reconcile, send
from collector.model.base import db
from collector.model.set_apart import SetApart
from tests.channels.fake_twilio import FakeTwilio
from tests.invitations.conftest import Due, statuses
from tests.poison import poison


def notes() -> list[tuple[str, str, int]]:
    db.session.rollback()
    return [(one.stage, one.row_id, one.tries) for one in db.session.scalars(select(SetApart))]


def later(moment: datetime, seconds: int) -> None:
    with clock.at(moment + timedelta(seconds=seconds)):
        reconcile.run_batch()
        while send.run_batch():
            pass


def test_one_that_cannot_be_made_ready_stays_and_the_others_go_out(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    first, spoilt, last = due(3)
    with poison("messages", "invitation_id", spoilt):
        while send.run_batch():
            pass
        assert statuses([first, spoilt, last]) == ["sent", "sending", "sent"]
        assert twilio.count == 2
        assert notes() == [("send", spoilt, 1)]
    later(at_start, 31)
    assert statuses([spoilt]) == ["sent"]
    assert notes() == []
    assert (twilio.count, twilio.duplicates()) == (3, [])


def test_one_that_went_out_and_cannot_be_written_down_is_asked_about_and_not_sent_again(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    first, spoilt, last = due(3)
    with poison("messages", "invitation_id", spoilt, status="sent"):
        while send.run_batch():
            pass
        assert statuses([first, spoilt, last]) == ["sent", "sending", "sent"]
        assert twilio.count == 3
        assert notes() == [("send", spoilt, 1)]
        later(at_start, 31)
        assert statuses([spoilt]) == ["sending"]
        assert twilio.count == 3
    later(at_start, 600)
    assert statuses([spoilt]) == ["sent"]
    assert (twilio.count, twilio.duplicates()) == (3, [])
