"""RESPONSE → VERDICT: judges the responses that wait for it. The verb behind the bell `judge`.

A provisional response waits until it settles or is confirmed. A verdict is only written where
something changed, so judging again is harmless. Safe for any number of workers.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from collector import clock
from collector.integrity import cases, rulings
from collector.integrity.judgement import REJECTED, Judgement, judge
from collector.model.answers import Response
from collector.model.base import db, unit_of_work
from collector.model.ids import derived_id
from collector.model.verdicts import Verdict

CHECKS = "checks"
WAITING = (Response.needs_verdict, Response.state != "provisional")


def run_batch(limit: int = 100) -> int:
    """Judge up to `limit` responses; returns how many were handled."""
    now = clock.now()
    with unit_of_work() as work:
        session = work.session
        waiting = select(Response).where(*WAITING).order_by(Response.updated_at, Response.id)
        lock = waiting.limit(limit).with_for_update(skip_locked=True, key_share=True)
        responses = session.scalars(lock).all()
        if not responses:
            return 0
        gathered = cases.gather(session, responses)
        ids = [row.id for row in responses]
        newest, ruled = cases.newest_verdicts(session, ids), rulings.standing(session, ids)
        for row in responses:
            ruling = ruled.get(row.id)
            judgement = rulings.overruled(judge(gathered[row.id]), ruling)
            row.needs_verdict = False
            by = ruling.judged_by if ruling else CHECKS
            if _write(session, row, newest.get(row.id), judgement, by, now):
                work.ring("publish")
                row.needs_follow_up = judgement.verdict != REJECTED
                if row.needs_follow_up:
                    work.ring("follow_up")
        work.commit()
        return len(responses)


def backlog() -> int:
    """How many responses wait for a verdict."""
    return db.session.scalar(select(func.count()).select_from(Response).where(*WAITING)) or 0


def _write(
    session: Session,
    row: Response,
    last: Verdict | None,
    judgement: Judgement,
    by: str,
    now: datetime,
) -> bool:
    """Append a verdict unless the last one says the same of the same version."""
    if last is not None and _same(last, row, judgement):
        return False
    number = 1 if last is None else last.number + 1
    session.add(
        Verdict(
            id=derived_id("vrd", now, row.id, str(number)),
            response_id=row.id,
            number=number,
            response_version=row.version,
            verdict=judgement.verdict,
            weight=judgement.weight,
            reasons=list(judgement.reasons),
            evidence=dict(judgement.evidence),
            checks_version=judgement.checks_version,
            judged_by=by,
            created_at=now,
        )
    )
    return True


def _same(last: Verdict, row: Response, judgement: Judgement) -> bool:
    return (
        last.response_version == row.version
        and last.verdict == judgement.verdict
        and last.weight == judgement.weight
        and list(last.reasons) == list(judgement.reasons)
        and last.evidence == dict(judgement.evidence)
        and last.checks_version == judgement.checks_version
    )
