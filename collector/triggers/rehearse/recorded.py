"""What the database remembers of a page of people: their asks with the moments of what happened to
them, and when what is known of them changed. Reads only. Used by `run.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session, aliased

from collector.model.answers import Response
from collector.model.events import Decision, Event
from collector.model.invitations import CANCELLED, LAPSED, Invitation
from collector.model.people import Consent, Suppression
from collector.model.surveys import SurveyVersion
from collector.triggers.gates.situation import BREAKS, Later, PersonContext
from collector.triggers.invitation_history import SET_ASIDE
from collector.triggers.rehearse.past import RecordedInvitation

GRANTED, DENIED = "granted", "denied"


def asks(session: Session, people: Iterable[str]) -> dict[str, list[RecordedInvitation]]:
    """Every real ask of these people, by person."""
    found: dict[str, list[RecordedInvitation]] = {one: [] for one in people}
    overtaking = aliased(Decision)
    overtaken_at = (
        select(func.min(overtaking.decided_at))
        .where(
            overtaking.event_id == Decision.event_id,
            overtaking.rule_key == Decision.rule_key,
            overtaking.number > 1,
        )
        .correlate(Decision)
        .scalar_subquery()
    )
    moment = func.coalesce(overtaken_at, None, type_=Decision.decided_at.type)
    rows = session.execute(
        select(
            Decision.person_id, Decision.event_id, Decision.rule_key, Decision.survey_key,
            Decision.decided_at, Decision.ask_at, Invitation.channels, Invitation.sent_at,
            Invitation.lapses_at, Invitation.send_by, Invitation.status, SurveyVersion.metric,
            Response.state, Response.score, Response.answered_at, moment.label("overtaken_at"),
        )
        .join(Invitation, Invitation.decision_id == Decision.id)
        .join(SurveyVersion, SurveyVersion.id == Invitation.survey_version_id)
        .outerjoin(Response, Response.invitation_id == Invitation.id)
        .where(Decision.person_id.in_(sorted(found)), Decision.outcome == "invited")
    )  # fmt: skip
    for row in rows:
        found[row.person_id].append(_ask(row))
    return found


def _ask(row: Any) -> RecordedInvitation:
    answered = row.state not in (None, SET_ASIDE)
    return RecordedInvitation(
        person_id=row.person_id,
        event_id=row.event_id,
        rule_key=row.rule_key,
        survey_key=row.survey_key,
        metric=row.metric,
        channels=tuple(row.channels),
        at=row.ask_at or row.decided_at,
        decided_at=row.decided_at,
        lapses_at=row.lapses_at,
        sent_at=row.sent_at,
        closed_at=_closed_at(row),
        answered_at=row.answered_at if answered else None,
        score=row.score if answered else None,
        real=True,
    )


def _closed_at(row: Any) -> datetime | None:
    """When it stopped to count. A cancelled one without a decision that says so was an opt-out,
    after which nothing is asked anyway."""
    if row.sent_at is not None:
        return None
    if row.status == LAPSED:
        limit: datetime = min(row.lapses_at, row.send_by or row.lapses_at)
        return limit
    if row.status == CANCELLED:
        closed: datetime = row.overtaken_at or row.lapses_at
        return closed
    return None


@dataclass(frozen=True, slots=True)
class Changes:
    """When the words of a person came to be what they are, by channel."""

    consents: Mapping[str, datetime] = field(default_factory=dict)
    suppressions: Mapping[str, datetime] = field(default_factory=dict)


def changes(session: Session, standings: Mapping[str, PersonContext]) -> dict[str, Changes]:
    """Those of a page of people, by id."""
    consents: dict[str, dict[str, datetime]] = {one: {} for one in standings}
    for word in session.execute(
        select(Consent.person_id, Consent.channel, Consent.changed_at).where(
            Consent.person_id.in_(sorted(standings))
        )
    ):
        consents[word.person_id][word.channel] = word.changed_at
    points = sorted(
        {
            (channel, standing.contacts[channel])
            for standing in standings.values()
            for channel in standing.suppressed
        }
    )
    since: dict[tuple[str, str], datetime] = {}
    if points:
        for row in session.execute(
            select(Suppression.channel, Suppression.address, Suppression.created_at).where(
                tuple_(Suppression.channel, Suppression.address).in_(points)
            )
        ):
            since[row.channel, row.address] = row.created_at
    return {
        one: Changes(
            consents[one],
            {
                channel: since[channel, standing.contacts[channel]]
                for channel in standing.suppressed
                if (channel, standing.contacts[channel]) in since
            },
        )
        for one, standing in standings.items()
    }


def as_of(standing: PersonContext, changed: Changes, now: datetime) -> tuple[PersonContext, bool]:
    """The standing as it was at `now`, as far as that can be known, and whether it is certain.

    Only the last change of each word is kept. A no that came later was a yes before (else nothing
    would have gone out to object to); a yes that came later was not there before. Of a
    break only the end is kept: it began one of `BREAKS` before that.
    """
    until, certain = _break_as_of(standing.paused_until, now)
    consent = dict(standing.consent)
    for channel, at in changed.consents.items():
        if at > now and channel in consent:
            certain = False
            if consent[channel] == DENIED:
                consent[channel] = GRANTED
            else:
                del consent[channel]
    suppressed = {
        channel: why
        for channel, why in standing.suppressed.items()
        if changed.suppressions.get(channel, now) <= now
    }
    since = {channel: at for channel, at in standing.since.items() if at <= now}
    certain = certain and len(since) == len(standing.since)
    known = replace(
        standing, consent=consent, suppressed=suppressed, since=since, paused_until=until
    )
    return known, certain


def _break_as_of(until: datetime | None, now: datetime) -> tuple[datetime | None, bool]:
    """The end of the break, if it had begun by then, and whether that is certain."""
    if until is None or now >= until - timedelta(days=min(BREAKS)):
        return until, True
    return None, now < until - timedelta(days=max(BREAKS))


@dataclass(frozen=True, slots=True)
class Received:
    """A later event and when it came in."""

    received_at: datetime
    later: Later


def later(
    session: Session, people: Iterable[str], types: Sequence[str], earliest: datetime
) -> dict[str, list[Received]]:
    """By person, the events that may overtake others. No statement where no rule asks."""
    found: dict[str, list[Received]] = {}
    if not types:
        return found
    rows = session.execute(
        select(
            Event.person_id, Event.type, Event.id, Event.occurred_at, Event.received_at,
            Event.context, Event.subjects,
        )
        .where(
            Event.person_id.in_(sorted(people)),
            Event.type.in_(types),
            Event.occurred_at >= earliest,
        )
        .order_by(Event.occurred_at, Event.id)
    )  # fmt: skip
    for row in rows:
        one = Later(row.type, row.id, row.occurred_at, row.context, row.subjects)
        found.setdefault(row.person_id, []).append(Received(row.received_at, one))
    return found


def decisions(session: Session, events: Iterable[str]) -> dict[tuple[str, str], Any]:
    """The first decision of every rule about these events, by (event id, rule key)."""
    rows = session.execute(
        select(
            Decision.event_id, Decision.rule_key, Decision.rule_version_id, Decision.outcome,
            Decision.reason, Decision.ask_at, Decision.facts,
        ).where(Decision.event_id.in_(sorted(events)), Decision.number == 1)
    )  # fmt: skip
    return {(row.event_id, row.rule_key): row for row in rows}
