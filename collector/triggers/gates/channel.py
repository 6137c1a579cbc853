"""For which of the allowed channels is there an address that can be reached? Pure."""

from __future__ import annotations

from collector.triggers.gates.situation import BY_REFERENCE, PASS, Check, Situation


def channel(seen: Situation) -> Check:
    """In-app and webhook reach everybody; an address that bounced for good reaches nobody."""
    reachable = [
        one
        for one in seen.channels
        if one in BY_REFERENCE
        or (seen.person.contacts.get(one) and one not in seen.person.suppressed)
    ]
    lost = [one for one in seen.channels if one not in reachable]
    facts = {"channels": reachable, "unreachable": lost}
    reason = PASS if reachable else "no_channel"
    return Check("channel", reason, facts, channels=tuple(reachable))
