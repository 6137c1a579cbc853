"""One transaction a step: rolled back unless committed, bells only after the commit."""

from __future__ import annotations

import pytest
from flask import Flask

from collector.model.base import db, unit_of_work
from collector.model.people import Person
from tests.factories import person


def test_what_is_not_committed_is_gone(ctx: Flask) -> None:
    with unit_of_work() as work:
        person(work.session)
        work.ring("decide")
    assert db.session.query(Person).count() == 0
    assert ctx.extensions["collector.rung"] == []


def test_an_error_rolls_back_and_rings_nothing(ctx: Flask) -> None:
    def break_half_way() -> None:
        with unit_of_work() as work:
            person(work.session)
            work.ring("decide")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_half_way()
    assert db.session.query(Person).count() == 0
    assert ctx.extensions["collector.rung"] == []


def test_a_bell_rings_once_and_after_the_commit(ctx: Flask) -> None:
    with unit_of_work() as work:
        person(work.session)
        work.ring("decide")
        work.ring("decide")
        assert ctx.extensions["collector.rung"] == []
        work.commit()
    assert ctx.extensions["collector.rung"] == ["decide"]
    assert db.session.query(Person).count() == 1


def test_a_unit_inside_a_unit_is_refused(ctx: Flask) -> None:
    with unit_of_work(), pytest.raises(RuntimeError, match="already open"), unit_of_work():
        pass
