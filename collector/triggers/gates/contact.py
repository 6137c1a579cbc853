"""Is the contact point really this customer's? Doubts hold the ask back or mark it. Pure.

Where somebody's bonus hangs on the score, the easiest cheat is to put one's own number in place of
the customer's. Each doubt is dealt with as the rule's `contact_integrity` says.
"""

from __future__ import annotations

from collector.rules.contact_policy import AUDIENCES, HOLD, MARK
from collector.triggers.gates.situation import PASS, Check, Situation

REASONS = {
    "staff": "staff_contact",
    "changed": "contact_changed",
    "shared": "contact_shared",
    "undeliverable": "undeliverable_before",
}


def contact(seen: Situation) -> Check:
    """A channel that is held is taken away; where none is left, the first doubt is the reason."""
    held: dict[str, list[str]] = {}
    marks: list[str] = []
    for channel in seen.channels:
        found = _doubts(seen, channel)
        holding = [doubt for doubt in found if seen.rule.policy.contact[doubt] == HOLD]
        if holding:
            held[channel] = holding
        else:
            marks += [
                mark(doubt, channel) for doubt in found if seen.rule.policy.contact[doubt] == MARK
            ]
    if not held and not marks:
        return Check("contact", PASS, {"doubtful": [], "marks": []})
    left = tuple(one for one in seen.channels if one not in held)
    facts = {"doubtful": sorted(held), "marks": marks}
    if left:
        return Check("contact", PASS, facts, channels=left, marks=tuple(marks))
    doubts = {doubt for found in held.values() for doubt in found}
    first = next(doubt for doubt in REASONS if doubt in doubts)
    return Check("contact", REASONS[first], facts)


def mark(doubt: str, channel: str) -> str:
    """How a doubt is noted for the integrity stage: `contact_changed:sms`."""
    return f"{REASONS[doubt]}:{channel}"


def _doubts(seen: Situation, channel: str) -> list[str]:
    person, policy = seen.person, seen.rule.policy
    since = person.since.get(channel)
    found = []
    if channel in person.staff and policy.audience == AUDIENCES[0]:
        found.append("staff")
    if since is not None and since > seen.occurred_at:
        found.append("changed")
    if person.shared.get(channel, 0) + 1 >= policy.many:
        found.append("shared")
    if channel in person.failed:
        found.append("undeliverable")
    return found
