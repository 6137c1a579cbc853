"""Answering by text message."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.answers import fold
from collector.answers.texts import receive
from collector.model.answers import Response, Tap
from collector.model.base import db
from collector.model.invitations import Invitation, Message
from tests import factories
from tests.factories import NOON

NUMBER = "+14155550000"


@pytest.fixture
def asked(ctx: Flask) -> Invitation:
    row = factories.sent_invitation(db.session)
    db.session.commit()
    return row


def say(body: str, ref: str, hours: float = 1) -> str:
    with clock.at(NOON + timedelta(hours=hours)):
        return receive(NUMBER, body, ref)


def folded(hours: float = 2) -> Response:
    with clock.at(NOON + timedelta(hours=hours)):
        fold.run_batch()
    return db.session.scalars(select(Response)).one()


def sent(to: Invitation, at: datetime, status: str = "sent") -> None:
    message = db.session.scalars(select(Message).where(Message.invitation_id == to.id)).one()
    message.sent_at = at
    message.status = status
    db.session.commit()


def test_a_number_is_a_confirmed_answer_and_the_reply_asks_why(asked: Invitation) -> None:
    assert say("2", "SM1") == "Thank you. What went wrong?"
    assert (folded().score, folded().state) == (2, "confirmed")
    assert db.session.scalars(select(Tap)).one().via == "sms_reply"


def test_the_next_reply_is_the_comment(asked: Invitation) -> None:
    say("2", "SM1")
    assert say("The box was wet", "SM2") == "Thank you, we have noted that."
    assert (folded().score, folded().comment) == (2, "The box was wet")


def test_another_number_changes_the_answer(asked: Invitation) -> None:
    say("2", "SM1")
    assert say("4 stars", "SM2") == "Thank you. What did you like?"
    assert folded().score == 4


def test_words_before_a_score_are_kept_and_the_score_is_asked_for(asked: Invitation) -> None:
    assert say("It was late", "SM1") == "Please reply with one number from 1 to 5."
    say("3", "SM2")
    assert (folded().score, folded().comment) == (3, "It was late")


@pytest.mark.parametrize("body", ["😡", "4.5", "7"])
def test_what_is_not_clear_is_asked_about_once_and_is_no_tap(asked: Invitation, body: str) -> None:
    assert say(body, "SM1") == "Please reply with one number from 1 to 5."
    assert say(body, "SM1") == "Please reply with one number from 1 to 5."
    assert say(body, "SM2") == ""
    assert db.session.scalars(select(Tap)).all() == []
    say("4", "SM3")
    assert (folded().score, folded().comment) == (4, None)


def test_a_score_inside_a_comment_is_both(asked: Invitation) -> None:
    assert say("waited 2 hours, 3", "SM1") == "Thank you."
    assert (folded().score, folded().comment) == (3, "waited 2 hours, 3")


def test_unclear_words_are_kept_and_asked_about_once(asked: Invitation) -> None:
    assert say("4 or 5, nice driver", "SM1") == "Please reply with one number from 1 to 5."
    assert say("well, nearly 5", "SM2") == ""
    say("4", "SM3")
    assert folded().score == 4
    assert folded().comment == "4 or 5, nice driver\nwell, nearly 5"


def test_a_correction_changes_the_score(asked: Invitation) -> None:
    say("5", "SM1")
    say("sorry I meant 4", "SM2", hours=1.5)
    assert (folded().score, folded().comment) == (4, None)


def test_two_texts_are_one_comment(asked: Invitation) -> None:
    say("2", "SM1")
    say("The box was wet", "SM2", hours=1.1)
    say("and the driver was rude", "SM3", hours=1.2)
    assert folded().comment == "The box was wet\nand the driver was rude"


def test_the_same_reply_delivered_twice_is_one_tap(asked: Invitation) -> None:
    assert say("2", "SM1") == say("2", "SM1")
    assert len(db.session.scalars(select(Tap)).all()) == 1


def test_after_the_edit_window_the_reply_says_so(asked: Invitation) -> None:
    say("2", "SM1")
    assert say("5", "SM2", hours=30) == "Thank you. Your answer can no longer be changed."
    assert folded().score == 2


def test_a_number_that_was_never_asked_gets_no_reply(asked: Invitation) -> None:
    with clock.at(NOON + timedelta(hours=1)):
        assert receive("+14155559999", "5", "SM1") == ""


def test_a_question_whose_time_is_over_gets_no_reply(asked: Invitation) -> None:
    assert say("5", "SM1", hours=24 * 15) == ""


def test_the_newest_question_to_that_number_is_answered(asked: Invitation) -> None:
    newer = factories.sent_invitation(db.session)
    sent(newer, NOON + timedelta(minutes=30))
    failed = factories.sent_invitation(db.session)
    sent(failed, NOON + timedelta(minutes=40), "failed")
    say("5", "SM1")
    assert db.session.scalars(select(Tap)).one().invitation_id == newer.id


def test_replies_without_a_reference_are_taken_as_they_come(asked: Invitation) -> None:
    say("2", "")
    say("4", "", hours=1.5)
    assert folded().score == 4


def test_a_reply_by_link_and_a_comment_by_text_are_one_answer(asked: Invitation) -> None:
    factories.tap(db.session, asked.id, 4, kind="provisional")
    db.session.commit()
    assert say("very kind", "SM1") == "Thank you, we have noted that."
    assert (folded().score, folded().state, folded().comment) == (4, "confirmed", "very kind")
