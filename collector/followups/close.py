"""Closes a case with what came of it. A verb, called by whoever worked on the case."""

from __future__ import annotations

from sqlalchemy import select, update

from collector import clock
from collector.errors import Conflict, InvalidInput, NotFound
from collector.model.base import unit_of_work
from collector.model.followups import FollowUp
from collector.model.transaction import transaction

MAX_OUTCOME = 200  # characters


@transaction
def close(follow_up_id: str, outcome: str) -> None:
    """Close an open case with an outcome in a few words; the same outcome again changes nothing.

    Raises InvalidInput (`bad_outcome`), NotFound (`unknown_follow_up`) or Conflict
    (`already_closed`).
    """
    outcome = " ".join(outcome.split())
    if not 0 < len(outcome) <= MAX_OUTCOME:
        raise InvalidInput(
            f"Say in 1 to {MAX_OUTCOME} characters what came of it.",
            code="bad_outcome",
            pointer="/outcome",
        )
    with unit_of_work() as work:
        claim = (
            update(FollowUp)
            .where(FollowUp.id == follow_up_id, FollowUp.status == "open")
            .values(status="closed", outcome=outcome, closed_at=clock.now())
            .returning(FollowUp.id)
        )
        if work.session.execute(claim).first() is not None:
            work.commit()
            return
        was = work.session.scalar(select(FollowUp.outcome).where(FollowUp.id == follow_up_id))
    if was is None:
        raise NotFound("There is no such case.", code="unknown_follow_up")
    if was != outcome:
        raise Conflict("This case was already closed, with another outcome.", code="already_closed")
