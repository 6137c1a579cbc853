"""What a conclusion about somebody does to the weights of their answers is in the feed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from collector import clock
from collector.exports import feed, publish
from collector.integrity.engine.combine import Verdict as Said
from collector.integrity.engine.subjects.weight_adjustments import WeightAdjustment
from collector.integrity.engine.weights import weigh
from collector.integrity.evidence import stored_weight_adjustments
from collector.model.base import db
from collector.model.integrity import EngineState
from tests.factories import NOON
from tests.integrity.evidence.conftest import answers, judge_until, live_on

INFLUENCED = WeightAdjustment(lost=0.4, other=1.5, low=2.0)


def exported(day: int) -> dict[str, dict[str, Any]]:
    """The newest row of every answer, as downstream reads it."""
    with clock.at(NOON + timedelta(days=day)):
        while publish.run_batch():
            pass
    return {row["response_id"]: row for row in feed.stream()}


def by_the_engine(one: EngineState, adjustment: WeightAdjustment | None) -> tuple[float, list[str]]:
    said = Said(one.verdict, one.weight, one.p, one.kind, tuple(one.reasons))
    found = weigh(said, spot_best=one.spot, best=one.best, poor=one.poor, adjustment=adjustment)
    return found.weight, list(found.reasons)


def test_the_feeds_weights_are_the_engines_and_go_when_the_reason_for_them_goes(
    ctx: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(40)
    judge_until(NOON + timedelta(hours=40))
    before = exported(1)
    assert {row["weight"] for row in before.values()} == {1.0}
    found: dict[str, Any] = dict.fromkeys(("a0", "a1"), asdict(INFLUENCED))
    monkeypatch.setattr(stored_weight_adjustments, "effects", lambda agents: found)
    live_on(8)
    rows = exported(8)
    for one in db.session.scalars(select(EngineState)):
        adjustment = INFLUENCED if one.worker in ("a0", "a1") else None
        row = rows[one.response_id]
        assert (row["weight"], row["reasons"]) == by_the_engine(one, adjustment), one.worker
    moved = {id for id, row in rows.items() if row["weight"] != 1.0}
    assert {rows[id]["weight"] for id in moved} == {0.6, 3.0}
    assert all(rows[id]["number"] > before[id]["number"] for id in moved)
    found.clear()
    live_on(15)
    after = exported(15)
    assert {row["weight"] for row in after.values()} == {1.0}
    assert all(after[id]["number"] > rows[id]["number"] for id in moved)
    assert all(after[id] == rows[id] for id in rows.keys() - moved)
