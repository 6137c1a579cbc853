"""Is there still time: is the event young enough, and do the rule's dates allow the ask? Pure.

`latest` is also what the gates `caps` and `calendar` hold on to when they put an ask off.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from collector import clock
from collector.triggers.gates.situation import PASS, Check, Situation


def timing(seen: Situation) -> Check:
    """Old events sent in late must not wake anybody; a campaign asks between its dates."""
    limit = seen.rule.delay + timedelta(days=seen.lapse_days)
    age = seen.now - seen.occurred_at
    facts = {"age_hours": hours(age), "limit_hours": hours(limit)}
    if age >= limit:
        return Check("timing", "too_late", facts)
    asked_at, dates = seen.ask_at, seen.rule.timing
    if dates.not_before is not None:
        asked_at = max(asked_at, _begins(dates.not_before, seen))
    ends = latest(seen)
    if asked_at >= ends:
        expires = seen.rule.timing.expires_after
        if expires is not None and seen.now >= seen.occurred_at + expires:
            return Check("timing", "too_late", {**facts, "limit_hours": hours(expires)})
        window = {
            "not_before": str(dates.not_before or "any day"),
            "not_after": str(dates.not_after or "any day"),
            "ask_at": clock.iso(asked_at),
        }
        return Check("timing", "outside_window", {**facts, **window})
    moved = asked_at if asked_at != seen.ask_at else None
    return Check("timing", PASS, facts, ask_at=moved)


def latest(seen: Situation) -> datetime:
    """Before when the ask must go out, or never: while the survey is answered, the rule's expiry
    and its last day allow it."""
    ends = [seen.occurred_at + seen.rule.delay + timedelta(days=seen.lapse_days)]
    if (limit := send_by(seen)) is not None:
        ends.append(limit)
    return min(ends)


def send_by(seen: Situation) -> datetime | None:
    """What the rule itself says about that; None where it says nothing."""
    ends = []
    if seen.rule.timing.expires_after is not None:
        ends.append(seen.occurred_at + seen.rule.timing.expires_after)
    if seen.rule.timing.not_after is not None:
        ends.append(_begins(seen.rule.timing.not_after + timedelta(days=1), seen))
    return min(ends, default=None)


def hours(span: timedelta) -> float:
    return round(span.total_seconds() / 3600, 1)


def _begins(day: date, seen: Situation) -> datetime:
    zone = ZoneInfo(seen.workspace.zones[0])
    return datetime.combine(day, time.min, zone).astimezone(UTC)
