"""Reads what is true now of some invitations, and what was published of them last. Writes nothing.

Three statements for however many there are, and one for the rows that stand in the feed. Used by
`publish.py`, which holds the feed's head while it reads, so that of two publishers the later one
saw more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session, aliased

from collector.exports.invited.row import Asked, Attempt
from collector.model.answers import Response, Tap
from collector.model.events import Decision, Event
from collector.model.feed import InvitationRevision
from collector.model.invitations import Invitation, Message
from collector.model.people import Person
from collector.model.rules import RuleVersion
from collector.model.sql.bulk import one_of
from collector.model.surveys import SurveyVersion

PRESSED: Final = "confirmed"
_first, _newest = aliased(Decision), aliased(Decision)
_HELD_BACK: Final = (
    select(case((_newest.outcome == "held_back", _newest.reason), else_=""))
    .join(_first, and_(_first.event_id == _newest.event_id, _first.rule_key == _newest.rule_key))
    .where(_first.id == Invitation.decision_id)
    .order_by(_newest.number.desc())
    .limit(1)
    .correlate(Invitation)
    .scalar_subquery()
)
"""Why the newest decision of the rule that asked holds back, else ''."""
_ASKED: Final = (
    select(
        Invitation.id, Invitation.status, Invitation.channels, Invitation.locale,
        Invitation.created_at, Invitation.sent_at, Invitation.send_by, Invitation.lapses_at,
        Invitation.reminded_at, _HELD_BACK,
        SurveyVersion.key, SurveyVersion.version, SurveyVersion.metric,
        RuleVersion.key, RuleVersion.version,
        Event.source, Event.event_id, Event.type, Event.occurred_at, Event.subjects,
        Person.id, Person.ref,
        Response.id, Response.state, Response.answered_at, Response.erased_at,
    )
    .select_from(Invitation)
    .join(SurveyVersion, SurveyVersion.id == Invitation.survey_version_id)
    .join(RuleVersion, RuleVersion.id == Invitation.rule_version_id)
    .join(Event, Event.id == Invitation.event_id)
    .join(Person, Person.id == Invitation.person_id)
    .outerjoin(Response, Response.invitation_id == Invitation.id)
    .order_by(Invitation.id)
)  # fmt: skip
"""In the order of `Asked`'s fields."""


def asked(session: Session, ids: Collection[str]) -> list[Asked]:
    """These invitations, by id."""
    return [Asked(*one) for one in session.execute(_ASKED.where(one_of(Invitation.id, ids)))]


def attempts(session: Session, ids: Collection[str]) -> dict[str, list[Attempt]]:
    """Their messages in the order in which they were claimed."""
    found: dict[str, list[Attempt]] = {}
    rows = session.execute(
        select(
            Message.invitation_id, Message.channel, Message.status, Message.sent_at,
            Message.settled_at,
        )
        .where(one_of(Message.invitation_id, ids))
        .order_by(Message.claimed_at, Message.attempt, Message.id)
    )  # fmt: skip
    for one in rows:
        found.setdefault(one.invitation_id, []).append(Attempt(*one))
    return found


def opened(session: Session, ids: Collection[str]) -> Mapping[str, datetime]:
    """The earliest time at which the page was opened on which somebody pressed: machines open links
    too, and press nothing."""
    rows = session.execute(
        select(Tap.invitation_id, func.min(Tap.opened_at))
        .where(one_of(Tap.invitation_id, ids), Tap.kind == PRESSED, Tap.opened_at.is_not(None))
        .group_by(Tap.invitation_id)
    )
    return {id: at for id, at in rows if at is not None}


def published(session: Session, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Of each the row that stands in the feed, if there is one."""
    newer = aliased(InvitationRevision)
    newest = (
        select(func.max(newer.revision))
        .where(newer.invitation_id == InvitationRevision.invitation_id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(InvitationRevision.__table__).where(
            one_of(InvitationRevision.invitation_id, ids), InvitationRevision.revision == newest
        )
    )
    return {one.invitation_id: dict(one._mapping) for one in rows}
