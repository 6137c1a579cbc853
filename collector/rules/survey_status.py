"""The verb that pauses a survey, retires it, or sets it live again: whatever rules ask it.

A survey is live until somebody says otherwise; its versions are untouched. Called by the API and
the command line. `invitations/stops/reach.py` then sees to the asks that wait.
"""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from collector import clock
from collector.errors import InvalidInput
from collector.model import audit
from collector.model.audit import Author
from collector.model.base import unit_of_work
from collector.model.rules import SURVEY, Stop
from collector.model.sql.bulk import upsert
from collector.model.transaction import transaction
from collector.rules.apply import collided
from collector.rules.statuses import LIVE, PAUSED, RETIRED
from collector.surveys import catalog
from collector.surveys.versions import Change, reason_required

STATUSES = (LIVE, PAUSED, RETIRED)


def set_status(key: str, status: str, who: Author) -> Change:
    """Make the survey live, paused or retired. Twice is the same as once.

    Raises NotFound (`unknown_survey`), InvalidInput (`reason_required`, `bad_status`), Conflict
    (`configuration_changed`).
    """
    if status not in STATUSES:
        raise InvalidInput(
            f"A survey is {', '.join(STATUSES)}.", code="bad_status", pointer="/status"
        )
    try:
        return _set(key, status, who)
    except IntegrityError:
        raise collided() from None


def of(session: Session, key: str) -> str:
    """The status of this survey."""
    wanted = select(Stop.status).where(Stop.kind == SURVEY, Stop.key == key)
    return session.scalar(wanted) or LIVE


@transaction
def _set(key: str, status: str, who: Author) -> Change:
    version = catalog.current(key).version
    with unit_of_work() as work:
        before = of(work.session, key)
        if before == status:
            return Change("survey", key, version, "unchanged", (before, status))
        if not who.reason:
            raise reason_required(f"The survey `{key}` becomes {status}")
        if status == LIVE:
            work.session.execute(delete(Stop).where(Stop.kind == SURVEY, Stop.key == key))
            work.ring("send")
        else:
            said = {"status": status, "by": who.by, "reason": who.reason, "at": clock.now()}
            work.session.execute(
                upsert(Stop)
                .values(kind=SURVEY, key=key, **said)
                .on_conflict_do_update(index_elements=["kind", "key"], set_=said)
            )
        details = {"status": [before, status]}
        audit.append(work.session, who, "survey", key, "status", version, details)
        work.commit()
    return Change("survey", key, version, "changed", (before, status))
