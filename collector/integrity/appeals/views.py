"""What is shown of an appeal: everything to reviewers, families of reasons to everybody else.

Reads only. Used by the API and the command line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from collector.errors import NotFound
from collector.integrity.appeals import about
from collector.integrity.appeals.families import families
from collector.integrity.appeals.terms import FINDING, RESPONSE
from collector.model.appeals import Appeal, Ruling
from collector.model.base import db
from collector.model.integrity import Finding
from collector.model.sql import paging


@dataclass(frozen=True, slots=True)
class RulingView:
    """How it ended. `outcome`: stands, counts, company_only, set_aside or cleared."""

    id: str
    outcome: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AppealView:
    """One appeal. `reason_families` says what kind of thing speaks against what is contested.

    `score` and `verdict` are what was contested ('' and None for a finding). For reviewers alone:
    `contested` with weight and codes, and `evidence`, the figures of the verdict or finding that
    holds now.
    """

    id: str
    state: str
    about: str
    about_id: str
    subjects: dict[str, list[str]]
    ground: str
    statement: str
    by: str
    score: int | None
    verdict: str
    reason_families: list[str]
    opened_at: datetime
    closed_at: datetime | None
    ruling: RulingView | None
    contested: dict[str, Any] | None = None
    evidence: Any = None


def get(appeal_id: str, *, reviewer: bool) -> AppealView:
    """One appeal; with the figures only for a reviewer. Raises NotFound (`unknown_appeal`)."""
    row = db.session.get(Appeal, appeal_id)
    if row is None:
        raise NotFound("There is no appeal with this id.", code="unknown_appeal")
    return _view(
        row, _rulings([row.id]).get(row.id), reviewer, _evidence(row) if reviewer else None
    )


def page(
    *,
    state: str = "",
    about_id: str = "",
    by: str = "",
    before: str = "",
    limit: int = paging.USUAL,
    reviewer: bool,
) -> list[AppealView]:
    """The newest first; `before` is the id of the last one of the page before this."""
    wanted: list[ColumnElement[bool]] = [Appeal.state == state] if state else []
    if about_id:
        wanted.append(or_(Appeal.response_id == about_id, Appeal.finding_id == about_id))
    if by:
        wanted.append(Appeal.by == by)
    rows = paging.newest(Appeal, *wanted, before=before, limit=limit)
    ruled = _rulings([row.id for row in rows])
    return [_view(row, ruled.get(row.id), reviewer, None) for row in rows]


def rulings_on_findings(finding_ids: list[str]) -> dict[str, RulingView]:
    """The newest ruling on each of these findings, where there is one."""
    wanted = select(Ruling).where(Ruling.finding_id.in_(finding_ids))
    rows = db.session.scalars(wanted.order_by(Ruling.ruled_at, Ruling.id))
    return {row.finding_id: _ruling(row) for row in rows if row.finding_id}


def _rulings(appeal_ids: list[str]) -> dict[str, Ruling]:
    rows = db.session.scalars(select(Ruling).where(Ruling.appeal_id.in_(appeal_ids)))
    return {row.appeal_id: row for row in rows if row.appeal_id}


def _evidence(row: Appeal) -> Any:
    if row.response_id:
        verdict = about.newest_verdict(db.session(), row.response_id)
        return None if verdict is None else verdict.evidence
    finding = db.session.get(Finding, row.finding_id)
    return None if finding is None else finding.evidence


def _ruling(row: Ruling) -> RulingView:
    return RulingView(row.id, row.outcome, row.reason, row.by, row.ruled_at)


def _view(row: Appeal, ruling: Ruling | None, reviewer: bool, evidence: Any) -> AppealView:
    held = row.contested
    return AppealView(
        id=row.id,
        state=row.state,
        about=RESPONSE if row.response_id else FINDING,
        about_id=row.response_id or row.finding_id or "",
        subjects=row.subjects,
        ground=row.ground,
        statement=row.statement,
        by=row.by,
        score=held.get("score"),
        verdict=held.get("verdict", ""),
        reason_families=families(held["reasons"]),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        ruling=None if ruling is None else _ruling(ruling),
        contested=dict(held) if reviewer else None,
        evidence=evidence,
    )
