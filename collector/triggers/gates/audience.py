"""Is this person one of those whom the rule asks: a customer, or an employee? Pure."""

from __future__ import annotations

from collector.triggers.gates.situation import PASS, Check, Situation


def audience(seen: Situation) -> Check:
    """Customers and employees are asked by rules of their own; one never counts for the other."""
    facts = {"kind": seen.person.kind, "audience": seen.rule.policy.audience}
    fits = seen.person.kind == seen.rule.policy.audience
    return Check("audience", PASS if fits else "wrong_audience", facts)
