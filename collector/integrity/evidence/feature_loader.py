"""Reads what is known of some responses, for `facts.py`. Reads only, a handful of statements.

Called under the head's lock. Fingerprints of customers and interactions are made here, so that
neither a person's id nor a caller's key is in the log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from collector import keys
from collector.answers import tap_loader
from collector.answers.taps import TapEvidence
from collector.integrity.engine import text
from collector.integrity.evidence import duplicate_interactions, facts, log, tap_stream
from collector.integrity.evidence.facts import Features, Happening, Prints
from collector.model.answers import Response, Tap
from collector.model.events import Event
from collector.model.integrity import LogEntry
from collector.model.invitations import Invitation
from collector.model.roster import RosterEntry
from collector.model.sql.bulk import one_of
from collector.surveys import catalog

STAFF = "staff_contact"  # the mark that the gate leaves; see triggers/gates/contact.py


@dataclass(slots=True)
class FeatureSet:
    """What is known of each of these responses, by response id."""

    invited: dict[str, tuple[Invitation, Event]] = field(default_factory=dict)
    taps: dict[str, list[TapEvidence]] = field(default_factory=dict)
    prints: Mapping[str, Prints] = field(default_factory=dict)
    homes: dict[str, tuple[str, str]] = field(default_factory=dict)
    staff: frozenset[str] = frozenset()
    cases: dict[str, int] = field(default_factory=dict)
    former: dict[str, list[log.Entry]] = field(default_factory=dict)
    duplicates: dict[str, list[str]] = field(default_factory=dict)
    counting: set[str] = field(default_factory=set)

    def body(self, row: Response, score: int) -> dict[str, Any]:
        """The log entry's body for this response, of which this score counts."""
        invitation, event = self.invited[row.id]
        metric = catalog.get(invitation.survey_version_id).metric
        taps = self.taps[row.invitation_id]
        tap = tap_stream.answering(taps, score, row.answered_at)
        prints = self.prints.get(tap.id, Prints()) if tap else Prints()
        former = self.former.get(row.id, [])
        sketch = list(text.sketch(row.comment or ""))
        same = next((one for one in self.duplicates.get(row.id, ()) if one in self.counting), None)
        staff = prints.contact in self.staff or f"{STAFF}:{row.channel}" in invitation.marks
        features = Features(
            state=row.state, score=score, comment=row.comment, channel=row.channel,
            answered_at=row.answered_at, set_aside=row.set_aside, metric=metric.key,
            low=metric.low, high=metric.high, locale=invitation.locale,
            customer=keys.fingerprint("customer", row.person_id), taps=taps, prints=prints,
            about=Happening(
                event_key(event.source, event.event_id), event.occurred_at, event.subjects,
                event.context, event.contacts,
            ),
            home=self.homes.get(facts.who(event.subjects, "agent")[1], ("", "")),
            staff=bool(prints.contact) and staff, cases=self.cases.get(row.id, 0),
            former={"id": former[-1].id} if former else None,
            former_comment=any(one.body.get("bands") == sketch for one in former), same_as=same,
        )  # fmt: skip
        body = {"invitation": row.invitation_id, **facts.body(features)}
        if row.erased_at is not None:
            return {name: value for name, value in body.items() if name not in facts.PII_FIELDS}
        return body


def event_key(source: str, event_id: str) -> str:
    """The fingerprint of an interaction, by which signals find it, also before it came in."""
    return keys.fingerprint("event", f"{source}\x1f{event_id}")


def load_features(session: Session, responses: Sequence[Response]) -> FeatureSet:
    """Everything about these responses, of each of which a score counts."""
    if not responses:
        return FeatureSet()
    ids = [row.id for row in responses]
    found = FeatureSet(
        invited=_invited(session, ids),
        taps=tap_loader.evidence(session, [row.invitation_id for row in responses]),
        cases=cases(session, ids),
        former=_former(session, ids),
        duplicates=duplicate_interactions.duplicates(session, responses),
    )
    chosen = [
        tap.id
        for row in responses
        if (tap := tap_stream.answering(
            found.taps[row.invitation_id], row.score, row.answered_at
        ))
    ]  # fmt: skip
    found.prints = _prints(session, chosen)
    found.counting = duplicate_interactions.counting(
        session, {one for others in found.duplicates.values() for one in others}
    )
    workers = {facts.who(event.subjects, "agent")[1] for _, event in found.invited.values()}
    found.homes, found.staff = homes(session, workers), _staff(session)
    return found


def homes(session: Session, workers: Collection[str] | None) -> dict[str, tuple[str, str]]:
    """Team and store of these agents (None: of all), by the roster of now."""
    wanted = select(RosterEntry.agent_id, RosterEntry.team_id, RosterEntry.store_id).where(
        RosterEntry.delisted_at.is_(None)
    )
    if workers is not None:
        wanted = wanted.where(one_of(RosterEntry.agent_id, workers))
    found: dict[str, tuple[str, str]] = {}
    for agent, team, store in session.execute(wanted.order_by(RosterEntry.id)):
        found.setdefault(agent, (team, store))
    return found


def cases(session: Session, response_ids: Sequence[str]) -> dict[str, int]:
    """How many interactions the customer of each of these responses had had by then."""
    rows = session.execute(
        select(Response.id, func.count(Event.id))
        .join(Event, Event.person_id == Response.person_id)
        .where(one_of(Response.id, response_ids), Event.occurred_at <= Response.answered_at)
        .group_by(Response.id)
    )
    return {row[0]: row[1] for row in rows}


def _staff(session: Session) -> frozenset[str]:
    rows = session.scalars(select(RosterEntry.contacts).where(RosterEntry.delisted_at.is_(None)))
    return frozenset(contact for contacts in rows for contact in contacts)


def _invited(session: Session, ids: Sequence[str]) -> dict[str, tuple[Invitation, Event]]:
    rows = session.execute(
        select(Response.id, Invitation, Event)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .join(Event, Event.id == Invitation.event_id)
        .where(one_of(Response.id, ids))
    )
    return {id: (invitation, event) for id, invitation, event in rows}


def _prints(session: Session, tap_ids: Sequence[str]) -> Mapping[str, Prints]:
    rows = session.execute(
        select(
            Tap.id, Tap.device_hash, Tap.address_hash, Tap.network_hash, Tap.contact_hash
        ).where(one_of(Tap.id, tap_ids))
    )  # fmt: skip
    return {id: Prints(device, address, net, contact) for id, device, address, net, contact in rows}


def _former(session: Session, ids: Sequence[str]) -> dict[str, list[log.Entry]]:
    rows = session.execute(
        select(LogEntry.number, LogEntry.ref, LogEntry.version, LogEntry.body)
        .where(LogEntry.kind == log.ANSWER, one_of(LogEntry.ref, ids))
        .order_by(LogEntry.number)
    )
    found: dict[str, list[log.Entry]] = defaultdict(list)
    for number, ref, version, body in rows:
        found[ref].append(log.Entry(number, 0.0, log.ANSWER, ref, version, body))
    return found
