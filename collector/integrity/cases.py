"""Gathers the evidence about some responses into cases. Reads only; used by `judge.py`.

A handful of statements for a whole batch. The sibling search is bounded: to interactions that name
an order, and to the last `REACH`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from collector.answers import ledger
from collector.integrity.evidence import Case, Sibling
from collector.model.answers import Response
from collector.model.events import Event
from collector.model.invitations import Invitation, Message
from collector.model.surveys import SurveyVersion
from collector.model.verdicts import Verdict

REACH = timedelta(days=90)
COUNTED = ("settled", "confirmed")


@dataclass(frozen=True, slots=True)
class _Ask:
    """A response with what was asked about: survey key, event, order, and who was asked."""

    response: Response
    event_id: str
    source: str
    order: str
    survey: str
    contacts: frozenset[tuple[str, str]]

    def same(self, other: _Ask) -> str:
        """By what this is the other's interaction: `event`, `order`, or '' if it is not."""
        if self.survey != other.survey:
            return ""
        if self.event_id == other.event_id:
            return "event"
        same_who = self.response.person_id == other.response.person_id or (
            self.contacts & other.contacts
        )
        same_order = self.order and (self.source, self.order) == (other.source, other.order)
        return "order" if same_order and same_who else ""


def gather(session: Session, responses: Sequence[Response]) -> dict[str, Case]:
    """The case of each of these responses, by response id."""
    taps = ledger.evidence(session, [row.invitation_id for row in responses])
    siblings = _siblings(session, responses)
    return {
        row.id: Case(
            response_id=row.id,
            state=row.state,
            score=row.score,
            answered_at=row.answered_at,
            taps=tuple(taps[row.invitation_id]),
            set_aside=tuple(row.set_aside),
            siblings=tuple(siblings.get(row.id, ())),
        )
        for row in responses
    }


def newest_verdicts(session: Session, response_ids: Collection[str]) -> dict[str, Verdict]:
    """The verdict that holds for each of these responses, where there is one."""
    rows = select(Verdict).where(Verdict.response_id.in_(response_ids)).order_by(Verdict.number)
    return {row.response_id: row for row in session.scalars(rows)}


def _siblings(session: Session, responses: Sequence[Response]) -> dict[str, list[Sibling]]:
    counting = [row for row in responses if row.state in COUNTED]
    mine = _asks(session, [row.invitation_id for row in counting])
    others = _asks(session, _related(session, mine)) if mine else []
    rejected = {
        id
        for id, verdict in newest_verdicts(session, [ask.response.id for ask in others]).items()
        if verdict.verdict == "rejected"
    }
    found: dict[str, list[Sibling]] = defaultdict(list)
    for ask in mine:
        for other in others:
            if other.response.id == ask.response.id or other.response.id in rejected:
                continue
            if same := ask.same(other):
                sibling = Sibling(other.response.id, other.response.answered_at, same)
                found[ask.response.id].append(sibling)
    return found


def _related(session: Session, asks: Sequence[_Ask]) -> set[str]:
    """Invitations that may be about the same interaction as one of these, themselves included."""
    with_order = [ask for ask in asks if ask.order]
    people = {ask.response.person_id for ask in with_order}
    since = min(ask.response.first_tapped_at for ask in asks) - REACH
    wanted = or_(
        Invitation.event_id.in_({ask.event_id for ask in asks}), Invitation.person_id.in_(people)
    )
    found = set(
        session.scalars(select(Invitation.id).where(wanted, Invitation.created_at >= since))
    )
    contacts = {contact for ask in with_order for contact in ask.contacts}
    if contacts:
        to_same = select(Message.invitation_id).where(
            tuple_(Message.channel, Message.address).in_(contacts), Message.claimed_at >= since
        )
        found |= set(session.scalars(to_same))
    return found


def _asks(session: Session, invitation_ids: Iterable[str]) -> list[_Ask]:
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
        .where(Response.invitation_id.in_(ids), Response.state.in_(COUNTED))
        .order_by(Response.id)
    )
    return [
        _Ask(
            response=response,
            event_id=event_id,
            source=source,
            order=str((subjects.get("order") or {}).get("id") or ""),
            survey=key,
            contacts=frozenset(contacts[response.invitation_id]),
        )
        for response, event_id, source, subjects, key in rows
    ]
