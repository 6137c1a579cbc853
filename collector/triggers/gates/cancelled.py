"""Was the event overtaken by a later one, such as the return of the very order? Pure.

`overtaken` is also asked when a later event comes in while the invitation waits (`supersede.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from collector import clock
from collector.rules.definition import Rule
from collector.rules.same_value import spelled
from collector.triggers.gates.situation import PASS, Check, Later, Situation


def cancelled(seen: Situation) -> Check:
    """Is there a later event that the rule names in `cancel_on`, about the same thing?"""
    for later in seen.later:
        if superseded(seen.rule, seen.occurred_at, seen.context, seen.subjects, later):
            return Check("cancelled", "cancelled_by_event", figures(later))
    return Check("cancelled", PASS, {})


def superseded(
    rule: Rule,
    occurred_at: datetime,
    context: Mapping[str, Any],
    subjects: Mapping[str, Any],
    later: Later,
) -> bool:
    """Does `later` call off an ask about this event? About the same thing: what both carry at
    `cancel_same` must be the same by `rules/same_value.py` (7 and "7" are); where one of them does
    not say, it is the same person's and counts."""
    if later.type not in rule.timing.cancel_on or later.occurred_at < occurred_at:
        return False
    ours = spelled(_at(rule.timing.cancel_same, context, subjects))
    theirs = spelled(_at(rule.timing.cancel_same, later.context, later.subjects))
    return ours is None or theirs is None or ours == theirs


def figures(later: Later) -> dict[str, Any]:
    """What the ledger keeps of the event that overtook."""
    return {
        "event_type": later.type,
        "event": later.event_id,
        "occurred_at": clock.iso(later.occurred_at),
    }


def _at(path: str, context: Mapping[str, Any], subjects: Mapping[str, Any]) -> Any:
    root, *names = path.split(".")
    value: Any = context if root == "context" else subjects
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
