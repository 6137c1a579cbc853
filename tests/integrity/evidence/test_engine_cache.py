"""The engine in a running service: serial, forgetful without harm, and what an audit says too."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select

from collector import clock
from collector.exports.erase import erase
from collector.integrity import judge, nightly_rejudge
from collector.integrity.evidence.engine_cache import KEPT
from collector.integrity.evidence.facts import PII_FIELDS
from collector.model.answers import Response
from collector.model.base import db
from collector.model.integrity import IntegrityHead, LogEntry
from collector.model.verdicts import Verdict
from collector.work import tasks
from tests.factories import NOON
from tests.integrity.evidence.conftest import (
    answers,
    audited,
    change,
    judge_until,
    killed,
    live_on,
    said,
)

LATER = NOON + timedelta(hours=40)
WORKER = """
import os, sys, time
from collector.app import create_app
from collector.integrity import judge
app = create_app(bell=lambda name: None)
with app.app_context():
    while judge.backlog():
        judge.run_batch(3)
        print("judged", flush=True)
"""


def numbers() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(select(LogEntry.number).order_by(LogEntry.number)))


def test_after_all_nights_the_service_says_what_an_audit_of_its_log_says(
    ctx: Flask, tmp_path: Path
) -> None:
    ids = answers(60, own_every=5)
    judge_until(LATER)
    change(ids[7], version=2, score=5, comment="it was put right",
           answered_at=NOON + timedelta(hours=30))  # fmt: skip
    judge_until(LATER)
    live_on(45)
    live, again = said(), audited(tmp_path / "dump")
    assert set(live) <= set(again)
    assert {id: again[id] for id in live} == live
    assert f"{ids[7]}.2" in live
    # Not only clean ones were compared.
    assert {one[0] for one in live.values()} == {"clean", "rejected"}


def test_a_worker_that_begins_anew_goes_on_as_if_nothing_was(
    ctx: Flask, again: Callable[[], None], tmp_path: Path
) -> None:
    answers(45)
    for hour in range(4, 28, 4):
        judge_until(NOON + timedelta(hours=hour), limit=4)
        again()
    live_on(45)
    assert said() == audited(tmp_path / "dump")
    assert numbers() == list(range(1, len(numbers()) + 1))


def test_what_was_not_committed_was_not_fed(ctx: Flask, tmp_path: Path) -> None:
    answers(20)

    def fail(session: object) -> None:
        raise RuntimeError("the disk is full")

    event.listen(db.session, "before_commit", fail)
    try:
        for _ in range(2):
            with pytest.raises(RuntimeError), clock.at(LATER):
                judge.run_batch(5)
    finally:
        event.remove(db.session, "before_commit", fail)
    assert numbers() == []
    judge_until(LATER)
    live_on(45)
    assert said() == audited(tmp_path / "dump")


def test_two_processes_feed_one_log(ctx: Flask, tmp_path: Path) -> None:
    """Each has an engine of its own, and catches up with what the other fed."""
    answers(40)
    kept = {}

    def work(name: str) -> None:
        with ctx.app_context(), clock.at(LATER):
            for _ in range(12):
                with lock:
                    ctx.extensions["collector.keeper"] = kept.get(name)
                    if kept.get(name) is None:
                        del ctx.extensions["collector.keeper"]
                    judge.run_batch(3)
                    kept[name] = ctx.extensions["collector.keeper"]
            db.session.remove()

    lock = threading.Lock()
    workers = [threading.Thread(target=work, args=(name,)) for name in ("one", "two")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(kept) == 2
    assert judge.backlog() == 0
    live_on(45)
    assert said() == audited(tmp_path / "dump")


def test_a_worker_that_is_killed_loses_nothing(
    ctx: Flask, database_url: str, tmp_path: Path
) -> None:
    answers(60)
    with killed(ctx, database_url, WORKER, "judged"):
        pass
    assert judge.backlog() > 0
    with clock.at(clock.now() + timedelta(minutes=1)):
        while judge.run_batch(10):
            pass
        assert numbers() == list(range(1, 61))
        live = said()
    assert len(live) == 60
    assert {row.split(".")[0] for row in live} == set(db.session.scalars(select(Response.id)))


def test_nights_fall_one_by_one_and_leave_a_verdict_only_where_something_changed(
    ctx: Flask,
) -> None:
    answers(30)
    judge_until(NOON + timedelta(hours=11))
    before = {row.id for row in db.session.scalars(select(Verdict))}
    db.session.rollback()
    with clock.at(NOON + timedelta(days=3)):
        assert nightly_rejudge.backlog() == 3
        assert [nightly_rejudge.run_batch() for _ in range(4)] == [1, 1, 1, 0]
        assert nightly_rejudge.backlog() == 0
    rows = db.session.scalars(select(Verdict).order_by(Verdict.response_id, Verdict.number)).all()
    for one, next_one in pairwise(rows):
        if one.response_id == next_one.response_id:
            assert (one.verdict, one.weight, one.reasons) != (
                next_one.verdict, next_one.weight, next_one.reasons,
            )  # fmt: skip
    assert before <= {row.id for row in rows}


def test_an_answer_that_was_taken_back_leaves_nothing_in_the_log_that_leads_to_the_person(
    ctx: Flask, tmp_path: Path
) -> None:
    ids = answers(20)
    judge_until(LATER)
    row = db.session.get_one(Response, ids[3])
    with clock.at(LATER):
        assert erase(row.person_id, row.id)
    entry = db.session.scalars(select(LogEntry).where(LogEntry.ref == ids[3])).one()
    assert entry.erased
    assert not set(PII_FIELDS) & set(entry.body)
    answers(5, first=60)
    judge_until(NOON + timedelta(hours=60))
    live_on(45)
    assert said() == audited(tmp_path / "dump")


def test_an_engine_that_was_fed_an_answer_forgets_it_once_it_was_taken_back(ctx: Flask) -> None:
    """Four answers of one device are taken back: the fifth is the first that came from there."""
    ids = answers(46)
    judge_until(LATER)
    kept = ctx.extensions[KEPT].engine_cache
    assert "d-own" in kept.engine.stats.recent
    for n in range(0, 46, 15):
        row = db.session.get_one(Response, ids[n])
        with clock.at(LATER):
            erase(row.person_id, row.id)
    (fifth,) = answers(1, first=90)
    judge_until(NOON + timedelta(hours=60))
    verdict = db.session.scalars(select(Verdict).where(Verdict.response_id == fifth)).one()
    assert "DEVICE_SHARED" not in verdict.evidence
    now = ctx.extensions[KEPT].engine_cache
    assert now is not kept
    assert len(now.engine.stats.recent["d-own"]) == 1


def test_nobody_was_heard_and_nothing_is_due(ctx: Flask) -> None:
    with clock.at(LATER):
        assert (judge.run_batch(), nightly_rejudge.run_batch(), nightly_rejudge.backlog()) == (
            0,
            0,
            0,
        )
        assert tasks.drain() == 0
    db.session.rollback()
    assert db.session.scalar(select(IntegrityHead.last_number)) in (None, 0)
