"""All rules that listen to one event, judged and ranked: at most one of them asks. Pure.

Called by `decide.py`, which writes what comes out. The rule of the highest priority among those
that pass every gate wins (ties: by key); the other passers are `outranked`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from collector.triggers.gates import Check, Situation, walk
from collector.triggers.rules import Rule

INVITED, HELD_BACK = "invited", "held_back"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the winner will do: over which channels, when, and until when an answer counts."""

    channels: tuple[str, ...]
    ask_at: datetime
    lapses_at: datetime


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided for one rule. Only the winner has a plan."""

    rule: Rule
    outcome: str
    reason: str
    facts: Mapping[str, Any]
    plan: Plan | None = None


def decide(situations: Iterable[Situation]) -> list[Ruling]:
    """One ruling for each situation (same event, one rule each), sorted by rule key."""
    rulings: list[Ruling] = []
    winner: Situation | None = None
    for seen in sorted(situations, key=lambda seen: seen.rule.rank):
        checks = walk(seen)
        held_back = checks[-1].reason
        if held_back:
            rulings.append(Ruling(seen.rule, HELD_BACK, held_back, _facts(checks)))
        elif winner is not None:
            facts = {"winner": winner.rule.key, "winner_priority": winner.rule.priority}
            rulings.append(Ruling(seen.rule, HELD_BACK, "outranked", facts))
        else:
            winner = seen
            rulings.append(_invited(seen, checks))
    return sorted(rulings, key=lambda ruling: ruling.rule.key)


def _invited(seen: Situation, checks: list[Check]) -> Ruling:
    channels = next(check.facts["channels"] for check in checks if check.gate == "channel")
    plan = Plan(tuple(channels), seen.ask_at, seen.ask_at + timedelta(days=seen.lapse_days))
    facts = {"channels": list(channels), "gates": [check.gate for check in checks]}
    return Ruling(seen.rule, INVITED, INVITED, facts, plan)


def _facts(checks: list[Check]) -> dict[str, Any]:
    """The failing gate's figures, and which gates were passed before it."""
    *before, failed = checks
    return {**failed.facts, "gate": failed.gate, "passed": [check.gate for check in before]}
