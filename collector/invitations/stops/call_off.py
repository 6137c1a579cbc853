"""CALL OFF what waits of a rule or of a survey: some hundred a transaction, each with a decision.

What never went out is cancelled, and the ledger says who called it off and why; of what went out,
nothing follows. What is in a worker's hands at this moment is not touched: `still_wanted.py` asks
whether its rule is stopped. Twice is the same as once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from collector import clock
from collector.invitations.stops.waiting import Which, follows, unsent
from collector.model import audit, locks
from collector.model.audit import Author
from collector.model.base import unit_of_work
from collector.model.events import Decision
from collector.model.invitations import Invitation
from collector.model.transaction import transaction
from collector.surveys.versions import reason_required
from collector.triggers import supersede
from collector.triggers.supersede import Superseded

BATCH: Final = 500
CALLED_OFF: Final = "called_off"


def by_hand(which: Which, who: Author) -> int:
    """Call off all that waits of a rule or a survey. Returns how many asks were cancelled.

    Raises InvalidInput (`reason_required`).
    """
    if not who.reason:
        raise reason_required("The asks that wait will never go out")
    facts = {"by": who.by, "why": who.reason}
    cancelled = run(which, CALLED_OFF, facts)
    _write_down(which, who, cancelled)
    return cancelled


def run(which: Which, reason: str, facts: Mapping[str, Any]) -> int:
    """The same for a reason of the ledger; no entry in the audit log."""
    cancelled = 0
    after: str | None = ""
    while after is not None:
        done, after = _some(which, reason, facts, after)
        cancelled += done
    return cancelled


@transaction
def _some(
    which: Which, reason: str, facts: Mapping[str, Any], after: str
) -> tuple[int, str | None]:
    """How many were cancelled, and the last id that was looked at, if there may be more."""
    with unit_of_work() as work:
        session, now = work.session, clock.now()
        # Of a claim that holds one at this moment it is waited for: afterwards it waits no more.
        rows = locks.rows(
            session,
            Invitation,
            select(Invitation.id, Invitation.decision_id)
            .join(Decision, which.only())
            .where(unsent() | follows(), Invitation.id > after)
            .order_by(Invitation.id)
            .limit(BATCH),
        )
        found = {row.id: Superseded(row.decision_id, reason, facts) for row in rows}
        cancelled = supersede.cancel(session, found, now)
        work.commit()
    return cancelled, (rows[-1].id if len(rows) == BATCH else None)


@transaction
def _write_down(which: Which, who: Author, cancelled: int) -> None:
    kind, key = ("rule", which.rule) if which.rule else ("survey", which.survey)
    with unit_of_work() as work:
        audit.append(work.session, who, kind, key, CALLED_OFF, 0, {"asks": cancelled})
        work.commit()
