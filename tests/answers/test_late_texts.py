"""Texts that come when the invitation has lapsed: kept for somebody to read, not answered."""

from __future__ import annotations

import pytest
from flask import Flask

from collector.model.answers import Tap
from collector.model.base import db
from collector.model.people import Suppression
from tests.answers.test_text_conversations import Talk, ask, responses, texts

LATE = 15 * 24 * 60  # minutes; a question is open for fourteen days


@pytest.mark.parametrize("body", ["The parcel never came", "2", "2, it was late", "about a 3"])
def test_what_comes_after_the_lapse_is_kept_unplaced_and_not_answered(
    ctx: Flask, body: str
) -> None:
    ask()
    assert Talk().say(body, minutes=LATE) == ""
    assert [(row.body, row.placed) for row in texts()] == [(body, False)]
    assert db.session.query(Tap).count() == 0


@pytest.mark.parametrize("body", ["4", "and the box was wet"])
def test_words_from_before_the_lapse_stay_an_answer_and_are_not_changed_after_it(
    ctx: Flask, body: str
) -> None:
    ask()
    talk = Talk()
    talk.say("The parcel never came")
    assert talk.say(body, minutes=LATE) == ""
    (row,) = responses()
    assert (row.score, row.comment, row.state) == (None, "The parcel never came", "confirmed")
    assert [one.placed for one in texts()] == [True, False]


def test_a_late_stop_holds_and_the_score_beside_it_is_kept_to_read(ctx: Flask) -> None:
    ask()
    Talk().say("1. Never text me again", minutes=LATE)
    assert db.session.query(Suppression).count() == 1
    assert [(row.body, row.placed) for row in texts()] == [("1. Never text me again", False)]


def test_manners_after_the_lapse_need_nobody(ctx: Flask) -> None:
    ask()
    assert Talk().say("thanks x", minutes=LATE) == ""
    assert [row.placed for row in texts()] == [True]
