"""From taps in the database to responses, by any number of workers."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from collector import clock
from collector.answers import fold, settle
from collector.model.answers import Response, Tap
from collector.model.base import db
from collector.model.invitations import Invitation
from tests import factories
from tests.factories import NOON


def asked() -> Invitation:
    return factories.sent_invitation(db.session)


def tap(of: Invitation, score: int | None, minutes: float = 1, **changes: Any) -> None:
    when = NOON + timedelta(minutes=minutes)
    factories.tap(db.session, of.id, score, **{"tapped_at": when, **changes})
    db.session.commit()


def run(verb: Any, hours: float = 1) -> int:
    with clock.at(NOON + timedelta(hours=hours)):
        return int(verb.run_batch())


def the_response() -> Response:
    db.session.rollback()
    return db.session.scalars(select(Response)).one()


def test_taps_become_one_response_that_waits_for_its_verdict(ctx: Flask) -> None:
    of = asked()
    tap(of, 3)
    tap(of, 5, 2, comment="quick")
    assert (fold.backlog(), run(fold), fold.backlog(), run(fold)) == (1, 1, 0, 0)
    row = the_response()
    assert (row.score, row.comment, row.state, row.taps) == (5, "quick", "confirmed", 2)
    assert (row.version, row.needs_verdict) == (1, True)
    assert "judge" in ctx.extensions["collector.rung"]


def test_a_later_tap_makes_a_new_version_under_the_same_id(ctx: Flask) -> None:
    of = asked()
    tap(of, 3)
    run(fold)
    before = the_response().id
    tap(of, 4, 30)
    run(fold)
    row = the_response()
    assert (row.id, row.version, row.score) == (before, 2, 4)


def test_the_id_does_not_depend_on_when_it_was_folded(ctx: Flask) -> None:
    of = asked()
    tap(of, 3, kind="provisional")
    tap(of, 4, 3)
    run(fold)
    together = the_response().id
    db.session.delete(the_response())
    db.session.commit()
    for row in db.session.scalars(select(Tap).order_by(Tap.tapped_at)):
        row.folded = False
        db.session.commit()
        run(fold)
    assert the_response().id == together


def test_what_changes_nothing_makes_no_new_version(ctx: Flask) -> None:
    of = asked()
    tap(of, 3)
    run(fold)
    ctx.extensions["collector.rung"].clear()
    tap(of, None, 50, kind="decoy")
    assert run(fold) == 1
    assert (the_response().version, ctx.extensions["collector.rung"]) == (1, [])


def test_a_decoy_alone_makes_no_response_and_is_not_looked_at_again(ctx: Flask) -> None:
    tap(asked(), None, kind="decoy")
    assert (run(fold), run(fold)) == (1, 0)
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0


def test_a_provisional_response_settles_when_nothing_contradicts_it(ctx: Flask) -> None:
    tap(asked(), 4, kind="provisional")
    run(fold, hours=0.1)
    assert the_response().state == "provisional"
    assert (run(settle, hours=0.18), settle.backlog()) == (0, 1)
    assert run(settle, hours=0.2) == 1
    assert (the_response().state, the_response().version, run(settle)) == ("settled", 2, 0)


def test_a_response_can_be_computed_again_from_its_taps(ctx: Flask) -> None:
    of = asked()
    tap(of, 2, kind="provisional")
    tap(of, 4, 2, comment="better")
    run(fold)
    fields = ("id", "state", "score", "comment", "first_tapped_at", "answered_at", "taps")
    before = [getattr(the_response(), name) for name in fields]
    db.session.delete(the_response())
    for row in db.session.scalars(select(Tap)):
        row.folded = False
    db.session.commit()
    run(fold)
    assert [getattr(the_response(), name) for name in fields] == before


def test_two_workers_fold_everything_once(ctx: Flask) -> None:
    for _ in range(30):
        tap(asked(), 5)
    handled: list[int] = []

    def work() -> None:
        with ctx.app_context(), clock.at(NOON + timedelta(hours=1)):
            while fold.backlog():
                handled.append(fold.run_batch(5))
            db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    db.session.rollback()
    rows = db.session.scalars(select(Response)).all()
    assert (len(rows), sum(handled)) == (30, 30)
    assert {row.version for row in rows} == {1}
