"""Which answers are about the same interaction, although to another invitation? Reads only.

Two events about one order, two records of one customer: the first answer counts, another one would
count it twice. The search is bounded: to interactions that name an order, and to the last `REACH`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from collector.integrity.evidence.engine_state import newest
from collector.integrity.judgement import REJECTED
from collector.model.answers import Response
from collector.model.events import Event
from collector.model.invitations import Invitation, Message
from collector.model.surveys import SurveyVersion

REACH = timedelta(days=90)
COUNTED = ("settled", "confirmed")


@dataclass(frozen=True, slots=True)
class _Invited:
    """A response with what was asked about: survey key, event, order, and who was asked."""

    response: Response
    event_id: str
    source: str
    order: str
    survey: str
    contacts: frozenset[tuple[str, str]]

    def same(self, other: _Invited) -> bool:
        """Is this the other's interaction, and the same question?"""
        if self.survey != other.survey:
            return False
        if self.event_id == other.event_id:
            return True
        same_who = self.response.person_id == other.response.person_id or (
            self.contacts & other.contacts
        )
        same_order = self.order and (self.source, self.order) == (other.source, other.order)
        return bool(same_order and same_who)


def duplicates(session: Session, responses: Sequence[Response]) -> dict[str, list[str]]:
    """Of each of these responses the others about the same interaction, the earliest first.

    Only those that have been judged, or are in hand as well.
    """
    mine = _invited(session, [row.invitation_id for row in responses])
    if not mine:
        return {}
    others = _invited(session, _related(session, mine))
    others.sort(key=lambda one: (one.response.answered_at, one.response.id))
    found: dict[str, list[str]] = defaultdict(list)
    for one in mine:
        for other in others:
            if other.response.id != one.response.id and one.same(other):
                found[one.response.id].append(other.response.id)
    return found


def counting(session: Session, response_ids: Iterable[str]) -> set[str]:
    """Which of these have been judged, and not rejected."""
    held = newest(session, set(response_ids))
    return {id for id, verdict in held.items() if verdict.verdict != REJECTED}


def _related(session: Session, invited: Sequence[_Invited]) -> set[str]:
    """Invitations that may be about the same interaction as one of these, themselves included."""
    with_order = [one for one in invited if one.order]
    people = {one.response.person_id for one in with_order}
    since = min(one.response.first_tapped_at for one in invited) - REACH
    wanted = or_(
        Invitation.event_id.in_({one.event_id for one in invited}), Invitation.person_id.in_(people)
    )
    found = set(
        session.scalars(select(Invitation.id).where(wanted, Invitation.created_at >= since))
    )
    contacts = {contact for one in with_order for contact in one.contacts}
    if contacts:
        to_same = select(Message.invitation_id).where(
            tuple_(Message.channel, Message.address).in_(contacts), Message.claimed_at >= since
        )
        found |= set(session.scalars(to_same))
    return found


def _invited(session: Session, invitation_ids: Iterable[str]) -> list[_Invited]:
    """The responses to these invitations that count, with what was asked about."""
    ids = sorted(invitation_ids)
    contacts = defaultdict(set)
    sent = select(Message.invitation_id, Message.channel, Message.address)
    for id, channel, address in session.execute(sent.where(Message.invitation_id.in_(ids))):
        contacts[id].add((channel, address))
    rows = session.execute(
        select(Response, Event.id, Event.source, Event.subjects, SurveyVersion.key)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .join(Event, Event.id == Invitation.event_id)
        .join(SurveyVersion, SurveyVersion.id == Invitation.survey_version_id)
        .where(
            Response.invitation_id.in_(ids),
            Response.state.in_(COUNTED),
            Response.score.is_not(None),  # words alone count nobody twice
        )
        .order_by(Response.id)
    )
    return [
        _Invited(
            response=response,
            event_id=event_id,
            source=source,
            order=str((subjects.get("order") or {}).get("id") or ""),
            survey=key,
            contacts=frozenset(contacts[response.invitation_id]),
        )
        for response, event_id, source, subjects, key in rows
    ]
