"""Settles provisional responses that nothing contradicted in time. The verb behind `settle`.

Settling is folding again at a later moment, so that a response always is the fold of its taps.
"""

from __future__ import annotations

from sqlalchemy import func, select

from collector import clock
from collector.answers import tap_loader
from collector.answers.refold import lock, refold
from collector.model.answers import Response
from collector.model.base import db, unit_of_work

PROVISIONAL = "provisional"


def run_batch(limit: int = 100) -> int:
    """Settle up to `limit` responses whose time has come; returns how many were handled."""
    now = clock.now()
    with unit_of_work() as work:
        session = work.session
        due = (
            select(Response.invitation_id)
            .where(Response.state == PROVISIONAL, Response.settles_at <= now)
            .order_by(Response.settles_at, Response.id)
            .limit(limit)
        )
        ids = session.scalars(due).all()
        invitations = lock(session, ids) if ids else []
        taps = tap_loader.evidence(session, [row.id for row in invitations])
        if not invitations or not refold(session, invitations, taps, now):
            return 0
        work.ring("judge")
        work.commit()
        return len(invitations)


def backlog() -> int:
    """How many provisional responses are due to settle now."""
    count = select(func.count()).where(
        Response.state == PROVISIONAL, Response.settles_at <= clock.now()
    )
    return db.session.scalar(count) or 0
