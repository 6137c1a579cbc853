"""For which of the allowed channels is there an address that can be reached, from here? Pure."""

from __future__ import annotations

from collector.triggers.gates.situation import BY_REFERENCE, PASS, Check, Situation


def channel(seen: Situation) -> Check:
    """In-app and webhook reach everybody; an address that bounced for good reaches nobody, and a
    channel that is not set up here, or that a number gets nothing from, is passed over.

    Where that is all that keeps the ask from the person, the reason says so: it is ours to mend.
    """
    known = [
        one
        for one in seen.channels
        if one in BY_REFERENCE
        or (seen.person.contacts.get(one) and one not in seen.person.suppressed)
    ]
    reachable = [one for one in known if one not in seen.person.unusable]
    lost = [one for one in seen.channels if one not in known]
    facts: dict[str, object] = {"channels": reachable, "unreachable": lost}
    passed_over = {one: seen.person.unusable[one] for one in known if one not in reachable}
    if passed_over:
        facts["unusable"] = [f"{one} ({why})" for one, why in passed_over.items()]
    if reachable:
        return Check("channel", PASS, facts, channels=tuple(reachable))
    return Check("channel", "channel_unusable" if passed_over else "no_channel", facts)
