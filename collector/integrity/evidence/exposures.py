"""Who was asked and who was not: one asking for each interaction that a rule listened to. Reads.

The selection family of `engine/subjects` counts these. What a person withheld counts against what
is usual; what the service's own gates held back does not. Used by `subject_analysis.py`; `dump.py`
writes the same rows as an audit's events and invitations.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from collector.integrity.engine.counters import Spread
from collector.integrity.engine.records import TROUBLE, Exposure, Signal
from collector.integrity.evidence import facts, log, past_signals
from collector.integrity.evidence.feature_loader import event_key
from collector.model.answers import Response
from collector.model.events import Decision, Event
from collector.model.integrity import LogEntry
from collector.model.invitations import SENDING, SENT, WAITING, Invitation

PAGE = 2_000
# The decision ledger's reasons in the words of the audit's files; every other one is `SYSTEM`.
BY_PERSON: Final = frozenset({"customer_declined", "invalid_contact", "duplicate_case",
                              "test_record"})  # fmt: skip
OPTED_OUT, SYSTEM = {"opted_out": "opt_out"}, "policy_exempt"
CAPS: Final = {"capped_global": "freq_cap", "capped_survey": "freq_cap"}


# What is read of an event; a page of these is small, and no row of it stays in the session.
EVENT = (
    Event.id.label("event"), Event.source, Event.event_id, Event.occurred_at, Event.received_at,
    Event.subjects, Event.context, Event.person_id,
)  # fmt: skip
# A message of which nobody knows whether it arrived may be answered all the same.
ANSWERED = exists().where(Response.invitation_id == Invitation.id, Response.score.is_not(None))
FED = exists().where(
    Response.invitation_id == Invitation.id, LogEntry.kind == log.ANSWER,
    LogEntry.ref == Response.id,
)  # fmt: skip
ALL = sys.maxsize
Homes = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Invited:
    """One interaction and what became of it. `id`: the invitation's, else the decision's.

    `about`: the event's columns; `key` its fingerprint. `held`: why nobody was asked, else None.
    `late`: seconds from when it should have gone out, by the rule and by what is usual for the
    system that reported it, until it did. `answered`: was the engine fed an answer?
    """

    id: str
    about: Row[Any]
    key: str
    agent: str
    worker: str
    team: str
    store: str
    held: str | None = None
    sent_at: datetime | None = None
    channel: str | None = None
    late: float | None = None
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Exposures:
    """All of them, in the order of their ids, with the signals in the log about them.

    Read from the tables each time they are gone through, a page in memory.
    """

    session: Session
    homes: Homes

    def __iter__(self) -> Iterator[Exposure]:
        found = asked(self.session, self.homes)
        while page := list(islice(found, PAGE)):
            pairs = {(one.about.source, one.about.event_id) for one in page}
            signals = past_signals.about(self.session, pairs, ALL)
            for one in page:
                yield _asking(one, signals.get(one.key, ()))


def asked(session: Session, homes: Homes) -> Iterator[Invited]:
    """Every interaction of which is known what became of it, by id: held back first, then asked."""
    for row in _pages(session, _held(), Decision.id):
        yield _asked(row, homes, held=_reason(row.reason))
    usual = _usual(session)
    for row in _pages(session, _sent(), Invitation.id):
        reported = (row.received_at - row.occurred_at).total_seconds()
        late = max(reported - usual.get(row.source, 0.0), 0.0)
        if row.ask_at is not None and row.sent_at is not None:
            late += max((row.sent_at - row.ask_at).total_seconds(), 0.0)
        channel = row.channels[min(row.step, len(row.channels) - 1)]
        yield _asked(
            row, homes, sent_at=row.sent_at, late=round(late, 3),
            channel=facts.CHANNELS.get(channel, channel), answered=row.answered,
        )  # fmt: skip


def _asking(one: Invited, signals: Sequence[Signal]) -> Exposure:
    return Exposure(
        agent=one.agent, worker=one.worker, team=one.team, store=one.store, held=one.held,
        delay=one.late, channel=one.channel, answered=one.answered, signals=tuple(signals),
        troubled=facts.reason(one.about.context) == "complaint"
        or any(signal.kind in TROUBLE for signal in signals),
    )  # fmt: skip


def _asked(row: Row[Any], homes: Homes, **of: Any) -> Invited:
    agent, worker = facts.who(row.subjects, "agent")
    home = homes.get(worker, ("", ""))
    return Invited(
        id=row.id, about=row, key=event_key(row.source, row.event_id), agent=agent,
        worker=worker or agent, team=home[0] or facts.who(row.subjects, "team")[0],
        store=home[1] or facts.who(row.subjects, "store")[0], **of,
    )  # fmt: skip


def _reason(code: str) -> str:
    return code if code in BY_PERSON else OPTED_OUT.get(code) or CAPS.get(code, SYSTEM)


def _held() -> Select[Any]:
    """Of each event about which nobody was asked, the first decision that holds and held back."""
    earlier = aliased(Decision)
    first = ~exists().where(
        earlier.event_id == Decision.event_id, earlier.id < Decision.id,
        earlier.outcome == "held_back", ~_overtaken(earlier),
    )  # fmt: skip
    asked = exists().where(
        Invitation.event_id == Decision.event_id,
        or_(
            Invitation.sent_at.is_not(None),
            Invitation.status.in_((WAITING, SENDING, SENT)),
            ANSWERED,
        ),
    )
    return (
        select(Decision.id, Decision.reason, *EVENT)
        .join(Event, Event.id == Decision.event_id)
        .where(Decision.outcome == "held_back", ~_overtaken(Decision), first, ~asked)
    )


def _overtaken(decision: Any) -> ColumnElement[bool]:
    newer = aliased(Decision)
    return exists().where(
        newer.event_id == decision.event_id, newer.rule_key == decision.rule_key,
        newer.number > decision.number,
    )  # fmt: skip


def _sent() -> Select[Any]:
    return (
        select(
            Invitation.id, Invitation.sent_at, Invitation.channels, Invitation.step,
            Decision.ask_at, FED.label("answered"), *EVENT,
        )
        .join(Decision, Decision.id == Invitation.decision_id)
        .join(Event, Event.id == Invitation.event_id)
        .where(or_(Invitation.sent_at.is_not(None), ANSWERED))
    )  # fmt: skip


def _pages(session: Session, query: Select[Any], id: Any) -> Iterator[Row[Any]]:
    after = ""
    while page := session.execute(query.where(id > after).order_by(id).limit(PAGE)).all():
        yield from page
        after = page[-1].id


def _usual(session: Session) -> dict[str, float]:
    """How long after it happened each system reports an event: within this, four in five times."""
    found: dict[str, Spread] = {}
    rows = session.execute(
        select(Event.source, Event.occurred_at, Event.received_at)
        .where(exists().where(Invitation.event_id == Event.id, Invitation.sent_at.is_not(None)))
        .execution_options(yield_per=PAGE)
    )
    for source, occurred_at, received_at in rows:
        reported = (received_at - occurred_at).total_seconds()
        found.setdefault(source, Spread()).add(max(reported, 0.0))
    return {source: spread.quantile(0.8) for source, spread in found.items()}
