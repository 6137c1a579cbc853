"""PAUSE EVERYTHING: no ask leaves by any channel until somebody resumes. And RESUME.

One row in the database, so it holds for every process and survives every restart. Events are still
taken and decided; what was to go out waits, and goes out after the resumption where its time has
not passed. Answers are still recorded. Used by `collector pause|resume` and `POST /v1/pause`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import structlog
from sqlalchemy import delete, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from collector import clock
from collector.errors import Conflict
from collector.intake import in_hand
from collector.model import audit
from collector.model.audit import Author
from collector.model.base import db, unit_of_work
from collector.model.rules import ALL, EVERYTHING, Stop
from collector.model.sql.bulk import upsert
from collector.model.transaction import transaction
from collector.rules import stops
from collector.rules.statuses import PAUSED
from collector.rules.stops import Halt
from collector.surveys.versions import reason_required

AUDITED = "service"
"""The kind of object in the audit log; its key is `everything`."""
log = structlog.get_logger()


def pause(who: Author) -> bool:
    """Let nothing go out any more. False if that was so already, with the first reason kept.

    When this returns, nothing is in a worker's hands. Raises InvalidInput (`reason_required`).
    """
    if not who.reason:
        raise reason_required("Nobody is asked anything until somebody resumes")
    paused = _once(_pause, who)
    in_hand.let_pass(true())
    return paused


def resume(who: Author) -> bool:
    """Go on. False if nothing was paused."""
    return _once(_resume, who)


def state() -> Halt | None:
    """Since when everything is paused, by whom and why; None while it is not."""
    return stops.everything(cast(Session, db.session()))


def _once(verb: Callable[[Author], bool], who: Author) -> bool:
    try:
        return verb(who)
    except IntegrityError:  # two in one moment both wanted the next number of the audit log
        raise Conflict(
            "Somebody else paused or resumed at this moment; look and try again.",
            code="configuration_changed",
        ) from None


@transaction
def _pause(who: Author) -> bool:
    with unit_of_work() as work:
        row = {"kind": EVERYTHING, "key": ALL, "status": PAUSED, "at": clock.now()}
        made = work.session.execute(
            upsert(Stop)
            .values(**row, by=who.by, reason=who.reason)
            .on_conflict_do_nothing()
            .returning(Stop.kind)
        ).first()
        if made is None:
            return False
        audit.append(work.session, who, AUDITED, EVERYTHING, "paused", 0, {})
        work.commit()
    log.warning("everything_paused")
    return True


@transaction
def _resume(who: Author) -> bool:
    with unit_of_work() as work:
        gone = work.session.execute(
            delete(Stop).where(Stop.kind == EVERYTHING, Stop.key == ALL).returning(Stop.kind)
        ).first()
        if gone is None:
            return False
        audit.append(work.session, who, AUDITED, EVERYTHING, "resumed", 0, {})
        work.ring("send")
        work.ring("follow")
        work.commit()
    log.warning("everything_resumed")
    return True
