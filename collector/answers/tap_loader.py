"""Reads what is known about an invitation's answers: the invitation, its messages, its taps.

No writing and no deciding. Used by the verbs of this stage, by `answer_state.py` and by the judge.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from collector.answers.taps import TapEvidence, Terms
from collector.errors import Gone
from collector.model import locks
from collector.model.answers import Response, Tap
from collector.model.invitations import SENDING, SENT, Invitation, Message
from collector.model.sql.bulk import one_of
from collector.surveys.catalog import Survey

TAP: Final = (
    Tap.id, Tap.invitation_id, Tap.kind, Tap.score, Tap.comment, Tap.via, Tap.channel,
    Tap.tapped_at, Tap.opened_at, Tap.user_agent, Tap.device_hash,
)  # fmt: skip


def terms_of(survey: Survey) -> Terms:
    """What this survey says about its answers."""
    return Terms(
        strict=survey.strict,
        settle=timedelta(minutes=survey.settle_minutes),
        edit=timedelta(hours=survey.edit_hours),
    )


def invitation(
    session: Session, at: datetime, *, token_id: str = "", id: str = "", hold: bool = False
) -> Invitation:
    """The invitation that may be answered at the moment `at`.

    Whoever writes down what the person says must `hold` it: an erasure then waits for that writing,
    or has happened before this looks. Folding is not kept waiting.

    Raises Gone: `link_gone` (there is none), `not_sent`, `expired` (its time is over), `erased`
    (the person took the answer back; nobody answers again in their place).
    """
    wanted = Invitation.id == id if id else Invitation.token_id == token_id
    taken_back = exists().where(
        Response.invitation_id == Invitation.id, Response.erased_at.is_not(None)
    )
    row: Invitation | None
    if hold:
        # Asked after it is held: a statement sees what was there when it began, not what it then
        # waited for.
        row = session.scalar(locks.referring(select(Invitation).where(wanted)))
        erased = row is not None and session.scalar(select(taken_back).where(wanted))
    else:
        found = session.execute(select(Invitation, taken_back).where(wanted)).one_or_none()
        row, erased = found or (None, False)
    if row is None:
        raise Gone("This link is not valid, or is no longer.", code="link_gone")
    if row.status not in (SENT, SENDING) and not session.scalar(
        select(exists().where(Message.invitation_id == row.id))
    ):
        raise Gone("This question has not been asked, so it cannot be answered.", code="not_sent")
    if at >= row.lapses_at:
        raise Gone("The time for answering this question is over.", code="expired")
    if erased:
        raise Gone("This answer was taken back by the person who gave it.", code="erased")
    return row


def evidence(session: Session, invitation_ids: Collection[str]) -> dict[str, list[TapEvidence]]:
    """The taps of these invitations, by time, each with when its message left. Two statements."""
    left = _sent(session, invitation_ids)
    found: dict[str, list[TapEvidence]] = {id: [] for id in invitation_ids}
    taps = select(*TAP).where(one_of(Tap.invitation_id, invitation_ids))
    for row in session.execute(taps.order_by(Tap.tapped_at, Tap.id)):
        found[row.invitation_id].append(
            TapEvidence(
                id=row.id,
                kind=row.kind,
                score=row.score,
                comment=row.comment,
                via=row.via,
                channel=row.channel,
                tapped_at=row.tapped_at,
                opened_at=row.opened_at,
                sent_at=left.get((row.invitation_id, row.channel)),
                user_agent=row.user_agent,
                device=row.device_hash,
            )
        )
    return found


def _sent(session: Session, ids: Collection[str]) -> dict[tuple[str, str], datetime]:
    rows = session.execute(
        select(Message.invitation_id, Message.channel, Message.sent_at)
        .where(one_of(Message.invitation_id, ids), Message.sent_at.is_not(None))
        .order_by(Message.sent_at.desc())
    )
    return {(id, channel): sent_at for id, channel, sent_at in rows if sent_at}
