"""The cases as whoever calls back needs them: who, about what, what they said, until when.

Reads only; the most urgent first. Holds the customer's reference and words, because that is what
the case is about; no address. Used by `commands/followups.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, or_, select

from collector import clock
from collector.errors import NotFound
from collector.model.answers import Response
from collector.model.base import db
from collector.model.events import Event
from collector.model.followups import FollowUp
from collector.model.invitations import Invitation
from collector.model.people import Person
from collector.model.surveys import SurveyVersion
from collector.surveys import metrics

OPEN, LATE, CLOSED, ALL = "open", "late", "closed", "all"
STATES: Final = (OPEN, LATE, CLOSED, ALL)


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case. `state` is `late` for an open one past its deadline; `scale` is the highest score;
    `subjects` maps a role to ids: who did the work and, where it differs, who is credited."""

    id: str
    state: str
    due_at: datetime
    opened_at: datetime
    customer: str
    score: int | None
    metric: str
    scale: int
    comment: str
    survey: str
    event_type: str
    event_id: str
    subjects: Mapping[str, list[str]]
    channel: str
    owner: str
    outcome: str
    response_id: str
    closed_at: datetime | None


def page(
    *, state: str = OPEN, owner: str = "", agent: str = "", after: str = "", limit: int = 50
) -> list[CaseView]:
    """Up to `limit` cases, the nearest deadline first; those behind the case `after`.

    `state` of `open` holds late ones too. Raises NotFound (`unknown_follow_up`).
    """
    now = clock.now()
    query = (
        select(
            FollowUp, Response, Person.ref, SurveyVersion.key, SurveyVersion.definition,
            Event.type, Event.event_id, Event.subjects,
        )
        .join(Response, Response.id == FollowUp.response_id)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .join(Person, Person.id == Response.person_id)
        .join(SurveyVersion, SurveyVersion.id == Invitation.survey_version_id)
        .join(Event, Event.id == Invitation.event_id)
        .order_by(FollowUp.due_at, FollowUp.id)
    )  # fmt: skip
    if state != ALL:
        query = query.where(FollowUp.status == (CLOSED if state == CLOSED else OPEN))
    if state == LATE:
        query = query.where(FollowUp.due_at < now)
    if owner:
        query = query.where(FollowUp.owner == owner)
    if after:
        query = query.where(_behind(after))
    found: list[CaseView] = []
    with closing(db.session.execute(query.execution_options(yield_per=200))) as rows:
        for row in rows:
            view = _view(*row, now=now)
            if agent in ("", *view.subjects.get("agent", [])):
                found.append(view)
            if len(found) == limit:
                break
    return found


def _behind(after: str) -> Any:
    last = db.session.get(FollowUp, after)
    if last is None:
        raise NotFound("There is no such case.", code="unknown_follow_up")
    later = and_(FollowUp.due_at == last.due_at, FollowUp.id > last.id)
    return or_(FollowUp.due_at > last.due_at, later)


def _view(
    case: FollowUp,
    response: Response,
    ref: str,
    survey: str,
    definition: Mapping[str, Any],
    event_type: str,
    event_id: str,
    subjects: Mapping[str, Any],
    *,
    now: datetime,
) -> CaseView:
    metric = metrics.of(definition["metric"])
    late = case.status == OPEN and case.due_at < now
    return CaseView(
        id=case.id,
        state=LATE if late else case.status,
        due_at=case.due_at,
        opened_at=case.opened_at,
        customer=ref,
        score=response.score,
        metric=metric.key,
        scale=metric.high,
        comment=response.comment or "",
        survey=survey,
        event_type=event_type,
        event_id=event_id,
        subjects={role: _ids(held) for role, held in sorted(subjects.items())},
        channel=response.channel,
        owner=case.owner,
        outcome=case.outcome,
        response_id=response.id,
        closed_at=case.closed_at,
    )


def _ids(held: Any) -> list[str]:
    if not isinstance(held, Mapping):
        return [str(held)]
    return list(dict.fromkeys(str(held[one]) for one in ("id", "credited") if held.get(one)))
