"""Playing recorded events and answers through the real pipeline."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from collector import clock
from collector.app import create_app
from collector.errors import Conflict
from collector.invitations import send
from collector.model.answers import Tap
from collector.model.base import db
from collector.model.events import Event
from collector.model.invitations import Invitation
from collector.simulation import replay
from collector.work import tasks
from tests.conftest import settings_for
from tests.factories import NOON
from tests.how_much import ON_POSTGRES, ON_SQLITE
from tests.simulation.scenario import BECAME, Stopped, answer, export, items, order, play


@pytest.fixture
def another_app(sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """A second service with the same keys, on an empty SQLite database of its own."""
    path = tmp_path / "another.db"
    shutil.copy(sqlite_template, path)
    app = create_app(
        settings_for(f"sqlite:///{path}", tmp_path / "another"), bell=lambda name: None
    )
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@ON_SQLITE
def test_every_item_is_accounted_for_with_its_reason(app: Flask) -> None:
    became = play(app)
    assert [played.item for played in became] == items()
    assert Counter(played.code for played in became if played.item.event) == {"accepted": 13}
    told = {p.item.answer.idempotency_key: p.code for p in became if p.item.answer}
    assert {key: told[key] for key in BECAME} == BECAME
    assert sum(code == replay.USED for code in told.values()) == 8  # and "shared", for order 3


@ON_SQLITE
def test_the_export_holds_each_answer_with_the_last_word_of_its_order(app: Flask) -> None:
    play(app)
    newest = {row["event_id"]: row for row in export(app)}
    assert {order_id: row["score"] for order_id, row in newest.items()} == {
        "order-1": 4,
        "order-2": 5,
        "order-3": 5,
        **{f"order-{n}": 1 + n % 5 for n in range(6, 11)},
    }
    assert newest["order-2"]["comment"] == "Atrasou."
    assert newest["order-2"]["taps"] == 2
    assert {row["state"] for row in newest.values()} == {"confirmed"}


def test_answers_are_tapped_at_their_own_time_and_work_is_done_at_the_ticks(app: Flask) -> None:
    told = [order(1, NOON + timedelta(hours=1)), answer(1, NOON + timedelta(days=1), 4)]
    play(app, told=told, step=timedelta(hours=6))
    (row,) = export(app)
    assert row["invited_at"] == "2026-03-02T18:00:00.000Z"
    assert row["answered_at"] == "2026-03-03T12:00:00.000Z"
    assert row["published_at"] == "2026-03-03T12:00:00.000Z"


@ON_POSTGRES
def test_the_same_input_gives_the_same_export_on_any_database(
    app: Flask, another_app: Flask
) -> None:
    play(app)
    play(another_app)
    assert export(app) == export(another_app)
    assert export(app)


@ON_SQLITE
def test_a_replay_stopped_again_and_again_ends_like_one_that_ran_through(
    app: Flask, another_app: Flask
) -> None:
    play(another_app)
    for stop_after in range(1, len(items()), 3):
        with pytest.raises(Stopped):
            play(app, stop_after=stop_after, resume=True)
    became = play(app, resume=True)
    assert export(app) == export(another_app)
    told = {p.item.answer.idempotency_key: p.code for p in became if p.item.answer}
    assert {key: told[key] for key in BECAME} == BECAME
    with app.app_context():
        assert db.session.query(Event).count() == 13
        assert db.session.query(Invitation).count() == 12
        assert db.session.query(Tap).count() == 9


@ON_SQLITE
def test_a_replay_stopped_in_the_middle_of_a_ticks_work_ends_the_same_too(
    app: Flask, another_app: Flask
) -> None:
    play(another_app)
    drained = 0

    def stop_there(moment: object) -> None:
        nonlocal drained
        drained += 1
        if drained == 6:
            raise Stopped
        replay.drain_here(moment)  # type: ignore[arg-type]

    with pytest.raises(Stopped):
        play(app, drain=stop_there)
    play(app, resume=True)
    assert export(app) == export(another_app)


@ON_SQLITE
def test_a_replay_stopped_after_each_single_stage_of_each_tick_ends_the_same_too(
    app: Flask, another_app: Flask
) -> None:
    """Also in ticks without an item, of which only the work that was done can tell."""
    week = [item for item in items() if item.at < NOON + timedelta(days=2)]
    play(another_app, told=week)

    def one_stage(moment: datetime) -> None:
        with clock.at(moment):
            for task in tasks.TASKS:
                if task.backlog() and tasks.run(task.name):
                    raise Stopped

    stops = 0
    while True:
        try:
            play(app, told=week, drain=one_stage, resume=True)
            break
        except Stopped:
            stops += 1
    assert stops > 15
    assert export(app) == export(another_app)


@ON_POSTGRES
def test_what_a_killed_run_had_claimed_goes_out_at_the_moment_of_the_claim(
    app: Flask, another_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(another_app)

    settle, batches = send._settle, 0

    def killed(done: list[Any]) -> None:
        nonlocal batches
        batches += 1
        if batches == 2:  # that of order 1, which is answered a second after it was sent
            raise Stopped
        settle(done)

    with monkeypatch.context() as patched:
        patched.setattr(send, "_settle", killed)  # claimed and handed over, not written down
        with pytest.raises(Stopped):
            play(app)
    play(app, resume=True)
    assert export(app) == export(another_app)


@ON_SQLITE
def test_a_database_that_holds_events_is_refused(app: Flask) -> None:
    play(app)
    with pytest.raises(Conflict) as refused:
        play(app)
    assert refused.value.code == "not_empty"


@ON_SQLITE
def test_resuming_on_a_database_filled_by_something_else_is_refused_before_it_adds_to_it(
    app: Flask,
) -> None:
    play(app)
    with pytest.raises(Conflict) as refused:
        play(app, told=[order(500, NOON - timedelta(days=3))], resume=True)
    assert refused.value.code == "another_replay"
    with app.app_context():
        assert not db.session.query(Event).filter_by(event_id="order-500").count()


@ON_SQLITE
def test_events_that_cannot_be_used_are_told_about_and_do_not_stop_the_replay(app: Flask) -> None:
    broken = order(1, NOON)
    assert broken.event is not None
    told = [
        replay.Item(NOON, "line 1", event={**broken.event, "type": ""}),
        order(2, NOON + timedelta(minutes=1)),
        order(2, NOON + timedelta(minutes=2)),
    ]
    codes = [(played.item.where, played.code) for played in play(app, told=told)]
    assert codes == [("line 1", "unusable"), ("line 2", "accepted"), ("line 2", "duplicate")]


@ON_SQLITE
def test_no_bell_rings_and_no_message_leaves_by_the_channels_that_are_set_up(app: Flask) -> None:
    channels = app.extensions["collector.channels"]
    app.extensions["collector.rung"].clear()
    play(app)
    assert app.extensions["collector.rung"] == []
    assert app.extensions["collector.channels"] is channels
    kept = list((app.extensions["collector.settings"].home / "preview" / "email").glob("*.json"))
    assert len(kept) == 12
