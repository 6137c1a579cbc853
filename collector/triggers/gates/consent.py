"""On which channels may this person be asked, and did they ask for a break? Pure."""

from __future__ import annotations

from collector import clock
from collector.triggers.gates.situation import INAPP, PASS, UNDELIVERABLE, Check, Situation

ANY = "any"
"""What somebody said of every channel at once."""


def consent(seen: Situation) -> Check:
    """A `denied` for `any` closes all channels; in-app needs no recorded yes.

    A break speaks only where the person may be asked at all: it ends by itself, a no does not.
    """
    denied, missing, allowed = [], [], []
    for channel in seen.channels:
        said = seen.person.consent.get(channel) or seen.person.consent.get(ANY, "")
        suppressed = seen.person.suppressed.get(channel, "")
        unwanted = bool(suppressed) and suppressed not in UNDELIVERABLE
        if "denied" in (said, seen.person.consent.get(ANY)) or unwanted:
            denied.append(channel)
        elif said == "granted" or channel == INAPP or seen.rule.consent == "implied":
            allowed.append(channel)
        else:
            missing.append(channel)
    facts = {"allowed": allowed, "denied": denied, "missing": missing}
    if not allowed:
        return Check("consent", "no_consent" if missing else "opted_out", facts)
    until = seen.person.paused_until
    if until is not None and seen.ask_at < until:
        return Check("consent", "paused", {**facts, "again_at": clock.iso(until)})
    return Check("consent", PASS, facts, channels=tuple(allowed))
