"""A row that raises is set apart with its reason; its stage goes on; released, it is done."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from collector import clock
from collector.commands.operating import set_apart as command
from collector.exports import publish
from collector.integrity import judge, nightly_rejudge
from collector.integrity.evidence import engine_state
from collector.model import batches
from collector.model.answers import Response
from collector.model.base import db
from collector.model.feed import Revision
from collector.model.integrity import IntegrityHead, LogEntry
from collector.model.set_apart import SetApart
from collector.model.verdicts import Verdict
from collector.work import tasks
from tests.factories import NOON
from tests.poison import OWNED, poison
from tests.work.queues import QUEUES, answered

START = NOON + timedelta(minutes=20)
TRIED = [timedelta(seconds=30 * (2**n - 1)) for n in range(batches.TRIES)]
APART = START + TRIED[-1]


def notes() -> list[SetApart]:
    db.session.rollback()
    return list(db.session.scalars(select(SetApart)))


def run(task: str, at: datetime) -> int:
    with clock.at(at):
        handled = tasks.run(task)
        db.session.remove()
    return handled


@pytest.mark.parametrize("task", QUEUES)
def test_a_row_that_raises_does_not_keep_its_stage(ctx: Flask, task: str) -> None:
    queue = QUEUES[task]
    first, spoilt, last = queue.make()
    with poison(queue.table, queue.column, spoilt, queue.action):
        run(task, START)
        assert [queue.is_done(id) for id in (first, spoilt, last)] == [True, False, True]
        (note,) = notes()
        assert (note.stage, note.row_id, note.tries, note.set_apart_at) == (task, spoilt, 1, None)
        assert batches.counted() == {}
        for passed in TRIED[1:]:
            run(task, START + passed - timedelta(seconds=1))  # not yet
            run(task, START + passed)
        (note,) = notes()
        assert (note.tries, note.set_apart_at) == (batches.TRIES, APART)
        assert not any(word in note.reason for word in OWNED)
        assert "cannot write" in note.reason
        assert batches.counted() == {task: 1}
        further = queue.make()
        run(task, APART + timedelta(hours=1))
        assert all(map(queue.is_done, further)), "what comes later is done too"
        assert notes()[0].tries == batches.TRIES, "it waits for a person"
        with clock.at(APART + timedelta(hours=1)):
            assert tasks.BY_NAME[task].backlog() == 0
    with clock.at(APART + timedelta(hours=2)):
        assert batches.release(task, spoilt) == [spoilt]
    assert ctx.extensions["collector.rung"][-1] == task
    run(task, APART + timedelta(hours=2))
    assert queue.is_done(spoilt)
    assert notes() == []


def test_a_row_that_raises_once_is_done_at_its_next_try(ctx: Flask) -> None:
    queue = QUEUES["fold"]
    spoilt, *_ = queue.make()
    with poison(queue.table, queue.column, spoilt):
        run("fold", START)
    run("fold", START + timedelta(seconds=29))
    assert not queue.is_done(spoilt)
    run("fold", START + timedelta(seconds=30))
    assert queue.is_done(spoilt)
    assert notes() == []


def test_a_revision_that_was_set_apart_gets_the_next_number(ctx: Flask) -> None:
    queue = QUEUES["publish"]
    _, spoilt, _ = queue.make()
    with poison("revisions", "response_id", spoilt, "INSERT"):
        run("publish", START)
        db.session.rollback()
        assert list(db.session.scalars(select(Revision.number))) == [1, 2], "no gap"
    run("publish", START + timedelta(minutes=1))
    late = db.session.scalars(select(Revision).where(Revision.response_id == spoilt)).one()
    assert (late.number, late.revision) == (3, 1)


def test_an_answer_that_was_set_apart_is_fed_when_it_is_released(ctx: Flask) -> None:
    queue = QUEUES["judge"]
    first, spoilt, last = queue.make()
    with poison("integrity_log", "ref", spoilt, "INSERT"):
        run("judge", START)
        db.session.rollback()
        assert set(db.session.scalars(select(LogEntry.ref))) == {first, last}
    run("judge", START + timedelta(minutes=1))
    entries = db.session.scalars(select(LogEntry).order_by(LogEntry.number)).all()
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert entries[-1].ref == spoilt
    assert entries[-1].heard_at == START + timedelta(minutes=1), "heard when it was fed"


def test_a_night_goes_on_without_the_verdict_that_cannot_be_written(
    ctx: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt, *others = QUEUES["judge"].make()
    run("judge", START)
    # Every look at an answer says something new, so that the night has verdicts to write.
    monkeypatch.setattr(engine_state, "_same", lambda *_: False)
    night = NOON.replace(hour=0) + timedelta(days=2, minutes=1)
    with poison("verdicts", "response_id", spoilt, "INSERT"):
        assert run("nights", night) == 2
        assert [newest(id) for id in (spoilt, *others)] == [1, 2, 2]
        db.session.rollback()
        head = db.session.get_one(IntegrityHead, 1)
        assert head.night == NOON.replace(hour=0) + timedelta(days=2)
        (note,) = notes()
        assert (note.stage, note.row_id, note.tries) == ("judge", spoilt, 1)
        with clock.at(night):
            assert nightly_rejudge.backlog() == 0
    monkeypatch.undo()
    state = db.session.get_one(engine_state.EngineState, spoilt)
    assert state.age == 1, "what the night said of it is kept"
    run("judge", night + timedelta(minutes=1))
    assert notes() == []
    assert not db.session.get_one(Response, spoilt).needs_verdict


def newest(response_id: str) -> int:
    db.session.rollback()
    numbers = select(Verdict.number).where(Verdict.response_id == response_id)
    return max(db.session.scalars(numbers))


def test_where_no_row_can_be_done_the_stage_is_to_blame_and_nothing_is_set_apart(
    ctx: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a mistake of ours")

    for _ in range(4):
        QUEUES["publish"].make()
    monkeypatch.setattr(publish, "revision", broken)
    with clock.at(START), pytest.raises(ZeroDivisionError):
        publish.run_batch()
    assert notes() == []


def test_what_the_tables_lack_is_no_rows_fault(ctx: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy import text

    queue = QUEUES["judge"]
    queue.make()
    monkeypatch.setattr(judge, "load_features", lambda session, _: session.execute(
        text("SELECT no_such_column FROM responses")
    ))  # fmt: skip
    with clock.at(START), pytest.raises(Exception, match="no_such_column"):
        judge.run_batch()
    assert notes() == []


def test_it_is_counted_where_operators_look_and_the_service_stays_ready(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        spoilt = answered(needs_follow_up=True)
        db.session.commit()
        for _ in range(batches.TRIES):
            batches.note("follow_up", spoilt, ValueError("cannot be"))
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json) == (200, {
        "status": "ready", "set_apart": {"follow_up": 1}, "paused": None, "held": {},
    })  # fmt: skip
    metrics = client.get("/metrics").text
    assert 'collector_set_apart{task="follow_up"} 1.0' in metrics
    assert 'collector_set_apart{task="send"} 0.0' in metrics


def test_the_command_lists_and_releases(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collector.commands.context.create_app", lambda: app)
    said = CliRunner()
    assert "None: every row" in said.invoke(command.command, ["list"]).output
    with app.app_context():
        for _ in range(batches.TRIES):
            batches.note("publish", "rsp_1", ValueError("no 'such' thing"))
            batches.note("publish", "rsp_2", ValueError("no 'such' thing"))
        batches.note("fold", "inv_1", ValueError("once"))
    listed = said.invoke(command.command, ["list"]).output.splitlines()
    assert len(listed) == 3
    assert any("fold" in line and "tried again" in line for line in listed)
    assert sum("set apart" in line and "ValueError: no '…' thing" in line for line in listed) == 2
    assert said.invoke(command.command, ["release", "publish"]).exit_code == 2
    assert said.invoke(command.command, ["release", "publish", "rsp_9"]).exit_code == 2
    assert "1 released" in said.invoke(command.command, ["release", "publish", "rsp_1"]).output
    assert "1 released" in said.invoke(command.command, ["release", "publish", "--all"]).output
    with app.app_context():
        assert batches.counted() == {}
