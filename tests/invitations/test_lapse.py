"""What was not asked in time is asked no more: so many at a time, each by one worker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Connection, event, func, select

from collector import clock
from collector.invitations import lapse
from collector.model.base import db
from collector.model.invitations import LAPSED, Invitation
from tests import factories
from tests.factories import NOON

LATE = NOON + timedelta(days=15)
# A plan that PostgreSQL may choose as well: for every row of the table it asks again which ones.
EVERY_ROW_ASKS = (
    "hashjoin", "mergejoin", "hashagg", "sort", "material", "memoize", "indexscan",
    "indexonlyscan", "bitmapscan",
)  # fmt: skip


def lapsed() -> int:
    db.session.rollback()
    count = select(func.count()).select_from(Invitation).where(Invitation.status == LAPSED)
    return db.session.scalar(count) or 0


@pytest.fixture
def overdue(ctx: Flask) -> int:
    """Ten invitations that nobody was asked by in time."""
    survey = factories.survey_version(db.session)
    for _ in range(10):
        factories.invitation(db.session, survey=survey)
    db.session.commit()
    return 10


@pytest.fixture
def poorly_planned(ctx: Flask) -> Iterator[None]:
    def choose(connection: Connection) -> None:
        for name in EVERY_ROW_ASKS:
            connection.exec_driver_sql(f"SET LOCAL enable_{name} = off")

    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # What other tests left in the table would make another plan the cheapest.
        connection.exec_driver_sql("VACUUM FULL ANALYZE invitations")
    event.listen(db.engine, "begin", choose)
    yield
    event.remove(db.engine, "begin", choose)


def test_so_many_lapse_at_a_time_until_none_is_left(overdue: int) -> None:
    with clock.at(LATE):
        assert [lapse.run_batch(4) for _ in range(4)] == [4, 4, 2, 0]
    assert lapsed() == overdue


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_batch_takes_no_more_than_its_limit_whatever_the_plan(
    overdue: int, poorly_planned: None
) -> None:
    with clock.at(LATE):
        assert lapse.run_batch(3) == 3
    assert lapsed() == 3
