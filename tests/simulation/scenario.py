"""A small replay: a dozen orders and everything that can go wrong with an answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

from collector import clock
from collector.exports import feed
from collector.exports.datasets import public
from collector.rules.apply import apply_workspace
from collector.rules.folder import workspace
from collector.simulation import olist, replay
from collector.simulation.replay import Drain, Played
from collector.simulation.timeline import Answer, Item
from tests.factories import NOON

WORKSPACE = Path(olist.__file__).parent / "workspace"
STEP = timedelta(hours=12)
SHOP = "shop"


class Stopped(Exception):  # a stop is no error
    """Stands for the process being stopped at this point."""


def order(number: int, at: datetime, person: int | None = None) -> Item:
    ref = f"customer-{number if person is None else person}"
    event = {
        "source": SHOP,
        "id": f"order-{number}",
        "type": "order.delivered",
        "occurred_at": clock.iso(at),
        "person": {
            "ref": ref,
            "email": f"{ref}@example.com",
            "locale": "pt-BR",
            "consent": {"email": "granted"},
        },
        "subjects": {"store": "s1"},
    }
    return Item(at, f"line {number}", event=event)


def answer(
    number: int, at: datetime, score: int, key: str = "", comment: str | None = None
) -> Item:
    key = key or f"answer-{number}-{clock.iso(at)}"
    return Item(at, f"answer {key}", answer=Answer(SHOP, f"order-{number}", score, comment, key))


def items() -> list[Item]:
    """Twelve orders an hour apart and their answers; see `BECAME` for what comes of those."""
    day = timedelta(days=1)
    told = [order(number, NOON + timedelta(hours=number)) for number in range(12)]
    told += [
        order(12, NOON + timedelta(hours=2), person=1),  # capped: the same person, an hour later
        answer(1, NOON + timedelta(minutes=30), 5, "too-early"),
        answer(1, NOON + timedelta(hours=1), 1, "same-moment"),
        answer(1, NOON + timedelta(hours=1, seconds=1), 4, "at-once"),
        answer(12, NOON + timedelta(hours=5), 3, "of-capped"),
        answer(77, NOON + timedelta(hours=5), 3, "of-nothing"),
        answer(2, NOON + day, 2, "first", "Atrasou."),
        answer(2, NOON + day + timedelta(seconds=41), 5, "edit"),
        answer(2, NOON + 3 * day, 1, "edit-too-late"),
        answer(3, NOON + day, 5, "shared"),
        answer(4, NOON + day, 5, "shared"),
        answer(5, NOON + 2 * day, 9, "off-the-scale"),
        *(answer(number, NOON + number * day, 1 + number % 5) for number in range(6, 11)),
        answer(11, NOON + 70 * day, 3, "after-all"),
    ]
    return sorted(told, key=lambda item: (item.at, item.answer is not None))


BECAME = {
    "too-early": replay.NO_EVENT,
    "same-moment": replay.NOT_SENT,
    "at-once": replay.USED,
    "of-capped": "capped_global",
    "of-nothing": replay.NO_EVENT,
    "first": replay.USED,
    "edit": replay.USED,
    "edit-too-late": "edit_window_closed",
    "shared": replay.REPEATED,  # used for order 3, then told again for order 4
    "off-the-scale": "score_out_of_range",
    "after-all": "expired",
}


def play(
    app: Flask,
    *,
    stop_after: int | None = None,
    drain: Drain = replay.drain_here,
    told: list[Item] | None = None,
    resume: bool = False,
    step: timedelta = STEP,
) -> list[Played]:
    """Play the scenario in `app`; with `stop_after`, raise Stopped after so many items."""
    told = items() if told is None else told
    became: list[Played] = []

    def note(played: Played) -> None:
        became.append(played)
        if len(became) == stop_after:
            raise Stopped

    with app.app_context():
        with clock.at(told[0].at):
            apply_workspace(workspace.read(WORKSPACE))
        replay.play(told, step, note, drain, resume=resume)
    return became


def export(app: Flask) -> list[dict[str, object]]:
    with app.app_context():
        return [public(row) for row in feed.stream()]
