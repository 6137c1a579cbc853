"""A restart reads the last snapshot and the log behind it, and none that is not to be trusted."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from collector import clock
from collector.exports.erase import erase
from collector.integrity.evidence import log
from collector.integrity.evidence.engine_cache import KEPT, CachedEngine, EngineCache
from collector.integrity.evidence.snapshot import keeping, of_log, sealed
from collector.model.answers import Response
from collector.model.base import db
from collector.model.integrity import IntegrityHead, LogEntry
from tests.factories import NOON
from tests.how_much import ON_SQLITE
from tests.integrity.evidence.conftest import answers, audited, change, judge_until, live_on, said
from tests.integrity.evidence.snapshot.alike import differences

LATER = NOON + timedelta(hours=20)
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


@pytest.fixture(autouse=True)
def at_every_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """A snapshot after every commit."""
    for name, value in (("NIGHTLY", 1), ("AT_MOST_BEHIND", 1), ("SHARE", 0)):
        monkeypatch.setattr(keeping, name, value)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """After which entry each reading of the log began."""
    found: list[int] = []
    pages = log.pages

    def watched(session: Any, after: int, until: int) -> Iterator[list[log.Entry]]:
        if after < until:
            found.append(after)
        return pages(session, after, until)

    monkeypatch.setattr(log, "pages", watched)
    return found


def cache(ctx: Flask) -> EngineCache:
    kept: CachedEngine = ctx.extensions[KEPT]
    assert kept.engine_cache is not None
    return kept.engine_cache


def anew() -> EngineCache:
    """A worker that reads what there is to read."""
    db.session.rollback()
    kept = CachedEngine()
    head = log.head(db.session())
    found = kept.catch_up(db.session(), head)
    db.session.rollback()
    return found


def from_the_log(monkeypatch: pytest.MonkeyPatch) -> EngineCache:
    """One that reads everything."""
    with monkeypatch.context() as only:
        only.setattr(keeping, "restore", lambda session: None)
        return anew()


def judged(count: int = 30, first: int = 0) -> list[str]:
    ids = answers(count, first=first, own_every=5)
    judge_until(LATER + timedelta(minutes=30 * first))
    return ids


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


def spoilt(how: str, data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data))
    match how:
        case "cut":
            return data[:at]
        case "empty":
            return b""
        case "a bit flipped":
            return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
        case "a part twice":
            return data[:at] + data[at // 2 :]
        case "longer":
            return data + b"\0"
        case "zeros":
            return bytes(len(data))
        case _:
            return b"cos\nsystem\n(S'true'\ntR."


@pytest.mark.parametrize(
    "how", ["cut", "empty", "a bit flipped", "a part twice", "longer", "zeros", "a pickle"]
)
def test_a_damaged_file_is_taken_away_and_the_log_is_read(
    ctx: Flask, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(12)
    whole, expected = keeping.path().read_bytes(), from_the_log(monkeypatch)
    for seed in range(1 if how in ("empty", "longer", "zeros", "a pickle") else 8):
        keeping.path().write_bytes(spoilt(how, whole, Random(seed)))
        assert keeping.restore(db.session()) is None
        assert not keeping.path().exists()
    assert differences(anew(), expected) == []


def test_whoever_lacks_the_keys_writes_nothing_that_is_read(ctx: Flask) -> None:
    judged(12)
    data = keeping.path()
    with sealed.opened(data, keeping._keys()) as (head, body, directory):
        content = bytes(body)

    def write(out: Callable[[bytes], None]) -> dict[str, Any]:
        out(content)
        return directory

    sealed.write(data, keeping._keys()[-1], head, write)
    assert keeping.restore(db.session()) is not None
    sealed.write(data, b"x" * 32, head, write)
    assert keeping.restore(db.session()) is None


def test_after_a_key_was_added_the_file_is_read_and_the_new_key_seals(
    ctx: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(12)
    old = ctx.extensions["collector.settings"]
    new = "another-key-of-more-than-forty-characters-in-all"
    monkeypatch.setitem(
        ctx.extensions, "collector.settings", replace(old, secret_keys=(*old.secret_keys, new))
    )
    assert keeping.restore(db.session()) is not None
    judged(3, first=40)
    sealed.head_of(keeping.path(), keeping._keys()[-1:])


@pytest.mark.parametrize("part", ["code", "VERSION", "FORMAT"])
def test_a_snapshot_of_another_version_is_ignored(
    ctx: Flask, part: str, again: Callable[[], None], read: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    judged(12)
    monkeypatch.setattr(of_log, part, (lambda: "changed") if part == "code" else 0)
    again()
    read.clear()
    judged(1, first=40)
    assert read == [0]
    assert sealed.head_of(keeping.path(), keeping._keys())["number"] == 13


def test_one_byte_of_the_code_is_another_version(tmp_path: Path) -> None:
    room = tmp_path / "evidence" / "snapshot"
    room.mkdir(parents=True)
    for folder in of_log.CODE:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "a.py").write_text("x = 1\n")
    before = of_log.digest(tmp_path)
    assert of_log.digest(tmp_path) == before
    (tmp_path / "engine" / "a.py").write_text("x = 2\n")
    assert of_log.digest(tmp_path) != before


@pytest.mark.parametrize("how", ["other entries", "shorter", "cut off", "an earlier night"])
def test_a_snapshot_of_another_log_is_ignored(ctx: Flask, how: str) -> None:
    judged(12)
    live_on(3)
    number = keeping.described()
    assert number is not None
    assert number[0] == 12
    if how == "other entries":  # restored from a backup, and gone on otherwise
        db.session.execute(update(LogEntry).where(LogEntry.number == 11).values(version=7))
    elif how == "shorter":
        db.session.execute(delete(LogEntry).where(LogEntry.number > 6))
        db.session.execute(update(IntegrityHead).values(last_number=6))
    elif how == "cut off":  # what the snapshot stands on is no more in the log
        db.session.execute(delete(LogEntry).where(LogEntry.number <= 4))
    else:
        db.session.execute(update(IntegrityHead).values(night=NOON - timedelta(days=2)))
    db.session.commit()
    assert keeping.restore(db.session()) is None
    assert not keeping.path().exists()
    db.session.rollback()


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
    settings = ctx.extensions["collector.settings"]
    environment = {
        "COLLECTOR_DATABASE_URL": database_url, "COLLECTOR_HOME": str(settings.home),
        "COLLECTOR_SECRET_KEYS": ",".join(settings.secret_keys),
        "COLLECTOR_BASE_URL": settings.base_url, "PATH": "/usr/bin:/bin",
    }  # fmt: skip
    worker = subprocess.Popen(
        [sys.executable, "-c", WRITER], env=environment, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).resolve().parents[4],
    )  # fmt: skip
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == "midway"
    assert keeping.path().with_suffix(".new").stat().st_size > 0
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
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
