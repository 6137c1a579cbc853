"""Texts whose answer was lost: found whatever has changed since, or listed; never sent twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from channels.sms import frame
from collector import clock
from collector.invitations import lapse, receipts, reconcile, send, unresolved_messages
from collector.model.base import db, unit_of_work
from collector.model.invitations import Message
from collector.model.surveys import SurveyVersion
from tests.channels.fake_twilio import FakeTwilio, Fault
from tests.how_much import FULL
from tests.invitations.conftest import Due, statuses
from tests.wording import WORDING

LATER = timedelta(seconds=30)
# A thousand, as promised, take a minute on a small machine; every run does a fifth of them.
MANY = 1000 if FULL else 200


def send_all() -> None:
    while send.run_batch():
        pass


def test_sends_dropped_after_acceptance_make_no_second_text(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    ids = due(MANY)
    twilio.plan(*[Fault("drop")] * MANY)
    send_all()
    assert twilio.count == MANY
    assert len(unresolved_messages.listed(2000)) == MANY
    with clock.at(at_start + LATER):
        while reconcile.run_batch() + send.run_batch():
            pass
        assert reconcile.backlog() == 0
    assert Counter(statuses(ids)) == {"sent": MANY}
    assert (twilio.count, twilio.duplicates(), unresolved_messages.listed()) == (MANY, [], [])


def test_a_text_is_found_although_frame_wording_and_keys_have_changed(
    by_twilio: Flask,
    twilio: FakeTwilio,
    due: Due,
    at_start: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = due(3)
    twilio.plan(*[Fault("drop")] * 3)
    send_all()
    settings = by_twilio.extensions["collector.settings"]
    by_twilio.extensions["collector.settings"] = replace(
        settings, secret_keys=("a-wholly-new-key-that-replaced-the-others",),
        base_url="https://elsewhere.example",
    )  # fmt: skip
    monkeypatch.setattr(frame, "STOP", dict.fromkeys(frame.STOP, "Other words."))
    with unit_of_work() as work:
        changed = {**WORDING["en"], "sms": "A wholly different question?"}
        definition = work.session.scalars(select(SurveyVersion.definition)).first()
        work.session.execute(
            update(SurveyVersion).values(
                definition={**(definition or {}), "wording": {"en": changed}}
            )
        )
        work.commit()
    with clock.at(at_start + LATER):
        assert reconcile.run_batch() == 3
    assert (statuses(ids), twilio.count) == (["sent"] * 3, 3)


def test_what_an_older_version_left_behind_is_looked_for_by_its_text(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    ids = due(1)
    twilio.plan(Fault("drop"))
    send_all()
    with unit_of_work() as work:
        work.session.execute(update(Message).values(text_digest=None))
        work.commit()
    with clock.at(at_start + LATER):
        assert reconcile.run_batch() == 1
    assert (statuses(ids), twilio.count) == (["sent"], 1)


def test_what_nobody_can_settle_ends_in_a_list_and_is_asked_about_no_more(
    by_twilio: Flask, twilio: FakeTwilio, due: Due, at_start: datetime
) -> None:
    ids = due(2)
    twilio.plan(Fault("drop"), Fault("drop"))
    send_all()
    for one in twilio.created:
        one["body"] = ""  # redacted at the provider: there, and nobody can say which it was
    with clock.at(at_start + timedelta(days=13)):
        assert (reconcile.run_batch(), lapse.run_batch()) == (0, 0)
        assert [one.open for one in unresolved_messages.listed()] == [True, True]
    with clock.at(at_start + timedelta(days=14)):
        assert lapse.run_batch() == 2
        before = len(twilio.requests)
        assert (reconcile.run_batch(), reconcile.backlog()) == (0, 0)
        assert len(twilio.requests) == before
    assert statuses(ids) == ["lapsed", "lapsed"]
    given_up = unresolved_messages.listed()
    assert [(one.open, one.code) for one in given_up] == [(False, "unsettled")] * 2
    # A receipt that comes after all this still says the truth, and so does a person.
    receipts.record(given_up[0].message_id, "delivered")
    unresolved_messages.settle(given_up[1].message_id, sent=False)
    assert unresolved_messages.listed() == []
    rows = db.session.scalars(select(Message.status)).all()
    assert sorted(rows) == ["delivered", "failed"]
