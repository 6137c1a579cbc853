"""How people were asked before and what came back, for a whole batch. Reads only.

Used by `person_loader.py`. Counted is when an ask was planned to go out (`decisions.ask_at`): that
is what the decisions of the same moment can see of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, func, not_, select
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
LOST = (status.FAILED, status.BOUNCED)
TOLD = (*LOST, status.SENT, status.DELIVERED)


def asks(
    session: Session, ids: Sequence[str], sharers: Sharers
) -> dict[str, tuple[PastInvitation, ...]]:
    """Everybody's own asks, and those of others that used a contact point which they have too."""
    near = _near(ids, sharers)
    everybody = set(ids) | {other for others in near.values() for other in others}
    own: dict[str, list[PastInvitation]] = {one: [] for one in everybody}
    rows = session.connection().execute(
        select(
            Decision.person_id, Decision.survey_key, Decision.decided_at, Decision.ask_at,
            Invitation.sent_at, Invitation.lapses_at, Invitation.channels, SurveyVersion.metric,
            Response.state, Response.score, Response.answered_at,
        )
        .join(Invitation, Invitation.decision_id == Decision.id)
        .join(SurveyVersion, SurveyVersion.id == Invitation.survey_version_id)
        .outerjoin(Response, Response.invitation_id == Invitation.id)
        .where(one_of(Decision.person_id, everybody), Decision.outcome == "invited", went_out())
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
    return {one: (*own[one], *_of_others(near.get(one, {}), own)) for one in ids}


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
        .where(pair_of(Message.channel, Message.address, wanted), Message.status.in_(TOLD))
        .subquery()
    )  # fmt: skip
    rows = session.connection().execute(
        select(ranked.c.channel, ranked.c.address).where(
            ranked.c.rank == 1, ranked.c.status.in_(LOST)
        )
    )
    return frozenset((row.channel, row.address) for row in rows)


def _near(ids: Sequence[str], sharers: Sharers) -> dict[str, dict[str, set[str]]]:
    """person → who else has one of their contact points → on which channels."""
    wanted = set(ids)
    near: dict[str, dict[str, set[str]]] = {}
    for (channel, _), people in sharers.people.items():
        for one in wanted.intersection(people):
            for other in people:
                if other != one:
                    near.setdefault(one, {}).setdefault(other, set()).add(channel)
    return near


def _of_others(
    near: Mapping[str, set[str]], own: Mapping[str, Sequence[PastInvitation]]
) -> Iterable[PastInvitation]:
    for other, channels in sorted(near.items()):
        for ask in own[other]:
            through = tuple(one for one in ask.channels if one in channels)
            if through:
                yield PastInvitation(ask.survey_key, ask.at, channels=through, own=False)
