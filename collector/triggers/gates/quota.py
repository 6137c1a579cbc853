"""Is there a place left for this segment in this period? Pure.

The last gate, since a place that is taken is gone. The counters are kept in `quotas.py`, under a
lock on the rule, so that many workers together never take more than there are.
"""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from collector.triggers.gates.situation import PASS, Check, Situation

QuotaSlot = tuple[str, str, str]


def quota(seen: Situation) -> Check:
    """A rule without a quota has room for everybody."""
    wanted = seen.rule.policy.quota
    if wanted is None:
        return Check("quota", PASS, {})
    place = taken(seen)
    assert place is not None
    used = seen.used.get(place, 0)
    facts = {"per": wanted.per, "segment": place[2], "used": used, "max": wanted.most}
    return Check("quota", PASS if used < wanted.most else "quota_full", facts)


def taken(seen: Situation) -> QuotaSlot | None:
    """(rule key, period, segment) of the place that this ask takes; None without a quota."""
    wanted = seen.rule.policy.quota
    if wanted is None:
        return None
    day = seen.ask_at.astimezone(ZoneInfo(seen.workspace.zones[0])).date()
    if wanted.per == "week":
        day -= timedelta(days=day.weekday())
    elif wanted.per == "month":
        day = day.replace(day=1)
    segment = wanted.by.text(seen.facts) if wanted.by else ""
    return seen.rule.key, f"{wanted.per}:{day.isoformat()}", segment
