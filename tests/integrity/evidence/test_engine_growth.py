"""What the engine costs as its log grows: memory, reading under the lock, and reading again."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock
from collector.exports.erase import erase
from collector.integrity import nightly_rejudge
from collector.integrity.evidence import engine_cache, exposures, log
from collector.integrity.evidence.engine_cache import KEPT, CachedEngine, EngineCache
from collector.integrity.evidence.exposures import Exposures
from collector.integrity.evidence.feature_loader import homes
from collector.model.answers import Response
from collector.model.base import db
from collector.model.events import Event
from collector.model.ids import new_id
from collector.model.integrity import IntegrityHead
from collector.model.invitations import Invitation
from collector.model.signals import Signal
from tests.effort import watched
from tests.factories import NOON
from tests.how_much import FULL
from tests.integrity.evidence.conftest import answers, audited, change, judge_until, live_on, said

LATER = NOON + timedelta(hours=40)
Read = Callable[..., Any]


def inside(thing: Any) -> Any:
    """Everything that an object holds, to the last bit, as plain values."""
    if isinstance(thing, dict):
        return {repr(inside(key)): inside(value) for key, value in thing.items()}
    if isinstance(thing, set | frozenset):
        return sorted(repr(inside(one)) for one in thing)
    if isinstance(thing, str | bytes | int | float | bool | None) or callable(thing):
        return thing
    if hasattr(thing, "__iter__"):
        return [inside(one) for one in thing]
    names = (
        [one.name for one in fields(thing)] if is_dataclass(thing)
        else getattr(type(thing), "__slots__", None) or vars(thing)
    )  # fmt: skip
    return type(thing).__name__, {name: inside(getattr(thing, name)) for name in names}


def state(known: EngineCache) -> dict[str, Any]:
    """All but which signals are still in memory."""
    found: dict[str, Any] = inside(known)[1]
    return {n: value for n, value in found.items() if n not in ("signals", "let_go", "incomplete")}


def fresh() -> EngineCache:
    """What a worker that begins now would know, with every signal."""
    db.session.rollback()
    known = EngineCache(log.erased(db.session()))
    for entry in log.entries(db.session(), 0, log.last_number(db.session())):
        known.take(entry)
    night = db.session.scalars(select(IntegrityHead.night)).one()
    if night is not None:
        known.nights(night.timestamp())
    db.session.rollback()
    return known


def kept(ctx: Flask) -> EngineCache:
    found: CachedEngine = ctx.extensions[KEPT]
    assert found.engine_cache is not None
    return found.engine_cache


def take_back(ids: list[str]) -> None:
    for id in ids:
        person = db.session.get_one(Response, id).person_id
        db.session.rollback()
        with clock.at(LATER):
            assert erase(person, id)
    db.session.remove()


class Reads:
    """Counts the entries of the log that are read, with the head locked and without."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.locked = self.free = self.begun = 0
        self.each: Callable[[], None] = lambda: None
        real = log.pages

        def pages(session: Session, after: int, until: int) -> Any:
            self.begun += after == 0
            for page in real(session, after, until):
                if session.info.get("unit_of_work"):
                    self.locked += len(page)
                else:
                    self.free += len(page)
                yield page
                self.each()

        monkeypatch.setattr(log, "pages", pages)


def test_after_erasures_the_log_is_read_again_once_and_before_the_head_is_locked(
    ctx: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ids = answers(60)
    judge_until(LATER)
    take_back([ids[0], ids[15], ids[31]])
    answers(5, first=60)
    reads = Reads(monkeypatch)
    judge_until(NOON + timedelta(hours=60), limit=100)
    assert (reads.begun, reads.locked, reads.free) == (1, 0, 60)
    assert state(kept(ctx)) == state(fresh())
    monkeypatch.undo()
    live_on(45)
    assert said() == audited(tmp_path / "dump")


def test_a_worker_that_begins_reads_the_log_before_it_locks_the_head(
    ctx: Flask, again: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(30)
    judge_until(LATER)
    again()
    answers(1, first=60)
    reads = Reads(monkeypatch)
    judge_until(NOON + timedelta(hours=60))
    assert (reads.locked, reads.free) == (0, 30)


def test_judging_goes_on_where_answers_are_taken_back_faster_than_the_log_is_read(
    ctx: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = answers(30)
    judge_until(LATER)
    take_back(ids[:1])
    left = ids[1:]
    reads = Reads(monkeypatch)

    def meanwhile() -> None:
        if not db.session().info.get("unit_of_work"):
            take_back([left.pop()])

    reads.each = meanwhile
    answers(1, first=60)
    judge_until(NOON + timedelta(hours=60))
    assert reads.free == 30 * engine_cache.TRIES
    assert reads.locked == 30
    reads.each = lambda: None
    assert state(kept(ctx)) == state(fresh())


def signals(ids: list[str], chance: random.Random, days: int) -> None:
    """Complaints and listened calls about some of these answers' interactions, over so many days"""
    rows = db.session.execute(
        select(Event.source, Event.event_id)
        .join(Invitation, Invitation.event_id == Event.id)
        .join(Response, Response.invitation_id == Invitation.id)
        .where(Response.id.in_(ids))
        .order_by(Response.id)
    ).all()
    for source, event_id in rows:
        for _ in range(chance.choice((0, 0, 1, 3))):
            at = NOON + timedelta(hours=chance.randrange(days * 24))
            kind = chance.choice(("complaint", "refund", "qa"))
            db.session.add(Signal(
                id=new_id("sig"), source="desk", signal_id=new_id("s"), type=kind,
                event_source=source, event_id=event_id, agent_id="",
                value=chance.randrange(100) if kind == "qa" else None, tags=["survey"], at=at,
                received_at=at, digest="d",
            ))  # fmt: skip
    db.session.commit()


@pytest.mark.parametrize("seed", range(4 if FULL else 1))
def test_signals_that_no_open_answer_needs_are_let_go_and_nothing_is_judged_otherwise(
    ctx: Flask, again: Callable[[], None], monkeypatch: pytest.MonkeyPatch, seed: int,
    tmp_path: Path,
) -> None:  # fmt: skip
    """Against an engine that keeps every signal for ever; answers are changed long after."""
    monkeypatch.setattr(engine_cache, "SIGNALS_KEPT", 2)
    monkeypatch.setattr(log, "PAGE", 4)
    chance = random.Random(seed)
    ids = answers(24)
    signals(ids, chance, 80)
    judge_until(NOON + timedelta(hours=24))
    for day in range(3, 80, 11):
        live_on(day)
        id = chance.choice(ids)
        version = db.session.get_one(Response, id).version + 1
        at = NOON + timedelta(days=day)
        change(id, version=version, score=chance.choice((1, 5)), answered_at=at, updated_at=at)
        if chance.random() < 0.3:
            again()
        judge_until(at + timedelta(hours=1))
    live_on(190)
    known, whole = kept(ctx), fresh()
    assert state(known) == state(whole)
    assert len(whole.signals) > 12
    assert known.incomplete
    assert sum(map(len, known.signals.values())) == 0
    live, again_said = said(), audited(tmp_path / "dump")
    assert {id: again_said[id] for id in live} == live


def test_who_was_asked_is_gone_through_page_by_page_as_if_at_once(
    ctx: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = answers(30)
    signals(ids, random.Random(5), 2)
    judge_until(LATER)
    with clock.at(NOON + timedelta(days=3)):
        nightly_rejudge.run_batch()
    db.session.remove()
    every = list(Exposures(db.session(), homes(db.session(), None)))
    assert len(every) == 30
    assert sum(one.answered for one in every) == 30
    assert any(one.signals for one in every)
    monkeypatch.setattr(exposures, "PAGE", 7)
    again = Exposures(db.session(), homes(db.session(), None))
    with watched() as seen:
        assert list(again) == every
    assert seen.at_once < 30
    assert list(again) == every  # a second time
