"""Conversations by text: what is kept, what is sent back, and when we are silent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.answers import fold
from collector.answers.texts import receive
from collector.invitations.optouts import optout
from collector.invitations.senders.channel_status import statuses
from collector.model.answers import IncomingText, Response, Tap
from collector.model.base import db
from collector.model.invitations import Invitation, Message
from collector.model.people import Consent, Suppression
from tests import factories
from tests.factories import NOON

NUMBER = "+14155550000"
STOPPED = "You will get no more texts from us."
ASKED = "Please reply with one number from 1 to 5."


@pytest.fixture
def asked(ctx: Flask) -> Invitation:
    return ask()


def ask(minutes: float = 0, **changes: Any) -> Invitation:
    row = factories.sent_invitation(db.session, **changes)
    message = db.session.scalars(select(Message).where(Message.invitation_id == row.id)).one()
    message.sent_at = NOON + timedelta(minutes=minutes)
    db.session.commit()
    return row


class Talk:
    """Texts from one number, each with a reference of its own, a minute after the one before."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def say(self, body: str, minutes: float = 0, ref: str = "", theirs: str = "") -> str:
        place = len(self.sent)
        with clock.at(NOON + timedelta(minutes=60 + place + minutes)):
            self.sent.append(receive(NUMBER, body, ref or f"SM{place}", theirs))
        return self.sent[-1]


def responses() -> list[Response]:
    with clock.at(NOON + timedelta(days=3)):
        fold.run_batch()
    return list(db.session.scalars(select(Response)))


def texts() -> list[IncomingText]:
    rows = db.session.scalars(select(IncomingText).order_by(IncomingText.received_at))
    return list(rows.all())


@pytest.mark.parametrize("words", ["The parcel never came, driver shouted at me", "please call me"])
def test_words_are_an_answer_without_a_score_and_a_score_completes_it(
    asked: Invitation, words: str
) -> None:
    talk = Talk()
    assert talk.say(words) == ASKED
    (row,) = responses()
    assert (row.score, row.comment, row.state) == (None, words, "confirmed")
    assert "Thank you" in talk.say("2")
    (row,) = responses()
    assert (row.score, row.comment, row.version) == (2, words, 2)


@pytest.mark.parametrize("stop", ["please stop texting me", "stop"])
def test_after_a_stop_the_score_is_kept_and_nothing_is_sent(asked: Invitation, stop: str) -> None:
    talk = Talk()
    talk.say(stop)
    assert [talk.say(body) for body in ("5", "hello?", "HELP", "It was late")] == [""] * 4
    assert [row.score for row in responses()] == [5]
    assert talk.sent[0] == ("" if stop == "stop" else STOPPED)


@pytest.mark.parametrize("way", ["page", "consent", "any"])
def test_a_stop_that_was_said_elsewhere_silences_the_texts_too(asked: Invitation, way: str) -> None:
    if way == "page":
        optout.stop("sms", NUMBER, "preferences")
    else:
        db.session.add(
            Consent(
                id="cns_x", person_id=asked.person_id, channel="sms" if way == "consent" else "any",
                state="denied", source="api", changed_at=NOON,
            )
        )  # fmt: skip
        db.session.commit()
    talk = Talk()
    assert [talk.say("5"), talk.say("and quick"), talk.say("please stop texting me")] == [""] * 3
    assert responses()[0].score == 5


def test_a_score_beside_a_stop_is_kept_and_the_stop_holds(asked: Invitation) -> None:
    assert Talk().say("5. STOP texting me") == STOPPED
    assert [(row.score) for row in responses()] == [5]
    assert len(db.session.scalars(select(Suppression)).all()) == 1


def test_a_stop_that_is_taken_back_lets_us_answer_again(asked: Invitation) -> None:
    talk = Talk()
    talk.say("STOP")
    assert talk.say("START") == ""
    assert "Thank you" in talk.say("5")


def test_a_list_in_answer_to_our_question_is_the_comment(asked: Invitation) -> None:
    talk = Talk()
    talk.say("5")
    talk.say("1. fast delivery")
    assert [(row.score, row.comment) for row in responses()] == [(5, "1. fast delivery")]


def test_the_same_automatic_text_is_answered_once_and_counted(asked: Invitation) -> None:
    talk = Talk()
    for _ in range(30):
        talk.say("Our shop is shut, ring the bell at the back door")
    assert [bool(one) for one in talk.sent] == [True] + [False] * 29
    assert responses()[0].comment == "Our shop is shut, ring the bell at the back door"
    with clock.at(NOON + timedelta(hours=1)):
        assert statuses()[0].segments_today == 1
    assert len(texts()) == 30


def test_a_machines_reply_is_neither_answered_nor_a_comment(asked: Invitation) -> None:
    talk = Talk()
    talk.say("5")
    assert talk.say("I’m driving with Do Not Disturb While Driving turned on. I’ll see your "
                    "message when I get where I’m going.") == ""  # fmt: skip
    assert [(row.score, row.comment) for row in responses()] == [(5, None)]


@pytest.mark.parametrize(
    "body", ["👍", "Liked “Thank you. What did you like?”", "thx 4 asking", "", "thanks 🙏"]
)
def test_manners_after_the_answer_send_and_change_nothing(asked: Invitation, body: str) -> None:
    talk = Talk()
    talk.say("5")
    assert talk.say(body) == ""
    assert [(row.score, row.comment, row.version) for row in responses()] == [(5, None, 1)]


def test_a_reply_goes_to_the_older_question_where_the_newer_is_closed(ctx: Flask) -> None:
    older, newer = ask(0), ask(30)
    talk = Talk()
    talk.say("5")
    assert "Thank you" in talk.say("2", minutes=30 * 60)
    scores = {tap.invitation_id: tap.score for tap in db.session.scalars(select(Tap))}
    assert scores == {newer.id: 5, older.id: 2}


def test_words_behind_an_answer_belong_to_it_and_not_to_an_older_question(ctx: Flask) -> None:
    older, newer = ask(0), ask(30)
    talk = Talk()
    for body in ("5", "the driver was kind", "3", "sorry, I meant 4"):
        talk.say(body)
    said = {row.invitation_id: (row.score, row.comment) for row in responses()}
    assert said[newer.id] == (5, "the driver was kind")
    assert said[older.id] == (4, None)


def test_what_no_question_can_take_is_kept_for_somebody_to_read(asked: Invitation) -> None:
    talk = Talk()
    talk.say("5")
    assert talk.say("please call me", minutes=40 * 60).startswith("Thank you. Your answer can no")
    assert talk.say("where are you", minutes=40 * 24 * 60) == ""
    assert [(row.body, row.placed) for row in texts()] == [
        ("5", True), ("please call me", False), ("where are you", False)
    ]  # fmt: skip


def test_a_text_from_a_stranger_is_kept_and_not_answered(ctx: Flask) -> None:
    assert Talk().say("where is my parcel") == ""
    assert [(row.body, row.placed, row.invitation_id) for row in texts()] == [
        ("where is my parcel", False, None)
    ]


def test_two_answers_at_most_for_one_question(asked: Invitation) -> None:
    talk = Talk()
    for body in ("7", "it was late", "3", "and wet", "4", "one more thing", "5", "really"):
        talk.say(body)
    assert sum(map(bool, talk.sent)) == 2


def test_no_answer_is_sent_when_the_days_segments_are_used_up(
    app: Flask, asked: Invitation
) -> None:
    from dataclasses import replace

    settings = app.extensions["collector.settings"]
    app.extensions["collector.settings"] = replace(settings, sms_segments_per_day=1)
    talk = Talk()
    assert talk.say("7") == ASKED
    assert talk.say("3") == ""
    assert responses()[0].score == 3
    assert talk.say("please stop texting me") == STOPPED


def test_help_is_given_once_a_day(asked: Invitation) -> None:
    talk = Talk()
    assert [bool(talk.say("HELP")) for _ in range(3)] == [True, False, False]
    assert talk.say("HELP", minutes=25 * 60)


def test_a_text_that_is_delivered_twice_is_one_text_with_one_answer(asked: Invitation) -> None:
    talk = Talk()
    first = talk.say("2", ref="SMx")
    assert talk.say("2", ref="SMx") == first
    talk.say("stop texting me")
    assert talk.say("2", ref="SMx") == ""
    assert len(texts()) == 2


def test_what_a_person_takes_back_is_gone_from_the_ledger_too(asked: Invitation) -> None:
    from collector.exports.erase import erase

    Talk().say("The zebra box was wet")
    (row,) = responses()
    erase(row.person_id, row.id)
    db.session.expire_all()
    assert [(one.body, one.number) for one in texts()] == [("", "")]
