"""A restart reads the last snapshot and the log behind it, and says what the log says."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.exports.erase import erase
from collector.integrity.evidence.snapshot import keeping
from collector.model.answers import Response
from collector.model.base import db
from tests.how_much import ON_SQLITE
from tests.integrity.evidence.conftest import (
    answers,
    audited,
    change,
    judge_until,
    killed,
    live_on,
    said,
)
from tests.integrity.evidence.snapshot.alike import differences
from tests.integrity.evidence.snapshot.conftest import LATER, anew, cache, from_the_log, judged

WRITER = """
import sys, time
from collector import clock
from collector.app import create_app
from collector.integrity import judge
from collector.integrity.evidence.snapshot import keeping, sealed
keeping.NIGHTLY = keeping.AT_MOST_BEHIND = 1
end = sealed.Sealing.end
def stay(self, directory):
    self._out.flush()
    print("midway", flush=True)
    time.sleep(600)
sealed.Sealing.end = stay
app = create_app(bell=lambda name: None)
with app.app_context():
    judge.run_batch(3)
"""


def test_a_restart_reads_only_what_is_behind_the_snapshot_and_says_the_same(
    ctx: Flask, again: Callable[[], None], read: list[int], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    judged()
    monkeypatch.setattr(keeping, "save", lambda *given: None)
    judged(10, first=40)
    again()
    read.clear()
    judged(1, first=60)
    assert read == [30]
    assert differences(cache(ctx), from_the_log(monkeypatch)) == []
    monkeypatch.undo()
    live_on(45)
    again()
    live_on(130)
    assert said() == audited(tmp_path / "dump")


def test_the_file_is_the_owners_only_and_holds_no_more_than_the_log(ctx: Flask) -> None:
    ids = judged()
    change(ids[3], version=2, comment="the van was late, call Ms. Ortega")
    judge_until(LATER)
    assert stat.S_IMODE(keeping.path().stat().st_mode) == 0o600
    held = keeping.path().read_bytes()
    assert b"Ortega" not in held
    for row in db.session.scalars(select(Response)):
        assert row.person_id.encode() not in held
    assert sorted(one.name for one in keeping.path().parent.glob("integrity.*")) == [
        "integrity.lock", "integrity.snapshot",
    ]  # fmt: skip


def take_back(id: str) -> None:
    row = db.session.get_one(Response, id)
    with clock.at(LATER):
        assert erase(row.person_id, row.id)


def test_an_answer_that_is_taken_back_takes_the_file_with_it(
    ctx: Flask, again: Callable[[], None], read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = judged()
    knows = keeping.path().read_bytes()
    take_back(ids[5])
    assert not keeping.path().exists()
    keeping.path().write_bytes(knows)  # as on a machine that heard nothing of it
    again()
    read.clear()
    judged(1, first=40)
    assert read == [0]
    assert b"d-own" in knows
    assert differences(cache(ctx), from_the_log(monkeypatch)) == []
    assert keeping.path().read_bytes() != knows


def test_a_snapshot_from_before_an_answer_that_is_taken_back_stays_of_use(
    ctx: Flask, again: Callable[[], None], read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged()
    monkeypatch.setattr(keeping, "save", lambda *given: None)
    ids = judged(5, first=40)
    take_back(ids[2])
    again()
    read.clear()
    judged(1, first=60)
    assert read == [30]
    assert differences(cache(ctx), from_the_log(monkeypatch)) == []


def test_a_worker_that_does_not_know_yet_what_was_taken_back_writes_no_file(ctx: Flask) -> None:
    ids = judged()
    stale, pace = cache(ctx), keeping.Pace()
    take_back(ids[5])
    keeping.save(db.session(), stale, pace)
    assert not keeping.path().exists()


def test_a_worker_that_is_behind_leaves_the_file_of_one_that_is_further(ctx: Flask) -> None:
    judged(12)
    behind = anew()
    judged(6, first=40)
    further = keeping.path().read_bytes()
    assert behind.number < cache(ctx).number
    keeping.save(db.session(), behind, keeping.Pace())
    assert keeping.path().read_bytes() == further


@ON_SQLITE
def test_a_worker_that_is_killed_while_it_writes_leaves_the_file_that_was(
    ctx: Flask, database_url: str, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(12)
    before = keeping.path().read_bytes()
    answers(4, first=40)
    with killed(ctx, database_url, WRITER, "midway"):
        assert keeping.path().with_suffix(".new").stat().st_size > 0
    assert keeping.path().read_bytes() == before
    read.clear()
    assert differences(anew(), from_the_log(monkeypatch)) == []
    assert read == [12, 0]
    judge_until(clock.now())
    assert keeping.path().read_bytes() != before
    assert not keeping.path().with_suffix(".new").exists()


def test_where_nothing_can_be_written_judging_goes_on(ctx: Flask) -> None:
    keeping.path().with_suffix(".new").mkdir(parents=True)
    try:
        ids = judged(12)
        assert len(said()) == len(ids)
        assert not keeping.path().exists()
    finally:
        os.rmdir(keeping.path().with_suffix(".new"))


def test_a_quiet_service_writes_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    pace = keeping.Pace(number=100, night=1.0, at=0.0, took=0.0)
    assert not pace.due(100 + keeping.NIGHTLY - 1, 2.0)
    assert pace.due(100 + keeping.NIGHTLY, 2.0)
    assert not pace.due(100 + keeping.NIGHTLY, 1.0)
    assert pace.due(100 + keeping.AT_MOST_BEHIND, 1.0)
    pace.took = 1e12
    assert not pace.due(100 + keeping.AT_MOST_BEHIND, 2.0)


def test_the_status_says_how_far_the_file_is(ctx: Flask) -> None:
    judged(12)
    found = keeping.described()
    assert found is not None
    assert found[:2] == (12, keeping.path().stat().st_size)
    keeping.path().write_bytes(b"x")
    assert keeping.described() is None
