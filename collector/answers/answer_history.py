"""What a person answered so far, for themselves to see. Reads only; used by the preference page.

The words of an answer are shown only to the holder of the link that it was given by: a mail that
was passed on must not tell what its owner wrote elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from collector.model.answers import Response
from collector.model.base import db
from collector.model.invitations import Invitation
from collector.surveys import catalog

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Given:
    """One answer; `score` is None where there are words alone. `comment` is empty unless it was
    given by this very link."""

    response_id: str
    question: str
    locale: str
    score: int | None
    high: int
    answered_at: datetime
    commented: bool
    comment: str


def answers_given(person_id: str, token_id: str) -> tuple[Given, ...]:
    """What the person said, newest first, without what was taken back or a machine tapped."""
    rows = (
        cast(Session, db.session())
        .execute(
            select(Response, Invitation)
            .join(Invitation, Invitation.id == Response.invitation_id)
            .where(
                Response.person_id == person_id,
                Response.erased_at.is_(None),
                or_(Response.score.is_not(None), Response.comment.is_not(None)),
            )
            .order_by(Response.answered_at.desc(), Response.id)
            .limit(MOST_SHOWN)
        )
        .all()
    )
    surveys = catalog.get_many({invitation.survey_version_id for _, invitation in rows})
    return tuple(
        _given(response, invitation, surveys[invitation.survey_version_id], token_id)
        for response, invitation in rows
    )


def _given(
    response: Response, invitation: Invitation, survey: catalog.Survey, token_id: str
) -> Given:
    words = survey.wording(invitation.locale)
    own = invitation.token_id == token_id
    return Given(
        response_id=response.id,
        question=words.question,
        locale=words.locale,
        score=response.score,
        high=survey.metric.high,
        answered_at=response.answered_at,
        commented=bool(response.comment),
        comment=(response.comment or "") if own else "",
    )
