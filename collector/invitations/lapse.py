"""Closes invitations that were not sent in time: nothing is asked when the moment has passed.

The task "lapse". Next: `send` never takes one that has lapsed, even before this has marked it.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, select, update

from collector import clock
from collector.model.base import db, unit_of_work
from collector.model.invitations import LAPSED, WAITING, Invitation


def run_batch(limit: int = 100) -> int:
    """Mark up to `limit` waiting invitations that are past their time. Returns how many."""
    with unit_of_work() as work:
        overdue = (
            select(Invitation.id)
            .where(_overdue())
            .order_by(Invitation.lapses_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        lapsed = work.session.execute(
            update(Invitation)
            .where(Invitation.id.in_(overdue), Invitation.status == WAITING)
            .values(status=LAPSED)
            .returning(Invitation.id)
            .execution_options(synchronize_session=False)
        ).all()
        work.commit()
    return len(lapsed)


def backlog() -> int:
    """How many have lapsed and are not marked yet."""
    count = select(func.count()).select_from(Invitation).where(_overdue())
    return db.session.scalar(count) or 0


def _overdue() -> ColumnElement[bool]:
    return and_(Invitation.status == WAITING, Invitation.lapses_at <= clock.now())
