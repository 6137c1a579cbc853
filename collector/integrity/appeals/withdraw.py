"""The verb with which who opened an appeal takes it back. What was contested stays as it is.

Called by `web/api/appeals.py` and `collector appeals withdraw`.
"""

from __future__ import annotations

from collector import clock
from collector.errors import Conflict, Forbidden
from collector.integrity.appeals import about, terms
from collector.integrity.appeals.open import KIND
from collector.integrity.appeals.terms import OPEN, WITHDRAWN
from collector.model import audit
from collector.model.audit import Author
from collector.model.base import unit_of_work
from collector.model.transaction import transaction


@transaction
def withdraw(appeal_id: str, by: str, reason: str = "", via: str = "") -> None:
    """Withdraw an open appeal; twice is the same as once.

    Raises InvalidInput, NotFound (`unknown_appeal`), Forbidden (`not_the_appellant`), Conflict
    (`not_open`).
    """
    by, reason = terms.check_withdrawal(by, reason)
    with unit_of_work() as work:
        session = work.session
        row = about.appeal(session, appeal_id)
        if terms.plain(row.by) != terms.plain(by):
            raise Forbidden(
                "An appeal can be withdrawn by whoever opened it, and by nobody else.",
                code="not_the_appellant", pointer="/by",
            )  # fmt: skip
        if row.state == WITHDRAWN:
            return
        if row.state != OPEN:
            raise Conflict(f"This appeal is not open any more: it is {row.state}.", code="not_open")
        row.state, row.closed_at = WITHDRAWN, clock.now()
        number = 1
        if row.response_id:
            last = about.newest_verdict(session, row.response_id)
            if last is not None:
                number = last.number
                about.publish_again(session, last.id)
                work.ring("publish")
        details = {"via": via}
        audit.append(session, Author(by, reason), KIND, row.id, "withdrawn", number, details)
        work.commit()
