"""Many at once, with real threads on real connections: nothing twice, nobody over a cap."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from collector import clock
from collector.intake.outcomes import Outcome
from collector.intake.receive import receive
from collector.model.base import db
from collector.model.events import Decision, Event
from collector.model.invitations import Invitation
from collector.model.people import ContactPoint, Person
from collector.triggers import decide
from tests.triggers.conftest import PutToUse
from tests.triggers.making import NOON, event, read, rule

CAPPED = {"global_days": 30, "survey_days": 90}


def together(app: Flask, *jobs: Callable[[], Any]) -> list[Any]:
    """Run the jobs at the same moment, each in a thread with an app context; gives the results."""
    start, results, failed = threading.Barrier(len(jobs)), [None] * len(jobs), []

    def run(at: int, job: Callable[[], Any]) -> None:
        with app.app_context(), clock.at(NOON):
            try:
                start.wait()
                results[at] = job()
            except Exception as error:
                failed.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    db.session.rollback()
    return results


def post(raw: Sequence[dict[str, Any]], size: int) -> Callable[[], list[Outcome]]:
    """A job that receives and decides the events in calls of `size`, as a client would."""

    def run() -> list[Outcome]:
        outcomes = []
        for start in range(0, len(raw), size):
            kept = receive([read(item) for item in raw[start : start + size]])
            decide.decide_events([one.id for one in kept])
            outcomes += kept
        return outcomes

    return run


def count(table: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("size", [500, 40])
def test_the_same_500_events_posted_three_times_at_once_make_500_events(
    ctx: Flask, in_use: PutToUse, size: int
) -> None:
    in_use(rule(caps=CAPPED), rule("second", priority=-1, caps=CAPPED))
    chance = random.Random(11)
    raw = [event(f"c-{chance.randrange(60)}") for _ in range(500)]
    shuffled = [chance.sample(raw, len(raw)) for _ in range(3)]
    results = together(ctx, *(post(order, size) for order in shuffled))
    statuses = [one.status for outcomes in results for one in outcomes]
    assert (statuses.count("accepted"), statuses.count("duplicate")) == (500, 1000)
    people = len({item["person"]["ref"] for item in raw})
    assert (count(Event), count(Person), count(ContactPoint)) == (500, people, 2 * people)
    assert count(Decision) == 1000
    assert count(Invitation) == people
    per_person = select(func.count()).select_from(Invitation).group_by(Invitation.person_id)
    assert set(db.session.scalars(per_person)) == {1}


def test_64_events_of_one_person_over_eight_workers_ask_once(ctx: Flask, in_use: PutToUse) -> None:
    in_use(rule(caps=CAPPED))
    raw = [event("c-1") for _ in range(64)]
    together(ctx, *(post(raw[start::8], 1) for start in range(8)))
    assert (count(Event), count(Decision), count(Invitation)) == (64, 64, 1)


def test_workers_and_callers_that_decide_at_once_decide_each_event_once(
    ctx: Flask, in_use: PutToUse
) -> None:
    in_use(rule(caps=CAPPED))
    with clock.at(NOON):
        ids = [one.id for one in receive([read(event(f"c-{at % 20}")) for at in range(100)])]

    def work() -> int:
        return sum(decide.run_batch(limit=7) for _ in range(20))

    together(ctx, work, work, lambda: decide.decide_events(ids), lambda: decide.decide_events(ids))
    assert (decide.backlog(), count(Decision), count(Invitation)) == (0, 100, 20)


def test_one_key_with_two_bodies_at_once_keeps_one_and_tells_the_other(
    ctx: Flask, in_use: PutToUse
) -> None:
    in_use()
    raw = event()
    for_a = {**raw, "person": {**raw["person"], "ref": "a"}}
    for_b = {**raw, "person": {**raw["person"], "ref": "b"}}
    results = together(ctx, *(post([one], 1) for one in (for_a, for_b) * 3))
    statuses = sorted(one.status for (one,) in results)
    assert statuses == ["accepted"] + ["conflict"] * 3 + ["duplicate"] * 2
    assert count(Event) == 1
