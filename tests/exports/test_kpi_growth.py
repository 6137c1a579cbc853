"""KPIs are counted in the database: equal to the last digit, and no row read for each answer."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from collector.exports.kpi_figures import GROUPINGS
from collector.exports.kpi_parameters import wanted
from collector.exports.kpi_query import table
from collector.model.base import db
from collector.model.events import Decision
from collector.model.ids import new_id
from collector.model.invitations import Invitation, Message
from tests.effort import watched
from tests.exports.kpi_by_row import by_row
from tests.exports.kpi_world import World
from tests.factories import NOON

SEGMENTS = ("store", "team", "agent", "event_type", "rule", "context.reason", "context.missing")
REASONS: tuple[Any, ...] = (
    "complaint",
    "", "größer \'als\' \"sonst\"", 1, 1.5, 0, True, False, None, [1], {"a": 1},
    "1", "True",
)  # fmt: skip


def again(made: Any, outcome: str, reason: str, rule: str | None = None) -> None:
    """Another decision about the same interaction: of the same rule, it overtakes."""
    before = db.session.get_one(Decision, made.decision_id)
    db.session.add(Decision(
        id=new_id("dec"), event_id=before.event_id, rule_key=rule or before.rule_key,
        number=1 if rule else 2, rule_version_id=before.rule_version_id,
        survey_key=before.survey_key, person_id=before.person_id, outcome=outcome,
        reason=reason, facts={}, decided_at=NOON,
    ))  # fmt: skip


def company(seed: int, size: int) -> World:
    """Everything at once: odd subjects, odd contexts, several rules, channels, days, weights."""
    chance = random.Random(seed)
    world = World(chance.choice(("csat", "nps", "ces")))
    metric = {"csat": (1, 5), "nps": (0, 10), "ces": (1, 7)}[world.survey.metric]
    for _ in range(size):
        event = {
            "context": {"reason": chance.choice(REASONS)} if chance.random() < 0.9 else {},
            "type": chance.choice(("order.delivered", "call.ended")),
            "occurred_at": NOON + timedelta(days=chance.randrange(4)),
        }
        store, agent = chance.choice("ns"), f"a{chance.randrange(3)}"
        kind = chance.random()
        if kind < 0.6:
            verdict = chance.choice(("clean", "clean", "suspect", "rejected"))
            weight = {"clean": chance.choice((1.0, 1.3333, 2.5)), "rejected": 0.0,
                      "suspect": round(chance.random(), 4)}[verdict]  # fmt: skip
            world.answer(
                chance.randint(*metric), store, agent, verdict=verdict, weight=weight, event=event
            )
        elif kind < 0.8:
            made = world.asked(store, agent, **event)
            if chance.random() < 0.5:
                again(made, "held_back", chance.choice(("opted_out", "condition_false")))
            if chance.random() < 0.5:
                again(made, "held_back", "outranked", rule="another")
            if chance.random() < 0.5:
                made.locale = chance.choice(("de", "pt-BR"))
            if chance.random() < 0.5:
                db.session.add(Message(
                    id=new_id("msg"), invitation_id=made.id, channel="email", attempt=1,
                    address="x@example.com", status=chance.choice(("bounced", "delivered")),
                    claimed_at=NOON,
                ))  # fmt: skip
        else:
            reason = chance.choice(("capped_global", "condition_false", "customer_declined"))
            world.held(reason, store, agent)
    for row in db.session.scalars(select(Decision).where(Decision.outcome == "held_back")):
        if chance.random() < 0.2:
            row.reason = "cancelled_by_event"
    db.session.flush()
    world.publish()
    return world


@pytest.mark.parametrize("seed", range(2))
def test_counted_in_the_database_or_row_by_row_is_the_same_to_the_last_digit(
    ctx: Flask, seed: int
) -> None:
    company(seed, 50)
    periods = ({}, {"start": "2026-03-03"}, {"start": "2026-03-03", "end": "2026-03-05"})
    for number, (by, segment) in enumerate(product(("", *GROUPINGS), SEGMENTS)):
        query = wanted(by=by, segment=segment, **periods[(number + seed) % 3])
        assert table(query) == by_row(query), (by, segment)


def test_what_is_read_depends_on_the_groups_and_not_on_the_answers(ctx: Flask) -> None:
    """Twenty suspect answers, each with another weight, are one row like any two."""
    world = World()

    def more(count: int) -> int:
        for n in range(count):
            world.answer(4, verdict="suspect", weight=round(0.3 + n / 1000, 4))
            world.held("capped_global")
        world.publish()
        query = wanted(world.key)
        with watched() as seen:
            assert table(query)[0].answered == db.session.query(Invitation).count()
        return seen.rows

    assert more(2) == more(20) < 6
