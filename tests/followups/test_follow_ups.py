"""Cases: opened for low answers that count, closed with an outcome."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.errors import CollectorError
from collector.followups import open as follow_up
from collector.followups.cases import needs_case
from collector.followups.close import close
from collector.model.answers import Response
from collector.model.base import db
from collector.model.followups import FollowUp
from collector.surveys.metrics import CES, CSAT, NPS, Metric
from tests import factories
from tests.factories import NOON


def answered(score: int, **changes: object) -> Response:
    row = factories.response(db.session, score=score, **{"needs_follow_up": True, **changes})
    db.session.commit()
    return row


def run(hours: float = 1) -> int:
    with clock.at(NOON + timedelta(hours=hours)):
        return follow_up.run_batch()


def cases() -> list[FollowUp]:
    db.session.rollback()
    return list(db.session.scalars(select(FollowUp)))


@pytest.mark.parametrize(
    ("metric", "last_low", "first_other"), [(NPS, 6, 7), (CSAT, 2, 3), (CES, 3, 4)]
)
def test_the_lowest_band_needs_a_case(metric: Metric, last_low: int, first_other: int) -> None:
    assert needs_case(metric, metric.low)
    assert needs_case(metric, last_low)
    assert not needs_case(metric, first_other)
    assert not needs_case(metric, None)


def test_a_low_answer_opens_a_case_with_an_owner_and_a_day(ctx: Flask) -> None:
    row = answered(1)
    assert (follow_up.backlog(), run(), follow_up.backlog(), run()) == (1, 1, 0, 0)
    (case,) = cases()
    assert (case.response_id, case.owner, case.status) == (row.id, "care", "open")
    assert case.due_at - case.opened_at == timedelta(hours=24)


def test_other_answers_open_none(ctx: Flask) -> None:
    answered(3)
    answered(5)
    assert (run(), cases()) == (2, [])


def test_an_answer_not_yet_judged_opens_none(ctx: Flask) -> None:
    answered(1, needs_follow_up=False)
    answered(1, state="provisional")
    assert (follow_up.backlog(), run(), cases()) == (0, 0, [])


def test_a_response_has_one_case_however_often_it_is_judged(ctx: Flask) -> None:
    row = answered(1)
    run()
    db.session.get_one(Response, row.id).needs_follow_up = True
    db.session.commit()
    assert (run(2), len(cases())) == (1, 1)


def test_two_workers_open_each_case_once(ctx: Flask) -> None:
    for _ in range(20):
        answered(2)

    def work() -> None:
        with ctx.app_context(), clock.at(NOON + timedelta(hours=1)):
            while follow_up.backlog():
                follow_up.run_batch(3)
            db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(cases()) == 20


def test_a_case_is_closed_with_an_outcome_once(ctx: Flask) -> None:
    answered(1)
    run()
    (case,) = cases()
    with clock.at(NOON + timedelta(hours=3)):
        close(case.id, "  called back,\n refunded ")
        close(case.id, "called back, refunded")
    (case,) = cases()
    assert (case.status, case.outcome) == ("closed", "called back, refunded")
    assert case.closed_at == NOON + timedelta(hours=3)
    with pytest.raises(CollectorError) as error:
        close(case.id, "nobody answered")
    assert error.value.code == "already_closed"


@pytest.mark.parametrize(("outcome", "code"), [(" ", "bad_outcome"), ("x" * 201, "bad_outcome")])
def test_an_outcome_is_a_few_words(ctx: Flask, outcome: str, code: str) -> None:
    with pytest.raises(CollectorError) as error:
        close("fup_1", outcome)
    assert error.value.code == code


def test_a_case_that_is_not_there_is_not_found(ctx: Flask) -> None:
    with pytest.raises(CollectorError) as error:
        close("fup_1", "called back")
    assert error.value.code == "unknown_follow_up"
