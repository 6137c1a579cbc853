"""What the gates must know of people: where they can be reached, what they said, when they were
asked. Reads only, a whole batch in four statements.

Used by `decide.py` while it holds the locks on these people. Asks that never went out (lapsed or
cancelled unsent) do not count against anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import not_, select, tuple_
from sqlalchemy.orm import Session

from collector.model.events import Decision
from collector.model.invitations import CANCELLED, LAPSED, Invitation
from collector.model.people import Consent, ContactPoint, Suppression
from collector.triggers.contest import INVITED
from collector.triggers.gates import Ask, Standing


def standings(session: Session, refs: Mapping[str, str]) -> dict[str, Standing]:
    """The standing of these people (id → ref), by id."""
    ids = sorted(refs)
    contacts: dict[str, dict[str, str]] = {one: {} for one in ids}
    for held in session.execute(
        select(ContactPoint.person_id, ContactPoint.channel, ContactPoint.address).where(
            ContactPoint.person_id.in_(ids)
        )
    ):
        contacts[held.person_id][held.channel] = held.address
    consent: dict[str, dict[str, str]] = {one: {} for one in ids}
    for word in session.execute(
        select(Consent.person_id, Consent.channel, Consent.state).where(Consent.person_id.in_(ids))
    ):
        consent[word.person_id][word.channel] = word.state
    suppressed = _suppressed(session, contacts)
    asks = _asks(session, ids)
    return {
        one: Standing(
            ref=refs[one],
            contacts=contacts[one],
            consent=consent[one],
            suppressed={
                channel: suppressed[channel, address]
                for channel, address in contacts[one].items()
                if (channel, address) in suppressed
            },
            asks=asks[one],
        )
        for one in ids
    }


def _suppressed(
    session: Session, contacts: Mapping[str, Mapping[str, str]]
) -> dict[tuple[str, str], str]:
    addresses = sorted({pair for held in contacts.values() for pair in held.items()})
    if not addresses:
        return {}
    rows = session.execute(
        select(Suppression.channel, Suppression.address, Suppression.reason).where(
            tuple_(Suppression.channel, Suppression.address).in_(addresses)
        )
    )
    return {(row.channel, row.address): row.reason for row in rows}


def _asks(session: Session, ids: list[str]) -> dict[str, tuple[Ask, ...]]:
    asks: dict[str, tuple[Ask, ...]] = dict.fromkeys(ids, ())
    unsent = Invitation.status.in_((LAPSED, CANCELLED)) & Invitation.sent_at.is_(None)
    rows = session.execute(
        select(Decision.person_id, Decision.survey_key, Decision.decided_at, Decision.facts)
        .join(Invitation, Invitation.decision_id == Decision.id)
        .where(Decision.person_id.in_(ids), Decision.outcome == INVITED, not_(unsent))
    )
    for row in rows:
        planned = row.facts.get("ask_at")
        at = datetime.fromisoformat(planned) if planned else row.decided_at
        asks[row.person_id] += (Ask(row.survey_key, at),)
    return asks
