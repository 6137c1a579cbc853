"""An answer is taken back while somebody writes about it: at every point at which they can meet,
nothing comes back. On PostgreSQL, where they run at once; SQLite lets one write after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.answers import fold, settle, texts
from collector.answers.record import record
from collector.errors import CollectorError
from collector.exports import feed, publish
from collector.followups import close
from collector.followups import open as follow_up
from collector.integrity import judge, nightly_rejudge
from collector.integrity.appeals.open import against_response
from collector.integrity.appeals.rule import rule
from collector.integrity.appeals.terms import Decision, Opening
from collector.integrity.appeals.withdraw import withdraw
from collector.invitations import dismiss, receipts
from collector.model.answers import Response
from collector.model.base import db
from collector.model.followups import FollowUp
from collector.model.invitations import Invitation
from tests.database_search import stands_in, where_stands
from tests.exports.erasing import ANSWERED, NOW, Case, answered, at, until
from tests.how_much import FULL
from tests.interleaving import Job, Point, meet

Writer = Callable[[Case], Job]
SOON = NOW + timedelta(minutes=1)


def by_page(case: Case) -> Job:
    until(NOW)
    return lambda: record(case.tap(5, case.later_words, "edit"))


def by_text(case: Case) -> Job:
    until(NOW)
    return lambda: texts.receive(case.phone, f"5 {case.later_words}", f"SM{case.number}")


def by_an_unclear_text(case: Case) -> Job:
    until(NOW)
    return lambda: texts.receive(case.phone, f"4 or 5, {case.later_words}", f"SM{case.number}")


def folding(case: Case) -> Job:
    until(NOW)
    at(NOW, lambda: record(case.tap(5, case.later_words, "edit")))
    return fold.run_batch


def settling(case: Case) -> Job:
    row = db.session.get_one(Response, case.response)
    row.state, row.settles_at, row.needs_verdict = "provisional", ANSWERED, False
    db.session.commit()
    return settle.run_batch


def judging(case: Case) -> Job:
    return judge.run_batch


def judging_by_night(case: Case) -> Job:
    until(NOW)

    def job() -> None:
        with clock.at(NOW + timedelta(days=400)):  # whichever night the log stands at
            nightly_rejudge.run_batch()

    return job


def publishing(case: Case) -> Job:
    at(NOW, judge.run_batch)
    return publish.run_batch


def publishing_anew(case: Case) -> Job:
    until(NOW)
    at(NOW, lambda: record(case.tap(5, case.later_words, "edit")))
    at(NOW, fold.run_batch)
    at(NOW, judge.run_batch)
    return publish.run_batch


def opening_a_case(case: Case) -> Job:
    at(NOW, judge.run_batch)
    return follow_up.run_batch


def closing_a_case(case: Case) -> Job:
    until(NOW)
    (id,) = db.session.scalars(
        select(FollowUp.id).where(FollowUp.response_id == case.response)
    ).all()
    db.session.rollback()
    return lambda: close.close(id, f"spoke of {case.later_words}")


def _appeal(case: Case) -> str:
    return against_response(case.response, Opening("a1", "product_failed", case.later_words))


def appealing(case: Case) -> Job:
    until(NOW)
    return lambda: _appeal(case)


def ruling(case: Case) -> Job:
    until(NOW)
    with clock.at(NOW):
        id = _appeal(case)
    return lambda: rule(id, Decision("rita", "upheld", "company_only", "The photo shows it."))


def withdrawing(case: Case) -> Job:
    until(NOW)
    with clock.at(NOW):
        id = _appeal(case)
    return lambda: withdraw(id, "a1")


def receiving_a_receipt(case: Case) -> Job:
    return lambda: receipts.record(case.message, "delivered")


def dismissing(case: Case) -> Job:
    token = db.session.get_one(Invitation, case.invitation).token_id
    db.session.rollback()
    return lambda: dismiss.dismiss(token, "sms")


WRITERS: list[Writer] = [
    by_page, by_text, by_an_unclear_text, folding, settling, judging, judging_by_night,
    publishing, publishing_anew, opening_a_case, closing_a_case, appealing, ruling, withdrawing,
    receiving_a_receipt, dismissing,
]  # fmt: skip


AFTERWARDS = (fold.run_batch, settle.run_batch, judge.run_batch, follow_up.run_batch,
              publish.run_batch)  # fmt: skip
# Others see of an erasure which locks it has, one after the other, and its commit.
POINTS: tuple[Point, ...] = (0, 1, 2, 3, "commit") if FULL else (0, 2, "commit")
# Every statement of the writer in the long form, else every fourth.
STEP = 1 if FULL else 4


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.parametrize("writer", WRITERS, ids=lambda one: str(one.__name__))
def test_nothing_comes_back_wherever_a_writer_and_the_erasure_meet(
    ctx: Flask, database_url: str, writer: Writer
) -> None:
    cases: list[Case] = []

    def meet_at(point: Point, erases_first: bool) -> bool:
        case = answered()
        jobs = (case.erase, writer(case))
        first, second = jobs if erases_first else reversed(jobs)
        ended = meet(ctx, database_url, first, second, point, NOW)
        assert [one for one in ended or () if not isinstance(one, CollectorError)] == []
        at(NOW, case.erase)
        for task in AFTERWARDS:
            at(SOON, task)
        cases.append(case)
        return ended is not None

    for point in POINTS:
        assert meet_at(point, erases_first=True)
    fewest = 1 if writer is by_page else 2  # a tap is one statement
    assert next(n for n in count(0, STEP) if not meet_at(n, erases_first=False)) >= fewest
    nothing_is_left(cases)


def nothing_is_left(cases: Sequence[Case]) -> None:
    secrets = {text for case in cases for text in case.secrets()}
    assert where_stands(*secrets) == {}
    rows = list(feed.stream())
    ids = {id for case in cases for id in (case.person, case.invitation)}
    assert stands_in(rows, *secrets, *ids) == set()
    kinds: dict[str, list[str]] = {}
    for row in rows:
        kinds.setdefault(row["response_id"], []).append(row["kind"])
    assert len(kinds) == len(cases)
    for found in kinds.values():
        answers = found.count("answer")
        assert found == ["answer"] * answers + ["tombstone"] * (len(found) - answers)
