"""Findings as reviewers see them, and the verb that rules on one: confirmed, or cleared.

A finding is a statement about how answers were collected, never about a person's honesty, and it
means nothing outside this service until somebody who is not involved has ruled on it. Called by
`web/api/findings.py` and `collector findings`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock
from collector.errors import Conflict, Forbidden, NotFound
from collector.integrity.appeals import about, terms, views
from collector.integrity.appeals.terms import OPEN
from collector.integrity.appeals.views import RulingView
from collector.integrity.audit import words
from collector.integrity.inputs.roster import current
from collector.model import audit
from collector.model.appeals import Appeal, Ruling
from collector.model.audit import Author
from collector.model.base import db, unit_of_work
from collector.model.ids import new_id
from collector.model.integrity import Finding
from collector.model.sql import paging
from collector.model.transaction import transaction

KIND = "finding"
STATES = ("open", "lapsed", "confirmed", "cleared")


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding. `p`: how often chance alone looks like this, `strength` the same in words.
    `told`: each piece of evidence in words; `innocent`: what else it may be, by code. `appeal`: the
    state of the newest appeal, '' where there is none."""

    id: str
    state: str
    about: str
    subject: str
    p: float
    strength: str
    told: list[str]
    families: dict[str, Any]
    reasons: list[str]
    evidence: list[Any]
    innocent: dict[str, Any]
    found_at: datetime
    seen_at: datetime
    checks_version: str
    appeal: str
    ruling: RulingView | None


def get(finding_id: str) -> FindingView:
    """One finding. Raises NotFound (`unknown_finding`)."""
    row = db.session.get(Finding, finding_id)
    if row is None:
        raise NotFound("There is no finding with this id.", code="unknown_finding")
    return _view(row, _appeals([row.id]), views.rulings_on_findings([row.id]))


def page(
    state: str = "", subject: str = "", before: str = "", limit: int = paging.USUAL
) -> list[FindingView]:
    """The newest first; `before` is the id of the last one of the page before this."""
    wanted = [Finding.state == state] if state else []
    wanted += [Finding.subject == subject] if subject else []
    rows = paging.newest(Finding, *wanted, before=before, limit=limit)
    ids = [row.id for row in rows]
    appeals, ruled = _appeals(ids), views.rulings_on_findings(ids)
    return [_view(row, appeals, ruled) for row in rows]


@transaction
def rule(
    finding_id: str, by: str, outcome: str, reason: str, *, key: str = "", via: str = ""
) -> str:
    """Rule on this finding, `confirmed` or `cleared`; returns the ruling's id.

    Raises InvalidInput, NotFound (`unknown_finding`), Forbidden (`reviewer_involved`), Conflict
    (`appeal_open`, `not_open`, `idempotency_key_reused`).
    """
    by, reason = terms.check_finding_ruling(by, outcome, reason)
    with unit_of_work() as work:
        session = work.session
        row = about.finding(session, finding_id)
        if known := _known(session, row.id, (outcome, reason, by), key):
            return known
        _check(session, row, by)
        id = new_id("rlg")
        session.add(
            Ruling(
                id=id, finding_id=row.id, outcome=outcome, reason=reason, by=by,
                idempotency_key=key or id, ruled_at=clock.now(),
            )
        )  # fmt: skip
        row.state = outcome
        details = {"ruling": id, row.about: row.subject, "via": via}
        audit.append(session, Author(by, reason), KIND, row.id, outcome, 1, details)
        work.commit()
        return id


def _check(session: Session, row: Finding, by: str) -> None:
    waiting = select(Appeal.id).where(Appeal.finding_id == row.id, Appeal.state == OPEN)
    if held := session.scalar(waiting):
        raise Conflict(f"An appeal is open: {held}. Rule on that one.", code="appeal_open")
    if row.state != OPEN:
        raise Conflict(f"This finding is not open any more: it is {row.state}.", code="not_open")
    subjects = {row.about: [row.subject]}
    over = current.supervisors(session, subjects)
    if why := terms.involvement(by, "", subjects, over):
        raise Forbidden(why, code="reviewer_involved", pointer="/by")


def _known(session: Session, finding_id: str, said: tuple[str, str, str], key: str) -> str:
    if not key:
        return ""
    found = session.scalars(select(Ruling).where(Ruling.idempotency_key == key)).one_or_none()
    if found is None:
        return ""
    if (found.finding_id, found.outcome, found.reason, found.by) != (finding_id, *said):
        raise Conflict(
            "This idempotency key was used for another ruling; use a fresh key for each.",
            code="idempotency_key_reused",
        )
    return found.id


def _appeals(finding_ids: list[str]) -> dict[str, str]:
    rows = db.session.execute(
        select(Appeal.finding_id, Appeal.state)
        .where(Appeal.finding_id.in_(finding_ids))
        .order_by(Appeal.opened_at, Appeal.id)
    )
    return {str(finding_id): state for finding_id, state in rows}


def _view(row: Finding, appeals: dict[str, str], ruled: dict[str, RulingView]) -> FindingView:
    told = [words.sentence(str(one.get("code")), one) for one in row.evidence]
    return FindingView(
        row.id, row.state, row.about, row.subject, row.p, words.strength(row.p, f"{row.about}s"),
        told, row.families, row.reasons, row.evidence, row.innocent, row.found_at, row.seen_at,
        row.checks_version, appeals.get(row.id, ""), ruled.get(row.id),
    )  # fmt: skip
