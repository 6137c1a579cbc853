"""The verbs that open an appeal: against a published answer, or against a finding.

While an appeal is open the exported row says so (`appeal: open`), and downstream draws nothing from
it. Called by `web/api/appeals.py` and `collector appeals open`. Next: `rule.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock
from collector.config import settings
from collector.errors import Conflict, Gone
from collector.integrity import rulings
from collector.integrity.appeals import about, terms
from collector.integrity.appeals.terms import DISMISSED, FINDING, OPEN, RESPONSE, Opening
from collector.model import audit
from collector.model.appeals import Appeal
from collector.model.audit import Author
from collector.model.base import unit_of_work
from collector.model.ids import new_id
from collector.model.transaction import transaction

KIND = "appeal"


@transaction
def against_response(response_id: str, opening: Opening) -> str:
    """Contest an answer; returns the appeal's id. The same idempotency key is the same appeal.

    Raises InvalidInput, NotFound (`unknown_response`), Gone (`appeal_deadline_passed`, `erased`),
    Conflict (`no_score`, `not_published_yet`, `appeal_open`, `already_ruled`,
    `idempotency_key_reused`).
    """
    opening = terms.check_opening(opening, RESPONSE)
    with unit_of_work() as work:
        session = work.session
        contested = about.answer(session, response_id)
        if contested.response.erased_at is not None:
            raise Gone(
                "The person took this answer back: what could be weighed is gone.", code="erased"
            )
        if known := _known(session, opening, response_id):
            return known
        response, verdict = contested.response, contested.verdict
        held = {
            "verdict": verdict.verdict,
            "weight": verdict.weight,
            "reasons": list(verdict.reasons),
            "score": response.score,
            "number": verdict.number,
        }
        _check_time(contested.since, "verdict was published")
        _check_open(session, Appeal.response_id == response_id)
        _check_ruled(session, response_id, held)
        row = _row(opening, held, contested.subjects)
        row.response_id = response_id
        _write(session, row, opening, verdict.number)
        about.publish_again(session, verdict.id)
        work.ring("publish")
        work.commit()
        return row.id


@transaction
def against_finding(finding_id: str, opening: Opening) -> str:
    """Contest a finding; returns the appeal's id.

    Raises as `against_response`, with NotFound `unknown_finding` and Conflict `finding_closed`.
    """
    opening = terms.check_opening(opening, FINDING)
    with unit_of_work() as work:
        session = work.session
        found = about.finding(session, finding_id)
        if known := _known(session, opening, finding_id):
            return known
        if found.state in ("lapsed", "cleared"):
            raise Conflict(
                "This finding is over: nothing is held against anybody.", code="finding_closed"
            )
        _check_time(found.found_at, "finding was made")
        _check_open(session, Appeal.finding_id == finding_id)
        if session.scalar(
            select(Appeal.id)
            .where(Appeal.finding_id == finding_id, Appeal.state == DISMISSED)
            .limit(1)
        ):
            raise _ruled_already()
        held = {"state": found.state, "p": found.p, "reasons": list(found.reasons)}
        row = _row(opening, held, {found.about: [found.subject]})
        row.finding_id = finding_id
        _write(session, row, opening, 1)
        work.commit()
        return row.id


def _known(session: Session, opening: Opening, target: str) -> str:
    """The appeal that this idempotency key opened before, '' if none."""
    if not opening.key:
        return ""
    row = session.scalars(select(Appeal).where(Appeal.idempotency_key == opening.key)).one_or_none()
    if row is None:
        return ""
    said = (row.response_id or row.finding_id, row.by, row.ground, row.statement)
    if said != (target, opening.by, opening.ground, opening.statement):
        raise Conflict(
            "This idempotency key was used for another appeal; use a fresh key for each.",
            code="idempotency_key_reused",
        )
    return row.id


def _check_time(since: datetime, what: str) -> None:
    days = settings().appeal_days
    until = terms.deadline(since, days)
    if clock.now() > until:
        raise Gone(
            f"The {what} on {since:%Y-%m-%d}; it could be contested for {days} days, until "
            f"{clock.iso(until)}.",
            code="appeal_deadline_passed",
        )


def _check_open(session: Session, same: Any) -> None:
    held = session.scalar(select(Appeal.id).where(same, Appeal.state == OPEN))
    if held:
        raise Conflict(
            f"An appeal about this is open already: {held}. Its ruling comes first.",
            code="appeal_open",
        )


def _check_ruled(session: Session, response_id: str, held: Mapping[str, Any]) -> None:
    """A ruling is the last word about this score under this verdict."""
    if rulings.in_force(session, [response_id]):
        raise _ruled_already()
    dismissed = select(Appeal.contested).where(
        Appeal.response_id == response_id, Appeal.state == DISMISSED
    )
    for before in session.scalars(dismissed):
        if (before["score"], before["verdict"]) == (held["score"], held["verdict"]):
            raise _ruled_already()


def _ruled_already() -> Conflict:
    return Conflict(
        "A reviewer has ruled on this already, and nothing has changed since.",
        code="already_ruled",
    )


def _row(opening: Opening, held: Mapping[str, Any], subjects: Mapping[str, list[str]]) -> Appeal:
    id = new_id("apl")
    return Appeal(
        id=id,
        ground=opening.ground,
        statement=opening.statement,
        by=opening.by,
        state=OPEN,
        contested=dict(held),
        subjects=dict(subjects),
        idempotency_key=opening.key or id,
        opened_at=clock.now(),
    )


def _write(session: Session, row: Appeal, opening: Opening, version: int) -> None:
    session.add(row)
    session.flush()
    kind = RESPONSE if row.response_id else FINDING
    details = {kind: row.response_id or row.finding_id, "ground": row.ground, "via": opening.via}
    # The statement stays with the appeal: whatever it quotes is kept in one place.
    why = Author(opening.by, terms.GROUNDS[kind][row.ground])
    audit.append(session, why, KIND, row.id, "opened", version, details)
