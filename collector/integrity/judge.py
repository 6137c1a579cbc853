"""RESPONSE → VERDICT: judges the responses that wait for it. The verb behind the bell `judge`.

Feeding is serial: whoever holds the log's head feeds the one engine, in the order of the answers,
and writes log and verdicts in the same transaction. A provisional response waits until it settles
or is confirmed. Nights that are over come first (`nightly_rejudge.py`). Safe for any number of
workers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from collector import clock
from collector.integrity import nightly_rejudge
from collector.integrity.evidence import engine_state, log, stored_weight_adjustments
from collector.integrity.evidence.engine_cache import CachedEngine, cached_engine
from collector.integrity.evidence.feature_loader import event_key, load_features
from collector.integrity.evidence.signal_import import import_signals
from collector.integrity.judgement import CHECKS, REJECTED
from collector.model import batches, locks
from collector.model.answers import Response
from collector.model.base import db, unit_of_work
from collector.model.batches import Rows
from collector.model.integrity import EngineState, IntegrityHead
from collector.model.transaction import transaction

STAGE = "judge"
WAITING = (Response.needs_verdict, Response.state != "provisional")


def run_batch(limit: int = 100) -> int:
    """Judge up to `limit` responses; returns how many were handled. Nights that are over first.

    The log holds nothing of a response that is set apart. When it is released it is fed as what is
    heard then, like an answer that came in late.
    """
    while nightly_rejudge.backlog():  # maybe somebody else's by now; then responses still wait
        nightly_rejudge.run_batch()
    return batches.run(STAGE, limit, _judge)


@transaction
def _judge(limit: int, rows: Rows) -> int:
    now = clock.now()
    with cached_engine() as kept, unit_of_work() as work:
        session = work.session
        head = log.head(session)
        responses = _waiting(session, limit, rows)
        rows.took([row.id for row in responses])
        if not responses:
            return 0
        kept.catch_up(session, head)
        head.checks = CHECKS
        heard = import_signals(session, head, now)
        kept.feed(session, heard)
        with session.no_autoflush:
            standings, fed = _feed(session, kept, head, log.moment(head, now), responses)
        log.append(session, [*heard, *fed])
        workers = {one.worker for one in standings}
        engine_state.verdicts(
            work, standings, stored_weight_adjustments.load(session, workers), now
        )
        for row in responses:
            row.needs_verdict = False
        work.commit()
        kept.committed()
        return len(responses)


def backlog() -> int:
    """How many responses wait for a verdict."""
    waiting = (*WAITING, batches.free(STAGE, Response.id))
    return db.session.scalar(select(func.count()).select_from(Response).where(*waiting)) or 0


def _waiting(session: Session, limit: int, rows: Rows) -> Sequence[Response]:
    """The next responses, in an order that does not depend on who folded them."""
    wanted = (
        select(Response)
        .where(*WAITING, rows.among(Response.id))
        .order_by(Response.updated_at, Response.answered_at, Response.id)
        .limit(limit)
    )
    return locks.entities(session, Response, wanted, skip=True)


def _feed(
    session: Session,
    kept: CachedEngine,
    head: IntegrityHead,
    at: datetime,
    responses: Sequence[Response],
) -> tuple[list[EngineState], list[log.Entry]]:
    """Let the engine judge each response, one after the other: what stands now, and the entries.

    A version that was fed before is not fed again: new evidence about it is looked at.
    """
    standings = engine_state.of(session, responses)
    known = load_features(session, [row for row in responses if row.score is not None])
    about = [(event.source, event.event_id) for _, event in known.invited.values()]
    assert kept.engine_cache is not None
    kept.engine_cache.foresee(session, {event_key(*pair): pair for pair in about})
    fed: list[log.Entry] = []
    for row in responses:
        stands = standings[row.id]
        if stands.version == row.version:
            engine_state.look_again(stands, kept, at.timestamp())
            continue
        if row.score is None:
            body = {"reasons": sorted({str(item["reason"]) for item in row.set_aside})}
            fed.append(log.entry(head, at, log.SET_ASIDE, row.id, row.version, body))
            kept.feed(session, fed[-1:])
            engine_state.set_aside(stands, row)
        else:
            body = known.body(row, row.score)
            fed.append(log.entry(head, at, log.ANSWER, row.id, row.version, body))
            (judged,) = kept.feed(session, fed[-1:])
            engine_state.arrived(stands, row, judged)
        known.counting -= {row.id}
        if row.score is not None and stands.verdict != REJECTED:
            known.counting |= {row.id}
    return [standings[row.id] for row in responses], fed
