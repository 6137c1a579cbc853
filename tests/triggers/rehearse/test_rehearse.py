"""A dry run decides as the real pipeline did, writes nothing, tells what a draft would change."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from collector import clock
from collector.errors import InvalidInput, NotFound
from collector.intake import receive
from collector.model.base import db
from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from collector.triggers import decide
from collector.triggers.rehearse import plan, run
from collector.work import tasks
from tests.how_much import ON_SQLITE
from tests.surveys.definitions import survey
from tests.triggers.making import NOON, event, read, rule

DAY = timedelta(days=1)
CAPS = {"global_days": 10, "survey_days": 20}


def happen(
    app: Flask, days: int = 60, people: int = 15, *, work: bool = False, seed: int = 7
) -> None:
    """Events of two types about a few people, some of whom share a phone; some orders come back."""
    chance = random.Random(seed)
    for day in range(days):
        at = NOON + day * DAY + timedelta(minutes=chance.randrange(600))
        batch = []
        for _ in range(chance.randrange(1, 6)):
            number = chance.randrange(people)
            kind = chance.choice(["order.delivered"] * 3 + ["ticket.solved", "order.returned"])
            batch.append(
                event(
                    f"c-{number}",
                    type=kind,
                    occurred_at=clock.iso(at - timedelta(minutes=chance.randrange(300))),
                    who={
                        "phone": f"+55119876543{number % 10:02d}",
                        "consent": {"any": "denied" if number == 3 and day > 30 else "granted"},
                    },
                    context={"amount": chance.randrange(200), "region": chance.choice("ab")},
                    subjects={"order": f"o-{chance.randrange(40)}"},
                )
            )
        with clock.at(at):
            outcomes = receive.receive([read(raw, at) for raw in batch])
            decide.decide_events([one.id for one in outcomes if one.id])
            if work:
                tasks.drain()
        db.session.remove()


@pytest.fixture
def rules_in_use(ctx: Flask) -> Callable[..., None]:
    """Surveys and these rules, taken into use before the first event."""

    def put(*definitions: dict[str, Any]) -> None:
        with clock.at(NOON - DAY):
            apply_surveys([survey(), survey("love", "nps"), survey("care")])
            apply_rules(definitions)

    return put


def rehearsed(
    key: str, definition: dict[str, Any] | None = None, begins: datetime = NOON - DAY, **how: Any
) -> dict[str, Any]:
    with clock.at(NOON + 100 * DAY):
        steps = list(run.rehearse(plan.prepare(key, definition, begins, **how)))
    assert isinstance(steps[-1], run.Report)
    return steps[-1].body


THREE = (
    rule(caps=CAPS, channels=["sms", "email"], when="context.amount > 20", priority=1,
         cancel_on=["order.returned"], delay="1d"),
    rule("all", caps=CAPS, channels=["email"], sample=0.8, delay="2h",
         quota={"per": "week", "by": "context.region", "max": 3}),
    rule("ticket", on="ticket.solved", survey="care", caps={**CAPS, "on_cap": "delay"},
         channels=["sms"], control=0.1),
)  # fmt: skip


@pytest.mark.parametrize("work", [False, True], ids=["decided only", "sent and lapsed"])
def test_it_equals_decision_for_decision_what_was_decided(
    app: Flask, rules_in_use: Callable[..., None], work: bool
) -> None:
    rules_in_use(*THREE)
    happen(app, work=work)
    body = rehearsed("delivered")
    agreement = body["agreement"]
    assert agreement["recorded"] > 150
    assert agreement["differing"] == {}
    assert agreement["same"] == agreement["recorded"]
    assert {"capped_global", "condition_false"} <= body["held_back"]["by_reason"].keys()


@pytest.mark.parametrize("mover", ["c-1", "c-2"])
def test_who_got_the_same_number_afterwards_was_not_counted_beside_them(
    app: Flask, rules_in_use: Callable[..., None], mover: str
) -> None:
    """Two customers are asked, each at a number of their own; then one file gets the other's."""
    rules_in_use(THREE[2])
    who = {"c-1": "+447700900301", "c-2": "+447700900302"}
    for minute, (person, phone) in enumerate(who.items()):
        told(NOON + timedelta(minutes=4 * minute), person, phone)
    told(NOON + timedelta(hours=1), mover, next(who[one] for one in who if one != mover))
    body = rehearsed("ticket")
    assert body["agreement"]["differing"] == {}
    assert body["agreement"]["same"] == 3
    assert body["invited"]["count"] == 2


def told(at: datetime, person: str, phone: str) -> None:
    raw = event(person, type="ticket.solved", occurred_at=clock.iso(at), who={"phone": phone})
    with clock.at(at):
        outcomes = receive.receive([read(raw, at)])
        decide.decide_events([one.id for one in outcomes if one.id])
    db.session.remove()


def test_it_begins_in_the_middle_with_the_asks_from_before(
    app: Flask, rules_in_use: Callable[..., None]
) -> None:
    rules_in_use(THREE[0], THREE[2])
    happen(app)
    agreement = rehearsed("delivered", begins=NOON + 30 * DAY)["agreement"]
    assert agreement["recorded"] > 50
    assert agreement["differing"] == {}


def test_nothing_is_written(app: Flask, rules_in_use: Callable[..., None]) -> None:
    rules_in_use(*THREE)
    happen(app, days=10)
    before = contents()
    rehearsed("delivered", {**THREE[0], "sample": 0.5})
    assert contents() == before


def contents() -> dict[str, int]:
    counts = {
        table.name: db.session.execute(select(func.count()).select_from(table)).scalar_one()
        for table in db.metadata.sorted_tables
    }
    db.session.remove()
    return counts


def test_the_difference_from_the_live_version_is_told_with_samples(
    app: Flask, rules_in_use: Callable[..., None]
) -> None:
    rules_in_use(*THREE)
    happen(app)
    narrower = {**THREE[0], "when": "context.amount > 150"}
    body = rehearsed("delivered", narrower, segment="context.region")
    difference = body["difference"]
    assert difference["no_longer_invited"] > 0
    flip = next(one for one in difference["flips"] if one["from"] == "invited")
    assert flip["to"] == "condition_false"
    assert 1 <= len(flip["samples"]) <= 5
    # Who is not asked by the one rule any more is asked by the other.
    assert any(one["to"] == "invited" for one in difference["other_rules"]["all"])
    assert set(body["segments"]) == {"a", "b"}
    counted = sum(sum(one.values()) for one in body["segments"].values())
    assert counted == body["decided"]
    assert body["sms"]["sure"]["messages"] == body["invited"]["count"]
    assert body["sms"]["sure"]["segments"] >= body["invited"]["count"]


def test_a_new_rule_is_rehearsed_before_it_exists(
    app: Flask, rules_in_use: Callable[..., None]
) -> None:
    rules_in_use(THREE[2])
    happen(app)
    body = rehearsed("new", rule("new", caps=CAPS))
    assert body["version"] == "draft"
    assert body["invited"]["count"] > 0
    assert {one["from"] for one in body["difference"]["flips"]} == {"no_rule"}


@ON_SQLITE
def test_the_draft_as_it_would_have_been_decided(app: Flask, make_app: Callable[[], Flask]) -> None:
    """The same events under the draft, really decided elsewhere, give the same."""
    draft = {**THREE[0], "when": "context.amount > 90", "delay": "3h"}
    with app.app_context(), clock.at(NOON - DAY):
        apply_surveys([survey(), survey("care")])
        apply_rules(THREE)
    with app.app_context():
        happen(app)
        told = rehearsed("delivered", draft)
        db.session.remove()
    other = make_app()
    with other.app_context():
        with clock.at(NOON - DAY):
            apply_surveys([survey(), survey("care")])
            apply_rules([draft, *THREE[1:]])
        happen(other)
        real = rehearsed("delivered")
        assert real["agreement"]["differing"] == {}
        db.session.remove()
    assert told["invited"]["count"] == real["invited"]["count"]
    by_reason = [
        {reason: kind["count"] for reason, kind in one["held_back"]["by_reason"].items()}
        for one in (told, real)
    ]
    assert by_reason[0] == by_reason[1]


def test_it_says_how_far_the_history_reaches(app: Flask, rules_in_use: Callable[..., None]) -> None:
    rules_in_use(*THREE)
    happen(app, days=5)
    told = rehearsed("delivered")["history"]
    assert told["complete"] is False
    assert told["needs_days"] >= 20
    assert told["reaches_back_to"].startswith("2026-03-02")


def test_stopping_in_the_middle_leaves_nothing_open(
    app: Flask, rules_in_use: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collector.triggers.rehearse.window.PAGE", 10)
    rules_in_use(*THREE)
    happen(app)
    with clock.at(NOON + 100 * DAY):
        steps = run.rehearse(plan.prepare("delivered", None, NOON - DAY))
        first = next(steps)
        steps.close()
    assert isinstance(first, run.Progress)
    assert first.done < first.total
    happen(app, days=1, seed=9)  # writing goes on as before


@pytest.mark.parametrize(
    ("definition", "begins", "code"),
    [
        (rule(when="1 +"), NOON - DAY, "invalid_definition"),
        (rule(survey="nobody"), NOON - DAY, "invalid_definition"),
        (rule(), NOON + 200 * DAY, "bad_window"),
    ],
)
def test_what_cannot_be_rehearsed_is_refused_at_once(
    ctx: Flask, definition: dict[str, Any], begins: datetime, code: str
) -> None:
    apply_surveys([survey()])
    with pytest.raises(InvalidInput) as refused:
        rehearsed("delivered", definition, begins)
    assert refused.value.code == code


def test_a_rule_that_is_not_there_cannot_be_rehearsed(ctx: Flask) -> None:
    with pytest.raises(NotFound):
        rehearsed("nobody")
