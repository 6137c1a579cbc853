"""Which answers are about the same interaction, although to another invitation? Reads only.

Two events about one order, two records of one customer: the first answer counts, another one would
count it twice. The search is bounded: to interactions that name an order, and to the last `REACH`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from collector.integrity.evidence.engine_state import newest
from collector.integrity.judgement import REJECTED
from collector.model.answers import Response
from collector.model.events import Event
from collector.model.invitations import Invitation, Message
from collector.model.sql.bulk import one_of
from collector.model.surveys import SurveyVersion

REACH = timedelta(days=90)
COUNTED = ("settled", "confirmed")


@dataclass(frozen=True, slots=True)
class _Invited:
    """A response with what was asked about: survey key, event, order, and who was asked."""

    response_id: str
    person_id: str
    answered_at: datetime
    first_tapped_at: datetime
    event_id: str
    source: str
    order: str
    survey: str
    contacts: frozenset[tuple[str, str]]

    def keys(self) -> Iterator[tuple[str, ...]]:
        """Only who shares one of these with it can be the same."""
        yield self.survey, self.event_id
        if self.order:
            yield self.survey, self.source, self.order

    def same(self, other: _Invited) -> bool:
        """Is this the other's interaction, and the same question?"""
        if self.survey != other.survey:
            return False
        if self.event_id == other.event_id:
            return True
        same_who = self.person_id == other.person_id or (self.contacts & other.contacts)
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
    others.sort(key=lambda one: (one.answered_at, one.response_id))
    near: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, other in enumerate(others):
        for key in other.keys():  # noqa: SIM118  (its own, not a mapping's)
            near[key].append(place)
    found: dict[str, list[str]] = defaultdict(list)
    for one in mine:
        places = {place for key in one.keys() for place in near[key]}  # noqa: SIM118
        for other in (others[place] for place in sorted(places)):
            if other.response_id != one.response_id and one.same(other):
                found[one.response_id].append(other.response_id)
    return found


def counting(session: Session, response_ids: Iterable[str]) -> set[str]:
    """Which of these have been judged, and not rejected."""
    held = newest(session, set(response_ids))
    return {id for id, verdict in held.items() if verdict.verdict != REJECTED}


def _related(session: Session, invited: Sequence[_Invited]) -> set[str]:
    """Invitations that may be about the same interaction as one of these, themselves included."""
    with_order = [one for one in invited if one.order]
    people = {one.person_id for one in with_order}
    since = min(one.first_tapped_at for one in invited) - REACH
    wanted = or_(
        one_of(Invitation.event_id, {one.event_id for one in invited}),
        one_of(Invitation.person_id, people),
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
    for id, channel, address in session.execute(sent.where(one_of(Message.invitation_id, ids))):
        contacts[id].add((channel, address))
    rows = session.execute(
        select(
            Response.id, Response.person_id, Response.answered_at, Response.first_tapped_at,
            Response.invitation_id, Event.id, Event.source, Event.subjects, SurveyVersion.key,
        )
        .join(Invitation, Invitation.id == Response.invitation_id)
        .join(Event, Event.id == Invitation.event_id)
        .join(SurveyVersion, SurveyVersion.id == Invitation.survey_version_id)
        .where(
            one_of(Response.invitation_id, ids),
            Response.state.in_(COUNTED),
            Response.score.is_not(None),  # words alone count nobody twice
        )
        .order_by(Response.id)
    )  # fmt: skip
    return [
        _Invited(
            response_id=id,
            person_id=person_id,
            answered_at=answered_at,
            first_tapped_at=first_tapped_at,
            event_id=event_id,
            source=source,
            order=str((subjects.get("order") or {}).get("id") or ""),
            survey=key,
            contacts=frozenset(contacts[invitation_id]),
        )
        for (
            id, person_id, answered_at, first_tapped_at, invitation_id, event_id, source, subjects,
            key,
        ) in rows
    ]  # fmt: skip
