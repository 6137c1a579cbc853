"""May the person be written to at that hour and on that day, where they are? Pure.

Never a reason by itself to hold somebody back: the ask is put off to the next hour that is open,
unless that comes too late. `invitations/claims.py` asks the same again at the moment of sending.
"""

from __future__ import annotations

from collector import clock
from collector.triggers.gates.caps import global_cap, survey_cap
from collector.triggers.gates.situation import PASS, Check, Situation
from collector.triggers.gates.timing import hours, latest
from collector.triggers.hours import next_open
from collector.triggers.locality import closed_days


def calendar(seen: Situation) -> Check:
    """Quiet hours, weekends and public holidays for the first channel, by the person's clock."""
    first, place, timing = seen.channels[0], seen.person.place, seen.rule.timing
    closed = closed_days(place.country, timing.off(first))
    opens = next_open(seen.ask_at, timing.window(first), place.zones, closed)
    facts: dict[str, object] = {"zone": place.zones[0], "zone_from": place.source}
    if opens == seen.ask_at:
        return Check("calendar", PASS, facts)
    facts["put_off_to"] = clock.iso(opens)
    if opens >= latest(seen):
        limit = hours(latest(seen) - seen.occurred_at)
        late = {"age_hours": hours(opens - seen.occurred_at), "limit_hours": limit}
        return Check("calendar", "too_late", {**facts, **late})
    # Putting it off must not bring it too near to an ask that is planned for later.
    moved = seen._replace(planned=opens)
    for capped in (global_cap(moved), survey_cap(moved)):
        if capped.reason:
            return capped._replace(gate="calendar")
    return Check("calendar", PASS, facts, ask_at=opens)
