"""The gates between an event and an invitation: each pure, each with its reason and its figures.

Order, fixed and documented, cheap and telling ones first: condition, timing, consent, channel,
sampling, global cap, survey cap. Evaluation ends at the first that fails. Used by `contest.py`;
what is handed in is loaded by `ledger.py`. The codes are explained in `reasons.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from collector import clock
from collector.triggers import conditions
from collector.triggers.intake import ANY
from collector.triggers.rules import Rule

PASS = ""
INAPP = "inapp"
# Suppressions that say "cannot be reached"; every other kind says "does not want to be".
UNDELIVERABLE = ("bounce", "undeliverable", "invalid")


@dataclass(frozen=True, slots=True)
class Ask:
    """One earlier invitation of a person: which survey, planned to go out when."""

    survey_key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a person at the moment of deciding.

    `consent` maps a channel or `any` to granted or denied; `suppressed` maps a channel to why its
    address must not be used.
    """

    ref: str
    contacts: Mapping[str, str] = field(default_factory=dict)
    consent: Mapping[str, str] = field(default_factory=dict)
    suppressed: Mapping[str, str] = field(default_factory=dict)
    asks: Sequence[Ask] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the gates look at for one event and one rule."""

    rule: Rule
    occurred_at: datetime
    now: datetime
    lapse_days: int
    facts: conditions.Facts
    person: Standing

    @property
    def ask_at(self) -> datetime:
        """When the survey would go out: after the rule's delay, never in the past."""
        return max(self.occurred_at + self.rule.delay, self.now)


@dataclass(frozen=True, slots=True)
class Check:
    """One gate's answer: `reason` is empty if it lets the event pass; `facts` are what it saw."""

    gate: str
    reason: str
    facts: dict[str, Any]


def condition(seen: Situation) -> Check:
    """Does the rule's `when` hold? A field that is not there means no."""
    if seen.rule.condition is None:
        return Check("condition", PASS, {})
    result = seen.rule.condition.evaluate(seen.facts)
    if result.error:
        return Check("condition", "condition_error", {"error": result.error})
    if result.missing:
        return Check("condition", "condition_false", {"missing": result.missing})
    return Check("condition", PASS if result.matched else "condition_false", {})


def timing(seen: Situation) -> Check:
    """Could it still be answered? Old events sent in late must not wake anybody."""
    limit = seen.rule.delay + timedelta(days=seen.lapse_days)
    age = seen.now - seen.occurred_at
    facts = {"age_hours": _hours(age), "limit_hours": _hours(limit)}
    return Check("timing", "too_late" if age >= limit else PASS, facts)


def consent(seen: Situation) -> Check:
    """On which channels may this person be asked? A `denied` for `any` closes them all."""
    denied, missing, allowed = [], [], []
    for channel in seen.rule.channels:
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
        return Check("consent", PASS, facts)
    return Check("consent", "no_consent" if missing else "opted_out", facts)


def channel(seen: Situation) -> Check:
    """For which of the allowed channels is there an address that can be reached?"""
    allowed = consent(seen).facts["allowed"]
    reachable = [
        one
        for one in allowed
        if one == INAPP or (seen.person.contacts.get(one) and one not in seen.person.suppressed)
    ]
    facts = {"channels": reachable, "unreachable": [one for one in allowed if one not in reachable]}
    return Check("channel", PASS if reachable else "no_channel", facts)


def sampling(seen: Situation) -> Check:
    """Is this person in the share that the rule asks? The same people always, not some events."""
    place = place_of(seen.rule.key, seen.person.ref)
    facts = {"place": round(place, 4), "share": seen.rule.sample}
    return Check("sampling", PASS if place < seen.rule.sample else "sampled_out", facts)


def global_cap(seen: Situation) -> Check:
    """Is there enough time to every other ask, of whatever survey?"""
    return _cap("global_cap", "capped_global", seen, seen.rule.global_cap, seen.person.asks)


def survey_cap(seen: Situation) -> Check:
    """Is there enough time to every other ask of this survey?"""
    same = [ask for ask in seen.person.asks if ask.survey_key == seen.rule.survey_key]
    return _cap("survey_cap", "capped_survey", seen, seen.rule.survey_cap, same)


GATES = (condition, timing, consent, channel, sampling, global_cap, survey_cap)


def walk(seen: Situation) -> list[Check]:
    """The gates in order, up to and including the first that fails."""
    passed = []
    for gate in GATES:
        answer = gate(seen)
        passed.append(answer)
        if answer.reason:
            break
    return passed


def place_of(rule_key: str, person_ref: str) -> float:
    """Where a person stands for a rule, from 0 up to 1: evenly spread and always the same.

    It does not depend on the rule's version, so raising `sample` keeps everybody who was in it.
    """
    digest = hashlib.sha256(f"sample\x1f{rule_key}\x1f{person_ref}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / float(1 << 64)


def _cap(gate: str, reason: str, seen: Situation, apart: timedelta, asks: Sequence[Ask]) -> Check:
    near = [ask for ask in asks if abs(seen.ask_at - ask.at) < apart]
    if not near:
        return Check(gate, PASS, {"days": apart.days})
    latest = max(near, key=lambda ask: ask.at)
    facts = {
        "days": apart.days,
        "survey": latest.survey_key,
        "asked_at": clock.iso(latest.at),
        "again_at": clock.iso(latest.at + apart),
    }
    return Check(gate, reason, facts)


def _hours(span: timedelta) -> float:
    return round(span.total_seconds() / 3600, 1)
