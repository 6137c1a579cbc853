"""TAP → RESPONSE: folds the taps that nobody has folded yet. The verb behind the bell `fold`.

Safe for any number of workers: each batch locks its invitations and skips those that are locked.
The arithmetic is in `folding.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update

from collector import clock
from collector.answers import tap_loader
from collector.answers.refold import add_contacts, lock, refold
from collector.model import batches
from collector.model.answers import Tap
from collector.model.base import UnitOfWork, db, unit_of_work
from collector.model.batches import Rows
from collector.model.sql.bulk import one_of
from collector.model.transaction import transaction

STAGE = "fold"


def run_batch(limit: int = 100) -> int:
    """Fold up to `limit` invitations that have new taps; returns how many were handled."""
    return batches.run(STAGE, limit, _fold)


@transaction
def _fold(limit: int, rows: Rows) -> int:
    with unit_of_work() as work:
        session = work.session
        waiting = (
            select(Tap.invitation_id)
            .where(~Tap.folded, rows.among(Tap.invitation_id))
            .group_by(Tap.invitation_id)
            .order_by(func.min(Tap.tapped_at), Tap.invitation_id)
            .limit(limit)
        )
        ids = session.scalars(waiting).all()
        rows.took(ids)
        return _fold_those(work, ids)


@transaction
def fold_at_once(invitation_ids: Sequence[str]) -> int:
    """Fold these without waiting for a worker; returns how many had new taps."""
    with unit_of_work() as work:
        return _fold_those(work, invitation_ids)


def _fold_those(work: UnitOfWork, ids: Sequence[str]) -> int:
    session = work.session
    invitations = lock(session, ids) if ids else []
    if not invitations:
        return 0
    locked = [row.id for row in invitations]
    newly = session.execute(
        update(Tap)
        .where(one_of(Tap.invitation_id, locked), ~Tap.folded)
        .values(folded=True)
        .returning(Tap.id, Tap.invitation_id, Tap.channel),
        execution_options={"synchronize_session": False},
    ).all()
    add_contacts(session, [(id, about, channel) for id, about, channel in newly])
    # Read after marking: a tap that comes in meanwhile stays marked as not folded.
    taps = tap_loader.evidence(session, locked)
    if refold(session, invitations, taps, clock.now()):
        work.ring("judge")
    work.commit()
    return len({row.invitation_id for row in newly})


def backlog() -> int:
    """How many invitations have taps that are not folded yet."""
    count = select(func.count(func.distinct(Tap.invitation_id))).where(
        ~Tap.folded, batches.free(STAGE, Tap.invitation_id)
    )
    return db.session.scalar(count) or 0
