"""Loads and locks what is contested: an answer with its newest verdict, or a finding.

Used by the verbs. Rows are locked in the order of `model/locks.py`: the finding or the response,
then the appeal, then the feed's head.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from collector.errors import Conflict, NotFound
from collector.integrity.rulings import JUDGED_ROLES
from collector.model import locks
from collector.model.answers import Response
from collector.model.appeals import Appeal
from collector.model.events import Event
from collector.model.feed import FeedHead, Revision
from collector.model.integrity import Finding
from collector.model.invitations import Invitation
from collector.model.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Contested:
    """An answer whose verdict holds and has been published, locked for this transaction.

    `since`: when this score under this verdict first left. `subjects`: role → ids.
    """

    response: Response
    verdict: Verdict
    since: datetime
    subjects: Mapping[str, list[str]]


def answer(session: Session, response_id: str) -> Contested:
    """The answer, its row locked.

    Raises NotFound (`unknown_response`), Conflict (`no_score`, `not_published_yet`).
    """
    response = locks.one(session, Response, response_id)
    if response is None:
        raise NotFound("There is no response with this id.", code="unknown_response")
    if response.score is None:
        raise Conflict(
            "Nobody gave a score here: there is nothing that could be contested.",
            code="no_score",
        )
    verdict = newest_verdict(session, response_id)
    since = None if verdict is None else _since(session, response_id, response.score, verdict)
    if verdict is None or since is None or verdict.response_version != response.version:
        raise Conflict(
            "This answer is still being judged; its verdict can be contested once it is published.",
            code="not_published_yet",
        )
    return Contested(response, verdict, since, _subjects(session, response.invitation_id))


def newest_verdict(session: Session, response_id: str) -> Verdict | None:
    """The verdict that holds for this response."""
    newest = select(Verdict).where(Verdict.response_id == response_id)
    return session.scalars(newest.order_by(Verdict.number.desc()).limit(1)).one_or_none()


def finding(session: Session, finding_id: str) -> Finding:
    """The finding, its row locked. Raises NotFound (`unknown_finding`)."""
    row = locks.one(session, Finding, finding_id)
    if row is None:
        raise NotFound("There is no finding with this id.", code="unknown_finding")
    return row


def appeal(session: Session, appeal_id: str) -> Appeal:
    """The appeal, with what it is about and itself locked. Raises NotFound (`unknown_appeal`)."""
    about = session.execute(
        select(Appeal.response_id, Appeal.finding_id).where(Appeal.id == appeal_id)
    ).one_or_none()
    if about is None:
        raise NotFound("There is no appeal with this id.", code="unknown_appeal")
    if about.response_id:
        locks.one(session, Response, about.response_id)
    else:
        finding(session, about.finding_id)
    row = locks.one(session, Appeal, appeal_id)
    assert row is not None  # none is ever deleted
    return row


def publish_again(session: Session, verdict_id: str) -> None:
    """Put this verdict back into the sequencer's queue: what is said beside it has changed.

    Under the sequencer's lock, so that a run that read the old word cannot mark it as published.
    """
    locks.one(session, FeedHead, 1)
    session.execute(
        update(Verdict).where(Verdict.id == verdict_id).values(published=False),
        execution_options={"synchronize_session": False},
    )


def _since(
    session: Session, response_id: str, score: int | None, verdict: Verdict
) -> datetime | None:
    """When this score first left under this verdict, with nothing else in between; None: not yet.

    Weights and figures may have moved meanwhile: that does not open a closed door again.
    """
    since = None
    rows = session.execute(
        select(Revision.score, Revision.verdict, Revision.published_at)
        .where(Revision.response_id == response_id)
        .order_by(Revision.revision.desc())
    )
    for row in rows:
        if (row.score, row.verdict) != (score, verdict.verdict):
            break
        since = row.published_at
    return since


def _subjects(session: Session, invitation_id: str) -> dict[str, list[str]]:
    """Whom the answer is about: who did the work, and who is credited."""
    subjects: Mapping[str, Any] = session.execute(
        select(Event.subjects)
        .join(Invitation, Invitation.event_id == Event.id)
        .where(Invitation.id == invitation_id)
    ).scalar_one()
    found = {}
    for role in JUDGED_ROLES:
        who = subjects.get(role) or {}
        ids = [str(who[part]) for part in ("id", "credited") if who.get(part)]
        if ids:
            found[role] = list(dict.fromkeys(ids))
    return found
