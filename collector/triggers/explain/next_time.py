"""When could this person be asked by this rule, at the earliest? Pure.

Supposes an event that fits the rule's condition at each moment in question, and walks the same
gates as a decision; where a gate says from when on it would be different (a cap, a pause), it goes
on from there. Used by `event.py` and `person.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from collector.triggers.explain import sentences
from collector.triggers.gates.order import steps
from collector.triggers.gates.situation import Situation

FURTHEST = timedelta(days=3 * 365)
MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class NextTime:
    """`event_from`: an event from then on would lead to an ask; `ask_at`: when that ask would go
    out. Both None where waiting does not help; `reason` and `sentence` say what stands against it.
    """

    event_from: datetime | None
    ask_at: datetime | None
    reason: str
    sentence: str


def next_time(seen: Situation, now: datetime) -> NextTime:
    """The earliest moment from `now` on at which a new event would be asked about."""
    at, waited = now, ""
    for _ in range(MOST_STEPS):
        *_, (last, after) = steps(supposed(seen, at))
        if not last.reason:
            return NextTime(at, after.ask_at, "", _said(at, after.ask_at, now, waited))
        waited = last.reason
        if last.reason == "quota_full":  # a new period begins at some midnight
            at = (at + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
            continue
        again = _again(last.facts.get("again_at"), seen.rule.delay)
        if again is None or again <= at or again - now > FURTHEST:
            said = sentences.failed(last.reason, last.facts)
            return NextTime(None, None, last.reason, f"Waiting would not help. {said}")
        at = again
    return NextTime(None, None, waited, "No moment was found at which every gate would pass.")


def supposed(seen: Situation, at: datetime) -> Situation:
    """The same person and rule, with an event at `at` that fits the rule's condition."""
    rule = replace(seen.rule, condition=None)
    return seen._replace(rule=rule, occurred_at=at, now=at, later=(), planned=None, left=None)


def _again(told: object, delay: timedelta) -> datetime | None:
    """The event may come before the pause ends by as much as the rule waits after it."""
    return datetime.fromisoformat(told) - delay if isinstance(told, str) else None


def _said(at: datetime, ask_at: datetime, now: datetime, waited: str) -> str:
    if at <= now and ask_at <= now + timedelta(minutes=1):
        return "An event that fits the condition would lead to an ask right now."
    out = f"the ask would go out at {ask_at:%Y-%m-%d %H:%M} UTC"
    if at <= now:
        return f"An event that fits the condition would lead to an ask now; {out}."
    return (
        f"An event that fits the condition leads to an ask from {at:%Y-%m-%d %H:%M} UTC on; {out}."
    )
