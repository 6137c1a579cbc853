"""The verb that rules on an appeal: by somebody who is not involved, with reasons, once.

An appeal that is upheld appends a verdict, which leaves as a revision like every other; one that is
dismissed leaves the verdict as it is. Either way the exported row says how it ended. Called by
`web/api/appeals.py` and `collector appeals rule`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock
from collector.errors import Conflict, Forbidden
from collector.integrity import rulings
from collector.integrity.appeals import about, terms
from collector.integrity.appeals.open import KIND
from collector.integrity.appeals.terms import FINDING, OPEN, RESPONSE, UPHELD, Decision
from collector.integrity.inputs.roster import current
from collector.integrity.judgement import REJECTED, Judgement
from collector.model import audit
from collector.model.answers import Response
from collector.model.appeals import Appeal, Ruling
from collector.model.audit import Author
from collector.model.base import UnitOfWork, unit_of_work
from collector.model.ids import derived_id, new_id
from collector.model.transaction import transaction
from collector.model.verdicts import Verdict


@transaction
def rule(appeal_id: str, decision: Decision) -> str:
    """Rule on this appeal; returns the ruling's id. The same idempotency key is the same ruling.

    Raises InvalidInput, NotFound (`unknown_appeal`), Forbidden (`reviewer_involved`), Conflict:
    `not_open`, `nothing_changes`, `answer_changed`, `not_published_yet`, `idempotency_key_reused`.
    """
    with unit_of_work() as work:
        session = work.session
        row = about.appeal(session, appeal_id)
        said = terms.check_decision(decision, RESPONSE if row.response_id else FINDING)
        if known := _known(session, row, said):
            return known
        if row.state != OPEN:
            raise Conflict(f"This appeal is not open any more: it is {row.state}.", code="not_open")
        over, ruled = current.supervisors(session, row.subjects), _ruled(session, row)
        if why := terms.involvement(said.by, row.by, row.subjects, over, ruled):
            raise Forbidden(why, code="reviewer_involved", pointer="/by")
        ruling = _rule(work, row, said, clock.now())
        work.commit()
        return ruling


def outcome_of(decision: Decision) -> str:
    """What goes into the ruling's row."""
    return decision.outcome if decision.decision == UPHELD else rulings.STANDS


def _ruled(session: Session, row: Appeal) -> set[str]:
    """Who ruled on this finding before; an answer that was ruled on cannot be contested at all."""
    if not row.finding_id:
        return set()
    return set(session.scalars(select(Ruling.by).where(Ruling.finding_id == row.finding_id)))


def _known(session: Session, row: Appeal, said: Decision) -> str:
    if not said.key:
        return ""
    found = session.scalars(select(Ruling).where(Ruling.idempotency_key == said.key)).one_or_none()
    if found is None:
        return ""
    held = (found.appeal_id, found.outcome, found.reason, found.by)
    if held != (row.id, outcome_of(said), said.reason, said.by):
        raise Conflict(
            "This idempotency key was used for another ruling; use a fresh key for each.",
            code="idempotency_key_reused",
        )
    return found.id


def _rule(work: UnitOfWork, row: Appeal, said: Decision, now: datetime) -> str:
    session = work.session
    id = new_id("rlg")
    ruling = Ruling(
        id=id,
        appeal_id=row.id,
        response_id=row.response_id,
        finding_id=row.finding_id,
        outcome=outcome_of(said),
        reason=said.reason,
        by=said.by,
        idempotency_key=said.key or id,
        ruled_at=now,
    )
    session.add(ruling)
    row.state, row.closed_at = said.decision, now
    details = {"ruling": id, "outcome": ruling.outcome, "via": said.via}
    if row.response_id:
        number = _on_answer(work, row, ruling, said, now)
        details["response"] = row.response_id
    else:
        number = _on_finding(session, row, said)
        details["finding"] = row.finding_id or ""
    audit.append(
        session, Author(said.by, said.reason), KIND, row.id, said.decision, number, details
    )
    return id


def _on_finding(session: Session, row: Appeal, said: Decision) -> int:
    if said.decision == UPHELD:
        about.finding(session, row.finding_id or "").state = said.outcome
    return 1


def _on_answer(
    work: UnitOfWork, appeal: Appeal, ruling: Ruling, said: Decision, now: datetime
) -> int:
    """Let the ruling speak; returns the number of the verdict that holds from now on."""
    session, response_id = work.session, appeal.response_id or ""
    work.ring("publish")
    if said.decision != UPHELD:
        last = about.newest_verdict(session, response_id)
        if last is None:  # pragma: no cover - an appeal is only taken against a verdict
            raise Conflict("This answer has no verdict.", code="not_published_yet")
        about.publish_again(session, last.id)
        return last.number
    contested = about.answer(session, response_id)
    response, last = contested.response, contested.verdict
    if response.score != appeal.contested["score"]:
        raise Conflict(
            "The customer changed the score since this appeal was opened. Dismiss it; the answer "
            "that holds now can be contested anew.",
            code="answer_changed",
        )
    ruling.score = response.score
    session.flush()
    judged = Judgement(
        last.verdict, last.weight, tuple(last.reasons), last.evidence, last.checks_version
    )
    _append(session, response, last, judged, rulings.of(ruling), now)
    response.needs_follow_up = rulings.VERDICTS[said.outcome][0] != REJECTED
    if response.needs_follow_up:
        work.ring("follow_up")
    return last.number + 1


def _append(
    session: Session,
    response: Response,
    last: Verdict,
    judged: Judgement,
    ruling: rulings.Ruling,
    now: datetime,
) -> None:
    ruled = rulings.overruled(judged, ruling)
    same = (ruled.verdict, ruled.weight, rulings.counts_for(ruled.reasons))
    if same == (last.verdict, last.weight, rulings.counts_for(last.reasons)):
        raise Conflict(
            "This outcome is what holds already; dismiss the appeal, or choose another outcome.",
            code="nothing_changes",
            pointer="/outcome",
        )
    session.add(
        Verdict(
            id=derived_id("vrd", now, response.id, str(last.number + 1)),
            response_id=response.id,
            number=last.number + 1,
            response_version=response.version,
            verdict=ruled.verdict,
            weight=ruled.weight,
            reasons=list(ruled.reasons),
            evidence=dict(ruled.evidence),
            checks_version=ruled.checks_version,
            judged_by=ruling.judged_by,
            created_at=now,
        )
    )
