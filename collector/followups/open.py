"""Opens a case for each counted low answer, and for words that came without a score.

The verb behind the bell `follow_up`. One case for one response, ever: a later change of
mind leaves it to its owner. Safe for any number of workers. Next: `close.py`.
"""

from __future__ import annotations

from sqlalchemy import func, select

from collector import clock
from collector.followups.cases import due, needs_case
from collector.model import batches, locks
from collector.model.answers import Response
from collector.model.base import db, unit_of_work
from collector.model.batches import Rows
from collector.model.followups import FollowUp
from collector.model.ids import derived_id
from collector.model.invitations import Invitation
from collector.model.transaction import transaction
from collector.surveys import catalog

STAGE = "follow_up"
WAITING = (Response.needs_follow_up, Response.state.in_(("settled", "confirmed")))


def run_batch(limit: int = 100) -> int:
    """Look at up to `limit` newly judged answers; returns how many were handled."""
    return batches.run(STAGE, limit, _open)


@transaction
def _open(limit: int, rows: Rows) -> int:
    now = clock.now()
    with unit_of_work() as work:
        session = work.session
        waiting = (
            select(Response)
            .where(*WAITING, rows.among(Response.id))
            .order_by(Response.updated_at, Response.id)
            .limit(limit)
        )
        responses = locks.entities(session, Response, waiting, skip=True)
        ids = [row.id for row in responses]
        rows.took(ids)
        asked = dict(
            session.execute(
                select(Response.id, Invitation.survey_version_id)
                .join(Invitation, Invitation.id == Response.invitation_id)
                .where(Response.id.in_(ids))
            ).all()
        )
        surveys = catalog.get_many(asked.values())
        opened = set(
            session.scalars(select(FollowUp.response_id).where(FollowUp.response_id.in_(ids)))
        )
        for row in responses:
            row.needs_follow_up = False
            survey = surveys[asked[row.id]]
            if row.erased_at is not None:  # they took it back: nobody calls them about it
                continue
            if row.id not in opened and needs_case(survey.metric, row.score, row.comment):
                session.add(
                    FollowUp(
                        id=derived_id("fup", now, row.id),
                        response_id=row.id,
                        owner=survey.owner,
                        opened_at=now,
                        due_at=due(now),
                    )
                )
        work.commit()
        return len(responses)


def backlog() -> int:
    """How many judged answers nobody has looked at yet."""
    waiting = (*WAITING, batches.free(STAGE, Response.id))
    count = select(func.count()).select_from(Response).where(*waiting)
    return db.session.scalar(count) or 0
