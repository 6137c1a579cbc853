"""How people were asked before and what came back, for a whole batch. Reads only.

Used by `person_loader.py`. Counted is when an ask was planned to go out (`decisions.ask_at`): that
is what the decisions of the same moment can see of each other. Of others at the same contact point
only the newest asks of each survey are read: caps and pauses ask for the latest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, not_, select
from sqlalchemy.orm import Session

from channels import status
from collector.model.answers import Response
from collector.model.events import Decision
from collector.model.invitations import CANCELLED, LAPSED, Invitation, Message
from collector.model.sql.bulk import one_of, pair_of
from collector.model.surveys import SurveyVersion
from collector.triggers.history import PastInvitation
from collector.triggers.shared_contacts import Point, Sharers

SET_ASIDE = "set_aside"
# Of each survey, for each of the others: more would be asks that are planned for later still.
NEWEST = 8
LOST = (status.FAILED, status.BOUNCED)
OUR_FAULT = "ours:%"  # a message that was refused for our own set-up says nothing of its address
TOLD = (*LOST, status.SENT, status.DELIVERED)


def asks(
    session: Session,
    ids: Sequence[str],
    points: Mapping[str, Sequence[Point]],
    sharers: Sharers,
) -> dict[str, tuple[PastInvitation, ...]]:
    """Everybody's own asks, and those of others that used a contact point which they have too.

    `points`: the contact points of each of these people.
    """
    near = {one: sharers.beside(one, points[one]) for one in ids}
    own = _own(session, ids)
    others = _of_others(session, {other for found in near.values() for other in found})
    return {one: (*own[one], *_through(near[one], others)) for one in ids}


def _own(session: Session, ids: Sequence[str]) -> dict[str, list[PastInvitation]]:
    own: dict[str, list[PastInvitation]] = {one: [] for one in ids}
    rows = session.connection().execute(
        select(
            Decision.person_id, Decision.survey_key, Decision.decided_at, Decision.ask_at,
            Invitation.sent_at, Invitation.lapses_at, Invitation.channels, SurveyVersion.metric,
            Response.state, Response.score, Response.answered_at,
        )
        .join(Invitation, Invitation.decision_id == Decision.id)
        .join(SurveyVersion, SurveyVersion.id == Invitation.survey_version_id)
        .outerjoin(Response, Response.invitation_id == Invitation.id)
        .where(one_of(Decision.person_id, own), Decision.outcome == "invited", went_out())
    )  # fmt: skip
    for row in rows:
        answered = row.state not in (None, SET_ASIDE)
        own[row.person_id].append(
            PastInvitation(
                row.survey_key,
                row.ask_at or row.decided_at,
                row.metric,
                row.sent_at is not None,
                row.lapses_at,
                row.answered_at if answered else None,
                row.score if answered else None,
                tuple(row.channels),
            )
        )
    return own


def went_out() -> ColumnElement[bool]:
    """Did this invitation go out, or may it still? One that lapsed or was called off unsent asked
    nobody."""
    return not_(and_(Invitation.status.in_((LAPSED, CANCELLED)), Invitation.sent_at.is_(None)))


def failed(session: Session, points: Iterable[Point]) -> frozenset[Point]:
    """The contact points at which the last message was lost."""
    wanted = set(points)
    if not wanted:
        return frozenset()
    ranked = (
        select(
            Message.channel, Message.address, Message.status,
            func.row_number()
            .over(
                partition_by=[Message.channel, Message.address],
                order_by=[Message.claimed_at.desc(), Message.id.desc()],
            )
            .label("rank"),
        )
        .where(
            pair_of(Message.channel, Message.address, wanted),
            Message.status.in_(TOLD),
            Message.code.not_like(OUR_FAULT),
        )
        .subquery()
    )  # fmt: skip
    rows = session.connection().execute(
        select(ranked.c.channel, ranked.c.address).where(
            ranked.c.rank == 1, ranked.c.status.in_(LOST)
        )
    )
    return frozenset((row.channel, row.address) for row in rows)


def _of_others(session: Session, others: set[str]) -> dict[str, list[Row[Any]]]:
    """The newest asks of each survey of these people: survey_key, at, channels."""
    found: dict[str, list[Row[Any]]] = {one: [] for one in others}
    if not others:
        return found
    at = func.coalesce(Decision.ask_at, Decision.decided_at)
    ranked = (
        select(
            Decision.person_id, Decision.survey_key, at.label("at"), Invitation.channels,
            func.row_number()
            .over(
                partition_by=[Decision.person_id, Decision.survey_key],
                order_by=[at.desc(), Decision.id.desc()],
            )
            .label("rank"),
        )
        .join(Invitation, Invitation.decision_id == Decision.id)
        .where(one_of(Decision.person_id, others), Decision.outcome == "invited", went_out())
        .subquery()
    )  # fmt: skip
    for row in session.connection().execute(select(ranked).where(ranked.c.rank <= NEWEST)):
        found[row.person_id].append(row)
    return found


def _through(
    near: Mapping[str, set[str]], others: Mapping[str, Sequence[Row[Any]]]
) -> Iterable[PastInvitation]:
    for other, channels in sorted(near.items()):
        for ask in others[other]:
            through = tuple(one for one in ask.channels if one in channels)
            if through:
                yield PastInvitation(ask.survey_key, ask.at, channels=through, own=False)
