"""Does the rule's condition hold for this event and this person? Pure."""

from __future__ import annotations

from collector.triggers.gates.situation import PASS, Check, Situation


def condition(seen: Situation) -> Check:
    """A rule without a condition takes every event of its type."""
    if seen.rule.condition is None:
        return Check("condition", PASS, {})
    found = seen.rule.condition.evaluate(seen.facts)
    if found.error:
        return Check("condition", "condition_error", {"error": found.error})
    if found.missing:
        return Check("condition", "condition_false", {"missing": found.missing})
    return Check("condition", PASS if found.matched else "condition_false", {})
