"""Judges the subjects from the sums: findings, and what they do to weights. In a unit of work.

A finding is a statement about collection. It makes answers at most suspect; only a reviewer's
ruling makes it more (`model/appeals.py`). Once a week: looking more often would find
more that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from collector.integrity.audit.words import SUBJECTS
from collector.integrity.engine.subjects import company
from collector.integrity.engine.subjects.company import Concluded
from collector.integrity.engine.subjects.findings import SubjectFinding
from collector.integrity.evidence import engine_state, stored_weight_adjustments
from collector.integrity.evidence.engine_cache import EngineCache
from collector.integrity.evidence.exposures import Exposures
from collector.integrity.evidence.feature_loader import homes
from collector.integrity.judgement import VERSION
from collector.model import locks
from collector.model.base import UnitOfWork
from collector.model.ids import derived_id
from collector.model.integrity import EngineState, Finding
from collector.model.sql.bulk import pair_of

OPEN, LAPSED = "open", "lapsed"
TELLING = 0.2  # tests with a larger p say nothing and stay out of the table


def conclude(
    work: UnitOfWork,
    engine_cache: EngineCache,
    now: datetime,
    verdicts: Callable[..., int] = engine_state.verdicts,
) -> int:
    """Judge all subjects anew; returns how many answers got another verdict for it.

    `verdicts` writes them, as `engine_state.verdicts` does.
    """
    session = work.session
    concluded = analyse(session, engine_cache)
    keep(session, _flagged(concluded), now)
    changed = stored_weight_adjustments.replace(
        session, stored_weight_adjustments.effects(concluded.agents)
    )
    if not changed:
        return 0
    moved = session.scalars(
        select(EngineState)
        .where(EngineState.worker.in_(sorted(changed)))
        .order_by(EngineState.response_id)
    ).all()
    return verdicts(work, moved, stored_weight_adjustments.load(session, changed), now)


def analyse(session: Session, engine_cache: EngineCache) -> Concluded:
    """What is to be said of all subjects now. Writes nothing."""
    ledgers = engine_cache.so_far()
    company.count_exposures(ledgers, Exposures(session, homes(session, None)))
    return company.conclude(ledgers)


def _flagged(concluded: Concluded) -> Iterator[tuple[str, SubjectFinding]]:
    for about, found in (
        ("agent", concluded.agents.findings), ("team", concluded.teams),
        ("store", concluded.stores),
    ):  # fmt: skip
        for _, finding in sorted(found.items()):
            if finding.flagged:
                yield about, finding


def keep(session: Session, flagged: Iterable[tuple[str, SubjectFinding]], now: datetime) -> None:
    """Open what is new, bring up to date what is open, let lapse what is no longer so.

    What a reviewer ruled on stays as it was ruled; a ruling does not stop a later finding, unless
    the subject was cleared of the very same reasons.
    """
    found = list(flagged)
    about = {(kind, finding.subject) for kind, finding in found}
    # Locked, so that what a reviewer rules meanwhile is not written over.
    concerned = or_(Finding.state == OPEN, pair_of(Finding.about, Finding.subject, about))
    locked = locks.entities(session, Finding, select(Finding).where(concerned))
    rows = sorted(locked, key=lambda row: (row.found_at, row.id))
    known: dict[tuple[str, str], Finding] = {(row.about, row.subject): row for row in rows}
    still = set()
    for kind, finding in found:
        key = (kind, finding.subject)
        still.add(key)
        row = known.get(key)
        if row is not None and _settled(row, finding):
            row.seen_at = now
            continue
        if row is None or row.state != OPEN:
            row = Finding(
                id=derived_id("fnd", now, kind, finding.subject), about=kind,
                subject=finding.subject, state=OPEN, found_at=now,
            )  # fmt: skip
            session.add(row)
        _fill(row, finding, now)
    for key, row in known.items():
        if row.state == OPEN and key not in still:
            row.state = LAPSED


def _settled(row: Finding, finding: SubjectFinding) -> bool:
    """Has a reviewer ruled on these very reasons?"""
    return row.state not in (OPEN, LAPSED) and set(finding.reasons) <= set(row.reasons)


def _fill(row: Finding, finding: SubjectFinding, now: datetime) -> None:
    row.p, row.families, row.reasons = finding.p, dict(finding.families), list(finding.reasons)
    row.evidence = [
        {"code": item.code, "p": item.p, "independent": item.independent, **item.figures}
        for item in finding.evidence
        if item.p <= TELLING
    ]
    row.innocent = _innocent(finding)
    row.bombed_answers, row.checks_version, row.seen_at = finding.victim, VERSION, now


def _innocent(finding: SubjectFinding) -> dict[str, Any]:
    return {code: SUBJECTS[code].innocent for code in finding.reasons if code in SUBJECTS}
