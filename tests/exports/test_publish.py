"""The sequencer, one publisher at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from collector import clock
from collector.exports import feed, publish
from collector.exports.datasets import RESPONSES, public
from collector.integrity.appeals.latest_appeal import latest
from collector.model.answers import Response
from collector.model.base import db
from collector.model.feed import Revision
from tests import factories
from tests.exports.conftest import LATER, Judge
from tests.factories import NOON

pytestmark = pytest.mark.usefixtures("ctx")


def numbers() -> list[int]:
    return [row["number"] for row in feed.stream()]


def test_a_judged_response_leaves_once_as_revision_one(judge: Judge) -> None:
    response_id = judge.one(score=4)
    with clock.at(LATER):
        assert publish.backlog() == 1
        assert publish.run_batch() == 1
        assert publish.backlog() == 0
        assert publish.run_batch() == 0
    (row,) = feed.stream()
    assert (row["number"], row["response_id"], row["revision"]) == (1, response_id, 1)
    assert (row["score"], row["band"], row["metric"]) == (4, "satisfied", "csat")
    assert (row["scale_low"], row["scale_high"], row["direction"]) == (1, 5, "higher_is_better")
    assert (row["verdict"], row["weight"], row["published_at"]) == ("clean", 1.0, LATER)


def test_an_edit_and_a_changed_verdict_are_just_the_next_revisions(judge: Judge) -> None:
    response_id = judge.one(score=2)
    with clock.at(LATER):
        publish.run_batch()
        judge.again(response_id, 2, score=5)
        publish.run_batch()
        judge.again(response_id, 3, verdict="suspect", weight=0.5, reasons=["too_fast"])
        publish.run_batch()
    rows = list(feed.stream())
    assert [(row["number"], row["revision"]) for row in rows] == [(1, 1), (2, 2), (3, 3)]
    assert [(row["score"], row["verdict"]) for row in rows] == [
        (2, "clean"),
        (5, "clean"),
        (5, "suspect"),
    ]
    assert rows[-1]["reasons"] == ["too_fast"]


def test_several_verdicts_waiting_for_one_response_leave_as_one_revision(judge: Judge) -> None:
    response_id = judge.one(score=2)
    judge.again(response_id, 2, score=3)
    with clock.at(LATER):
        assert publish.run_batch() == 1
        assert publish.backlog() == 0
    (row,) = feed.stream()
    assert (row["score"], row["revision"]) == (3, 1)


def test_a_verdict_that_comes_while_one_is_published_leaves_next(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The judge writes on while the publisher works: what the publisher read is not the newest."""
    response_id = judge.one(score=2)

    def judged_meanwhile(session: Session, response_ids: Sequence[str]) -> Mapping[str, str]:
        factories.verdict(session, response_id, number=2, verdict="suspect", reasons=["too_fast"])
        return latest(session, response_ids)

    with clock.at(LATER):
        monkeypatch.setattr(publish, "latest", judged_meanwhile)
        assert publish.run_batch() == 1
        monkeypatch.undo()
        assert publish.backlog() == 1
        assert publish.run_batch() == 1
        assert publish.backlog() == 0
    assert [row["verdict"] for row in feed.stream()] == ["clean", "suspect"]


def test_a_score_never_leaves_under_the_judgement_of_another_score(judge: Judge) -> None:
    response_id = judge.one(score=2)
    db.session.execute(update(Response).values(score=5, version=2, needs_verdict=True))
    db.session.commit()
    with clock.at(LATER):
        assert publish.run_batch() == 0
        judge.again(response_id, 2, response_version=2)
        assert publish.run_batch() == 1
        assert publish.backlog() == 0
    (row,) = feed.stream()
    assert row["score"] == 5


def test_a_response_that_only_machines_tapped_leaves_rejected_and_without_a_score(
    judge: Judge,
) -> None:
    judge.one(score=None, verdict="rejected", weight=0.0, reasons=["scanner"])
    with clock.at(LATER):
        publish.run_batch()
    (row,) = feed.stream()
    assert (row["score"], row["band"], row["verdict"], row["weight"]) == (None, "", "rejected", 0)


def test_the_order_is_that_of_judgement_then_of_the_id_whatever_the_batches(judge: Judge) -> None:
    late = judge.one(at=NOON + timedelta(minutes=2))
    early = [judge.one(at=NOON) for _ in range(7)]
    with clock.at(LATER):
        while publish.run_batch(limit=3):
            pass
    assert numbers() == list(range(1, 9))
    assert [row["response_id"] for row in feed.stream()] == [*sorted(early), late]


def test_a_publisher_whose_clock_is_behind_the_judges_keeps_nothing_back(judge: Judge) -> None:
    """Others that still wait to be judged are no reason to, whatever the clocks say."""
    ahead = judge.one(at=LATER)
    factories.response(db.session, needs_verdict=True)
    db.session.commit()
    with clock.at(NOON):
        assert publish.run_batch() == 1
    (row,) = feed.stream()
    assert (row["response_id"], row["published_at"]) == (ahead, LATER)


def test_a_publisher_that_dies_before_its_commit_leaves_no_trace(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge.one()

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with clock.at(LATER):
        with monkeypatch.context() as patched:
            patched.setattr(publish, "_mark", die)
            with pytest.raises(KeyboardInterrupt):
                publish.run_batch()
        assert feed.last_number() == 0
        assert numbers() == []
        assert publish.run_batch() == 1
    assert numbers() == [1]


def test_every_column_of_the_table_is_in_the_public_schema_and_none_else(ctx: Flask) -> None:
    assert list(dict.fromkeys(column.stored for column in RESPONSES)) == [
        column.name for column in Revision.__table__.columns
    ]
    for column in RESPONSES:
        assert column.nullable or not Revision.__table__.columns[column.stored].nullable
        assert column.meaning


def test_times_leave_as_rfc_3339_in_utc_with_milliseconds(judge: Judge) -> None:
    judge.one()
    with clock.at(LATER):
        publish.run_batch()
    row = public(next(iter(feed.stream())))
    assert row["published_at"] == "2026-03-02T13:00:00.000Z"
    assert list(row) == [column.name for column in RESPONSES]
