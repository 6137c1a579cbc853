"""Customers who do not answer are asked less and less, and then only lightly. Pure.

Each ask that was ignored in a row doubles the pause, up to a bound; after some of them only the
lighter channels are used. One answer sets everything back.
"""

from __future__ import annotations

from collector import clock
from collector.triggers.gates.caps import counted
from collector.triggers.gates.situation import PASS, Check, Situation
from collector.triggers.history import ignored_in_a_row


def quiet(seen: Situation) -> Check:
    """Has the doubled pause passed, and is there a channel that is light enough?"""
    policy = seen.rule.policy
    ignored = ignored_in_a_row(seen.person.asks, seen.now)
    facts: dict[str, object] = {"ignored": ignored}
    times = min(1 << min(ignored, 10), policy.doubling)
    before = [ask for ask in counted(seen) if ask.at <= seen.ask_at]
    last = max(before, key=lambda ask: ask.at, default=None)
    if last is not None and times > 1 and seen.ask_at < last.at + policy.global_cap * times:
        facts |= {
            "days": (policy.global_cap * times).days,
            "asked_at": clock.iso(last.at),
            "again_at": clock.iso(last.at + policy.global_cap * times),
        }
        return Check("quiet", "quiet_too_long", facts)
    if not policy.light_after or ignored < policy.light_after:
        return Check("quiet", PASS, facts)
    left = tuple(one for one in seen.channels if one in policy.light)
    facts |= {"light": list(policy.light), "channels": list(left)}
    return Check("quiet", PASS if left else "quiet_too_long", facts, channels=left)
