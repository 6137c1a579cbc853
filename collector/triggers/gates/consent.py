"""On which channels may this person be asked? Pure."""

from __future__ import annotations

from collector.triggers.gates.situation import INAPP, PASS, UNDELIVERABLE, Check, Situation
from collector.triggers.intake import ANY


def consent(seen: Situation) -> Check:
    """A `denied` for `any` closes all channels; in-app needs no recorded yes."""
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
    if allowed:
        return Check("consent", PASS, facts, channels=tuple(allowed))
    return Check("consent", "no_consent" if missing else "opted_out", facts)
