"""The nights: answers are judged again as evidence comes in, and once a week the subjects are.

One night or one conclusion a call, in the order of time, whoever comes first; the log's head says
how far they are. A night judges again what has reached an age of `engine.AGES`; what changed leaves
as a revision. The verb behind the bell `nights`; the sweep finds a night that is over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from collector import clock, logs
from collector.integrity.engine.running_statistics import DAY
from collector.integrity.evidence import (
    engine_state,
    log,
    stored_weight_adjustments,
    subject_analysis,
)
from collector.integrity.evidence.engine_cache import EngineCache, cached_engine
from collector.integrity.evidence.signal_import import import_signals
from collector.integrity.judgement import CHECKS
from collector.model import batches
from collector.model.answers import Response
from collector.model.base import db, unit_of_work
from collector.model.events import Event
from collector.model.integrity import IntegrityHead
from collector.model.transaction import transaction

NIGHT = timedelta(days=1)
TICK = timedelta(milliseconds=1)  # what came in at midnight belongs to the day that begins
WEEK_BEGINS = 4  # days after 1 January 1970, a Thursday: the night to Monday
CHUNK = 500


def run_batch(limit: int = 100) -> int:
    """Run the next night that is over, or conclude; returns 1, or 0 where neither is due.

    A response of which the verdict cannot be written is handed to the judge, who sets it apart; the
    night goes on. One that cannot be done at all is raised and tried again: nothing that was heard
    after it may be fed before it, or its answers would be judged by what nobody knew.
    """
    try:
        return _next(engine_state.verdicts)
    except Exception as error:
        if not batches.of_a_row(error):
            raise
        logs.failure("night_failed", error)
    failed: dict[str, Exception] = {}
    done = _next(partial(engine_state.verdicts_apart, failed=failed))
    for response_id, why in failed.items():
        batches.note("judge", response_id, why)
    return done


@transaction
def _next(verdicts: Callable[..., int]) -> int:
    now = clock.now()
    with cached_engine() as kept, unit_of_work() as work:
        head = log.head(work.session)
        if not _due(head, now):
            return 0
        engine_cache = kept.catch_up(work.session, head)
        assert head.night is not None
        head.checks = CHECKS
        if _to_conclude(head):
            subject_analysis.conclude(work, engine_cache, now, verdicts)
            head.concluded_night, head.concluded_number = head.night, head.last_number
            work.commit()
            return 1
        night = head.night + NIGHT
        heard = import_signals(work.session, head, night - TICK)
        kept.feed(work.session, heard)
        counted = _cases(work.session, head, engine_cache, night)
        kept.feed(work.session, counted)
        log.append(work.session, [*heard, *counted])
        kept.open = True
        judged = engine_cache.nights(night.timestamp())
        head.night = night
        stands = engine_state.again(work.session, judged)
        workers = {one.worker for one in stands}
        verdicts(work, stands, stored_weight_adjustments.load(work.session, workers), now)
        work.ring("publish")  # which may have waited for this night
        work.commit()
        kept.committed()
        return 1


def backlog() -> int:
    """How many nights are over and not done, or 1 for a conclusion that is due."""
    head = db.session.scalar(select(IntegrityHead).where(IntegrityHead.id == 1))
    now = clock.now()
    if head is None or not _due(head, now):
        return 0
    assert head.night is not None
    return max((now - head.night) // NIGHT, 1)


def _due(head: IntegrityHead, now: datetime) -> bool:
    return head.night is not None and (head.night + NIGHT <= now or _to_conclude(head))


def _to_conclude(head: IntegrityHead) -> bool:
    """Has a Monday been reached since the subjects were last judged?"""
    assert head.night is not None
    days = int(head.night.timestamp() // DAY)
    monday = log.moment_of((days - (days - WEEK_BEGINS) % 7) * DAY)
    return head.concluded_night is not None and head.concluded_night < monday


def _cases(
    session: Session, head: IntegrityHead, engine_cache: EngineCache, night: datetime
) -> list[log.Entry]:
    """How often the customers of those answers had come that this night judges for the last time.

    Only where they came more than once.
    """
    ending = [case.id for case in engine_cache.engine.due_for_final(night.timestamp())]
    counts: dict[str, int] = {}
    for start in range(0, len(ending), CHUNK):
        counts |= _come(session, [log.response_of(id) for id in ending[start : start + CHUNK]],
                        night)  # fmt: skip
    made = []
    for id in ending:
        count = counts.get(log.response_of(id), 0)
        if count > 1:
            version = int(id.rpartition(".")[2])
            body = {"cases": count}
            made.append(log.entry(head, night, log.CASES, log.response_of(id), version, body))
    return made


def _come(session: Session, response_ids: Sequence[str], by: datetime) -> dict[str, int]:
    rows = session.execute(
        select(Response.id, func.count(Event.id))
        .join(Event, Event.person_id == Response.person_id)
        .where(Response.id.in_(response_ids), Event.occurred_at <= by, Event.received_at <= by)
        .group_by(Response.id)
    )
    return {row[0]: row[1] for row in rows}
