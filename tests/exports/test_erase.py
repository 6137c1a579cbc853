"""What is left of an answer that a person took back: the number, and whom it is about."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.errors import Conflict, Gone
from collector.exports import feed, kpis, pii_fields, publish
from collector.followups import close
from collector.integrity import judge
from collector.integrity.appeals.open import against_response
from collector.integrity.appeals.rule import rule
from collector.integrity.appeals.terms import Decision, Opening
from collector.model.answers import Response
from collector.model.base import db
from collector.model.events import Event
from collector.model.followups import FollowUp
from collector.model.verdicts import Verdict
from tests import factories
from tests.database_search import stands_in, where_stands
from tests.exports.erasing import LATER, NOW, Case, answered, at, until

# What the company knows of its customer and of whom it asked, answer or no answer. An address is
# what a later STOP, bounce or reply is recognised by; a person is erased by other means.
THE_CUSTOMER = {
    "ref": {"people.ref"},
    "phone": {"contact_points.address", "messages.address"},
}


def erased_and_done(case: Case) -> None:
    at(NOW, case.erase)
    until(LATER)


def test_nothing_that_leads_to_the_person_is_in_the_database_or_the_feed(ctx: Flask) -> None:
    case = answered()
    until(NOW)
    before = where_stands(case.words, case.order, case.note, *case.prints)
    assert {"events.subjects", "events.context", "revisions.subjects"} <= before[case.order]
    assert {"taps.comment", "responses.comment", "revisions.comment"} <= before[case.words]
    with clock.at(NOW):
        appeal = against_response(case.response, Opening("a1", "product_failed", case.words))
        rule(appeal, Decision("rita", "upheld", "company_only", f"I read: {case.words}"))
    assert len(where_stands(case.words)[case.words]) > 5
    erased_and_done(case)
    assert where_stands(*case.secrets()) == {}
    assert where_stands(case.ref, case.phone) == {
        case.ref: THE_CUSTOMER["ref"], case.phone: THE_CUSTOMER["phone"],
    }  # fmt: skip
    rows = list(feed.stream())
    gone = (*case.secrets(), case.ref, case.phone, case.person, case.invitation)
    assert stands_in(rows, *gone, f"delivered-{case.number}") == set()


def test_the_subjects_whom_the_answer_is_about_stay(ctx: Flask) -> None:
    case = answered()
    until(NOW)
    erased_and_done(case)
    subjects = [row["subjects"] for row in feed.stream()]
    a1_of_s1 = {"agent": {"id": "a1", "credited": "a1"}, "store": {"id": "s1", "credited": "s1"}}
    assert len(subjects) >= 2
    assert subjects == [a1_of_s1] * len(subjects)
    event = db.session.scalars(select(Event)).one()
    assert event.subjects == a1_of_s1
    assert event.context == {"handle_seconds": 40, "reason": "complaint"}


@pytest.mark.parametrize("role", ["order", "ticket", "booking", "invoice", "case", "x1"])
def test_a_number_of_one_interaction_or_of_unknown_meaning_goes(role: str) -> None:
    assert pii_fields.about({role: {"id": "77"}, "team": {"id": "t1"}}) == {"team": {"id": "t1"}}


@pytest.mark.parametrize("reason", ["Ana Silva called about 77", "77", "x" * 41, {"a": 1}, None])
def test_a_reason_that_says_more_than_a_word_goes(reason: object) -> None:
    assert pii_fields.context({"reason": reason, "handle_seconds": 40}) == {"handle_seconds": 40}


def test_what_is_judged_later_leaves_as_a_tombstone_and_counts(ctx: Flask) -> None:
    """Or a gamed answer would be safe from later evidence once it is taken back."""
    case = answered(score=5)
    until(NOW)
    at(NOW, case.erase)
    last = db.session.scalars(select(Verdict).order_by(Verdict.number.desc())).first()
    assert last is not None
    factories.verdict(
        db.session, case.response, number=last.number + 1, verdict="rejected", weight=0.0,
        response_version=last.response_version, reasons=["DEVICE_SHARED"], created_at=NOW,
    )  # fmt: skip
    db.session.commit()
    at(NOW + timedelta(hours=1), publish.run_batch)
    rows = list(feed.stream())
    assert [row["kind"] for row in rows] == ["answer", "tombstone", "tombstone"]
    assert rows[1]["weight"] > rows[2]["weight"] == 0.0
    (kpi,) = kpis.kpis(rows)
    assert (kpi.answers, kpi.weight) == (1, 0.0)


def test_its_case_is_closed_and_takes_no_more_words(ctx: Flask) -> None:
    case = answered(score=1)
    until(NOW)
    id = db.session.scalars(select(FollowUp.id)).one()
    at(NOW, case.erase)
    row = db.session.scalars(select(FollowUp)).one()
    assert (row.status, row.outcome, row.closed_at) == ("closed", "erased", NOW)
    with pytest.raises(Conflict, match="already closed"):
        close.close(id, case.words)


def test_no_case_is_opened_for_it_and_no_appeal_taken(ctx: Flask) -> None:
    case = answered(score=1)
    at(NOW, case.erase)
    until(LATER)
    assert db.session.scalars(select(FollowUp)).all() == []
    with clock.at(LATER), pytest.raises(Gone, match="took this answer back"):
        against_response(case.response, Opening("a1", "product_failed", case.words))


def test_an_answer_that_is_judged_only_after_it_was_taken_back_is_judged_once(ctx: Flask) -> None:
    case = answered()
    at(NOW, case.erase)
    until(LATER)
    assert not db.session.get_one(Response, case.response).needs_verdict
    assert [row["kind"] for row in feed.stream()] == ["answer"]
    assert judge.backlog() == publish.backlog() == 0
