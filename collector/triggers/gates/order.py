"""The gates in their order, and the walk through them. Pure.

Cheap and telling ones come first: whom and what the rule is about; then whether there is time and a
way to reach the person; then who is spared by lot; then how often they were asked; last what may
only put the ask off, and what takes a place of a quota. The order is documented in
`docs/reason-codes.md`.
"""

from __future__ import annotations

from collections.abc import Iterator

from collector.triggers.gates.audience import audience
from collector.triggers.gates.calendar import calendar
from collector.triggers.gates.cancelled import cancelled
from collector.triggers.gates.caps import global_cap, survey_cap
from collector.triggers.gates.channel import channel
from collector.triggers.gates.condition import condition
from collector.triggers.gates.consent import consent
from collector.triggers.gates.contact import contact
from collector.triggers.gates.quiet import quiet
from collector.triggers.gates.quota import quota
from collector.triggers.gates.sampling import control, sampling
from collector.triggers.gates.situation import Check, Situation
from collector.triggers.gates.timing import timing

GATES = (
    audience, condition, cancelled, timing, consent, channel, contact, sampling, control,
    global_cap, survey_cap, quiet, calendar, quota,
)  # fmt: skip


def walk(seen: Situation) -> list[Check]:
    """The gates in order, up to and including the first that fails."""
    return [check for check, _ in steps(seen)]


def steps(seen: Situation) -> Iterator[tuple[Check, Situation]]:
    """Each gate's answer with the situation as it leaves it; ends after the first that fails."""
    for gate in GATES:
        check = gate(seen)
        if check.ask_at is not None:
            seen = seen._replace(planned=check.ask_at)
        if check.channels is not None and check.channels != seen.channels:
            seen = seen._replace(left=check.channels)
        yield check, seen
        if check.reason:
            return
