"""Settles provisional responses that nothing contradicted in time. The verb behind `settle`.

Settling is folding again at a later moment, so that a response always is the fold of its taps.
"""

from __future__ import annotations

from sqlalchemy import func, select

from collector import clock
from collector.answers import tap_loader
from collector.answers.refold import lock, refold
from collector.model import batches
from collector.model.answers import Response
from collector.model.base import db, unit_of_work
from collector.model.batches import Rows
from collector.model.transaction import transaction

PROVISIONAL = "provisional"
STAGE = "settle"


def run_batch(limit: int = 100) -> int:
    """Settle up to `limit` responses whose time has come; returns how many were handled."""
    return batches.run(STAGE, limit, _settle)


@transaction
def _settle(limit: int, rows: Rows) -> int:
    now = clock.now()
    with unit_of_work() as work:
        session = work.session
        due = (
            select(Response.invitation_id)
            .where(Response.state == PROVISIONAL, Response.settles_at <= now)
            .where(rows.among(Response.invitation_id))
            .order_by(Response.settles_at, Response.id)
            .limit(limit)
        )
        ids = session.scalars(due).all()
        rows.took(ids)
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
        Response.state == PROVISIONAL,
        Response.settles_at <= clock.now(),
        batches.free(STAGE, Response.invitation_id),
    )
    return db.session.scalar(count) or 0
