"""Each gate as a question, and its answer in words with the figures that it saw. Pure.

A gate that held somebody back speaks through `reasons.sentence`; one that let them pass speaks
here. Used by `gate_report.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from collector.triggers import reasons

NOT_REACHED = "Not looked at: an earlier gate had already ended it."
NOT_KEPT = "Passed."
BY_HAND = "Did somebody withhold the ask?"

# gate → the question it asks, and what to say when it let the person pass
WORDS: dict[str, tuple[str, str]] = {
    "audience": (
        "Does the rule ask people of this kind?",
        "The rule asks people of the kind `{audience}`, and this is one.",
    ),
    "condition": ("Does the rule's condition hold?", "The condition holds, or there is none."),
    "cancelled": ("Did a later event overtake this one?", "No later event calls it off."),
    "timing": (
        "Is there still time to ask?",
        "The event was {age_hours} hours old; there are {limit_hours} hours to ask.",
    ),
    "consent": ("May the person be asked?", "May be asked over {allowed}."),
    "channel": ("Is there an address to reach them?", "Can be reached over {channels}."),
    "contact": (
        "Is the contact point really theirs?",
        "No doubt that would hold it back; marked for the checks: {marks}.",
    ),
    "sampling": (
        "Is the person in the share that is asked?",
        "The person's place is {place}, and the rule asks those below {share}.",
    ),
    "control": (
        "Is the person spared to compare with?",
        "Not in the control group.",
    ),
    "global_cap": (
        "Is there enough time to every other ask?",
        "No other ask within {days} days, of any survey.",
    ),
    "survey_cap": (
        "Is there enough time to every other ask of this survey?",
        "No other ask of this survey within {days} days.",
    ),
    "quiet": (
        "Does somebody who stays silent get their pause?",
        "Asks left unanswered in a row: {ignored}. No longer pause is due.",
    ),
    "calendar": (
        "Is it a fit hour where the person is?",
        "The time zone is {zone} (known from the {zone_from}).",
    ),
    "quota": ("Is there a place left in the quota?", "There is room."),
    "priority": (
        "Does no rule of higher priority ask about this event?",
        "No other rule that passed ranks higher.",
    ),
}


def question(gate: str) -> str:
    """What this gate asks."""
    return WORDS[gate][0] if gate in WORDS else f"Does the gate `{gate}` let it pass?"


def passed(gate: str, facts: Mapping[str, Any]) -> str:
    """The answer of a gate that let the person pass. Without figures: the plain word."""
    if gate == "calendar" and "put_off_to" in facts:
        return f"Not at that hour where the person is ({facts['zone']}): put off to " + (
            f"{facts['put_off_to']}."
        )
    if gate == "quota" and "max" in facts:
        return "{used} of {max} places of this {per} were taken.".format(**facts)
    if gate in ("global_cap", "survey_cap") and "again_at" in facts:
        return "Asked too near to this moment, so the ask is put off to {again_at}.".format(**facts)
    if gate == "contact" and not facts.get("marks"):
        return "No doubt about the contact point."
    if gate not in WORDS:
        return NOT_KEPT
    try:
        return WORDS[gate][1].format_map({name: _shown(value) for name, value in facts.items()})
    except (KeyError, ValueError, IndexError):
        return NOT_KEPT


def failed(code: str, facts: Mapping[str, Any]) -> str:
    """The answer of the gate that held the person back."""
    return reasons.sentence(code, facts)


def remedy(code: str) -> str:
    """What somebody could do about it."""
    found = reasons.REASONS.get(code)
    return found.remedy if found else ""


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
