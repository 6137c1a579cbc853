"""All rules that listen to one event, judged and ranked: at most one of them asks. Pure.

Called by `decide.py`, which writes what comes out. The rule of the highest priority among those
that pass every gate wins (ties: by key); the other passers are `outranked`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from collector.rules.definition import Rule
from collector.triggers.gates.order import steps
from collector.triggers.gates.quota import QuotaSlot, taken
from collector.triggers.gates.situation import Check, Situation
from collector.triggers.gates.timing import send_by

INVITED, HELD_BACK = "invited", "held_back"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the winner will do: over which channels, when, and until when an answer counts.

    `send_by`: the rule's own limit for going out; `marks` are doubts about the contact point;
    `place` is what it takes of a quota.
    """

    channels: tuple[str, ...]
    ask_at: datetime
    lapses_at: datetime
    send_by: datetime | None = None
    marks: tuple[str, ...] = ()
    place: QuotaSlot | None = None


class RuleOutcome(NamedTuple):
    """What was decided for one rule. Only the winner has a plan."""

    rule: Rule
    outcome: str
    reason: str
    facts: Mapping[str, Any]
    plan: Plan | None = None


def decide(situations: Iterable[Situation]) -> list[RuleOutcome]:
    """One ruling for each situation (same event, one rule each), sorted by rule key."""
    rulings: list[RuleOutcome] = []
    winner: Situation | None = None
    for seen in sorted(situations, key=lambda seen: seen.rule.rank):
        walked = list(steps(seen))
        checks = [check for check, _ in walked]
        held_back = checks[-1].reason
        if held_back:
            rulings.append(RuleOutcome(seen.rule, HELD_BACK, held_back, _facts(checks)))
        elif winner is not None:
            facts = {"winner": winner.rule.key, "winner_priority": winner.rule.priority}
            rulings.append(RuleOutcome(seen.rule, HELD_BACK, "outranked", facts))
        else:
            winner = seen
            rulings.append(_invited(walked[-1][1], checks))
    return sorted(rulings, key=lambda ruling: ruling.rule.key)


def _invited(seen: Situation, checks: list[Check]) -> RuleOutcome:
    """`seen` as the last gate left it: when, and by which channels."""
    marks = tuple(mark for check in checks for mark in check.marks)
    marks = tuple(one for one in marks if one.rpartition(":")[2] in seen.channels)
    lapses_at = seen.ask_at + timedelta(days=seen.lapse_days)
    plan = Plan(seen.channels, seen.ask_at, lapses_at, send_by(seen), marks, taken(seen))
    facts: dict[str, Any] = {
        "channels": list(seen.channels),
        "gates": [check.gate for check in checks],
    }
    if marks:
        facts["marks"] = list(marks)
    if moved := [check.gate for check in checks if check.ask_at is not None]:
        facts["put_off_by"] = moved
    return RuleOutcome(seen.rule, INVITED, INVITED, facts, plan)


def _facts(checks: list[Check]) -> dict[str, Any]:
    """The failing gate's figures, and which gates were passed before it."""
    *before, failed = checks
    return {**failed.facts, "gate": failed.gate, "passed": [check.gate for check in before]}
