"""Opening an appeal: what may be contested, until when, and what the export says meanwhile."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from collector import clock
from collector.errors import CollectorError, Conflict, Gone, InvalidInput, NotFound
from collector.exports import erase, publish
from collector.integrity.appeals.open import against_finding, against_response
from collector.integrity.appeals.rule import rule
from collector.integrity.appeals.terms import Opening
from collector.integrity.appeals.withdraw import withdraw
from collector.model.answers import Response
from collector.model.appeals import Appeal
from collector.model.base import db
from collector.surveys import history
from tests import factories
from tests.integrity.appeals.cases import (
    LATER,
    PUBLISHED,
    REJECTED,
    dismissed,
    finding,
    newest,
    opening,
    published,
    revisions,
    send,
    upheld,
)


@pytest.fixture(autouse=True)
def _next_day(ctx: Flask) -> object:
    with clock.at(LATER):
        yield


def appeals() -> list[Appeal]:
    db.session.rollback()
    return list(db.session.scalars(select(Appeal).order_by(Appeal.id)))


def test_an_open_appeal_leaves_as_a_revision_that_says_so(ctx: Flask) -> None:
    id = published(1)
    assert newest(id)["appeal"] == ""
    against_response(id, opening())
    assert ctx.extensions["collector.rung"] == ["publish"]
    send()
    first, second = revisions(id)
    assert (second["revision"], second["appeal"]) == (2, "open")
    same = ("verdict", "weight", "reasons", "score", "counts_for", "checks_version")
    assert [second[name] for name in same] == [first[name] for name in same]


def test_what_held_and_whom_it_is_about_are_kept_with_the_appeal(ctx: Flask) -> None:
    against_response(published(5, **REJECTED), opening(ground="genuine"))
    (row,) = appeals()
    assert row.contested == {
        "verdict": "rejected", "weight": 0.0, "reasons": ["DEVICE_SHARED"], "score": 5, "number": 1,
    }  # fmt: skip
    assert row.subjects == {"agent": ["a1", "a2"], "team": ["t1"]}


def test_who_appealed_and_why_is_in_the_log_without_the_statement(ctx: Flask) -> None:
    response = published()
    id = against_response(response, opening(via="desk"))
    (entry,) = history.page("appeal", id)
    assert (entry.action, entry.by) == ("opened", "a1")
    assert entry.reason == "the product failed, not the service"
    assert entry.details == {"response": response, "ground": "product_failed", "via": "desk"}


def test_the_deadline_runs_from_when_the_verdict_was_published(ctx: Flask) -> None:
    on_time, too_late = published(), published()
    with clock.at(PUBLISHED + timedelta(days=14)):
        against_response(on_time, opening())
    with (
        clock.at(PUBLISHED + timedelta(days=14, seconds=1)),
        pytest.raises(Gone, match="published on 2026-03-02; it could be contested for 14 days"),
    ):
        against_response(too_late, opening())


def test_moving_figures_do_not_open_a_closed_door_but_another_verdict_does(ctx: Flask) -> None:
    id = published(5, verdict="suspect", weight=0.4, reasons=["RAPID_RUN"])
    day_10, day_20 = PUBLISHED + timedelta(days=10), PUBLISHED + timedelta(days=20)
    values = {"verdict": "suspect", "weight": 0.3, "reasons": ["RAPID_RUN"]}
    factories.verdict(db.session, id, number=2, created_at=day_10, **values)
    db.session.commit()
    send(day_10 + timedelta(minutes=1))
    with clock.at(day_20), pytest.raises(Gone):
        against_response(id, opening())
    factories.verdict(db.session, id, number=3, created_at=day_20, **REJECTED)
    db.session.commit()
    send(day_20 + timedelta(minutes=1))
    with clock.at(day_20 + timedelta(days=13)):
        against_response(id, opening())


def test_what_is_not_published_or_holds_no_score_cannot_be_contested(ctx: Flask) -> None:
    unjudged = factories.response(db.session).id
    empty = factories.response(db.session, score=None, state="set_aside").id
    edited = published()
    db.session.get_one(Response, edited).version = 2
    db.session.commit()
    for id, code in ((unjudged, "not_published_yet"), (edited, "not_published_yet"),
                     (empty, "no_score")):  # fmt: skip
        with pytest.raises(Conflict) as caught:
            against_response(id, opening())
        assert caught.value.code == code
    with pytest.raises(NotFound):
        against_response("rsp_nothing", opening())
    assert appeals() == []


def test_one_appeal_at_a_time_and_none_after_a_ruling(ctx: Flask) -> None:
    id = published()
    first = against_response(id, opening())
    with pytest.raises(Conflict) as caught:
        against_response(id, opening(by="a2"))
    assert (caught.value.code, first in caught.value.detail) == ("appeal_open", True)
    withdraw(first, "a1")
    send()
    second = against_response(id, opening())
    rule(second, dismissed())
    send()
    with pytest.raises(Conflict) as caught:
        against_response(id, opening())
    assert caught.value.code == "already_ruled"


def test_nobody_contests_what_a_reviewer_ruled(ctx: Flask) -> None:
    id = published()
    rule(against_response(id, opening()), upheld())
    send()
    with pytest.raises(Conflict) as caught:
        against_response(id, opening(by="boss"))
    assert caught.value.code == "already_ruled"


def test_the_same_idempotency_key_is_the_same_appeal(ctx: Flask) -> None:
    id = published()
    first = against_response(id, opening(key="k1"))
    assert against_response(id, opening(key="k1")) == first
    with pytest.raises(Conflict) as caught:
        against_response(id, opening(key="k1", statement="Another."))
    assert caught.value.code == "idempotency_key_reused"
    with pytest.raises(Conflict) as caught:
        against_response(published(), opening(key="k1"))
    assert caught.value.code == "idempotency_key_reused"
    assert len(appeals()) == 1


HOSTILE = [
    (Opening("", "", ""), ["/by", "/ground", "/statement"]),
    (Opening("  ", "product_failed", " \n "), ["/by", "/statement"]),
    (Opening("a\x00", "product_failed", "x"), ["/by"]),
    (Opening("a\u202e1", "product_failed", "x"), ["/by"]),
    (Opening("a" * 101, "product_failed", "x"), ["/by"]),
    (Opening("a1", "innocent_explanation", "x"), ["/ground"]),
    (Opening("a1", "product_failed", "x" * 2001), ["/statement"]),
    (Opening("a1", "product_failed", "x\ud800"), ["/statement"]),
]


def test_hostile_appeals_are_refused_with_everything_that_is_wrong(ctx: Flask) -> None:
    id = published()
    for said, pointers in HOSTILE:
        with pytest.raises(InvalidInput) as caught:
            against_response(id, said)
        assert [problem.pointer for problem in caught.value.problems] == pointers
    assert appeals() == []


def test_many_at_once_open_one_appeal(app: Flask) -> None:
    id = published()
    codes: list[str] = []

    def contest(n: int) -> None:
        with app.app_context(), clock.at(LATER):
            try:
                against_response(id, opening(by=f"a{n}"))
                codes.append("opened")
            except CollectorError as error:
                codes.append(error.code)
            db.session.remove()

    threads = [threading.Thread(target=contest, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == ["appeal_open"] * 3 + ["opened"]
    assert db.session.scalar(select(func.count()).select_from(Appeal)) == 1


def test_a_publisher_at_work_never_swallows_that_an_appeal_is_open(app: Flask) -> None:
    ids = [published() for _ in range(6)]
    done = threading.Event()

    def keep_publishing() -> None:
        with app.app_context(), clock.at(LATER + timedelta(minutes=1)):
            while not done.is_set():
                publish.run_batch()
            db.session.remove()

    publisher = threading.Thread(target=keep_publishing)
    publisher.start()
    for id in ids:
        against_response(id, opening())
    done.set()
    publisher.join()
    send(LATER + timedelta(minutes=2))
    assert {newest(id)["appeal"] for id in ids} == {"open"}
    assert {newest(id)["revision"] for id in ids} == {2}


def test_an_erased_answer_loses_the_words_of_its_appeal(ctx: Flask) -> None:
    id = published()
    person = db.session.get_one(Response, id).person_id
    against_response(id, opening(statement="She wrote that her dog is ill."))
    erase.erase(person, id)
    assert [row.statement for row in appeals()] == [""]


def test_a_finding_is_contested_within_its_time_and_once(ctx: Flask) -> None:
    id = finding()
    said = opening(ground="innocent_explanation")
    first = against_finding(id, said)
    assert appeals()[0].subjects == {"agent": ["a1"]}
    with pytest.raises(Conflict, match="open already"):
        against_finding(id, said)
    rule(first, dismissed())
    with pytest.raises(Conflict, match="ruled"):
        against_finding(id, said)
    with pytest.raises(Conflict, match="over"):
        against_finding(finding(state="lapsed"), said)
    with clock.at(LATER + timedelta(days=20)), pytest.raises(Gone, match="finding was made"):
        against_finding(finding(subject="a9"), said)
    with pytest.raises(NotFound):
        against_finding("fnd_nothing", said)
