"""A change of a rule or a survey reaches what waits: called right after the change has committed.

Paused: what waits is held by itself, for every claim and hand-over asks `rules/stops.py`; this only
waits for what is in a worker's hands. Retired: what waits is called off. If the process dies in
between nothing is lost but time: a claim calls off what is retired when it comes to be due.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from collector.intake import in_hand
from collector.invitations.stops import call_off, waiting
from collector.invitations.stops.waiting import Which
from collector.model.base import db
from collector.model.events import Decision
from collector.model.invitations import Invitation, Message
from collector.rules import stops
from collector.rules.statuses import RETIRED
from collector.surveys.versions import Change

RULE = "rule"


def follow_through(changes: Iterable[Change]) -> list[str]:
    """See to what waits for these changed rules and surveys; a sentence for each that stopped
    something or set it going again."""
    told = []
    for change in changes:
        which = which_of(change)
        before, after = change.status
        if change.stops:
            if before != after and after == RETIRED:
                told.append(_retired(change, which))
            in_hand.let_pass(Message.invitation_id.in_(_asks(which)))
        if change.removed:
            counted = waiting.count(which)
            gone = ", ".join(change.removed)
            then = f"none goes out over {gone} any more: by the next channel, or called off"
            told.append(f"{change.kind} {change.key}: {waiting.sentence(counted, then)}")
        elif before and before != after and after != RETIRED:
            counted = waiting.count(which)
            held = "{they} held" if counted.held else "{they} going out when due"
            told.append(f"{change.kind} {change.key}: {waiting.sentence(counted, held)}")
    return told


def which_of(change: Change) -> Which:
    return Which(rule=change.key) if change.kind == RULE else Which(survey=change.key)


def _retired(change: Change, which: Which) -> str:
    stopped = stops.load(cast(Session, db.session()))
    code = f"{change.kind}_{RETIRED}"
    facts = stopped.facts(which.rule, which.survey)
    cancelled = call_off.run(which, code, facts)
    said = f"{cancelled} {'ask' if cancelled == 1 else 'asks'} that waited"
    return f"{change.kind} {change.key}: {said} called off"


def _asks(which: Which) -> Select[str]:
    return select(Invitation.id).join(Decision, which.only())
